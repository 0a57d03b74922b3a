"""Points, bars, series and breaks: which are legal, and what their words become."""

from decimal import Decimal

import pytest

from portal.charts import Bar, Break, Point, Series
from portal.charts.points import clean


def test_a_point_without_a_number_has_no_mark():
    point = Point("未披露")
    assert (point.is_drawn, point.is_exact, point.ends, point.cell) == (False, False, (), "未披露")


def test_nought_is_a_number():
    point = Point("0", 0)
    assert (point.is_drawn, point.is_exact, point.ends, point.cell) == (True, True, (0.0,), 0)


def test_an_interval_is_drawn_but_not_exact():
    point = Point("第1至3位", 1, 3)
    assert (point.is_drawn, point.is_exact, point.ends) == (True, False, (1.0, 3.0))
    assert point.cell == "第1至3位"


@pytest.mark.parametrize(
    "fields",
    [
        ("",),
        ("\x00 \u202e",),
        ("多", Decimal("NaN")),
        ("多", Decimal("Infinity")),
        ("多", Decimal("1e15")),
        ("第3至1位", 3, 1),
        ("第3至3位", 3, 3),
        ("至3位", None, 3),
    ],
)
def test_no_point(fields):
    with pytest.raises(ValueError, match=r"words|number|interval"):
        Point(*fields)


def test_a_cell_is_a_number_only_where_the_words_are_its_digits():
    assert [
        Point(words, Decimal(number)).cell
        for words, number in [("87.50", "87.50"), ("87.5", "87.50"), ("第7位", "7"), ("-1", "-1")]
    ] == [Decimal("87.50"), "87.5", "第7位", Decimal(-1)]


def test_words_are_cleaned_of_what_cannot_be_printed():
    assert clean(" 郑\x00州\n\t市\u202e\ud800 ") == "郑州 市"
    assert (
        Bar("郑\x08州", Point("1"), rank=" 7 ").label,
        Bar("郑", Point("1"), rank=" 7 ").rank,
    ) == (
        "郑州",
        "7",
    )
    assert Series("郑\x08州", [Point("1")]) == Series("郑州", (Point("1"),))


def test_a_break_says_why():
    assert Break(1, " 换了方法 ").words == "换了方法"
    with pytest.raises(ValueError, match="words"):
        Break(1, "")
