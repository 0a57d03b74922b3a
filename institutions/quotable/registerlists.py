"""Who stands in the register on one day, as lists for stories: groups by kind, counts in both units.

Knows how a list is asked for (`institutions.filters`) and shown; hides that the lists of one story are
asked for together, so that their number costs nothing.
"""

from collections import defaultdict
from dataclasses import dataclass

from institutions.filters import RegisterFilter
from institutions.models import Institution, Kind
from institutions.naming import names_on
from institutions.quotable.standings import standings
from institutions.register.counting import Counts

# Names shown of each kind; the others are counted, and stand in the finder.
SHOWN = 200


@dataclass(frozen=True)
class Entry:
    """One institution in a list, under the name of the day. `dated` is False when its first day is unknown."""

    name: str
    url: str
    dated: bool


@dataclass(frozen=True)
class KindList:
    """The institutions of one kind: how many, and those that are shown, by the sound of their names."""

    kind: Kind
    institutions: int
    entries: tuple[Entry, ...]

    @property
    def hidden(self):
        """How many are not shown because the list is long."""
        return self.institutions - len(self.entries)


@dataclass(frozen=True)
class RegisterList:
    """The answer to one filter: its counts and its institutions, kind by kind."""

    asked: RegisterFilter
    counts: Counts
    groups: tuple[KindList, ...]

    @property
    def url(self):
        """The same question, asked of the finder."""
        return f"/institutions/?{self.asked.query()}"


def registers_of(asked, known_at=None):
    """Return the RegisterList of each dict of `asked` (scheme, kind, district, on), in order.

    None for one without a scheme. Seven queries at most.
    """
    kinds = tuple(Kind.objects.select_related("scheme"))
    filters = [
        RegisterFilter(**told, known_at=known_at, kinds=kinds) if told["scheme"] else None
        for told in asked
    ]
    found = standings(one for one in filters if one is not None)
    ordered = _by_sound(found.values())
    groups = {one: _groups(one, standing, ordered) for one, standing in found.items()}
    shown = defaultdict(set)
    for one, parts in groups.items():
        shown[one.day].update(key for _, _, keys in parts for key in keys)
    names = names_on(shown, known_at)
    return [
        RegisterList(
            one,
            found[one].settled.counts(),
            tuple(
                KindList(kind, number, _entries(one.day, kind, keys, found[one], names, ordered))
                for kind, number, keys in groups[one]
            ),
        )
        if one is not None
        else None
        for one in filters
    ]


def _listed(standing):
    return standing.settled.in_force | standing.settled.start_unknown


def _by_sound(standings_found):
    """Return {institution: its code} of all that stand in a list, in the order of the names' sound."""
    keys = {key for standing in standings_found for key, _ in _listed(standing)}
    rows = Institution.objects.filter(pk__in=keys).order_by("pinyin", "code")
    return dict(rows.values_list("pk", "code"))


def _groups(one, standing, ordered):
    """Return (kind, how many institutions, keys of those shown) for each kind that has any."""
    held = defaultdict(set)
    for institution, kind in _listed(standing):
        held[kind].add(institution)
    return [
        (kind, len(held[kind.pk]), [key for key in ordered if key in held[kind.pk]][:SHOWN])
        for kind in one.kinds
        if held[kind.pk]
    ]


def _entries(day, kind, keys, standing, names, codes):
    return tuple(
        Entry(
            names[day, key],
            f"/institutions/{codes[key]}/",
            (key, kind.pk) in standing.settled.in_force,
        )
        for key in keys
    )
