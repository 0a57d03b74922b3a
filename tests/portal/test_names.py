"""One key for spellings that differ only in typesetting, and addresses in pinyin."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.names import fold, pinyin_slug, syllables


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("河南（郑州）中汇心血管病医院", "河南(郑州)中汇心血管病医院"),
        ("杨　昇", "杨昇"),
        ("郑 州\u200b日报", "郑州日报"),
        ("ＡＢＣ１２", "abc12"),
        ("\ufeff郑州", "郑州"),
    ],
)
def test_typesetting_makes_no_difference(printed, other):
    assert fold(printed) == fold(other)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("河南（郑州）中汇心血管病医院", "河南中汇心血管病医院"),
        ("郑州市第一人民医院", "郑州市第十一人民医院"),
        ("阿依古丽·买买提", "阿依古丽买买提"),
    ],
)
def test_what_belongs_to_a_name_makes_a_difference(one, another):
    assert fold(one) != fold(another)


# What names are printed in: ASCII, its full-width forms, Han characters, spaces of every width.
PRINTED = st.text(
    st.sampled_from("\u3000\u00a0\u200b·（）()")
    | st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    | st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E)
    | st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
)


@given(PRINTED)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(PRINTED, PRINTED)
def test_spaces_between_two_parts_do_not_count(left, right):
    assert fold(f"{left} \u3000{right}") == fold(left) + fold(right)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("重庆", "chongqing"),
        ("厦门", "xiamen"),
        ("六安", "luan"),
        ("蚌埠", "bengbu"),
        ("台州", "taizhou"),
        ("亳州", "bozhou"),
        ("丽水", "lishui"),
        ("郑州", "zhengzhou"),
        ("5G城市", "5gchengshi"),
        ("城市 大脑", "chengshi-danao"),
        ("……", ""),
        ("", ""),
    ],
)
def test_addresses_in_pinyin(name, slug):
    assert pinyin_slug(name) == slug


def test_a_long_name_is_cut_between_syllables():
    assert pinyin_slug("重庆" * 20, max_length=12) == "chongqing"


def test_syllables_carry_no_tones():
    assert syllables("重庆ABC") == ["chong", "qing", "ABC"]


@given(st.text(max_size=60), st.integers(1, 60))
def test_an_address_is_short_and_fits(text, length):
    slug = pinyin_slug(text, max_length=length)
    assert len(slug) <= length
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
