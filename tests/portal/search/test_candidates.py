"""Which entries can be near: those that hold the rare tokens of the query."""

import pytest
from wagtail.search.models import IndexEntry

from portal.search.candidates import likeliest, weigh
from portal.search.scoring import Weights
from tests.portal.search.indexing import index

pytestmark = pytest.mark.django_db


def test_tokens_are_weighed_by_the_entries_that_hold_them():
    index(one="郑州颐和", two="郑州")
    assert weigh({"郑州", "颐和", "火星"}) == Weights(2, {"郑州": 2, "颐和": 1, "火星": 0})


def test_the_likeliest_hold_the_rarest_tokens():
    index(one="郑州", two="郑州颐和", three="颐和", four="火星")
    keys = likeliest(weigh({"郑州", "颐和", "水星"}))
    names = dict(IndexEntry.objects.values_list("pk", "object_id"))
    assert [names[key] for key in keys[:1]] == ["two"]
    assert {names[key] for key in keys} == {"one", "two", "three"}


def test_nothing_to_look_for_finds_nothing():
    assert likeliest(weigh(set())) == []
