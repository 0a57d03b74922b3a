"""How a dot plot lies on its sheets: better is right, shapes tell places apart, nothing is covered."""

import pytest
from hypothesis import given, settings

from portal.charts import DotChart, Point, Series
from portal.charts.dots import layout_dots
from portal.charts.sheets import NARROW, SHAPES, WIDE
from tests.portal.charts.reading import HOSTILE, collisions, marks, plot, rank, series_charts

SHEETS = pytest.mark.parametrize("sheet", [NARROW, WIDE], ids=lambda sheet: sheet.name)


def placed(drawing):
    """Return (words, value) of the marks that stand on the scale."""
    return [(one["tip"], one["x"]) for one in marks(drawing, "symbol") if one["tip"]]


@SHEETS
def test_each_place_has_a_mark_and_its_words(sheet):
    drawing = layout_dots(plot(["78.20", None], ["60", "0"]), sheet)
    assert sorted(placed(drawing)) == [
        ("城0，维度0，78.20", 78.2),
        ("城1，维度0，60", 60.0),
        ("城1，维度1，0", 0.0),
    ]
    assert [one["text"] for one in marks(drawing, "text", "missing")] == ["缺数据"]


@SHEETS
def test_a_small_rank_is_at_the_right(sheet):
    chart = plot(
        series=(Series("郑州", (rank(7), Point("第10至20位", 10, 20))),),
        dimensions=("总体", "生活"),
        measure="rank",
    )
    drawing = layout_dots(chart, sheet)
    assert drawing.scales[0].at(1) > drawing.scales[0].at(20)
    assert [(one["x"], one["x2"]) for one in marks(drawing, "rule", "span")] == [(10.0, 20.0)]


@SHEETS
def test_equal_marks_do_not_cover_each_other(sheet):
    drawing = layout_dots(plot(*[["50"]] * 5), sheet)
    heights = [one["y"] for one in marks(drawing, "symbol") if one["tip"]]
    assert len(set(heights)) == 5


@SHEETS
def test_shapes_tell_the_places_apart(sheet):
    drawing = layout_dots(plot(*[[str(10 * index)] for index in range(5)]), sheet)
    shapes = {style["shape"] for kind, _, style, _ in drawing.groups if kind == "symbol"}
    assert shapes == set(SHAPES)


@SHEETS
@pytest.mark.parametrize(("rows", "places"), [(1, 1), (3, 5), (30, 5)])
def test_no_words_touch_or_leave_the_sheet(sheet, rows, places):
    chart = plot(
        *[[f"{90 - index - place}.25" for index in range(rows)] for place in range(places)]
    )
    assert collisions(layout_dots(chart, sheet)) == []


@SHEETS
def test_all_missing(sheet):
    drawing = layout_dots(plot([None, None], [None, None]), sheet)
    assert (placed(drawing), collisions(drawing)) == ([], [])
    assert [one["text"] for one in marks(drawing, "text", "missing")] == ["缺数据"] * 4


@SHEETS
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_in_their_place(sheet, words):
    chart = plot(series=(Series(words, (Point(words, 1),)),) * 5, dimensions=(words,))
    assert collisions(layout_dots(chart, sheet)) == []


@given(series_charts().filter(lambda chart: isinstance(chart, DotChart)))
@settings(max_examples=40, deadline=None)
def test_words_never_touch(chart):
    assert [collisions(layout_dots(chart, sheet)) for sheet in (NARROW, WIDE)] == [[], []]
