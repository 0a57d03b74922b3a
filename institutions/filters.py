"""What one may ask of the register: ONE vocabulary for the finder, its downloads, blocks and figures.

Knows the parameters (`scheme`, `kind`, `district`, `level`, `q`, `as_of`, `known_at`), what is wrong with
a value, and how a filter is said in words. Hides how a name that is typed finds institutions, those by
names of parts that are merged into them among them.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone

from institutions.counting import RegisterDay
from institutions.models import Institution, InstitutionName, Kind, Scheme
from institutions.models.institutions import Level
from institutions.models.notices import FIRST_DAY, LAST_DAY
from institutions.register.counting import whole_of
from portal.models import CODE_RULE, Place
from portal.names import fold
from portal.parameters import BadParameter, day_of, instant_of, printable

LONGEST_NAME = 100


@dataclass(frozen=True)
class RegisterFilter:
    """One question to the register: of which scheme, kind, district, level and name, on which day.

    `on` None is today in China, `known_at` None is now. A district includes what lies inside it.
    """

    scheme: Scheme | None = None
    kind: Kind | None = None
    district: Place | None = None
    level: str = ""
    name: str = ""
    on: date | None = None
    known_at: datetime | None = None
    kinds: tuple[Kind, ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def read(cls, parameters):
        """Return the filter that an address gives; `parameters` is a QueryDict or a dict of strings.

        Empty values ask nothing. Raises BadParameter for a value that is wrong; other parameters are
        none of its business. One query, and one more for a district.
        """
        given = {name: parameters.get(name, "").strip() for name in PARAMETERS}
        kinds = tuple(Kind.objects.select_related("scheme"))
        scheme = _scheme_of(given["scheme"], kinds)
        kind = _kind_of(given["kind"], kinds, scheme)
        return cls(
            scheme=scheme,
            kind=kind,
            district=_district_of(given["district"]),
            level=_level_of(given["level"]),
            name=printable(given["q"]).strip()[:LONGEST_NAME],
            on=_day_of(given["as_of"]),
            known_at=instant_of("known_at", given["known_at"]) if given["known_at"] else None,
            kinds=kinds,
        )

    @property
    def day(self):
        """The day asked about."""
        return self.on or timezone.localdate()

    @cached_property
    def register(self):
        """The RegisterDay of the kinds asked for."""
        return RegisterDay(self.day, self.known_at, kinds=self.kind_keys)

    @cached_property
    def kind_keys(self):
        """The primary keys of the kinds asked for; None for all."""
        if self.kind is not None:
            return frozenset([self.kind.pk])
        if self.scheme is None:
            return None
        kinds = self.kinds or Kind.objects.filter(scheme=self.scheme)
        return frozenset(kind.pk for kind in kinds if kind.scheme_id == self.scheme.pk)

    def tally(self):
        """Return the Tally (`institutions.counting`) of what is asked for."""
        return self.register.tally(self._institutions)

    def counts(self):
        """Return the Counts of what is asked for, in both units."""
        return self.tally().counts

    def listed(self):
        """Return the institutions that stand in the list on the day, by the sound of their names."""
        return self.register.listed(self._institutions)

    def public(self):
        """Return the public institutions to which district, level and name narrow, listed on the day or not."""
        rows = Institution.objects.all() if self._institutions is None else self._institutions
        return rows.public(self.known_at)

    def not_listed(self):
        """Return the public institutions that bear the name asked for, yet do not stand in the list."""
        if not self.name:
            return Institution.objects.none()
        found = self.public().exclude(pk__in=self.register.by_part)
        return found.exclude(pk__in=self.listed().order_by().values("pk"))

    @cached_property
    def _institutions(self):
        """The institutions to which district, level and name narrow the list; None when nothing does."""
        rows = Institution.objects.all()
        if self.district is not None:
            rows = rows.filter(place__in=_within(self.district))
        if self.level:
            rows = rows.filter(level=self.level)
        if self.name:
            rows = rows.filter(self._bearing())
        return rows if self.district or self.level or self.name else None

    def _bearing(self):
        """Return the condition that an institution is meant by the name that was typed."""
        key = fold(self.name)
        means = Q(key__contains=key)
        if key.isascii() and key.isalpha():
            means |= Q(pinyin__startswith=key) | Q(initials__startswith=key)
        names = InstitutionName.objects.known(self.known_at).filter(means)
        parts = names.filter(institution__in=list(self.register.by_part))
        merged = {
            whole_of(part, self.register.by_part)
            for part in parts.order_by().values_list("institution", flat=True)
        }
        code = self.name.casefold()
        return (
            Q(pk__in=names.order_by().values("institution"))
            | Q(pk__in=merged)
            | Q(code=code)
            | Q(credit_code=self.name.upper())
        )

    def query(self, **others):
        """Return the canonical query string of this filter, `others` replaced; '' for an empty one."""
        values = {
            "scheme": self.scheme and self.scheme.code,
            "kind": self.kind and self.kind.code,
            "district": self.district and self.district.code,
            "level": self.level,
            "q": self.name,
            "as_of": self.on and self.on.isoformat(),
            "known_at": self.known_at and self.known_at.isoformat(),
        } | others
        return urlencode({name: value for name, value in values.items() if value})


PARAMETERS = ("scheme", "kind", "district", "level", "q", "as_of", "known_at")


def _within(place):
    """Return the keys of `place` and of the places inside it, three levels down."""
    above = Q(pk=place.pk) | Q(parent=place) | Q(parent__parent=place)
    return Place.objects.filter(above | Q(parent__parent__parent=place)).order_by().values("pk")


def _scheme_of(code, kinds):
    if not code:
        return None
    found = {kind.scheme.code: kind.scheme for kind in kinds}.get(code)
    if found is None:
        raise BadParameter("scheme", "一种定点制度的代码", code)
    return found


def _kind_of(code, kinds, scheme):
    if not code:
        return None
    found = {kind.code: kind for kind in kinds}.get(code)
    if found is None:
        raise BadParameter("kind", "一种定点类别的代码", code)
    if scheme is not None and found.scheme_id != scheme.pk:
        raise BadParameter("kind", f"“{scheme}”的一种类别的代码", code)
    return found


def _district_of(code):
    if not code:
        return None
    found = Place.objects.filter(code=code).first() if re.match(CODE_RULE, code) else None
    if found is None:
        raise BadParameter("district", "一个地方的代码", code)
    return found


def _level_of(value):
    if value and value not in Level.values:
        raise BadParameter("level", "一种等级的代码", value)
    return value


def _day_of(given):
    if not given:
        return None
    day = day_of("as_of", given)
    if not FIRST_DAY <= day.isoformat() <= LAST_DAY:
        raise BadParameter("as_of", "1949 年 10 月到 2100 年之间的日期", given)
    return day
