"""Places: bytes of each format, filters, pages, headers; what holds for every resource is shown here."""

import io
import json
from pathlib import Path

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from portal.api.places import PLACES
from portal.api.reading import AddressThrottle
from portal.api.views import ListView
from portal.models import Place, PlaceName
from tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db
PATH = "/api/v1/places/"
HERE = Path(__file__).parent


@pytest.fixture
def henan():
    province = PlaceFactory(code="410000", name="河南省", short_name="河南", level="province")
    city = PlaceFactory(code="410100", name="郑州市", short_name="郑州", parent=province)
    PlaceName.objects.create(place=city, name="商都", kind=PlaceName.Kind.ALIAS)
    PlaceName.objects.create(place=city, name="=鄭州", kind=PlaceName.Kind.FOREIGN)
    PlaceName.objects.create(place=city, name="郑卅市", kind=PlaceName.Kind.PRINTED)
    PlaceFactory(code="410173", name="航空港", level="zone", parent=city)
    return province


def listed(client, **asked):
    response = client.get(PATH, asked)
    assert response.status_code == 200, response.content.decode()
    return [row["code"] for row in response.json()["results"]]


def problem(response):
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert (body["type"], body["status"]) == ("about:blank", response.status_code)
    return body["status"], body.get("parameter"), body["detail"]


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_bytes_of_a_list(client, henan, form):
    response = client.get(PATH, {"format": form})
    assert response.getvalue() == (HERE / f"places.golden.{form}").read_bytes()


def test_a_workbook_has_keys_and_no_formula(client, henan):
    response = client.get(PATH, {"format": "xlsx"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.getvalue()))
    rows = book.get_sheet_by_index(0).to_python()
    assert (rows[0], rows[2]) == (
        ["code", "name", "short_name", "level", "parent", "other_names"],
        ["410100", "郑州市", "郑州", "prefecture", "410000", "=鄭州；商都"],
    )


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/json", "application/json"),
        ("text/html,*/*;q=0.8", "application/json"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv; charset=utf-8"),
    ],
)
def test_the_accept_header_chooses(client, henan, accept, media_type):
    response = client.get(PATH, headers={"accept": accept})
    assert (response["Content-Type"], response["Vary"]) == (media_type, "Accept, Accept-Encoding")


def test_a_format_that_nobody_has_is_refused(client, henan):
    response = client.get(PATH, headers={"accept": "image/png"})
    assert problem(response)[:2] == (406, None)


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["410000", "410100", "410173"]),
        ({"ordering": "-code"}, ["410173", "410100", "410000"]),
        ({"ordering": "name"}, ["410000", "410173", "410100"]),
        ({"level": "zone"}, ["410173"]),
        ({"parent": "410000"}, ["410100"]),
        ({"name": "商都"}, ["410100"]),
        ({"name": "郑"}, []),
    ],
)
def test_filters_and_orders(client, henan, asked, codes):
    assert listed(client, **asked) == codes


def test_one_place(client, henan):
    response = client.get(f"{PATH}410100/", {"fields": "code,parent"})
    assert response.content.decode() == '{"code":"410100","parent":"410000"}'
    assert client.get(f"{PATH}410100/", {"format": "csv", "fields": "code"}).content == (
        b"code\r\n410100\r\n"
    )


@pytest.mark.parametrize("name", ["\x00", " ", "\x00郑州\x00", "\ud7ff", "'; drop", "%", "_" * 100])
def test_any_words_are_answered(client, henan, name):
    assert listed(client, name=name) == (["410100"] if "郑州" in name else [])


def test_bytes_that_are_no_text_are_answered(client, henan):
    assert client.get(f"{PATH}?name=%FF%00%C0").json()["results"] == []
    assert problem(client.get(f"{PATH}?%00=%FF"))[:2] == (400, "\x00")


@pytest.mark.parametrize("code", ["999999", "郑州", "A", "410100%20"])
def test_a_place_that_is_not_there(client, henan, code):
    status, _, detail = problem(client.get(f"{PATH}{code}/"))
    assert (status, detail.startswith("没有找到地方“")) == (404, True)


@pytest.mark.parametrize(
    ("query", "parameter", "detail"),
    [
        ("limti=1", "limti", "没有参数 limti，这里可用的参数："),
        ("limit=0", "limit", "参数 limit 应为 1 至 1000 之间的整数，收到的是“0”。"),
        ("limit=1&limit=2", "limit", "参数 limit 应为一个值，不能重复，收到的是“1”“2”。"),
        ("level=", "level", "参数 level 应为一个值，没有填写。"),
        ("level=town", "level", "参数 level 应为以下之一：country、province、"),
        ("ordering=size", "ordering", "参数 ordering 应为以下之一：code、-code、name、-name，"),
        ("fields=code,size", "fields", "参数 fields 应为用逗号隔开的字段名，"),
        ("format=xml", "format", "参数 format 应为以下之一：json、csv、xlsx，"),
        ("cursor=x", "cursor", "参数 cursor 应为上一页 next 中的值，其余参数须与上一页相同，"),
        ("as_of=2020-01-01", "as_of", "没有参数 as_of，"),
    ],
)
def test_what_is_wrong_is_named(client, henan, query, parameter, detail):
    status, named, said = problem(client.get(f"{PATH}?{query}"))
    assert (status, named, said[: len(detail)]) == (400, parameter, detail)


