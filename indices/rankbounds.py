"""Which ranks of a column are possible: bounds, order and crowding. The rules are told in `indices.ranking`.

A seat is a row that has a value; seats are counted from 0, best first. Values become whole numbers of the
finest unit printed, so that nothing is compared inexactly. A cluster is a run of seats of which rounding
keeps none apart from the next; it is named by its first seat. Everything takes O(n log n).
"""

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import count, groupby


class Column:
    """The rows that have a value, seat by seat: place in the list given, bounds, cluster, published rank.

    `unknown` is the number of places that the universe has beside the seats (`math.inf`: not known);
    a column without such places is `settled`. `elsewhere` are the ranks published for rows without a
    value. `whole`: values are whole numbers, taken as exact.
    """

    def __init__(self, rows, lower_is_better, decimals, complete, universe):
        ratios = {
            at: row.score.as_integer_ratio() for at, row in enumerate(rows) if row.score is not None
        }
        printed = max(map(_decimals, {bottom for _, bottom in ratios.values()}), default=0)
        self.decimals = printed if decimals is None else decimals
        self.whole = decimals is None and printed == 0
        unit, sign = 10 ** max(printed - self.decimals, 0), 1 if lower_is_better else -1
        marks = {at: sign * (top * 10**printed // bottom) for at, (top, bottom) in ratios.items()}
        self.places = sorted(marks, key=marks.__getitem__)
        self.rows = [rows[at] for at in self.places]
        self.spans = [row.span for row in self.rows]
        self.ranks = [span[0] if span and span[0] == span[1] else None for span in self.spans]
        self.marks = [marks[at] for at in self.places]
        self.best = [1 + bisect_right(self.marks, mark - unit) for mark in self.marks]
        self.worst = [bisect_left(self.marks, mark + unit) for mark in self.marks]
        self.cluster = []
        for seat, mark in enumerate(self.marks):
            alike = seat and mark - self.marks[seat - 1] < unit
            self.cluster.append(self.cluster[-1] if alike else seat)
        elsewhere = [row.span for row in rows if row.score is None and row.span is not None]
        members = math.inf if universe is None else universe
        self.unknown = len(elsewhere)
        if not complete:
            self.unknown = max(self.unknown, members - len(marks))
        self.settled = not self.unknown
        self.elsewhere = [first for first, last in elsewhere if first == last]

    def outside(self, seat, first, last):
        """Return whether nothing that is published for the seat lies from `first` to `last`."""
        span = self.spans[seat]
        return span is not None and (span[1] < first or span[0] > last)

    def alike(self, seat):
        """Return the first and last place of the rows whose values equal this one's exactly."""
        mark = self.marks[seat]
        return 1 + bisect_left(self.marks, mark), bisect_right(self.marks, mark)

    def clusters(self):
        """Yield each cluster as the range of its seats, the best first."""
        for start, seats in groupby(range(len(self.cluster)), key=self.cluster.__getitem__):
            yield range(start, start + sum(1 for _ in seats))


@dataclass(frozen=True)
class Reading:
    """A column read by one way to rank ties.

    `bounds` are the first and last possible rank of every seat, by counting. `conflicts` are the seats
    that contradict the values or each other, `crowded` those of them with an impossible number
    of rows ranked better: {seat: (fewest, most)}. `mismatches` counts the ranks that the method
    applied to the printed values to the letter does not give.
    """

    bounds: list
    conflicts: set
    crowded: dict
    gaps: set
    mismatches: int
    sequence: "Sequence | None"


def by_places(column):
    """Read a column in which a rank counts the rows that are better (1 2 2 4, or 1 2 3 4)."""
    exact = [column.alike(seat)[0] for seat in range(len(column.rows))]
    bounds = _bounds(column, column.best)
    conflicts = _out_of_bounds(column, bounds)
    sequence = None if column.settled else Sequence(column)
    conflicts |= sequence.conflicts if sequence else set()
    crowded = _crowded(column, conflicts)
    conflicts |= set(crowded)
    return Reading(bounds, conflicts, crowded, set(), _mismatches(column, exact), sequence)


def by_levels(column):
    """Read a column in which a rank counts the different values that are better (1 2 2 3).

    Such ranks leave no gap: a rank after one that nobody has is a conflict, unless it may belong to a
    place that has no rank, or to a row that is in conflict already. In a settled column the rank that the
    printed values give to the letter is no conflict where the rest is in order without the others.
    """
    levels = {mark: level for level, mark in enumerate(dict.fromkeys(column.marks), 1)}
    exact = [levels[mark] for mark in column.marks]
    first = [level for level, seats in enumerate(column.clusters(), 1) for _ in seats]
    bounds, sequence = _bounds(column, first), Sequence(column)
    conflicts = _out_of_bounds(column, bounds) | sequence.conflicts
    wrong = {seat for seat in conflicts if column.ranks[seat] != exact[seat]}
    if column.settled and sequence.holds(without=wrong):
        conflicts = wrong
    gaps = set()
    ranked = None not in column.ranks and len(column.elsewhere) == column.unknown
    if ranked and not conflicts:
        held = {0, *column.ranks, *column.elsewhere}
        gaps = {seat for seat, rank in enumerate(column.ranks) if rank - 1 not in held}
    conflicts |= gaps
    return Reading(bounds, conflicts, {}, gaps, _mismatches(column, exact), sequence)


class Sequence:
    """The order of the ranks down a column: the seats that break it, and the seats that they contradict."""

    def __init__(self, column):
        self._column = column
        self.strays = self._strays()
        self._all = self._neighbours(set())
        self._kept = self._neighbours(self.strays)
        self.conflicts = self.strays | {
            seat
            for seat, span in enumerate(column.spans)
            if span and column.ranks[seat] is None
            if self._contradicting(seat, self._kept) is not None
        }

    def opponent(self, seat):
        """Return a seat whose rank cannot stand beside this one's; None when there is none."""
        found = self._contradicting(seat, self._kept)
        if found is None and seat in self.strays:
            found = self._contradicting(seat, self._all)
        return found

    def holds(self, without):
        """Return whether the ranks of the other seats are in order."""
        neighbours = self._neighbours(without)
        return all(
            seat in without or rank is None or self._contradicting(seat, neighbours) is None
            for seat, rank in enumerate(self._column.ranks)
        )

    def _strays(self):
        """Return the seats that are not in every longest selection of ranks in order.

        Within a cluster any order will do. From cluster to cluster ranks rise strictly: the second part
        of the key falls, so that an equal rank there is no rise.
        """
        ranks, cluster = self._column.ranks, self._column.cluster
        seats = [seat for seat, rank in enumerate(ranks) if rank is not None]
        seats.sort(key=lambda seat: (cluster[seat], ranks[seat]))
        before = _longest([(ranks[seat], -cluster[seat]) for seat in seats])
        after = _longest([(-ranks[seat], cluster[seat]) for seat in reversed(seats)])[::-1]
        longest, held = max(before, default=0), {}
        for seat, ending, starting in zip(seats, before, after, strict=True):
            if ending + starting - 1 == longest:
                held.setdefault(ending, []).append(seat)
        return set(seats) - {same[0] for same in held.values() if len(same) == 1}

    def _neighbours(self, without):
        """Return {cluster: (the worst rank above, the best rank below)} as (rank, seat) pairs or None."""
        clusters = list(self._column.clusters())
        ranked = [
            [
                (self._column.ranks[seat], seat)
                for seat in seats
                if self._column.ranks[seat] is not None and seat not in without
            ]
            for seats in clusters
        ]
        above, below, last = [], [], None
        for pairs in ranked:
            above.append(last)
            last = max([*pairs, *filter(None, [last])], default=None)
        last = None
        for pairs in reversed(ranked):
            below.append(last)
            last = min([*pairs, *filter(None, [last])], default=None)
        starts = [seats[0] for seats in clusters]
        return dict(zip(starts, zip(above, reversed(below), strict=True), strict=True))

    def _contradicting(self, seat, neighbours):
        above, below = neighbours[self._column.cluster[seat]]
        first, last = self._column.spans[seat]
        if above and above[0] >= last:
            return above[1]
        return below[1] if below and below[0] <= first else None


def _decimals(bottom):
    """Return how many decimals a number with this denominator needs."""
    return next(places for places in count() if 10**places % bottom == 0)


def _bounds(column, first):
    return [(low, last + column.unknown) for low, last in zip(first, column.worst, strict=True)]


def _out_of_bounds(column, bounds):
    return {seat for seat, bound in enumerate(bounds) if column.outside(seat, *bound)}


def _crowded(column, conflicts):
    """Return {seat: (fewest, most rows ranked better)} where rank - 1 is not among these numbers.

    In a settled column each cluster has its places for itself; otherwise all rows share all places.
    """
    crowded = {}
    places = range(len(column.rows))
    groups = column.clusters() if column.settled else [places] * bool(places)
    for seats in groups:
        ranked = [seat for seat in seats if column.ranks[seat] and seat not in conflicts]
        held = sorted(column.ranks[seat] for seat in ranked)
        spare = len(seats) + column.unknown - len(held)
        for seat in ranked:
            fewest = seats[0] + bisect_left(held, column.ranks[seat])
            if not fewest < column.ranks[seat] <= fewest + spare + 1:
                crowded[seat] = fewest, fewest + spare
    return crowded


def _mismatches(column, exact):
    return sum(a is not None and a != b for a, b in zip(column.ranks, exact, strict=True))


def _longest(keys):
    """Return for each key the length of the longest selection that ends in it and never falls."""
    ends, lengths = [], []
    for key in keys:
        length = bisect_right(ends, key)
        ends[length : length + 1] = [key]
        lengths.append(length + 1)
    return lengths
