"""The indices' filter vocabulary as parameters of the API, and the records that they name.

Knows the one name of an edition among all: its index's code and its own, with a dot between. An edition's own
code alone names the editions of that code.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat

from indices.filters import known_at_of
from indices.models import Edition, EditionDimension, Index
from indices.models.editions import FIRST_YEAR, LAST_YEAR
from portal.api import asking
from portal.api.asking import CODE_PATTERN, LONGEST_CODE
from portal.api.places import CODE as PLACE_CODE
from portal.models import Place
from portal.parameters import BadParameter
from portal.records import instant

EDITION_KEY = rf"{CODE_PATTERN}\.{CODE_PATTERN}"

INDEX = asking.code(
    "index",
    "只要这个指数的，填指数代码。",
    "一个指数的代码",
    example="digital-governance",
)
EDITION = asking.code(
    "edition",
    "只要这一版的，填“指数代码.版次代码”；只填版次代码则是各指数的这一版。",
    "一个版次的代码",
    example="digital-governance.2020",
    pattern=rf"{CODE_PATTERN}(?:\.{CODE_PATTERN})?",
    longest=2 * LONGEST_CODE,
)
YEAR = asking.number("year", "只要版次年份是这一年的。", FIRST_YEAR, LAST_YEAR, example=2020)
DIMENSION = asking.code(
    "dimension", "只要这个维度的，填维度代码。", "一个维度的代码", example="overall"
)
PLACE = asking.code(
    "place",
    "只要这个地方的，填地方代码。",
    "一个地方的代码",
    example="410100",
    pattern=PLACE_CODE,
)


@dataclass(frozen=True)
class Narrowed:
    """What the parameters leave: the editions that readers could see, and whether any parameter narrowed them."""

    known_at: datetime
    editions: QuerySet
    is_whole: bool

    @classmethod
    def read(cls, given):
        """Return what parameters give; raises BadParameter for what does not exist."""
        at = instant(known_at_of(given))
        editions = Edition.objects.public(at)
        if code := given.get("index"):
            editions = editions.filter(index__code=code)
            _must_exist(Index.objects.public(at).filter(code=code), "index", given)
        if code := given.get("edition"):
            *series, own = code.split(".")
            editions = editions.filter(code=own, **({"index__code": series[0]} if series else {}))
            _must_exist(editions, "edition", given)
        if year := given.get("year"):
            editions = editions.filter(year=int(year))
        return cls(at, editions, not {"index", "edition", "year"} & {*given})

    def dimensions(self, given):
        """Return the keys of the dimensions asked for in these editions, or None for all; errors as in `read`."""
        code = given.get("dimension")
        if self.is_whole and not code:
            return None
        rows = EditionDimension.objects.filter(edition__in=self.editions.order_by().values("pk"))
        if code:
            rows = rows.filter(dimension__code=code)
            public = Edition.objects.public(self.known_at).order_by().values("pk")
            named = EditionDimension.objects.filter(dimension__code=code, edition__in=public)
            _must_exist(named, "dimension", given)
        # Few keys, given as such: with a subquery the database would read every score there is.
        return list(rows.order_by().values_list("pk", flat=True))


def place_of(given):
    """Return the place that the parameter names, or None without one; else raises BadParameter."""
    if not given.get("place"):
        return None
    found = Place.objects.filter(code=given["place"]).first()
    if found is None:
        raise BadParameter("place", PLACE.wanted, given["place"])
    return found


def with_key(editions):
    """Return editions with their name among all, `key`."""
    return editions.annotate(key=Concat(F("index__code"), Value("."), F("code")))


def key_of(edition):
    """Return the name of an edition among all."""
    return f"{edition.index.code}.{edition.code}"


def _must_exist(rows, name, given):
    if not rows.exists():
        raise BadParameter(name, "一个存在的代码", given[name])
