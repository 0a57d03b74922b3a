"""One form of writing: width, case, accents, traditional characters; and the way back to the original."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.folding import fold_text, fold_with_offsets


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＧＤＰ５．５２億", "gdp5.52亿"),
        ("鄭州數字經濟", "郑州数字经济"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("ﾃﾞｰﾀ", "テータ"),
        ("①㈱", "1(株)"),
        ("Straße", "strasse"),
        ("零\u200b宽", "零宽"),
        ("\ud800甲", "甲"),
        ("", ""),
    ],
)
def test_what_looks_alike_is_alike(text, folded):
    assert fold_text(text) == folded


@given(st.text(), st.text())
def test_a_text_and_its_parts_fold_alike(one, two):
    assert fold_text(one + two) == fold_text(one) + fold_text(two)


@given(st.text())
def test_folding_again_changes_nothing(text):
    once = fold_text(text)
    assert fold_text(once) == once


@given(st.text())
def test_each_folded_character_knows_where_it_stood(text):
    folded = fold_with_offsets(text)
    assert folded.text == fold_text(text)
    assert len(folded.starts) == len(folded.text)
    for character, start in zip(folded.text, folded.starts, strict=True):
        assert character in fold_text(text[start])


@given(st.text())
def test_width_makes_no_difference(text):
    assert fold_text(unicodedata.normalize("NFKC", text)) == fold_text(text)
