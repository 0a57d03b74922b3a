"""The three kinds of chart, as data: a ranking, a course over editions, a dot plot of dimensions. Pure words.

Each says what its table, CSV and text are, and which module lays it out; none knows how it is drawn.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from portal.charts.bars import layout_bars
from portal.charts.chart import MEASURES, MOST_ROWS, Chart
from portal.charts.dots import layout_dots
from portal.charts.lines import layout_lines
from portal.charts.points import MOST_SERIES, Bar, Break, Series, clean, settle

_NAME = re.compile(r"([a-z][a-z0-9-]*)?")


@dataclass(frozen=True, kw_only=True)
class BarChart(Chart):
    """A ranking of up to 30 places: bars from zero, or marks on a scale of ranks with 1 at the left.

    `measure` says what the points are: "score" or "rank". Raises ValueError for more rows, or another measure.
    """

    title: str
    bars: tuple[Bar, ...]
    unit: str = ""
    measure: str = "score"
    label_heading: str = "城市"
    value_heading: str = "得分"
    rank_heading: str = "位次"
    source: str = ""
    note: str = ""
    name: str = ""

    def __post_init__(self):
        object.__setattr__(self, "bars", tuple(self.bars))
        settle(self, "label_heading", "value_heading", "rank_heading")
        _check(self, len(self.bars))

    def __bool__(self):
        return bool(self.bars)

    @cached_property
    def has_ranks(self) -> bool:
        return any(bar.rank for bar in self.bars)

    @property
    def header(self) -> tuple[str, ...]:
        ranks = (self.rank_heading,) if self.has_ranks else ()
        return (*ranks, self.label_heading, self.value_heading)

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        return tuple((*self._head(bar), bar.label, bar.point.text) for bar in self.bars)

    @property
    def cells(self) -> tuple[tuple, ...]:
        return tuple((*self._head(bar), bar.label, bar.point.cell) for bar in self.bars)

    @property
    def addresses(self) -> list[str]:
        return [bar.url for bar in self.bars]

    @property
    def named_by(self) -> int:
        return 1 if self.has_ranks else 0

    @property
    def sentences(self) -> list[str]:
        return [
            f"{bar.label}：{self.rank_heading}{bar.rank}，{bar.point.text}"
            if bar.rank
            else f"{bar.label}：{bar.point.text}"
            for bar in self.bars
        ]

    def layout(self, sheet):
        return layout_bars(self, sheet)

    def _head(self, bar):
        return (bar.rank,) if self.has_ranks else ()


@dataclass(frozen=True, kw_only=True)
class LineChart(Chart):
    """One to five places over editions: ranks with 1 on top, or scores.

    A line goes only between two neighbouring columns with exact points of one series and no break between
    them. Raises ValueError for series of another length, or breaks outside the columns.
    """

    title: str
    columns: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    measure: str = "rank"
    breaks: tuple[Break, ...] = ()
    column_heading: str = "版次"
    source: str = ""
    note: str = ""
    name: str = ""

    def __post_init__(self):
        settle(self, "column_heading")
        object.__setattr__(self, "breaks", tuple(self.breaks))
        _settle_series(self, "columns")
        befores = [one.before for one in self.breaks]
        if len(set(befores)) < len(befores) or not set(befores) <= set(range(1, len(self.columns))):
            raise ValueError("each break stands between two columns, once")

    def __bool__(self):
        return bool(self.series and self.columns)

    @cached_property
    def broken(self) -> dict[int, str]:
        """The words of each break, by the column that it stands before, in the columns' order."""
        return {one.before: one.words for one in sorted(self.breaks, key=lambda one: one.before)}

    @property
    def header(self) -> tuple[str, ...]:
        known = tuple(one.label for one in self.series)
        return (
            self.column_heading,
            *known,
            *((f"与前一{self.column_heading}",) if self.broken else ()),
        )

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        return tuple(
            self._row(index, lambda point: point.text) for index in range(len(self.columns))
        )

    @property
    def cells(self) -> tuple[tuple, ...]:
        return tuple(
            self._row(index, lambda point: point.cell) for index in range(len(self.columns))
        )

    @property
    def sentences(self) -> list[str]:
        return _told(self.series, self.columns) + [
            f"{self.columns[before - 1]}与{self.columns[before]}不连线：{words}"
            for before, words in self.broken.items()
        ]

    def layout(self, sheet):
        return layout_lines(self, sheet)

    def _row(self, index, shown):
        why = (self.broken.get(index, ""),) if self.broken else ()
        return (self.columns[index], *(shown(one.points[index]) for one in self.series), *why)


@dataclass(frozen=True, kw_only=True)
class DotChart(Chart):
    """Up to 30 dimensions, up to five places each: shape as well as colour tells the places apart.

    Better is at the right: large scores, small ranks. Raises ValueError for series of another length.
    """

    title: str
    dimensions: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    measure: str = "score"
    row_heading: str = "维度"
    source: str = ""
    note: str = ""
    name: str = ""

    def __post_init__(self):
        settle(self, "row_heading")
        _settle_series(self, "dimensions")

    def __bool__(self):
        return bool(self.series and self.dimensions)

    @property
    def header(self) -> tuple[str, ...]:
        return (self.row_heading, *(one.label for one in self.series))

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        return tuple(
            (label, *(one.points[index].text for one in self.series))
            for index, label in enumerate(self.dimensions)
        )

    @property
    def cells(self) -> tuple[tuple, ...]:
        return tuple(
            (label, *(one.points[index].cell for one in self.series))
            for index, label in enumerate(self.dimensions)
        )

    @property
    def sentences(self) -> list[str]:
        return _told(self.series, self.dimensions)

    def layout(self, sheet):
        return layout_dots(self, sheet)


def _told(series, labels):
    return [
        f"{one.label}："
        + "，".join(
            f"{label} {point.text}" for label, point in zip(labels, one.points, strict=True)
        )
        for one in series
        if one.points
    ]


def _settle_series(chart, along):
    labels = tuple(clean(label) for label in getattr(chart, along))
    object.__setattr__(chart, along, labels)
    object.__setattr__(chart, "series", tuple(chart.series))
    _check(chart, len(labels))
    if len(chart.series) > MOST_SERIES:
        raise ValueError(f"more than {MOST_SERIES} series")
    if any(len(one.points) != len(labels) for one in chart.series):
        raise ValueError("a series has a point for each label")


def _check(chart, count):
    settle(chart, "title", "unit", "source", "note")
    if count > MOST_ROWS:
        raise ValueError(f"more than {MOST_ROWS} rows")
    if chart.measure not in MEASURES:
        raise ValueError(f"no such measure: {chart.measure}")
    if not _NAME.fullmatch(chart.name):
        raise ValueError(f"no name for an element: {chart.name}")
