"""An edition's published ranks against computed ones, as it stands and with a draft laid over it."""

from decimal import Decimal

import pytest

from indices.checking import check_edition
from tests.factories import PlaceFactory
from tests.indices.factories import EditionFactory, a_dimension, a_draft, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def overall():
    return a_dimension(EditionFactory(), decimals=1)


def rows(overall, places, *told):
    return [
        (overall, place, {"value": Decimal(value), "rank": rank})
        for place, (value, rank) in zip(places, told, strict=True)
    ]


def summary(edition, **fields):
    return [
        (
            checked.dimension.label,
            {name: count for name, count in checked.counts.items() if count},
            [(place.name, verdict.computed) for place, verdict in checked.conflicts],
        )
        for checked in check_edition(edition, **fields)
    ]


def test_equal_ranks_are_reproduced(overall):
    places = PlaceFactory.create_batch(3)
    released(overall.edition, *rows(overall, places, ("9.5", 1), ("8.5", 2), ("8.5", 2)))
    assert summary(overall.edition) == [("总指数", {"equal": 3}, [])]


def test_a_conflict_names_its_places_and_overwrites_nothing(overall):
    places = [PlaceFactory(name=name) for name in ("甲市", "乙市", "丙市")]
    release = released(overall.edition, *rows(overall, places, ("9.5", 1), ("7.5", 2), ("8.5", 3)))
    assert summary(overall.edition) == [
        ("总指数", {"equal": 1, "conflict": 2}, [("乙市", 3), ("丙市", 2)])
    ]
    assert [score.rank for score in release.scores.order_by("pk")] == [1, 2, 3]


def test_a_draft_is_checked_as_if_it_stood(overall):
    places = [PlaceFactory(name=name) for name in ("甲市", "乙市", "丙市", "丁市")]
    first = released(
        overall.edition, *rows(overall, places, ("9.5", 1), ("8.5", 2), ("7.5", 3), ("6.5", 4))
    )
    draft = a_draft(
        overall.edition,
        (overall, places[3], None),
        (overall, places[2], {"value": Decimal("9.0"), "rank": 3}),
        explanation="勘误",
    )
    assert summary(overall.edition, release=draft) == [
        ("总指数", {"equal": 1, "conflict": 2}, [("乙市", 3), ("丙市", 2)])
    ]
    assert summary(overall.edition, known_at=first.published_at) == [("总指数", {"equal": 4}, [])]


def test_of_a_list_that_is_not_held_whole_only_the_order_is_checked(overall):
    edition = overall.edition
    edition.universe_size = 100
    edition.save()
    places = PlaceFactory.create_batch(2)
    released(edition, *rows(overall, places, ("9.5", 7), ("8.5", 30)))
    ((_, counts, conflicts),) = summary(edition)
    assert (sum(counts.values()), counts.get("conflict", 0), conflicts) == (2, 0, [])


def test_places_outside_the_universe_take_no_part(overall):
    here, out, unknown = PlaceFactory.create_batch(3)
    released(
        overall.edition,
        *rows(overall, [here], ("9.5", 1)),
        (overall, out, {"status": "not_in_universe"}),
        (overall, unknown, {"rank": 2}),
    )
    assert summary(overall.edition) == [("总指数", {"equal": 1, "not_checkable": 1}, [])]


def test_a_list_of_unknown_size_is_no_longer_than_its_worst_rank_says(overall):
    places = PlaceFactory.create_batch(2)
    released(overall.edition, *rows(overall, places, ("9.5", 1), ("8.5", 7)))
    ((_, counts, conflicts),) = summary(overall.edition)
    assert (counts.get("conflict", 0), conflicts) == (0, [])


@pytest.mark.parametrize("dimensions", [1, 3])
def test_each_dimension_costs_the_same(dimensions, django_assert_num_queries):
    edition = EditionFactory()
    for number in range(dimensions):
        a_dimension(edition, f"d{number}", f"维度{number}")
    with django_assert_num_queries(1 + dimensions):
        assert len(list(check_edition(edition))) == dimensions
