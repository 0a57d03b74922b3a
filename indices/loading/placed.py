"""Entries of a file as lines of a release: each at its place, each cell once."""

from array import array

from indices.loading.outcomes import Unmatched
from indices.loading.reading import MAX_FAULTS
from indices.placing import Places


class PlacedLines:
    """Iterates over (dimension's key, place's key, *CONTENT) of a Reader's entries whose place is known.

    What cannot be placed or is doubled is noted, and the rest goes on. Afterwards `count` is the number of
    lines, `decimals` the most decimals printed in each dimension met.
    """

    def __init__(self, edition, reader):
        self.reader = reader
        self.places = Places(edition.index, edition.place_level)
        self.count = 0
        self.decimals = {}
        self._unmatched = {}
        self._positions = {}
        self._rows = {}

    def __iter__(self):
        for entry in self.reader.entries():
            placed = self.places.find(code=entry.code, name=entry.name)
            if placed.place is None:
                self._note(entry, placed.reason)
            elif self._is_first(entry, placed.place):
                self.count += 1
                yield self._line(entry, placed.place)

    def row_of(self, dimension, place):
        """Return the number of the row that states this place in this dimension (primary keys), or None."""
        rows, at = self._rows.get(dimension, ()), self._positions.get(place)
        return rows[at] or None if at is not None and at < len(rows) else None

    def unmatched(self):
        """Return an Unmatched for each way in which a place that cannot be told is printed."""
        return [
            Unmatched(row=first, name=name, code=code, sentence=reason, rows=count)
            for (code, name), (reason, first, _, count) in self._unmatched.items()
        ]

    def _note(self, entry, reason):
        key = entry.code, entry.name
        if key in self._unmatched:
            _, first, last, count = self._unmatched[key]
            self._unmatched[key] = (reason, first, entry.row, count + (entry.row != last))
        elif len(self._unmatched) < MAX_FAULTS:
            self._unmatched[key] = (reason, entry.row, entry.row, 1)

    def _is_first(self, entry, place):
        """Whether nothing was said before of this place in this dimension; notes it where something was."""
        at = self._positions.setdefault(place.pk, len(self._positions))
        rows = self._rows.setdefault(entry.dimension.pk, array("L"))
        if at >= len(rows):
            rows.extend([0] * (at + 1 - len(rows)))
        if rows[at]:
            words = f"{place.name}的“{entry.dimension.label}”与第 {rows[at]} 行重复。"
            self.reader.noted.fault(entry.row, "", words)
            return False
        rows[at] = entry.row
        return True

    def _line(self, entry, place):
        key, said = entry.dimension.pk, entry.said
        self.decimals[key] = max(self.decimals.get(key, 0), said.decimals or 0)
        return (
            key,
            place.pk,
            said.value,
            said.rank,
            said.rank_from,
            said.rank_to,
            said.tied,
            said.tier,
            said.top_n,
            str(said.status),
            entry.printed,
            said.locator,
            said.quote,
        )
