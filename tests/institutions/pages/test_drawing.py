"""The timeline's layout: nothing outside the drawing, open ends to the right, unknown starts from the left."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.models import Kind, Scheme
from institutions.pages.drawing import timeline_of
from institutions.pages.stretches import Nature, Stretch

TODAY = date(2022, 1, 1)
SCHEME = Scheme(pk=1, name="工伤保险定点")
KINDS = [
    Kind(pk=number, name=name, scheme=SCHEME) for number, name in enumerate(("医疗", "康复"), 1)
]
DAYS = st.dates(date(1949, 10, 1), date(2100, 12, 31))


def stretch(first, last, nature=Nature.IN_FORCE, kind=KINDS[0]):
    return Stretch(kind, nature, first, last, "", ())


def looks(timeline):
    return [[(bar.look, bar.x, bar.width) for bar in lane.bars] for lane in timeline.lanes]


def test_without_a_stretch_there_is_no_drawing():
    assert timeline_of([], TODAY) is None


def test_a_closed_period_lies_on_the_scale_of_whole_years():
    timeline = timeline_of([stretch(date(2021, 1, 1), date(2021, 12, 31))], TODAY)
    assert looks(timeline) == [[("in_force", "0.00%", "50.00%")]]
    assert (timeline.ticks, timeline.today) == ((("0.00%", 2021), ("50.00%", 2022)), "50.00%")


@pytest.mark.parametrize(
    ("first", "nature", "expected"),
    [
        (
            date(2022, 1, 1),
            Nature.IN_FORCE,
            [("open", "0.27%", "99.73%"), ("in_force", "0.00%", "0.60%")],
        ),
        (
            None,
            Nature.START_UNKNOWN,
            [("open", "50.14%", "49.86%"), ("start_unknown", "0.00%", "50.14%")],
        ),
        (date(2022, 7, 2), Nature.IN_FORCE, [("open", "49.86%", "50.14%")]),
    ],
)
def test_what_has_no_known_end_goes_on_from_today(first, nature, expected):
    assert looks(timeline_of([stretch(first, None, nature)], TODAY)) == [expected]


def test_suspensions_lie_on_their_period_and_kinds_in_lanes():
    whole = (date(2021, 1, 1), date(2021, 12, 31))
    timeline = timeline_of(
        [stretch(*whole, Nature.SUSPENDED), stretch(*whole), stretch(*whole, kind=KINDS[1])], TODAY
    )
    assert [(lane.label, [bar.look for bar in lane.bars]) for lane in timeline.lanes] == [
        ("工伤保险定点·医疗", ["in_force", "suspended"]),
        ("工伤保险定点·康复", ["in_force"]),
    ]
    assert (timeline.lanes[0].y, timeline.lanes[1].y, timeline.foot) == ("1.25em", "4.5em", "6.5em")


@given(st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS, st.sampled_from(Nature)), max_size=6))
def test_nothing_is_drawn_outside(spans):
    told = [
        stretch(first, max(first, last) if first and last else last, nature)
        for first, last, nature in spans
    ]
    timeline = timeline_of(told, TODAY)
    if timeline is None:
        return
    for lane in timeline.lanes:
        for bar in lane.bars:
            start, width = float(bar.x[:-1]), float(bar.width[:-1])
            assert start >= 0
            assert width >= 0.6
            assert start + width <= 100.02
    assert len(timeline.ticks) <= 6
    assert timedelta(0) <= TODAY - min([date(year, 1, 1) for _, year in timeline.ticks])
