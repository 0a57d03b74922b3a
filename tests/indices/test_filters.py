"""What an address asks of the scores: every parameter in its right and its wrong form, and the canonical query."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from indices.filters import ScoreFilter, known_at_of
from portal.parameters import BadParameter
from tests.factories import PlaceFactory
from tests.indices.factories import (
    EditionFactory,
    IndexFactory,
    a_dimension,
    a_draft,
    a_ranking,
    released,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    index = IndexFactory(code="governance", name="治理指数")
    edition, _ = a_ranking(EditionFactory(index=index, year=2020))
    a_dimension(edition, "life", "生活服务")
    return edition


def read(address, **given):
    return ScoreFilter.read(QueryDict(address), **given)


def test_nothing_asked_is_everything_the_best_first(edition):
    asked = read("", edition=edition)
    assert (asked.index, asked.edition, asked.places, asked.known_at) == (
        edition.index,
        edition,
        (),
        None,
    )
    assert [row.label for row in asked.shown] == ["总指数", "生活服务"]
    assert (asked.order.label, asked.descending, asked.query()) == ("总指数", False, "")
    assert asked.scores().count() == 3


def test_an_address_names_series_edition_dimensions_and_places(edition):
    places = [PlaceFactory(code=code) for code in ("410100", "330100")]
    address = (
        "index=governance&edition=2020&place=410100&place=330100&place=410100&place="
        "&dimension=life&sort=-life&known_at=2999-01-01&format=csv"
    )
    asked = read(address)
    assert (asked.edition, asked.places, asked.format) == (edition, tuple(places), "csv")
    assert [row.dimension.code for row in asked.dimensions] == ["life"]
    assert (asked.sort.dimension.code, asked.descending) == ("life", True)
    expected = "dimension=life&place=410100&place=330100&sort=-life"
    assert asked.query(known_at=None) == expected
    assert asked.scores().count() == 0


def test_an_index_without_an_edition_means_its_latest(edition):
    later, _ = a_ranking(EditionFactory(index=edition.index, year=2021))
    a_draft(EditionFactory(index=edition.index, year=2022))
    assert read("index=governance").edition == later


def test_without_a_series_nothing_is_asked(edition):
    asked = read("")
    assert (asked.index, asked.edition, asked.tree) == (None, None, ())


def test_known_at_is_an_instant():
    at = datetime(2020, 9, 1, tzinfo=UTC)
    assert known_at_of(QueryDict("known_at=2020-09-01T00:00:00Z")) == at
    assert known_at_of(QueryDict("known_at=")) is None


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("index=none", "参数 index 应为一个指数的代码，收到的是“none”。"),
        ("index=A%00", "参数 index 应为一个指数的代码，收到的是“A\x00”。"),
        ("index=hidden", "参数 index 应为一个指数的代码，收到的是“hidden”。"),
        ("edition=2020", "参数 index 应为一个指数的代码，没有填写。"),
        (
            "index=governance&edition=2021",
            "参数 edition 应为“治理指数”的一个版次的代码，收到的是“2021”。",
        ),
        (
            "index=governance&dimension=none",
            "参数 dimension 应为这一版的一个维度的代码，收到的是“none”。",
        ),
        (
            "index=governance&sort=--life",
            "参数 sort 应为这一版的一个维度的代码，收到的是“-life”。",
        ),
        ("index=governance&place=999999", "参数 place 应为一个地方的代码，收到的是“999999”。"),
        ("place=%00", "参数 place 应为一个地方的代码，收到的是“\x00”。"),
        ("known_at=x", "参数 known_at 应为日期（如 2020-09-01）"),
        ("format=pdf", "参数 format 应为 csv、xlsx、json，收到的是“pdf”。"),
        (
            "place=1&place=2&place=3&place=4&place=5&place=6",
            "参数 place 应为至多 5 个地方的代码，收到的是“1、2、3、4、5、6”。",
        ),
    ],
)
def test_a_wrong_value_is_named(edition, address, message):
    a_draft(EditionFactory(index=IndexFactory(code="hidden")))
    with pytest.raises(BadParameter) as refused:
        read(address)
    assert str(refused.value).startswith(message)


def test_an_edition_that_was_not_yet_known_is_no_edition(edition):
    with pytest.raises(BadParameter) as refused:
        read("index=governance&known_at=2020-01-01")
    assert refused.value.name == "index"


def test_scores_are_those_of_the_places_and_dimensions_asked_for(edition):
    life = edition.dimensions.get(dimension__code="life")
    place = PlaceFactory(code="410100")
    released(edition, (life, place, {"rank": 4}))
    asked = read("place=410100&dimension=life", edition=edition)
    assert [(row.place, row.rank) for row in asked.scores()] == [(place, 4)]


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same_at_any_length(count, django_assert_num_queries):
    index = IndexFactory(code="governance")
    for year in range(2020, 2020 + count):
        _, places = a_ranking(EditionFactory(index=index, year=year), size=count)
    codes = "&".join(f"place={place.code}" for place in places)
    with django_assert_num_queries(4):
        read(f"index=governance&{codes}&sort=overall")
