"""A datum's address: page or JSON as asked for, the API's manners, and how a wrong address is answered."""

from html import unescape

import pytest

from portal import datums, figures
from portal.api import AddressThrottle
from portal.datums import Datum, register
from portal.figures import Figure, Source, resolve
from portal.records import instant

pytestmark = pytest.mark.django_db
ADDRESS = "/d/sample.reading:jia/?edition=2020&place=410100"
FIXED = "known_at=2021-01-01"


def state(references, known_at):
    source = [Source("年报", "/reports/1/", "<位列第七>", "第3页")]
    return {
        reference: Figure(7, "位", "第7", source, None, instant(known_at), "/reports/1/")
        for reference in references
        if dict(reference.parameters)["place"] == "410100"
    }


def tell(reference, known_at):
    figure = resolve(reference, known_at)
    return Datum(str(reference), "甲市位次", 7, "位", figure.text, figure.sources, "2019 年的数据")


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    monkeypatch.setattr(figures, "_resolvers", {})
    monkeypatch.setattr(figures, "_quoters", [])
    monkeypatch.setattr(datums, "_tellers", {})
    figures.register(
        "sample.reading", state, label="读数", required=["place"], optional=["edition"]
    )
    register("sample.reading", tell)
    register("score", lambda code, known_at: None)


@pytest.mark.parametrize(
    ("asked", "accept", "kind"),
    [
        ({}, "", "text/html; charset=utf-8"),
        ({}, "*/*", "text/html; charset=utf-8"),
        ({}, "text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ({}, "image/png", "text/html; charset=utf-8"),
        ({}, "application/json", "application/json"),
        ({}, "text/html;q=0.5,application/json", "application/json"),
        ({"format": "json"}, "text/html", "application/json"),
        ({"format": "html"}, "application/json", "text/html; charset=utf-8"),
    ],
)
def test_the_form_is_the_one_that_was_asked_for(client, home, asked, accept, kind):
    query = {"edition": "2020", "place": "410100", **asked}
    response = client.get("/d/sample.reading:jia/", query, headers={"Accept": accept})
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert "Accept" in response["Vary"]


def test_the_page_names_its_one_address_and_its_json(client, home, settings):
    settings.PUBLIC_URL = "https://site.example"
    page = client.get("/d/sample.reading:jia/?place=410100&edition=2020").content.decode()
    canonical = "https://site.example/d/sample.reading:jia/?edition=2020&amp;place=410100"
    assert f'<link rel="canonical" href="{canonical}">' in page
    json = "/d/sample.reading:jia/?edition=2020&amp;place=410100&amp;format=json"
    assert f'<link rel="alternate" type="application/json" href="{json}" title="JSON">' in page
    assert "<title>甲市位次：第7 - 有据</title>" in page
    assert "<blockquote>&lt;位列第七&gt;</blockquote>" in page
    assert '<meta name="robots"' not in page


def test_a_page_of_another_instant_is_not_for_indexes(client, home):
    page = client.get(f"{ADDRESS}&{FIXED}").content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert '<a href="/d/sample.reading:jia/?edition=2020&amp;place=410100">按现在的记录</a>' in page


def test_the_json_has_the_manners_of_the_api(client):
    first = client.get(f"{ADDRESS}&format=json&{FIXED}")
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Cache-Control"] == "public, no-cache"
    assert first["Link"].endswith(
        '/d/sample.reading:jia/?edition=2020&place=410100>; rel="canonical"'
    )
    again = client.get(f"{ADDRESS}&format=json&{FIXED}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(f"{ADDRESS}&format=json&{FIXED}")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


def test_other_sites_may_ask_before_they_read(client):
    response = client.options(ADDRESS)
    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_nothing_is_written_here(client, home, accept):
    client.handler.enforce_csrf_checks = True
    assert client.post(ADDRESS, headers={"Accept": accept}).status_code == 405


def test_too_many_questions_are_put_off(client, monkeypatch):
    monkeypatch.setattr(AddressThrottle, "rate", "1/min")
    address = f"{ADDRESS}&format=json"
    assert [client.get(address).status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize(
    ("address", "status", "parameter", "words"),
    [
        ("sample.reading:jia/", 400, "place", "缺少参数：place"),
        ("sample.reading:jia/?place=410100&edtion=1", 400, "edtion", "有不认识的参数：edtion"),
        ("sample.reading:jia/?place=410100&place=2", 400, "place", "参数 place 应为一个值"),
        ("sample.reading:jia/?place=", 400, "place", "参数 place 应为一个值"),
        ("sample.reading:jia/?place=%00", 400, "place", "参数 place 应为可见的文字"),
        ("sample.reading:jia/?place=410100&A=1", 400, "A", "名用小写字母"),
        ("sample.reading:jia/?place=" + "9" * 300, 400, "place", "不能超过 255 个字符"),
        ("sample.reading:jia/?place=410100&known_at=x", 400, "known_at", "收到的是“x”"),
        ("sample.reading:jia/?place=410100&format=xml", 400, "format", "以下之一：html、json"),
        ("score:1/?place=1", 400, "place", "这里可用的参数：format、known_at"),
        ("sample.reading:jia/?place=1", 404, None, "没有这条记录，或当时尚未发布。"),
        ("score:1/", 404, None, "没有这条记录，或当时尚未发布。"),
        ("nothing.known:jia/", 404, None, "没有这条记录，或当时尚未发布。"),
        ("%E4%B8%AD/", 404, None, "不是有效的引用"),
        ("a.b:%E4%B8%AD/?place=1", 404, None, "不是有效的数字引用"),
    ],
)
def test_a_wrong_address_is_told_in_the_form_asked_for(
    client, home, address, status, parameter, words
):
    problem = client.get(f"/d/{address}", headers={"Accept": "application/json"})
    page = client.get(f"/d/{address}", headers={"Accept": "text/html"})
    if "format=" not in address:
        assert problem["Content-Type"] == "application/problem+json"
        assert (problem.status_code, problem.json().get("parameter")) == (status, parameter)
        assert words in problem.json()["detail"]
    assert page.status_code == status
    assert words in unescape(page.content.decode())