def test_a_code_that_does_not_exist_is_not_found(client, henan):
    assert problem(client.get(PATH, {"parent": "999999"})) == (
        404,
        "parent",
        "参数 parent 所指的内容没有找到：“999999”。",
    )


@pytest.mark.parametrize("ordering", ["code", "-code", "name", "-name"])
def test_each_row_stands_on_one_page_while_rows_come_in(client, ordering):
    for number in range(7):
        PlaceFactory(code=f"x-{number}", name=f"地方{number // 2}")
    asked, seen, link = {"limit": 2, "ordering": ordering}, [], PATH
    while link:
        body = client.get(link, asked).json()
        seen += [row["code"] for row in body["results"]]
        asked, link = None, body["next"]
        # Before, between and after what was given already.
        for name in ("地方", f"地方{len(seen) // 2}", "地方9") if len(seen) < 8 else ():
            PlaceFactory(code=f"x-{name[2:] or 'a'}-{len(seen)}", name=name)
    assert len(seen) == len(set(seen))
    assert {f"x-{number}" for number in range(7)} <= set(seen)


def test_a_cursor_of_another_question_is_refused(client, henan):
    link = client.get(PATH, {"limit": 1}).json()["next"]
    assert problem(client.get(f"{link}&level=zone"))[:2] == (400, "cursor")
    assert client.get(link).headers.get("Link", "").startswith("<http://testserver/api/v1/places/")


def test_a_page_of_a_file_leads_on_by_its_header(client, henan):
    first = client.get(PATH, {"format": "csv", "limit": 2, "fields": "code"})
    assert first.content == b"code\r\n410000\r\n410100\r\n"
    address = first["Link"].partition(">")[0].removeprefix("<")
    rest = client.get(address)
    assert (rest.content, "Link" in rest) == (b"code\r\n410173\r\n", False)


def test_what_a_client_has_is_not_sent_again(client, henan):
    first = client.get(PATH)
    again = client.get(PATH, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    Place.objects.filter(code="410173").update(name="航空港区")
    assert client.get(PATH, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", [PATH, f"{PATH}410100/", "/api/v1/", "/api/v1/schema/"])
def test_every_address_is_read_only_and_open(client, henan, path):
    get, head, options = client.get(path), client.head(path), client.options(path)
    assert (get.status_code, head.status_code, options.status_code) == (200, 200, 204)
    assert (head.content, options.content) == (b"", b"")
    assert head["ETag"] == get["ETag"]
    assert {answer["Access-Control-Allow-Origin"] for answer in (get, head, options)} == {"*"}
    assert options["Allow"] == options["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert (get.cookies, get["Vary"].split(", ")[0], "Cookie" in get["Vary"]) == (
        {},
        "Accept",
        False,
    )
    for method in ("post", "put", "patch", "delete", "trace"):
        refused = getattr(client, method)(path)
        assert (problem(refused)[0], refused["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_the_head_of_a_whole_file_is_that_of_the_file(client, henan):
    for form in ("csv", "xlsx"):
        get, head = client.get(PATH, {"format": form}), client.head(PATH, {"format": form})
        assert (head.getvalue(), get.getvalue() != b"") == (b"", True)
        assert "Content-Length" not in head.headers
        for name in ("Content-Type", "Content-Disposition", "Cache-Control"):
            assert head[name] == get[name]


def test_a_client_that_leaves_half_way_leaves_nothing(client, db):
    Place.objects.bulk_create(
        Place(code=f"x-{number}", name=f"第{number}区", level="zone") for number in range(2500)
    )
    request = RequestFactory().get(PATH, {"format": "csv"})
    response = ListView.as_view(resource=PLACES)(request)
    assert len(next(response.streaming_content).split(b"\r\n")) == 502
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_cursors WHERE name LIKE '%django%'")
            assert cursor.fetchone() == (0,)
    whole = client.get(PATH, {"format": "csv", "fields": "code"}).getvalue()
    assert whole.count(b"\r\n") == 2501


def test_too_many_requests_are_refused_for_a_while(client, henan, monkeypatch):
    monkeypatch.setattr(AddressThrottle, "rate", "2/min")
    answers = [client.get(PATH) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert problem(answers[2])[2] == f"请求太频繁，请在 {answers[2]['Retry-After']} 秒后再试。"
    assert client.get(PATH, REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize("path", ["nothing/", "places/a/b/", "docs/x/"])
def test_nowhere_is_a_problem_too(client, db, path):
    assert problem(client.get(f"/api/v1/{path}"))[0] == 404


def test_an_address_without_its_slash_leads_to_the_one_with_it(client, db):
    response = client.get("/api/v1/places?limit=1")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/places/?limit=1")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("form", "queries"), [("json", 2), ("csv", 2)])
def test_a_list_costs_the_same_at_any_length(
    client, django_assert_num_queries, count, form, queries
):
    for _ in range(count):
        PlaceFactory(parent=PlaceFactory())
    with django_assert_num_queries(queries):
        body = client.get(PATH, {"format": form}).getvalue().decode()
    assert len(body.split("x-place-")) > count


def test_the_table_names_every_resource(client, db):
    body = json.loads(client.get("/api/v1/").content)
    assert {"name": "places", "title": "地方", "url": "http://testserver/api/v1/places/"} in (
        body["resources"]
    )
    assert all(client.get(one["url"]).status_code == 200 for one in body["resources"])
