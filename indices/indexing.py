"""What of the indices search knows: the names of public series, and which writes change what can be found."""

from django.db.models import Q
from django.db.models.signals import m2m_changed

from indices.models import Edition, EditionDimension, EditionPublisher, Index
from portal.models import Organisation
from portal.search.keeping import follow, reindex
from portal.search.vocabulary import register
from portal.search.wordlists import Words


def _tables():
    return ((Index.objects.public(), ("name",)),)


def _groups():
    return [(name,) for name in Index.objects.public().values_list("name", flat=True)]


def _keys(rows):
    return list(rows.order_by().values_list("pk", flat=True).distinct())


def _editions_of(index):
    return _keys(Edition.objects.filter(index=index.pk))


def _compiled_by(organisation):
    return _keys(Index.objects.filter(compilers=organisation.pk))


def _published_by(organisation):
    return _keys(Edition.objects.filter(publishers__organisation=organisation.pk))


def _compilers_chosen(instance, action, reverse, pk_set, **kwargs):
    if action.startswith("post_"):
        several = Q(pk__in=pk_set or ()) if reverse else Q(pk=instance.pk)
        reindex(Index, _keys(Index.objects.filter(several)))


def register_all():
    """Teach search this floor's words and watch their writes; called once when the app is ready."""
    register(Words(_tables, _groups))
    m2m_changed.connect(_compilers_chosen, sender=Index.compilers.through)
    follow(Index, Organisation, _compiled_by)
    follow(Edition, Organisation, _published_by)
    follow(Edition, Index, _editions_of)
    follow(Edition, EditionPublisher, lambda row: [row.edition_id])
    follow(Edition, EditionDimension, lambda row: [row.edition_id])
