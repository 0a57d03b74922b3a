"""What an address asks of the search page: whatever stands there, a question; and addresses that read back."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from portal.search.asking import Asked


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", Asked()),
        ("q=+晨星%00x+&page=3", Asked("晨星 x", page=3)),
        ("q=a&type=article&year=2020", Asked("a", {"type": "article", "year": "2020"})),
        ("q=a&type=nonsense&sort=up&page=abc", Asked("a")),
        ("q=a&page=0&sort=date", Asked("a", sort="date")),
        ("q=a&page=٣&place=-", Asked("a", {"place": "-"})),
        ("q=a&section=" + "x" * 80, Asked("a", {"section": "x" * 64})),
    ],
)
def test_an_address_is_read(query, asked):
    assert Asked.read(QueryDict(query)) == asked


def test_an_address_without_one_filter_keeps_the_others():
    asked = Asked("晨星", {"type": "article", "year": "2020"}, "date", 3)
    assert asked.without("type") == "/search/?q=%E6%99%A8%E6%98%9F&year=2020&sort=date"
    assert asked.address(sort="relevance", place="410100") == (
        "/search/?q=%E6%99%A8%E6%98%9F&type=article&year=2020&place=410100"
    )
    assert asked.plain() == Asked("晨星", {}, "date", 1)


@given(st.text(max_size=60), st.text(max_size=10))
def test_what_was_read_is_read_back_from_its_address(text, value):
    given_ = QueryDict(mutable=True)
    given_.update({"q": text, "place": value, "sort": value})
    asked = Asked.read(given_)
    assert Asked.read(QueryDict(asked.address().partition("?")[2])) == asked
