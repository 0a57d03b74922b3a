"""Places by the names that a query can hold: official, short and other names, never a source's misprint."""

from collections import defaultdict

from django.db.models import Q

from portal.models import Place, PlaceName
from portal.search.tokens import flat


def places_named(words: set[str]) -> dict[str, set[int]]:
    """Return {name (flat form): primary keys of the places that bear it} for names among `words`; two queries.

    Of names that several places bear all are returned: choosing is the caller's judgement.
    """
    # Names are kept without spaces: 雄安新区, but also XinJiang.
    keys = {word.replace(" ", "") for word in words}
    own = Place.objects.filter(Q(name_key__in=keys) | Q(short_name_key__in=keys)).order_by()
    others = PlaceName.objects.true().filter(key__in=keys).order_by()
    named = [
        *(
            (name, pk)
            for pk, *names in own.values_list("pk", "name", "short_name")
            for name in names
        ),
        *others.values_list("name", "place"),
    ]
    found = defaultdict(set)
    for name, pk in named:
        if (word := flat(name).strip()) in words:
            found[word].add(pk)
    return dict(found)
