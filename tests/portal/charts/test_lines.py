"""How courses over editions lie on their sheets: gaps stay gaps, breaks stay breaks."""

import pytest
from hypothesis import given, settings

from portal.charts import Break, DotChart, Point, Series
from portal.charts.lines import layout_lines
from portal.charts.sheets import NARROW, WIDE
from tests.portal.charts.reading import collisions, course, marks, rank, score, series_charts

SHEETS = pytest.mark.parametrize("sheet", [NARROW, WIDE], ids=lambda sheet: sheet.name)


def runs(drawing):
    """Return the values along each line, in order."""
    return [[one["y"] for one in values] for kind, _, _, values in drawing.groups if kind == "line"]


@SHEETS
def test_one_is_on_top(sheet):
    drawing = layout_lines(course([9, 7, 1]), sheet)
    scale = drawing.scales[0]
    assert scale.domain == (1, 9)
    assert scale.at(1) < scale.at(9)
    assert runs(drawing) == [[9.0, 7.0, 1.0]]


@SHEETS
def test_of_scores_the_largest_is_on_top(sheet):
    series = (Series("郑州", (score("50.5"), score("88"))),)
    chart = course(series=series, columns=("2019", "2020"), measure="score")
    scale = layout_lines(chart, sheet).scales[0]
    assert scale.at(88) < scale.at(50.5)


@SHEETS
def test_a_missing_edition_is_a_gap_with_its_words(sheet):
    drawing = layout_lines(course([9, 8, None, 7, 6]), sheet)
    assert runs(drawing) == [[9.0, 8.0], [7.0, 6.0]]
    assert [one["tip"] for one in marks(drawing, "symbol", "hollow")] == ["城0，2003，未披露"]
    assert [one["text"] for one in marks(drawing, "text", "footnote")] == ["城0 2003：未披露"]


@SHEETS
def test_no_line_crosses_a_break_of_any_series(sheet):
    drawing = layout_lines(course([4, 3, 2, 1], [8, 7, 6, 5], breaks=(Break(2, "换法"),)), sheet)
    assert runs(drawing) == [[4.0, 3.0], [2.0, 1.0], [8.0, 7.0], [6.0, 5.0]]
    assert len(marks(drawing, "rule", "break")) == 1
    assert [one["text"] for one in marks(drawing, "text", "footnote")] == ["① 2002与2003：换法"]
    assert [one["text"] for one in marks(drawing, "text", "sign")] == ["①"]


def test_breaks_of_equal_words_share_a_sign():
    breaks = (Break(3, "换法"), Break(1, "没有说明"), Break(2, "没有说明"))
    drawing = layout_lines(course([4, 3, 2, 1], breaks=breaks), WIDE)
    assert [one["text"] for one in marks(drawing, "text", "sign")] == ["①", "①", "②"]
    assert [one["text"] for one in marks(drawing, "text", "footnote")] == [
        "① 2001与2002、2002与2003：没有说明",
        "② 2003与2004：换法",
    ]
    assert runs(drawing) == []


@SHEETS
def test_an_interval_is_a_span_without_a_line(sheet):
    chart = course(series=(Series("杭州", (Point("第1至3位", 1, 3), rank(2))),), columns=("1", "2"))
    drawing = layout_lines(chart, sheet)
    assert [(one["y"], one["y2"]) for one in marks(drawing, "rule", "span")] == [(1.0, 3.0)]
    assert runs(drawing) == []


@SHEETS
def test_all_missing(sheet):
    drawing = layout_lines(course([None, None, None]), sheet)
    assert (runs(drawing), marks(drawing, "text", "tick")[:1], collisions(drawing)) == (
        [],
        [marks(drawing, "text", "tick")[0]],
        [],
    )
    assert [one["text"] for one in marks(drawing, "text", "footnote")] == [
        "城0 2001、2002、2003：未披露"
    ]


@SHEETS
@pytest.mark.parametrize("count", [1, 3, 30])
def test_no_words_touch_or_leave_the_sheet(sheet, count):
    rows = [[(index * step) % 40 + 1 for index in range(count)] for step in (1, 3, 7, 11, 0)]
    breaks = tuple(Break(before, "没有可比性说明") for before in range(1, count))
    assert collisions(layout_lines(course(*rows), sheet)) == []
    assert collisions(layout_lines(course(*rows, breaks=breaks), sheet)) == []


def test_the_last_value_of_the_highlighted_series_is_printed():
    drawing = layout_lines(course([9, 8, 7], [9, 8, 6]), NARROW)
    assert "第7位" in [one["text"] for one in marks(drawing, "text", "value")]


@given(series_charts().filter(lambda chart: not isinstance(chart, DotChart)))
@settings(max_examples=40, deadline=None)
def test_words_never_touch(chart):
    assert [collisions(layout_lines(chart, sheet)) for sheet in (NARROW, WIDE)] == [[], []]
