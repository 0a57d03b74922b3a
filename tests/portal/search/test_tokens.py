"""Runs, flat forms and tokens; what a phrase asks for, and where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.tokens import (
    LONGEST_WORD,
    Phrase,
    flat,
    flat_of_fields,
    flat_with_offsets,
    phrase,
    tokens_of,
)
from tests.portal.search.texts import stories


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("GDP达５.52亿元，鄭州", " gdp 达 5 52 亿元 郑州 "),
        ("地铁1号线", " 地铁 1 号线 "),
        ("，。 ", " "),
        ("", " "),
        ("a_b", " a b "),
    ],
)
def test_a_flat_form_is_the_runs_of_a_text(text, form):
    assert flat(text) == form


def test_a_run_is_indexed_as_pairs_and_its_last_character():
    assert tokens_of(flat("郑州数字，5G")) == ["郑州", "州数", "数字", "字", "5g"]


def test_no_phrase_crosses_two_fields():
    assert flat_of_fields(["数字", "治理"]) == " 数字 ¶ 治理 "


def test_a_long_word_is_cut_alike_in_texts_and_questions():
    word = "a" * (LONGEST_WORD + 9)
    assert phrase(word).stands_in(flat(word)) is True


@pytest.mark.parametrize(
    ("asked", "text", "stands"),
    [
        ("州数", "郑州数字", True),
        ("州字", "郑州数字", False),
        ("字治", "数字，治理", False),
        ("1号线", "地铁1号线", True),
        ("1号线", "地铁11号线", False),
        ("1号", "地铁 １号线", True),
        ("地铁1", "地铁1号线", True),
        ("zzyh", "zzyhyy", False),
        ("zzyh", "zz zzyh", True),
        ("5", "5G", False),
        ("5.52亿", "达5.52亿元", True),
        ("郑", "在新郑市", True),
    ],
)
def test_where_a_phrase_stands(asked, text, stands):
    assert phrase(asked).stands_in(flat(text)) is stands


def test_nothing_to_look_for_is_no_phrase():
    assert phrase("？！") is None


@pytest.mark.parametrize(
    ("asked", "tokens", "by_beginning"),
    [
        ("郑", ("郑",), True),
        ("数字", ("数字",), False),
        ("郑州数", ("郑州", "州数"), False),
        ("地铁1号", ("地铁", "铁", "1", "号"), True),
        ("zz", ("zz",), False),
        ("5g", ("5g",), False),
    ],
)
def test_the_tokens_of_a_phrase(asked, tokens, by_beginning):
    found = phrase(asked)
    assert (found.tokens, found.by_beginning) == (tokens, by_beginning)


@given(stories, st.integers(0, 20), st.integers(1, 6))
def test_every_part_of_a_run_is_found(text, start, length):
    for run in flat(text).split():
        part = run[start : start + length] if len(phrase(run).tokens) > 1 else run
        if part:
            assert Phrase((part,)).stands_in(flat(text)) is True


@given(stories)
def test_a_flat_form_leads_back_to_its_text(text):
    form, starts = flat_with_offsets(text)
    assert form == flat(text)
    for place, character in enumerate(form):
        if character != " ":
            assert character in flat(text[starts[place]])
