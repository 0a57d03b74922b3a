"""Search for machines: its bytes, its pages, what it refuses, what it costs. Here, where all kinds are known."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from portal.api import AddressThrottle
from portal.models import Synonym
from tests.factories import OrganisationFactory, PlaceFactory, a_draft, an_article, paragraphs
from tests.indices import factories as indices
from tests.institutions import factories as register

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/search/"
GOLDEN = Path(__file__).parent / "golden" / "search.json"


@pytest.fixture
def furnished(section):
    """A strict match of most kinds for 晨星 停暖 or 晨星, a near one, and a draft."""
    city = PlaceFactory(code="410100", name="晨星市", short_name="晨星")
    hospital = register.an_institution("晨星医院", place=city)
    kind = register.KindFactory()
    told = {"title": "晨星通知", "area": city, "issued_on": date(2020, 8, 27)}
    issuer = OrganisationFactory(name="市人力资源和社会保障局")
    register.published(register.a_notice(hospital, kind=kind, id=7, issuer=issuer, **told))
    series = indices.IndexFactory(code="digital", name="晨星指数")
    edition = indices.EditionFactory(
        index=series, year=2020, title="晨星报告", released_on=date(2020, 8, 18)
    )
    indices.released(edition, (indices.a_dimension(edition), city, {"rank": 7}))
    story = an_article(
        section,
        title="晨星停暖",
        slug="20200819-1",
        body=paragraphs("“晨星”<b>停暖</b>了 &amp; 别的。"),
    )
    story.first_published_at = datetime(2020, 8, 19, tzinfo=UTC)
    story.save()
    a_draft(section, title="晨星停暖的草稿")


def asked(client, **parameters):
    response = client.get(ADDRESS, parameters)
    assert response.status_code == 200, response.content.decode()
    return response.json()


def test_the_bytes_are_those_of_the_golden_file(client, furnished):
    answer = json.dumps(
        json.loads(client.get(ADDRESS, {"q": "晨星"}).content), ensure_ascii=False, indent=2
    )
    assert f"{answer}\n" == GOLDEN.read_text(encoding="utf-8")


def test_near_matches_follow_and_say_so(client, section):
    an_article(section, title="晨星停止供暖")
    an_article(section, title="晨星停暖")
    Synonym.objects.create(words="停暖 停止供暖")
    answer = asked(client, q="晨星停暖")
    told = [(row["title"], row["match"]) for row in answer["results"]]
    assert told == [("晨星停暖", "strict"), ("晨星停止供暖", "near")]
    assert (answer["count"], answer["near"], answer["next"]) == (1, 1, None)


def test_pages_follow_one_another(client, furnished):
    first = asked(client, q="晨星", limit=4)
    second = client.get(first["next"]).json()
    rows = first["results"] + second["results"]
    assert (len(first["results"]), len(rows), first["count"], second["next"]) == (4, 6, 6, None)
    assert [row["url"] for row in rows] == [
        row["url"] for row in asked(client, q="晨星")["results"]
    ]
    assert asked(client, q="晨星", page=9)["results"] == []


@pytest.mark.parametrize(
    ("parameters", "titles"),
    [
        ({"type": "notice"}, ["晨星通知"]),
        ({"section": "minsheng"}, ["晨星停暖"]),
        ({"year": "2020", "type": "edition"}, ["晨星报告"]),
        ({"place": "410100", "year": "-"}, ["晨星医院", "晨星市"]),
        ({"place": "410200"}, []),
    ],
)
def test_filters_are_those_of_the_page(client, furnished, parameters, titles):
    found = asked(client, q="晨星", **parameters)["results"]
    assert sorted(row["title"] for row in found) == sorted(titles)


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ("", "q", "参数 q 应为要找的词，没有填写。"),
        ("q=", "q", "参数 q 应为一个值，没有填写。"),
        ("q=晨星&type=story", "type", "参数 type 应为以下之一："),
        ("q=晨星&year=20", "year", "参数 year 应为四位年份，收到的是“20”。"),
        ("q=晨星&page=0", "page", "参数 page 应为 1 至 1000 之间的整数，收到的是“0”。"),
        ("q=晨星&format=csv", "format", "没有参数 format，这里可用的参数："),
        ("q=晨星&q=暮云", "q", "参数 q 应为一个值，不能重复，收到的是“晨星”“暮云”。"),
    ],
)
def test_what_is_wrong_is_refused_by_name(client, db, query, parameter, detail):
    response = client.get(f"{ADDRESS}?{query}")
    problem = response.json()
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert (problem["parameter"], problem["detail"][: len(detail)]) == (parameter, detail)


def test_the_same_answer_is_not_sent_twice(client, furnished):
    first = client.get(ADDRESS, {"q": "晨星"})
    again = client.get(ADDRESS, {"q": "晨星"}, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_too_many_questions_are_told_to_wait(client, db, monkeypatch):
    monkeypatch.setattr(AddressThrottle, "rate", "1/min")
    client.get(ADDRESS, {"q": "晨星"})
    response = client.get(ADDRESS, {"q": "晨星"})
    assert (response.status_code, int(response["Retry-After"]) > 0) == (429, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_answer_costs_the_same_however_much_is_found(
    client, section, django_assert_num_queries, count
):
    for n in range(count):
        an_article(section, title=f"晨星{n}")
    client.get(ADDRESS, {"q": "“晨星”"})
    with django_assert_num_queries(QUERIES):
        assert len(asked(client, q="“晨星”")["results"]) == count


QUERIES = 15
