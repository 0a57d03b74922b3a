"""Reading a query whole: known words, what surrounds them, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.answering import LONGEST, parts_of, words_in

KNOWN = {"郑州", "数字治理", "数字", "排名", "2020", "gdp"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("郑州 数字治理 排名", ["郑州", "数字治理", "排名"]),
        ("郑州数字治理排名", ["郑州", "数字治理", "排名"]),
        ("请问2020年郑州的数字治理排名是多少？", ["2020", "郑州", "数字治理", "排名"]),
        ("鄭州ＧＤＰ排名", ["郑州", "gdp", "排名"]),
        ("郑州房价排名", None),
        ("郑州 house 排名", None),
        ("郑州2021排名", None),
        ("新郑州排名", None),
        ("", []),
    ],
)
def test_a_query_is_its_known_words_or_none(typed, words):
    assert words_in(typed, KNOWN) == words


def test_the_parts_of_a_query():
    assert parts_of("郑州 AB") == {"郑州", "州 ab", "郑州 a", "郑州 ab", "州 a", "ab"}


@given(st.text(max_size=200))
def test_any_text_has_few_parts(typed):
    assert len(parts_of(typed)) <= LONGEST * 30
    words_in(typed, KNOWN)
