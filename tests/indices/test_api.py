"""Movement as JSON: a number only between comparable editions, else null with the reason; nothing leaks."""

import pytest

from indices.models import Comparability, Edition
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
PATH = "/api/v1/indices/movement/"


@pytest.fixture
def place():
    return PlaceFactory(code="410100")


@pytest.fixture
def index(place):
    index = IndexFactory(code="governance")
    for year, rank in ((2019, 10), (2020, 7)):
        edition = EditionFactory(index=index, year=year)
        released(edition, (a_dimension(edition), place, {"rank": rank}))
    return index


def declare(index, extent="full"):
    earlier, later = index.editions.order_by("year")[:2]
    return Comparability.objects.create(
        earlier=earlier, later=later, extent=extent, reason="口径未变"
    )


def ask(client, **given):
    return client.get(PATH, {"index": "governance", "place": "410100", **given})


def told(response):
    answer = response.json()
    return response.status_code, answer["delta"], answer["text"], answer["reason"]


def test_a_rank_moves_between_comparable_editions(client, index):
    declare(index)
    response = ask(client)
    answer = response.json()
    known_at = answer.pop("known_at")
    assert response.status_code == 200
    assert known_at.endswith("Z")
    standing = {"rank_text": "第7", "url": "http://testserver/indices/governance/2020/"}
    before = {"rank_text": "第10", "url": "http://testserver/indices/governance/2019/"}
    assert answer == {
        "index": "governance",
        "place": "410100",
        "dimension": "overall",
        "edition": {"code": "2020", "label": "2020", "rank": 7, **standing},
        "since": {"code": "2019", "label": "2019", "rank": 10, **before},
        "delta": 3,
        "text": "上升3位",
        "reason": None,
    }


def test_without_a_declaration_there_is_no_delta(client, index):
    assert told(ask(client)) == (200, None, "", "两版的可比性未经声明，不作升降比较。")


def test_editions_that_are_not_comparable_say_why(client, index):
    declare(index, "none")
    assert told(ask(client)) == (200, None, "", "不可比：口径未变")


def test_the_first_edition_has_none_before_it(client, index):
    assert told(ask(client, edition="2019")) == (
        200,
        None,
        "",
        "这是收录的第一版，没有可比的前一版。",
    )
    assert told(ask(client, edition="2019", since="2020")) == (
        200,
        None,
        "",
        "作比的一版并不早于所问的一版。",
    )


def test_a_place_that_is_not_named_has_no_rank(client, index):
    declare(index)
    PlaceFactory(code="330100")
    response = ask(client, place="330100")
    assert told(response) == (200, None, "", "2019的位次未披露。")
    assert response.json()["edition"]["rank"] is None


@pytest.mark.parametrize(
    ("given", "status", "parameter"),
    [
        ({"index": ""}, 400, "index"),
        ({"index": "GDP"}, 400, "index"),
        ({"index": "nothing"}, 404, "index"),
        ({"place": "999999"}, 404, "place"),
        ({"edition": "2030"}, 404, "edition"),
        ({"since": "2030"}, 404, "since"),
        ({"dimension": "nothing"}, 404, "dimension"),
        ({"known_at": "昨天"}, 400, "known_at"),
        ({"year": "2020"}, 400, "year"),
        ({"edition": ["2019", "2020"]}, 400, "edition"),
    ],
)
def test_a_wrong_question_names_its_parameter(client, index, given, status, parameter):
    response = ask(client, **given)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert response.json()["parameter"] == parameter


def test_a_question_without_its_parameters(client, index):
    response = client.get(PATH, {"index": "governance"})
    assert (response.status_code, response.json()["parameter"]) == (400, "place")


def test_what_is_not_published_is_not_there(client, index, place):
    declare(index)
    hidden = EditionFactory(index=index, year=2021)
    a_draft(hidden, (a_dimension(hidden), place, {"rank": 1}))
    assert told(ask(client)) == (200, 3, "上升3位", None)
    assert ask(client, edition="2021").status_code == 404
    correction = Edition.objects.get(index=index, year=2020)
    a_draft(correction, (correction.dimensions.get(), place, {"rank": 1}), explanation="勘误")
    assert told(ask(client))[1] == 3


def test_as_it_was_known(client, index, place):
    declare(index)
    edition = Edition.objects.get(index=index, year=2020)
    first = edition.releases.get().published_at
    released(edition, (edition.dimensions.get(), place, {"rank": 8}), explanation="勘误")
    assert told(ask(client))[1] == 2
    assert told(ask(client, known_at=first.isoformat()))[1] == 3


@pytest.mark.parametrize("size", [1, 3])
def test_an_answer_costs_the_same(client, index, size, django_assert_num_queries):
    declare(index)
    for year in range(2021, 2021 + size):
        a_ranking(EditionFactory(index=index, year=year), size=size)
    with django_assert_num_queries(7):
        ask(client, edition="2020")
