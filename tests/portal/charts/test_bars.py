"""How a ranking lies on its sheets: nothing invented, nothing covered."""

import pytest
from hypothesis import given, settings

from portal.charts import Bar, Point
from portal.charts.bars import layout_bars
from portal.charts.sheets import NARROW, WIDE
from tests.portal.charts.reading import HOSTILE, bar_charts, collisions, marks, ranking, score

SHEETS = pytest.mark.parametrize("sheet", [NARROW, WIDE], ids=lambda sheet: sheet.name)
NAMES = ["巴音郭楞蒙古自治州", "黔西南布依族苗族自治州", "海", "呼伦贝尔市（含满洲里市）"]


@SHEETS
def test_bars_begin_at_zero_and_end_at_their_values(sheet):
    drawing = layout_bars(ranking(2), sheet)
    assert [(one["x"], one["zero"]) for one in marks(drawing, "rect")] == [(90.5, 0), (89.5, 0)]
    assert drawing.scales[0].domain == (0, 90.5)


@SHEETS
def test_negative_scores_go_to_the_left_of_zero(sheet):
    chart = ranking(bars=(Bar("甲", score("-5")), Bar("乙", score("15"))))
    assert layout_bars(chart, sheet).scales[0].domain == (-5, 15)


@SHEETS
def test_a_point_without_a_number_has_words_and_no_bar(sheet):
    chart = ranking(bars=(Bar("甲", Point("未披露")), Bar("乙", score("0"))))
    drawing = layout_bars(chart, sheet)
    assert [one["tip"] for one in marks(drawing, "rect")] == ["乙，0"]
    assert [one["text"] for one in marks(drawing, "text", "missing")] == ["未披露"]


@SHEETS
def test_all_missing(sheet):
    chart = ranking(bars=tuple(Bar(name, Point("缺数据")) for name in NAMES))
    drawing = layout_bars(chart, sheet)
    assert (marks(drawing, "rect"), marks(drawing, "symbol"), collisions(drawing)) == ([], [], [])


@SHEETS
def test_ranks_are_marks_on_a_scale_and_intervals_spans(sheet):
    bars = (Bar("上海", Point("第1至3位", 1, 3)), Bar("郑州", Point("第4位", 4)))
    drawing = layout_bars(ranking(bars=bars, measure="rank"), sheet)
    assert marks(drawing, "rect") == []
    assert [(one["x"], one["x2"]) for one in marks(drawing, "rule", "span")] == [(1.0, 3.0)]
    assert [one["x"] for one in marks(drawing, "symbol")] == [4.0]
    assert [one["text"] for one in marks(drawing, "text", "tick")] == ["1", "4"]


@SHEETS
def test_highlighted_rows_have_a_look_of_their_own(sheet):
    bars = (Bar("甲", score("2")), Bar("乙", score("1"), highlighted=True))
    drawing = layout_bars(ranking(bars=bars), sheet)
    assert [one["text"] for one in marks(drawing, "text", "highlighted")] == ["乙", "1"]
    assert [one["tip"] for one in marks(drawing, "rect", "highlighted")] == ["乙，1"]


@SHEETS
@pytest.mark.parametrize("count", [0, 1, 30])
def test_no_words_touch_or_leave_the_sheet(sheet, count):
    bars = tuple(
        Bar(NAMES[index % 4], score(f"{99 - index}.25"), rank=f"{index + 1}")
        for index in range(count)
    )
    drawing = layout_bars(ranking(bars=bars), sheet)
    assert collisions(drawing) == []
    # Not one ordinary name is cut.
    assert [one["text"] for one in marks(drawing, "text") if "…" in one["text"]] == []


@SHEETS
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_in_their_place(sheet, words):
    bars = (Bar(words, Point(words, 1), rank=words), Bar("郑州", Point(words)))
    assert collisions(layout_bars(ranking(bars=bars), sheet)) == []


@given(bar_charts())
@settings(max_examples=60, deadline=None)
def test_words_never_touch(chart):
    assert [collisions(layout_bars(chart, sheet)) for sheet in (NARROW, WIDE)] == [[], []]
