"""How many are designated on a day, always in both units.

Knows that 家次 counts institution and kind, 家 counts institutions, and that what is not certain is
counted apart. Hides the merged institutions, which are counted with the whole. Pure.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from institutions.register.answers import Rule, position
from institutions.register.folding import Register
from institutions.register.lineage import path, wholes


@dataclass(frozen=True, slots=True)
class Both:
    """One count in its two units: `designations` 家次 and `institutions` 家."""

    designations: int
    institutions: int

    def __str__(self):
        return f"{self.designations}家次，{self.institutions}家"


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of one day. `total` is in force and start unknown together, and no more.

    An institution in both is one 家 in `total`. Suspended and doubtful ones are in neither.
    """

    in_force: Both
    start_unknown: Both
    total: Both
    suspended: Both
    in_doubt: Both


@dataclass(frozen=True, slots=True)
class Settled:
    """The designations of one day, pairs of institution and kind, each in one state and with its whole."""

    in_force: frozenset
    start_unknown: frozenset
    suspended: frozenset
    in_doubt: frozenset

    def counts(self):
        """Return the Counts of these."""
        return Counts(
            _both(self.in_force),
            _both(self.start_unknown),
            _both(self.in_force | self.start_unknown),
            _both(self.suspended),
            _both(self.in_doubt),
        )

    def within(self, institutions):
        """Return those of `institutions` alone."""
        return Settled(
            *(
                frozenset(pair for pair in pairs if pair[0] in institutions)
                for pairs in (self.in_force, self.start_unknown, self.suspended, self.in_doubt)
            )
        )

    @property
    def institutions(self):
        """Whoever has any of these."""
        pairs = self.in_force | self.start_unknown | self.suspended | self.in_doubt
        return frozenset(institution for institution, _ in pairs)


def count(register: Register, on: date, *, merges=(), kinds=None) -> Counts:
    """Return the Counts of `register` on the day `on`, of all kinds or of those in `kinds`.

    Counts what `answers.status` answers: in force is 是. A part of another institution is not counted
    beside it from the day of the merge; held by the part alone, its designation is in doubt.
    """
    held = defaultdict(set)
    for (institution, kind), (periods, findings) in _histories(register).items():
        if kinds is None or kind in kinds:
            rule = position(tuple(periods), tuple(findings), on).rule
            held[rule].add((institution, kind))
    return settle(held, wholes((*register.merges, *merges), on)).counts()


def settle(held, by_part) -> Settled:
    """Return the pairs of `held` ({rule: pairs}), each in the one state in which it is counted.

    `by_part` is the answer of `lineage.wholes` for the day.
    """
    held = defaultdict(set, held)
    moved = _moved(held, by_part)
    certain = held[Rule.IN_FORCE] - moved
    in_parts = {(whole_of(institution, by_part), kind) for institution, kind in moved}
    doubtful = (held[Rule.IN_DOUBT] - moved | in_parts) - certain
    unknown = held[Rule.START_UNKNOWN] - moved - doubtful
    suspended = held[Rule.SUSPENDED] - moved - doubtful
    return Settled(*map(frozenset, (certain, unknown, suspended, doubtful)))


def _histories(register):
    histories = defaultdict(lambda: ([], []))
    for period in register.periods:
        histories[period.institution, period.kind][0].append(period)
    for found in register.findings:
        if found.kind is not None:
            histories[found.institution, found.kind][1].append(found)
    return histories


def _moved(held, by_part):
    """Return the designations that an institution holds on a day on which it is part of another."""
    rules = (Rule.IN_FORCE, Rule.START_UNKNOWN, Rule.IN_DOUBT, Rule.SUSPENDED)
    return {
        (institution, kind)
        for rule in rules
        for institution, kind in held[rule]
        if institution in by_part
    }


def whole_of(institution, by_part):
    """Return the institution that answers for `institution`; itself where merges lead in a circle."""
    steps = path(institution, by_part)
    return steps[-1].whole if steps else institution


def _both(pairs):
    return Both(len(pairs), len({institution for institution, _ in pairs}))
