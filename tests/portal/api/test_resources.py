"""Resources: what a declaration must have, and what follows from it."""

from dataclasses import replace

import pytest

from portal.api.places import PLACES


def test_a_resource_has_the_column_that_names_its_rows():
    with pytest.raises(ValueError, match="places has no column id"):
        replace(PLACES, key="id")


def test_every_order_ends_with_what_is_unique():
    assert PLACES.ordering_names == ["code", "-code", "name", "-name"]
    assert [PLACES.order(name) for name in PLACES.ordering_names] == [
        [("code", False)],
        [("code", True)],
        [("name", False), ("code", False)],
        [("name", True), ("code", True)],
    ]


def test_places_have_no_time():
    assert (PLACES.takes_knowledge, PLACES.detail_parameters) == (False, ())
