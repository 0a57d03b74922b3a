"""Movement only where an editor declared editions comparable; else the reason."""

import pytest

from indices.models import Comparability, ReleaseLine
from indices.movements import declarations, movement
from tests.indices.factories import EditionFactory, IndexFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    index = IndexFactory()
    return [EditionFactory(index=index, year=year) for year in (2019, 2020)]


def declared(pair, extent="full"):
    return Comparability.objects.create(
        earlier=pair[0], later=pair[1], extent=extent, reason="评估对象由100个改为35个"
    )


def told(found):
    return (found.delta, found.words, found.direction, found.reason)


@pytest.mark.parametrize(
    ("before", "now", "answer"),
    [
        (10, 7, (3, "上升3位", "up", "")),
        (7, 10, (-3, "下降3位", "down", "")),
        (7, 7, (0, "持平", "same", "")),
    ],
)
def test_a_smaller_rank_is_better(pair, before, now, answer):
    found = movement(ReleaseLine(rank=now), ReleaseLine(rank=before), declared(pair))
    assert told(found) == answer


def test_without_a_declaration_there_is_no_movement():
    found = movement(ReleaseLine(rank=1), ReleaseLine(rank=2), None)
    assert told(found) == (None, "", "", "两版的可比性未经声明，不作升降比较。")


@pytest.mark.parametrize(("extent", "words"), [("scores", "只有得分可比"), ("none", "不可比")])
def test_ranks_that_may_not_be_compared_say_why(pair, extent, words):
    found = movement(ReleaseLine(rank=1), ReleaseLine(rank=2), declared(pair, extent))
    assert told(found) == (None, "", "", f"{words}：评估对象由100个改为35个")


@pytest.mark.parametrize(
    ("before", "now", "year"),
    [
        (None, ReleaseLine(rank=1), 2019),
        (ReleaseLine(rank=1), None, 2020),
        (ReleaseLine(rank=1), ReleaseLine(rank_from=1, rank_to=3), 2020),
        (ReleaseLine(status="missing"), ReleaseLine(rank=1), 2019),
        (ReleaseLine(rank=1), ReleaseLine(top_n=10), 2020),
    ],
)
def test_a_rank_that_is_not_known_does_not_move(pair, before, now, year):
    found = movement(now, before, declared(pair))
    assert told(found) == (None, "", "", f"{year}的位次未披露。")


def test_declarations_among_editions_are_found_in_one_query(pair, django_assert_num_queries):
    row = declared(pair)
    Comparability.objects.create(
        earlier=pair[1],
        later=EditionFactory(index=pair[0].index, year=2021),
        extent="none",
        reason="口径已变",
    )
    with django_assert_num_queries(1):
        assert declarations(pair) == {(pair[0].pk, pair[1].pk): row}
