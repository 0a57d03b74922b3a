"""What of the register search knows: the names of public institutions, and which writes change what can be found.

Names of institutions are written in bulk, and their entries hold the names of the places where they lie.
"""

from django.db.models import Q
from django.db.models.signals import post_save, pre_save

from institutions.models import Institution, InstitutionName, Notice
from portal.models import Organisation, Place
from portal.records import superseded
from portal.search.keeping import follow, reindex, reindexed
from portal.search.vocabulary import register
from portal.search.wordlists import PublicNames


def _groups():
    """Yield the names of each public institution, the present one first."""
    public = Institution.objects.public()
    others = {}
    current = InstitutionName.objects.current().order_by("pk")
    for key, name in current.filter(institution__in=public).values_list("institution_id", "name"):
        others.setdefault(key, []).append(name)
    for key, name in public.order_by().values_list("pk", "name"):
        yield tuple(dict.fromkeys([name, *others.get(key, ())]))


def _names_written(rows, **kwargs):
    reindex(Institution, [row.institution_id for row in rows])


def _lying_in(places):
    lying = Institution.objects.filter(Q(place__in=places) | Q(place__parent__in=places))
    return list(lying.order_by().values_list("pk", flat=True))


def _remember_name(instance, raw=False, **kwargs):
    if not raw:
        stored = Place.objects.filter(pk=instance.pk)
        instance._shown_before = stored.values_list("name", "parent_id").first()


def _place_saved(instance, raw=False, **kwargs):
    if not raw and instance._shown_before not in (None, (instance.name, instance.parent_id)):
        reindex(Institution, _lying_in([instance.pk]))


def _places_written(keys, **kwargs):
    reindex(Institution, _lying_in(keys))


def _issued_by(organisation):
    notices = Notice.objects.filter(issuer=organisation.pk)
    return list(notices.order_by().values_list("pk", flat=True))


def register_all():
    """Teach search this floor's words and watch their writes; called once when the app is ready."""
    register(PublicNames(_groups, without="article"))
    superseded.connect(_names_written, sender=InstitutionName)
    follow(Institution, InstitutionName, lambda name: [name.institution_id])
    pre_save.connect(_remember_name, sender=Place)
    post_save.connect(_place_saved, sender=Place)
    reindexed.connect(_places_written, sender=Place)
    follow(Notice, Organisation, _issued_by)
