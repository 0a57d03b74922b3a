"""Ruled tables on a page, from the lines that are drawn on it. Pure geometry.

Lines that touch are one table; its cells are the spaces between them, and where no line parts two spaces,
they are one cell. Lengths are in points, counted from the page's top left.
"""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

# Lines nearer than this are one; lines that miss each other by less do touch.
_NEAR = 3.0
_SHORTEST = 6.0
# A drawing of more lines is no table.
_MOST_LINES = 2000


class Rule(NamedTuple):
    """One straight stroke from a point to a point."""

    x0: float
    y0: float
    x1: float
    y1: float


class _Bar(NamedTuple):
    """One level or upright line: where it stands across, and from where to where it runs."""

    at: float
    start: float
    end: float


class RuledTable:
    """One table: its edges, and which spaces between its lines are one cell (a region)."""

    def __init__(self, levels: list[_Bar], uprights: list[_Bar]):
        self.ys = _distinct(bar.at for bar in levels)
        self.xs = _distinct(bar.at for bar in uprights)
        self.height, self.width = len(self.ys) - 1, len(self.xs) - 1
        self.parents = list(range(self.height * self.width))
        walls = {(bisect_right(self.xs, bar.at + _NEAR) - 1): [] for bar in uprights}
        for bar in uprights:
            walls[bisect_right(self.xs, bar.at + _NEAR) - 1].append(bar)
        floors = {(bisect_right(self.ys, bar.at + _NEAR) - 1): [] for bar in levels}
        for bar in levels:
            floors[bisect_right(self.ys, bar.at + _NEAR) - 1].append(bar)
        for row in range(self.height):
            for column in range(self.width):
                middle_x = (self.xs[column] + self.xs[column + 1]) / 2
                middle_y = (self.ys[row] + self.ys[row + 1]) / 2
                if column + 1 < self.width and not _covered(walls[column + 1], middle_y):
                    self._unite((row, column), (row, column + 1))
                if row + 1 < self.height and not _covered(floors[row + 1], middle_x):
                    self._unite((row, column), (row + 1, column))

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies within the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def region(self, x: float, y: float) -> int:
        """Return the cell in which a point of the table lies."""
        row = min(bisect_right(self.ys, y) - 1, self.height - 1)
        column = min(bisect_right(self.xs, x) - 1, self.width - 1)
        return self._root(row * self.width + column)

    def rows(self) -> Iterable[list[int | None]]:
        """Yield each row as the cells of its columns: a cell that runs down stands in each of its rows, one
        that runs across only in its first column."""
        for row in range(self.height):
            regions: list[int | None] = []
            for column in range(self.width):
                region = self._root(row * self.width + column)
                regions.append(None if region in regions else region)
            yield regions

    def _root(self, cell: int) -> int:
        while self.parents[cell] != cell:
            self.parents[cell] = self.parents[self.parents[cell]]
            cell = self.parents[cell]
        return cell

    def _unite(self, one: tuple[int, int], other: tuple[int, int]):
        first, second = sorted(
            self._root(row * self.width + column) for row, column in (one, other)
        )
        self.parents[second] = first


def ruled_tables(rules: Iterable[Rule]) -> list[RuledTable]:
    """Return the tables that the lines of a page make, the topmost first; a mere frame is none."""
    levels = _bars(
        (min(r.y0, r.y1), min(r.x0, r.x1), max(r.x0, r.x1))
        for r in rules
        if abs(r.y1 - r.y0) < 1 and abs(r.x1 - r.x0) >= _SHORTEST
    )
    uprights = _bars(
        (min(r.x0, r.x1), min(r.y0, r.y1), max(r.y0, r.y1))
        for r in rules
        if abs(r.x1 - r.x0) < 1 and abs(r.y1 - r.y0) >= _SHORTEST
    )
    if len(levels) + len(uprights) > _MOST_LINES:
        return []
    tables = [
        RuledTable(across, down)
        for across, down in _touching(levels, uprights)
        if len(_distinct(bar.at for bar in across)) > 1
        and len(_distinct(bar.at for bar in down)) > 1
    ]
    return sorted(
        (table for table in tables if table.height * table.width > 1), key=lambda table: table.ys[0]
    )


def _bars(found: Iterable[tuple[float, float, float]]) -> list[_Bar]:
    """Return the lines, those that continue one another as one."""
    bars: list[_Bar] = []
    by_place: dict[int, list[_Bar]] = {}
    for at, start, end in found:
        by_place.setdefault(round(at), []).append(_Bar(at, start, end))
    for place in sorted(by_place):
        current = None
        for bar in sorted(by_place[place], key=lambda bar: bar.start):
            if current and bar.start <= current.end + _NEAR:
                current = current._replace(end=max(current.end, bar.end))
            else:
                if current:
                    bars.append(current)
                current = bar
        if current:
            bars.append(current)
    return bars


def _touching(levels: list[_Bar], uprights: list[_Bar]) -> list[tuple[list[_Bar], list[_Bar]]]:
    """Return groups of lines that touch one another, directly or through others."""
    groups = []
    for level in levels:
        crossing = {
            index
            for index, upright in enumerate(uprights)
            if level.start - _NEAR <= upright.at <= level.end + _NEAR
            and upright.start - _NEAR <= level.at <= upright.end + _NEAR
        }
        joined = ([level], crossing)
        rest = []
        for group in groups:
            if group[1] & joined[1]:
                joined = (group[0] + joined[0], group[1] | joined[1])
            else:
                rest.append(group)
        groups = [*rest, joined]
    return [
        (across, [uprights[index] for index in sorted(down)]) for across, down in groups if down
    ]


def _distinct(places: Iterable[float]) -> list[float]:
    """Return the places in order, of those that are near each other only the first."""
    distinct: list[float] = []
    for place in sorted(places):
        if not distinct or place - distinct[-1] > _NEAR:
            distinct.append(place)
    return distinct


def _covered(bars: list[_Bar], place: float) -> bool:
    return any(bar.start <= place <= bar.end for bar in bars)
