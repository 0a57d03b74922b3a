"""Numbered pages of a list."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from portal.paging import page_of
from portal.parameters import BadParameter


def ask(query, items=range(45)):
    return page_of(RequestFactory().get(f"/?{query}"), items, 20)


def test_no_number_means_the_first_page():
    assert list(ask("")) == list(range(20))


def test_the_last_page_has_the_rest():
    assert list(ask("page=3")) == list(range(40, 45))


def test_an_empty_list_has_one_empty_page():
    assert list(ask("", [])) == []


@pytest.mark.parametrize("wrong", ["abc", "0", "-1", "1.5", "", "１", "²", "9" * 30, "1 OR 1=1"])
def test_what_is_no_number_is_refused_by_name(wrong):
    with pytest.raises(BadParameter, match="参数 page 应为正整数"):
        ask(f"page={wrong}")


def test_a_page_past_the_end_is_not_found():
    with pytest.raises(Http404, match="没有第 4 页"):
        ask("page=4")
