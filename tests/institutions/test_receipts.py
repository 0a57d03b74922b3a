"""The check code: the same question gives it again, and nothing else does."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from institutions.receipts import check_code, is_sound, stamp

ASKED = ("jiayiyuan", "yiliao", date(2020, 9, 1), datetime(2026, 8, 22, 3, 15, 0, 123456, UTC))
KEY = "one-key-of-fifty-characters-or-more-for-these-tests-only"


@override_settings(SECRET_KEY=KEY)
def test_the_code_is_the_one_that_was_printed():
    assert check_code(*ASKED) == "Z90D-ADQR-D5RW"
    assert is_sound("Z90D-ADQR-D5RW", *ASKED)


def test_the_stamp_is_utc_with_microseconds():
    shanghai = ASKED[3].astimezone(timezone(timedelta(hours=8)))
    assert stamp(shanghai) == "20260822T031500.123456Z"
    assert check_code(*ASKED[:3], shanghai) == check_code(*ASKED)


@pytest.mark.parametrize(
    "other",
    [
        ("yiyiyuan", *ASKED[1:]),
        (ASKED[0], "kangfu", *ASKED[2:]),
        (*ASKED[:2], date(2020, 9, 2), ASKED[3]),
        (*ASKED[:3], ASKED[3] + timedelta(microseconds=1)),
        ("jiayiyuan\nyiliao", "", *ASKED[2:]),
    ],
)
def test_each_part_of_the_question_is_in_the_code(other):
    assert not is_sound(check_code(*ASKED), *other)


def test_letters_that_look_alike_are_read_as_the_ones_that_are_meant():
    asked = next(
        (ASKED[0], ASKED[1], ASKED[2], ASKED[3] + timedelta(seconds=n))
        for n in range(1000)
        if {"0", "1"} <= set(check_code(*ASKED[:3], ASKED[3] + timedelta(seconds=n)))
    )
    typed = check_code(*asked).replace("0", "O").replace("1", "l").lower()
    assert is_sound(f" {typed} ", *asked)


@override_settings(SECRET_KEY="another-key-altogether")
def test_another_key_gives_another_code_and_a_former_key_is_still_believed():
    with override_settings(SECRET_KEY=KEY):
        printed = check_code(*ASKED)
    assert not is_sound(printed, *ASKED)
    with override_settings(SECRET_KEY_FALLBACKS=[KEY]):
        assert is_sound(printed, *ASKED)


@given(st.text(max_size=40))
def test_nothing_that_can_be_typed_is_sound_or_fails(text):
    assert is_sound(text, *ASKED) is (text.strip().upper() == check_code(*ASKED))
