"""What a reader typed: words, quoted phrases, bounds, and any bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.language import LONGEST_QUERY, MOST_WORDS, parse


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("郑州 数字", [("郑州", False), ("数字", False)]),
        (
            "郑州\u3000数字，治理、颐和",
            [("郑州", False), ("数字", False), ("治理", False), ("颐和", False)],
        ),
        ("地铁1号线", [("地铁 1 号线", False)]),
        ('"数字 治理" 郑州', [("数字 治理", True), ("郑州", False)]),
        (
            "“数字”「治理」『颐和』＂郑州＂",
            [("数字", True), ("治理", True), ("颐和", True), ("郑州", True)],
        ),
        ('没有结束的"引号', [("没有结束的 引号", False)]),
        ('郑州 "郑州"', [("郑州", True)]),
        ("ＧＤＰ gdp", [("gdp", False)]),
        ("AND OR NOT -()*", [("and", False), ("or", False), ("not", False)]),
        ("  ？", []),
        ("", []),
    ],
)
def test_what_was_typed_is_words(typed, words):
    assert [(str(word), word.quoted) for word in parse(typed).words] == words


def test_a_long_question_is_cut():
    query = parse(" ".join(chr(0x4E00 + n) for n in range(200)))
    assert (len(query.words), len(query.text)) == (MOST_WORDS, LONGEST_QUERY - 1)


@given(st.text(st.characters(), max_size=50))
def test_nothing_that_is_typed_is_an_error(typed):
    query = parse(typed)
    assert bool(query) is bool(query.words)
