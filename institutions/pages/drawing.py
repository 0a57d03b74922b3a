"""The timeline of an institution's stretches, laid out for an SVG that fits every width.

Knows the scale: whole years, from the first day known to a year that holds today. Places are per cent
of the width, so that words keep their size on a narrow screen. Hides which years get a mark. Pure.
"""

from dataclasses import dataclass
from datetime import date

from institutions.pages.stretches import Nature

MOST_TICKS = 6
# Heights in em, so that they grow with the words: one lane, the words and the bar in it, a thin bar.
_LANE, _WORDS, _BAR, _BROAD, _THIN = 3.25, 1.25, 1.75, 1.0, 0.5
_YEARS = 1.5
_DESIGNATED = (Nature.IN_FORCE, Nature.START_UNKNOWN)
# A narrower bar could not be seen, in per cent: a single day among many years.
_THINNEST = 0.6


@dataclass(frozen=True)
class Bar:
    """A rectangle on the scale; `look` is the stretch's nature, or `open` for what has no known end."""

    look: str
    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True)
class Lane:
    """The bars of one kind, broad ones first so that suspensions and doubts lie on them."""

    label: str
    y: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Timeline:
    """A drawing: lanes from top to bottom, marks of years, and where today is."""

    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[str, int], ...]
    today: str

    @property
    def foot(self):
        """Where the lanes end."""
        return _em(len(self.lanes) * _LANE)

    @property
    def years(self):
        """Where the words of the years stand."""
        return _em(len(self.lanes) * _LANE + _YEARS)

    @property
    def height(self):
        return _em(len(self.lanes) * _LANE + _YEARS + 0.5)


def timeline_of(stretches, today):
    """Return the Timeline of `stretches`; None when there is none."""
    if not stretches:
        return None
    known = [day for one in stretches for day in (one.first, one.last) if day is not None]
    first = date(min([*known, today]).year - any(one.first is None for one in stretches), 1, 1)
    last = date(max([*known, today]).year, 12, 31)
    scale = _Scale(first, last)
    by_kind = {}
    for one in stretches:
        by_kind.setdefault(one.kind, []).append(one)
    lanes = [
        Lane(
            str(kind),
            _em(number * _LANE + _WORDS),
            tuple(bar for one in _broad_first(told) for bar in scale.bars(one, number, today)),
        )
        for number, (kind, told) in enumerate(by_kind.items())
    ]
    return Timeline(tuple(lanes), scale.ticks(), _percent(scale.place(today)))


def _broad_first(stretches):
    return sorted(stretches, key=lambda one: one.nature not in _DESIGNATED)


class _Scale:
    def __init__(self, first, last):
        self.first, self.last = first, last
        self._days = (last - first).days + 1

    def place(self, day):
        """Return where `day` begins, in per cent."""
        return (day - self.first).days * 100 / self._days

    def bars(self, one, lane, today):
        """Yield the Bars of a stretch; what has no known end goes on, paler, from today to the right end."""
        height = _BROAD if one.nature in _DESIGNATED else _THIN
        top = lane * _LANE + _BAR + (_BROAD - height) / 2
        start = 0.0 if one.first is None else self.place(one.first)
        end = self.place(one.last or today) + 100 / self._days
        if one.last is None:
            reach = max(start, end)
            yield _bar("open", reach, 100.0, top, height)
            if one.first is not None and one.first > today:
                return
        yield _bar(str(one.nature), start, end, top, height)

    def ticks(self):
        years = range(self.first.year, self.last.year + 1)
        step = -(-len(years) // MOST_TICKS)
        return tuple((_percent(self.place(date(year, 1, 1))), year) for year in years[::step])


def _bar(look, start, end, top, height):
    width = min(max(end - start, _THINNEST), 100.0)
    start = min(start, 100.0 - width)
    return Bar(look, _percent(start), _percent(width), _em(top), _em(height))


def _percent(number):
    return f"{number:.2f}%"


def _em(number):
    return f"{number:g}em"
