"""Numbers in Chinese and in digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.numerals import value, variants, written


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十六", 16),
        ("二十", 20),
        ("一百零五", 105),
        ("两千", 2000),
        ("二〇二〇", 2020),
        ("百千", None),
        ("一二十", None),
    ],
)
def test_what_a_numeral_writes(numeral, number):
    assert value(numeral) == number


@given(st.integers(1, 9999))
def test_what_is_written_is_read_again(number):
    assert value(written(number)) == number


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("一号线", ["1号线"]),
        ("地铁1号线", ["地铁一号线"]),
        ("第十六人民医院", ["第16人民医院"]),
        ("5g", []),
        ("12345", []),
        ("郑州", []),
    ],
)
def test_a_text_with_its_numbers_written_otherwise(text, others):
    assert variants(text) == others
