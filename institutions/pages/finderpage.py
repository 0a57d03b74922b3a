"""What the finder shows for one question: counts, one page of institutions, and what the list cannot say.

Keeps the number of queries the same however many institutions there are.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from institutions.checking import known_of
from institutions.filters import RegisterFilter
from institutions.models import Coverage, Institution, NoticeLine
from institutions.models.institutions import Level
from institutions.pages.kindstates import KindState, kinds_told, narrowed, states_of
from institutions.pages.maplinks import map_links
from institutions.register.answers import Rule
from institutions.register.counting import whole_of
from portal.models import Place
from portal.paging import page_of

PER_PAGE = 50
# Institutions of the name asked for that do not stand in the list; more are found on narrowing the name.
MOST_NOT_LISTED = 10
MOST_COVERAGES = 20


@dataclass(frozen=True)
class Part:
    """An institution that is part of another on the day asked, by its name and the day of the merge."""

    institution: Institution
    name: str
    since: date

    @property
    def last_day(self):
        """The last day on which it stood for itself: on that day its page is still its own."""
        return self.since - timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """One institution of the list, under its name of the day."""

    institution: Institution
    name: str
    states: tuple[KindState, ...]
    parts: tuple[Part, ...]
    maps: tuple[tuple[str, str], ...]


class _Counted:
    """The rows of a list whose number is known already, so that no page counts them again."""

    def __init__(self, rows, number):
        self._rows, self._number = rows, number

    def count(self):
        return self._number

    def __getitem__(self, window):
        return self._rows[window]


def finder_context(request, asked):
    """Return what the finder's page shows for the RegisterFilter `asked`."""
    tally = asked.tally()
    page = page_of(request, _Counted(_rows(asked.listed(), asked), tally.listed), PER_PAGE)
    shown = list(page.object_list)
    others = list(_rows(asked.not_listed(), asked)[: MOST_NOT_LISTED + 1]) if asked.name else []
    entries = _entries([*shown, *others[:MOST_NOT_LISTED]], asked)
    page.object_list = entries[: len(shown)]
    return {
        "asked": asked,
        "counts": tally.counts,
        "page": page,
        "not_listed": entries[len(shown) :],
        "more_not_listed": len(others) > MOST_NOT_LISTED,
        "coverages": coverages_told(asked),
        "schemes": _schemes_offered(asked),
        "offered_kinds": [kind for kind in asked.kinds if asked.scheme in (None, kind.scheme)],
        "levels": Level.choices,
        "level_label": dict(Level.choices).get(asked.level, ""),
        "moment": f"?{moment}" if (moment := _moment_of(asked)) else "",
        "present": f"?{asked.query(known_at=None)}",
        "download": f"?{query}&format=" if (query := asked.query()) else "?format=",
        "districts": districts_offered(asked.district),
    }


def _schemes_offered(asked):
    """Return [(label, address, whether it is the one asked for)] of all schemes that have kinds."""
    schemes = list(dict.fromkeys(kind.scheme for kind in asked.kinds))
    rows = [("全部制度", None), *((scheme.name, scheme) for scheme in schemes)]
    return [
        (label, f"?{asked.query(scheme=scheme and scheme.code, kind=None)}", scheme == asked.scheme)
        for label, scheme in rows
    ]


def _moment_of(asked):
    """Return the query string by which an institution's page is asked for the same day."""
    return RegisterFilter(on=asked.on, known_at=asked.known_at).query()


def _rows(institutions, asked):
    return institutions.named(asked.day, asked.known_at).select_related("place__parent")


def _entries(institutions, asked):
    """Return the Entries of these rows: six queries for the answers, one for the names of parts."""
    by_part = asked.register.by_part
    keys = {row.pk for row in institutions}
    parts = {}
    for part in by_part:
        whole = whole_of(part, by_part)
        if whole != part and whole in keys:
            parts.setdefault(whole, []).append(part)
    known = known_of(keys, [kind.pk for kind in asked.kinds], asked.known_at)
    told = kinds_told(known.register)
    names = _names_of_parts(parts, by_part, asked)
    return [
        Entry(
            row,
            row.name_on,
            _states(known, row.pk, parts.get(row.pk, ()), told, asked),
            tuple(names[part] for part in parts.get(row.pk, ()) if part in names),
            tuple(map_links(row, row.name_on)),
        )
        for row in institutions
    ]


def _states(known, institution, parts, told, asked):
    heard = set().union(*(told.get(key, ()) for key in (institution, *parts)))
    kinds = [
        kind
        for kind in asked.kinds
        if kind.pk in heard and (asked.kind_keys is None or kind.pk in asked.kind_keys)
    ]
    states = states_of(narrowed(known, {institution, *parts}), institution, kinds, asked.day)
    return tuple(state for state in states if state.answer.rule is not Rule.NOT_LISTED)


def _names_of_parts(parts, by_part, asked):
    keys = [part for found in parts.values() for part in found]
    rows = Institution.objects.public().named(asked.day, asked.known_at).filter(pk__in=keys)
    return {row.pk: Part(row, row.name_on, by_part[row.pk].on) for row in rows}


def coverages_told(asked):
    """Return the declarations of full coverage, at most twenty, that hold for what is asked on its day."""
    today = timezone.localdate(asked.known_at) if asked.known_at else timezone.localdate()
    if asked.day > today:
        return []
    rows = Coverage.objects.known(asked.known_at).valid(asked.day)
    if asked.kind_keys is not None:
        rows = rows.filter(kind__in=asked.kind_keys)
    rows = rows.select_related("kind__scheme", "area")
    return list(rows.order_by("kind__scheme__position", "kind__position", "pk")[:MOST_COVERAGES])


def districts_offered(chosen=None):
    """Return [(place above or None, [places])] of the places that have public institutions; one query.

    A place with all that lies in it is offered beside its districts. `chosen` is offered in any case.
    """
    lines = NoticeLine.objects.filter(notice__published_at__isnull=False)
    here = Institution.objects.filter(place=OuterRef("pk"))
    named = here.filter(Exists(lines.filter(institution=OuterRef("pk"))))
    offered = set(Place.objects.filter(Exists(named)).select_related("parent"))
    offered |= {place.parent for place in offered if place.parent is not None}
    offered |= {chosen} if chosen is not None else set()
    above = {place.parent_id for place in offered}
    groups = {}
    for place in sorted(offered, key=lambda place: place.code):
        group = place.pk if place.pk in above else place.parent_id
        groups.setdefault(group, []).append(place)
    names = {place.pk: place.name for place in offered}
    return [(names.get(group, ""), places) for group, places in groups.items()]
