"""What of places and synonyms search knows: their words, and which writes change what can be found."""

from portal.models import Place, PlaceName, Synonym
from portal.search.keeping import follow
from portal.search.vocabulary import register
from portal.search.wordlists import Words


def _place_tables():
    return (
        (Place.objects.all(), ("name", "short_name")),
        (PlaceName.objects.true(), ("place_id", "name")),
    )


def _places():
    others = {}
    for place, name in PlaceName.objects.true().values_list("place_id", "name"):
        others.setdefault(place, []).append(name)
    for key, name, short in Place.objects.values_list("pk", "name", "short_name"):
        yield tuple(filter(None, (short, name, *others.get(key, ()))))


def _synonym_tables():
    return ((Synonym.objects.all(), ("words",)),)


def _synonyms():
    return [row.group for row in Synonym.objects.all()]


def register_all():
    """Teach search this floor's words; called once when the app is ready."""
    register(Words(_place_tables, _places))
    register(Words(_synonym_tables, _synonyms, names=False))
    follow(Place, PlaceName, lambda name: [name.place_id])
