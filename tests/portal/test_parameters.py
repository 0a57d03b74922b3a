"""Days and instants in an address: the ways in which they may be written, and what is refused."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.parameters import BadParameter, day_of, instant_of, printable


@pytest.mark.parametrize("given_", ["2020-09-01", "2020/9/1", "2020年9月1日", " 2020-09-01 "])
def test_a_day_may_be_written_as_people_write_it(given_):
    assert day_of("on", given_) == date(2020, 9, 1)


@pytest.mark.parametrize("given_", ["2020-13-01", "2020", "昨天", "2020-09-01T08:00"])
def test_what_is_no_day_is_refused(given_):
    with pytest.raises(BadParameter) as refused:
        day_of("on", given_)
    assert str(refused.value) == f"参数 on 应为日期（如 2020-09-01），收到的是“{given_}”。"


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("2020-09-01T08:30:00+08:00", "2020-09-01T08:30:00+08:00"),
        ("2020-09-01T08:30:00 08:00", "2020-09-01T08:30:00+08:00"),
        ("2020-09-01T00:30:00Z", "2020-09-01T08:30:00+08:00"),
        ("20200901T003000.123456Z", "2020-09-01T08:30:00.123456+08:00"),
        ("2020-09-01", "2020-09-01T23:59:59.999999+08:00"),
        ("2020年9月1日", "2020-09-01T23:59:59.999999+08:00"),
    ],
)
def test_an_instant_has_a_zone_or_is_the_end_of_a_day(given_, expected):
    assert timezone.localtime(instant_of("known_at", given_)).isoformat() == expected


@pytest.mark.parametrize("given_", ["", "x", "2020-09-01T08:30:00", "9999-12-31"])
def test_what_is_no_instant_is_refused(given_):
    with pytest.raises(BadParameter):
        instant_of("known_at", given_)


def test_an_instant_to_come_is_now():
    morrow = timezone.localdate() + timedelta(days=2)
    assert instant_of("known_at", morrow.isoformat()) <= timezone.now()


@given(st.text(max_size=30), st.sampled_from([day_of, instant_of]))
def test_no_text_breaks_the_reading(text, read):
    with suppress(BadParameter):
        assert read("on", text) is not None


def test_what_nobody_can_see_becomes_a_space():
    assert printable("郑\x00州\u2028\ud800𠮷\t医　院") == "郑 州  𠮷 医 院"
