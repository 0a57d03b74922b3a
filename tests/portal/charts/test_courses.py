"""Which points a line may join, and how missing ones are told."""

import pytest

from portal.charts import Point, Series
from portal.charts.courses import courses, missing_notes
from tests.portal.charts.reading import course, rank


@pytest.mark.parametrize(
    ("numbers", "breaks", "expected"),
    [
        ([], (), []),
        ([1], (), []),
        ([3, 2, 1], (), [[0, 1, 2]]),
        ([3, None, 1], (), []),
        ([4, 3, None, 2, 1], (), [[0, 1], [3, 4]]),
        ([4, 3, 2, 1], (2,), [[0, 1], [2, 3]]),
        ([4, 3, 2], (1, 2), []),
        ([4, 3, None, 1], (3,), [[0, 1]]),
    ],
)
def test_a_line_joins_comparable_neighbours_only(numbers, breaks, expected):
    assert courses([rank(number) for number in numbers], breaks) == expected


def test_no_line_leads_to_an_interval():
    points = [rank(5), Point("第1至3位", 1, 3), rank(2), rank(1)]
    assert courses(points, ()) == [[2, 3]]


def test_missing_points_are_told_by_series_and_reason():
    chart = course([1, None, 3, None])
    other = Series("别城", (Point("缺数据"), rank(2), Point("未披露"), rank(1)))
    assert missing_notes(course(series=(*chart.series, other), columns=chart.columns)) == [
        "城0 2002、2004：未披露",
        "别城 2001：缺数据",
        "别城 2003：未披露",
    ]
