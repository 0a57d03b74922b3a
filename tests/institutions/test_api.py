"""The check as JSON: the bytes of an answer, the problems, the limits, and what must not leak."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone

from institutions.api import CheckThrottle
from institutions.finding import MOST
from institutions.founding import found_institutions
from institutions.merging import merge
from institutions.models import NoticeLine
from institutions.publishing import draft_correction, withdraw
from institutions.receipts import stamp
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.institutions.factories import (
    KindFactory,
    SchemeFactory,
    a_line,
    a_notice,
    an_institution,
    published,
)

pytestmark = pytest.mark.django_db
PATH = "/api/v1/institutions/check/"
GOLDEN = Path(__file__).with_name("check.golden.json")
NOON = datetime(2026, 8, 22, 4, 0, 0, 123456, UTC)
KEY = "one-key-of-fifty-characters-or-more-for-these-tests-only"


@pytest.fixture
def medical():
    scheme = SchemeFactory(code="gongshang", name="工伤保险定点")
    return KindFactory(scheme=scheme, code="yiliao", name="医疗")


@pytest.fixture
def hospital(medical):
    row = an_institution("甲医院", place=PlaceFactory())
    published(
        a_notice(
            {"institution": row, "quote": "1.甲医院，电话13812345678"},
            kind=medical,
            id=7001,
            title="公布名单的通知",
            doc_number="人社〔2020〕1号",
            issued_on=date(2020, 8, 17),
            issuer=OrganisationFactory(name="市人社局"),
        )
    )
    return row


def ask(client, **parameters):
    """Return (status, media type, body) of the answer."""
    response = client.get(PATH, parameters)
    return response.status_code, response["Content-Type"], response.json()


def answer(client, **parameters):
    status, kind, body = ask(client, **{"institution": "甲医院", "kind": "yiliao", **parameters})
    assert (status, kind) == (200, "application/json"), body
    return body


def problem(client, **parameters):
    status, kind, body = ask(client, **parameters)
    assert kind == "application/problem+json"
    assert (body["type"], body["status"]) == ("about:blank", status)
    return body


@override_settings(SECRET_KEY=KEY)
def test_the_bytes_of_an_answer(client, monkeypatch, request):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    request.getfixturevalue("hospital")
    response = client.get(
        PATH, {"institution": "甲医院", "kind": "yiliao", "on": "2026-09-01", "known_at": ""}
    )
    assert response.content == GOLDEN.read_bytes().rstrip(b"\n")


def test_the_answer_is_the_page_s_for_every_verdict(client, hospital):
    assert [
        (body["verdict"], body["verdict_label"], body["rule"], [u["code"] for u in body["unknown"]])
        for body in (answer(client, on=on) for on in ("2020-09-01", "2020-08-31"))
    ] == [
        ("yes", "是", "in_force", []),
        ("unknown", "无法确定", "before_start", ["earlier_lists"]),
    ]


def test_an_instant_given_back_gives_the_same_answer(client, hospital):
    first = answer(client, on="2020-09-01")
    withdraw(NoticeLine.objects.get().notice, by=UserFactory(), reason="误传")
    again = answer(client, on="2020-09-01", known_at=first["known_at"])
    assert again.pop("lines")[0]["notice"].pop("withdrawn_at") is not None
    assert first.pop("lines")[0]["notice"].pop("withdrawn_at") is None
    assert again == first
    assert answer(client, on="2020-09-01")["verdict"] == "unknown"


def test_the_receipt_of_an_answer_opens(client, hospital):
    address = answer(client, on="2020-09-01")["receipt"]
    assert address.startswith("http://testserver/institutions/check/receipt/?")
    assert "校验相符" in client.get(address).content.decode()


def test_a_merged_one_is_answered_for(client, hospital):
    part = an_institution("乙医院")
    published(a_notice(part, kind=KindFactory()))
    merge(part, hospital, on=date(2021, 1, 1), source_words="批复", by=UserFactory())
    body = answer(client, institution="乙医院", on="2021-01-01")
    assert (body["verdict"], body["institution"]["name"], body["answered_for"]["name"]) == (
        "yes",
        "乙医院",
        "甲医院",
    )


@pytest.mark.parametrize(
    ("parameters", "parameter", "detail"),
    [
        ({"kind": "kangfu"}, "kind", "参数 kind 应为已有定点类别的代码，收到的是“kangfu”。"),
        ({"kind": ""}, "kind", "参数 kind 应为定点类别的代码，没有填写。"),
        (
            {"institution": " "},
            "institution",
            "参数 institution 应为机构的名称或代码，没有填写。",
        ),
        ({"on": "x"}, "on", "参数 on 应为日期（如 2020-09-01），收到的是“x”。"),
        (
            {"date": "2020-09-01"},
            "date",
            "参数 date 应为以下之一：institution、kind、on、known_at，收到的是“2020-09-01”。",
        ),
        ({"format": "xml"}, "format", None),
        ({"known_at": "2020-09-01T08:30:00"}, "known_at", None),
        ({"kind": ["yiliao", "yiliao"]}, "kind", None),
    ],
)
def test_a_wrong_parameter_is_named(client, hospital, parameters, parameter, detail):
    body = problem(client, **{"institution": "甲医院", "kind": "yiliao", **parameters})
    assert (body["status"], body["title"], body["parameter"]) == (400, "参数有误", parameter)
    assert detail in (None, body["detail"])


def test_where_several_fit_the_candidates_are_named(client, medical):
    rows = [an_institution(name) for name in ("郑州人民医院", "新乡人民医院")]
    published(a_notice(*rows, kind=medical))
    body = problem(client, institution="人民医院", kind="yiliao")
    assert body == {
        "type": "about:blank",
        "title": "名称对应多家机构",
        "status": 409,
        "detail": "“人民医院”可能指 2 家机构，请用 candidates 中的代码再问。",
        "parameter": "institution",
        "candidates": [
            {"code": row.code, "name": row.name, "matched": row.name} for row in reversed(rows)
        ],
    }
    assert answer(client, institution=rows[0].code)["institution"]["name"] == "郑州人民医院"


def test_no_more_candidates_than_a_list_holds(client, medical):
    rows = found_institutions([(f"第{n}医院", {}) for n in range(MOST + 1)], source_words="测试")
    published(a_notice(*rows, kind=medical))
    body = problem(client, institution="医院", kind="yiliao")
    assert (len(body["candidates"]), body["detail"]) == (
        MOST,
        f"“医院”可能指 {MOST} 家机构（只列出前面这些），请用 candidates 中的代码再问。",
    )


def test_what_is_not_found_is_no_no(client, medical):
    body = problem(client, institution="丙医院", kind="yiliao")
    assert (body["status"], body["parameter"]) == (404, "institution")
    assert body["detail"] == (
        "没有找到“丙医院”。没有找到不等于“否”：请换用全称、曾用名或机构代码。"
    )


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, db, method):
    response = getattr(client, method)(PATH)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 405


def test_heads_and_options_are_answered_without_cookies(client, hospital):
    asked = {"institution": "甲医院", "kind": "yiliao"}
    head, options = client.head(PATH, asked), client.options(PATH)
    assert (head.status_code, head.content) == (200, b"")
    assert (options.status_code, options["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert (head.cookies, options.cookies) == ({}, {})
    assert head["Cache-Control"] == "private, no-store"


def test_whatever_a_client_accepts_json_comes(client, hospital):
    asked = {"institution": "甲医院", "kind": "yiliao"}
    response = client.get(PATH, asked, headers={"accept": "text/html"})
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")


def test_too_many_questions_of_one_address_are_refused_for_a_while(client, hospital, monkeypatch):
    monkeypatch.setattr(CheckThrottle, "rate", "2/min")
    asked = {"institution": "甲医院", "kind": "yiliao"}
    answers = [client.get(PATH, asked) for _ in range(3)]
    assert [response.status_code for response in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert answers[2]["Content-Type"] == "application/problem+json"
    assert client.get(PATH, asked, REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_an_answer_costs_the_same_at_any_length(client, medical, count, django_assert_num_queries):
    row = an_institution("甲医院")
    for n in range(count):
        published(a_notice(row, kind=medical, effective_on=date(2018 + n, 1, 1)))
    with django_assert_num_queries(7):
        assert len(answer(client, on="2021-01-01")["lines"]) == count


def test_what_only_drafts_say_shows_nowhere(client, hospital, medical):
    secret = an_institution("不该被看到的医院")
    a_notice(
        secret, {"institution": hospital, "quote": secret.name}, kind=medical, title=secret.name
    )
    standing = NoticeLine.objects.get(notice=7001).notice
    draft = draft_correction(standing, by=UserFactory())
    a_line(draft, secret, medical)
    for typed in (secret.name, secret.code, "不该", "bgbkddyy", "医院", "甲医院"):
        for known_at in ("", stamp(timezone.now())):
            _, _, body = ask(client, institution=typed, kind="yiliao", known_at=known_at)
            told = json.dumps(body, ensure_ascii=False).replace(f"“{typed}”", "")
            assert secret.name not in told
    published(a_notice(secret, kind=medical))
    assert answer(client, institution="不该")["institution"]["name"] == secret.name


def test_a_withdrawn_notice_is_quoted_only_as_it_was_known(client, hospital):
    before = timezone.now()
    withdraw(NoticeLine.objects.get().notice, by=UserFactory(), reason="误传")
    assert answer(client, on="2020-09-01")["lines"] == []
    (line,) = answer(client, on="2020-09-01", known_at=stamp(before))["lines"]
    assert line["notice"]["id"] == 7001
    early = before - timedelta(days=1)
    assert answer(client, on="2020-09-01", known_at=stamp(early))["lines"] == []
