"""Unified social credit codes: the check digit, and the one spelling."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from institutions.creditcodes import tidy_credit_code, validate_credit_code

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
SOUND = "91350100M000100Y43"


def checked(first):
    """Return the code that begins with these seventeen characters, by the standard's words."""
    total = sum(
        LETTERS.index(letter) * weight for letter, weight in zip(first, WEIGHTS, strict=True)
    )
    return first + LETTERS[-total % 31]


def test_sound():
    assert checked(SOUND[:-1]) == SOUND
    validate_credit_code(SOUND)


@given(
    st.sampled_from("19"),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(LETTERS, min_size=9, max_size=9),
)
def test_one_check_character_is_right_and_the_others_are_not(kind, place, body):
    right = checked(f"{kind}1{place}{body}")
    validate_credit_code(right)
    for letter in set(LETTERS) - {right[-1]}:
        with pytest.raises(ValidationError, match="校验位不对"):
            validate_credit_code(right[:-1] + letter)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "统一社会信用代码须为 18 位，这里是 0 位。"),
        (SOUND[:-1], "统一社会信用代码须为 18 位，这里是 17 位。"),
        (SOUND[:-1] + "4", "统一社会信用代码的校验位不对，请核对原件。"),
        (SOUND[:-2] + "I3", "统一社会信用代码的校验位不对，请核对原件。"),
        ("9" * 18, "统一社会信用代码的校验位不对，请核对原件。"),
    ],
)
def test_unsound(code, words):
    with pytest.raises(ValidationError) as refused:
        validate_credit_code(code)
    assert refused.value.messages == [words]


def test_the_one_spelling():
    assert tidy_credit_code(" ９１３５ 0100m000100y43\n") == SOUND
