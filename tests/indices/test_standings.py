"""An edition's table: order of rows, cells in words, and how few queries it takes."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indices.models import Score
from indices.standings import dimension_tree, order_of, rows_of
from tests.factories import PlaceFactory
from tests.indices.factories import EditionFactory, a_dimension, a_ranking, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(unit="分")


def places(*codes):
    return [PlaceFactory(code=code) for code in codes]


def test_dimensions_stand_under_those_above_them(edition):
    overall = a_dimension(edition)
    second = a_dimension(edition, "b", "乙", position=2)
    first = a_dimension(edition, "a", "甲", position=1)
    deep = a_dimension(edition, "c", "丙", parent=first)
    tree = [(nested.dimension, nested.depth) for nested in dimension_tree(edition)]
    assert tree == [(overall, 0), (first, 1), (deep, 2), (second, 1)]


def test_rows_stand_by_rank_and_the_unknown_last(edition):
    overall = a_dimension(edition)
    fourth, first, unknown, between, member, also = places(
        "100001", "100002", "100003", "100004", "100005", "100006"
    )
    released(
        edition,
        (overall, fourth, {"rank": 4}),
        (overall, first, {"rank": 1}),
        (overall, unknown, {"status": "not_disclosed"}),
        (overall, between, {"rank_from": 2, "rank_to": 3}),
        (overall, also, {"rank_from": 2, "rank_to": 3}),
        (overall, member, {"top_n": 10}),
    )
    order = [first, between, also, fourth, member, unknown]
    assert order_of(edition, overall).places == tuple(place.pk for place in order)
    reverse = [member, fourth, also, between, first, unknown]
    found = order_of(edition, overall, descending=True).places
    assert found == tuple(place.pk for place in reverse)


@pytest.mark.parametrize("lower_is_better", [False, True])
def test_where_no_rank_is_published_the_better_score_comes_first(edition, lower_is_better):
    overall = a_dimension(edition, lower_is_better=lower_is_better)
    low, high, none = places("100001", "100002", "100003")
    released(
        edition,
        (overall, low, {"value": Decimal("1.5")}),
        (overall, high, {"value": Decimal("2.5")}),
        (overall, none, {"status": "missing"}),
    )
    order = [low, high, none] if lower_is_better else [high, low, none]
    assert order_of(edition, overall).places == tuple(place.pk for place in order)


def test_every_cell_says_something(edition):
    overall = a_dimension(edition, decimals=2)
    basis = a_dimension(edition, "basis", "基础")
    place = PlaceFactory(name="郑州市", short_name="郑州")
    released(
        edition,
        (overall, place, {"rank": 7, "value": Decimal("81.2"), "name_as_published": "郑州城区"}),
    )
    (row,) = rows_of(edition, [place.pk], [overall, basis])
    told = [(cell.rank, cell.rank_text, cell.score_text, cell.text) for cell in row.cells]
    assert told == [
        (7, "第7", "81.20分", "第7，得分 81.20分"),
        (None, "未披露", "未披露", "未披露"),
    ]
    assert row.overall == row.cells[0]
    assert row.name_as_published == "郑州城区"


def test_a_table_as_it_was_known(edition):
    overall = a_dimension(edition)
    place = PlaceFactory()
    first = released(edition, (overall, place, {"rank": 7}))
    released(edition, (overall, place, {"rank": 8}), explanation="勘误")
    told = [
        rows_of(edition, [place.pk], [overall], known_at=at)[0].cells[0].rank
        for at in (None, first.published_at)
    ]
    assert told == [8, 7]


@pytest.mark.parametrize("size", [1, 3, 30])
def test_a_table_of_any_size_costs_the_same(size, django_assert_num_queries):
    edition, listed = a_ranking(size=size)
    with django_assert_num_queries(4):
        (nested,) = dimension_tree(edition)
        order = order_of(edition, nested.dimension).places
        rows = rows_of(edition, order, [nested.dimension])
        assert [(row.place, row.overall.rank_text) for row in rows] == [
            (place, f"第{rank}") for rank, place in enumerate(listed, 1)
        ]


numbers = st.integers(1, 6)
statements = st.one_of(
    st.builds(lambda rank: {"rank": rank}, numbers),
    st.builds(lambda first: {"rank_from": first, "rank_to": first + 2}, numbers),
    st.builds(lambda size: {"top_n": size}, numbers),
    st.builds(lambda value: {"value": Decimal(value)}, numbers),
    st.builds(lambda value, rank: {"value": Decimal(value), "rank": rank}, numbers, numbers),
    st.just({"tier": "第一梯队"}),
    st.just({"status": "missing"}),
    st.none(),
)


def naive_order(edition, dimension, descending):
    """Places with a standing in their order, then the others by code, read one by one."""
    stated = Score.objects.current().filter(dimension__edition=edition)
    codes = sorted({(row.place.code, row.place_id) for row in stated.select_related("place")})
    here = {row.place_id: row for row in stated.filter(dimension=dimension)}
    ranked = [row for row in here.values() if row.rank or row.rank_from]
    sign = 1 if dimension.lower_is_better else -1

    def key(place):
        row = here.get(place)
        if row is None:
            return None
        if not ranked:
            return None if row.value is None else (sign * row.value,)
        if row.rank or row.rank_from:
            return 0, row.rank or row.rank_from, row.rank is None
        return (1, row.top_n, False) if row.top_n else None

    known = sorted((place for _, place in codes if key(place) is not None), key=key)
    if descending:
        known.reverse()
    return known + [place for _, place in codes if key(place) is None]


@pytest.mark.django_db
@settings(max_examples=25, deadline=None)
@given(told=st.lists(statements, min_size=1, max_size=6), lower=st.booleans(), down=st.booleans())
def test_the_order_is_that_of_the_naive_definition(told, lower, down):
    edition = EditionFactory()
    overall = a_dimension(edition, lower_is_better=lower)
    other = a_dimension(edition, "other", "另一维度")
    lines = []
    for content in told:
        place = PlaceFactory()
        lines.append((other, place, {"rank": 1}))
        if content is not None:
            lines.append((overall, place, content))
    released(edition, *lines)
    order = order_of(edition, overall, descending=down)
    assert list(order.places) == naive_order(edition, overall, down)
    assert order.held == len(told)


@pytest.mark.django_db
def test_a_place_outside_the_universe_is_not_held(django_assert_num_queries):
    edition = EditionFactory()
    overall = a_dimension(edition)
    inside, outside = PlaceFactory(code="100001"), PlaceFactory(code="100002")
    released(
        edition, (overall, inside, {"rank": 1}), (overall, outside, {"status": "not_in_universe"})
    )
    with django_assert_num_queries(1):
        order = order_of(edition, overall)
    assert (order.places, order.held) == ((inside.pk, outside.pk), 1)
