"""What is known of names, handed to `institutions.matching`, which is pure.

Knows how rows become `KnownName`s and `Judgement`s, and how long an index of them may be used: each
process keeps one, and makes it anew when a name, an institution or a judgement has changed (a place
that gets another name shows with the next such change). Hides the queries: their number does not
depend on how many names are known.
"""

from django.db.models import Count, Max, Sum

from institutions.matching import Judgement, KnownName, Matcher
from institutions.matching.index import NameIndex
from institutions.models import Institution, InstitutionName, Match
from portal.models import Place

# The last index of names of this process and the last matcher on it, each under what it was made from. A
# judgement, which an editor makes every minute, leaves the index as it is.
_kept = {"names": (None, None), "matcher": (None, None)}


def matcher():
    """Return the Matcher of all names and judgements as they stand.

    Three queries when nothing has changed since the last call in this process, six when all has.
    """
    names, judged = _names_stamp(), _judgements_stamp()
    if _kept["names"][0] != names:
        _kept["names"] = (names, NameIndex(known_names()))
    if _kept["matcher"][0] != (names, judged):
        _kept["matcher"] = ((names, judged), Matcher(_kept["names"][1], list(judgements())))
    return _kept["matcher"][1]


def known_names():
    """Yield a KnownName for each name that is stated at present; two queries."""
    around = _places_around()
    rows = InstitutionName.objects.current().values_list(
        "institution__code", "name", "kind", "institution__place", "institution__credit_code"
    )
    for code, name, kind, place, credit_code in rows.iterator(chunk_size=5000):
        place_code, cities = around.get(place, (None, frozenset()))
        yield KnownName(code, name, kind, place_code, cities, credit_code or None)


def judgements():
    """Yield a Judgement for each remembered one; one query."""
    rows = Match.objects.order_by("pk").values_list("printed", "city", "institution__code", "same")
    for printed, city, code, same in rows:
        yield Judgement(printed, city or None, code, same)


def _places_around():
    """Return {place: (its code, the folded names of it and of all places above it)}; one query."""
    rows = {row.pk: row for row in Place.objects.all()}
    found = {}
    for pk, row in rows.items():
        names, above = set(), row
        while above is not None:
            names |= {above.name_key, above.short_name_key}
            above = rows.get(above.parent_id)
        found[pk] = (row.code, frozenset(filter(None, names)))
    return found


def _names_stamp():
    names = InstitutionName.objects.aggregate(Count("pk"), Max("known_from"), Max("known_to"))
    rows = Institution.objects.aggregate(Count("pk"), Sum("version"))
    return (*names.values(), *rows.values())


def _judgements_stamp():
    return tuple(Match.objects.aggregate(Count("pk"), Max("pk"), Max("at")).values())


def city_of(place):
    """Return the name of the city in whose notices a bare 市人民医院 is meant; '' for a province or a country.

    `place` is the area of a notice, or None. The four cities under the central government are cities.
    """
    while place is not None and place.level in (Place.Level.COUNTY, Place.Level.ZONE):
        place = place.parent
    is_city = place is not None and (
        place.level == Place.Level.PREFECTURE
        or (place.level == Place.Level.PROVINCE and place.name.endswith("市"))
    )
    return place.name if is_city else ""
