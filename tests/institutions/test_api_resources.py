"""The register's resources: bytes of each format, filters in both times, costs."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.http import http_date

from institutions.merging import merge
from institutions.models import Institution, Notice
from institutions.publishing import draft_correction, publish, withdraw
from portal.api import reading
from portal.models import Change
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.institutions.apireading import API, rows_of, text_of
from tests.institutions.factories import (
    KindFactory,
    SchemeFactory,
    a_line,
    a_notice,
    an_institution,
    published,
)

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent / "golden"
NAMES = (
    "institutions",
    "designations",
    "interruptions",
    "notices",
    "notice-lines",
    "changes",
)
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")


@pytest.fixture
def kinds():
    scheme = SchemeFactory(code="gongshang", name="工伤保险定点")
    return [
        KindFactory(scheme=scheme, code=code, name=name)
        for code, name in (("yiliao", "医疗"), ("kangfu", "康复"))
    ]


@pytest.fixture
def register(kinds):
    """Two institutions designated in one notice; one of them revoked by a second, which was withdrawn."""
    city = PlaceFactory(code="410100", name="郑州市")
    first = an_institution("甲医院", place=PlaceFactory(code="410102", name="中原区", parent=city))
    second = an_institution(
        "乙医院", place=city, level="3a", longitude="113.630000", latitude="34.75", datum="wgs84"
    )
    issuer = OrganisationFactory(name="市人社局")
    frame = {"issuer": issuer, "area": city, "kind": kinds[0]}
    lines = (
        {"id": 901, "institution": first, "quote": "1.甲医院，电话13812345678"},
        {"id": 902, "institution": second, "kind": kinds[1]},
        {"id": 903, "institution": first, "kind": kinds[1], "on": date(2021, 1, 1)},
    )
    notice = a_notice(
        *lines,
        id=7001,
        title="公布名单的通知",
        doc_number="人社〔2020〕1号",
        issued_on=date(2020, 8, 17),
        **frame,
    )
    published(notice)
    revoking = {"id": 904, "institution": first, "action": "revoke", "on": date(2022, 1, 1)}
    withdrawn = published(
        a_notice(revoking, id=7002, title="取消的通知", effective_on=None, **frame)
    )
    withdraw(withdrawn, by=UserFactory(), reason="误传")
    suspending = {
        "id": 905,
        "institution": second,
        "kind": kinds[1],
        "action": "suspend",
        "on": date(2021, 3, 1),
    }
    published(a_notice(suspending, id=7003, title="中止的通知", effective_on=None, **frame))
    return first, second


def settled(text):
    """Return an answer without what differs from run to run: instants, and the numbers of derived rows."""
    text = INSTANT.sub("INSTANT", text)
    text = re.sub(r'("resource":"\w+","id"):\d+', r"\1:0", text)
    text = re.sub(r'^\{"id":\d{1,3}\d*,"institution"', '{"id":0,"institution"', text, flags=re.M)
    return re.sub(r"^\d+,(jia|yi)", r"0,\1", text, flags=re.M)


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("name", NAMES)
def test_the_bytes_of_each_list(client, register, name, form):
    answer = client.get(f"{API}{name}/", {"format": form}).getvalue().decode()
    assert settled(answer) == (HERE / f"{name}.{form}").read_bytes().decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_detail_is_its_row_of_the_list(client, register, name):
    for row in rows_of(client, name):
        detail = client.get(f"{API}{name}/{next(iter(row.values()))}/")
        assert detail.json() == row


@pytest.mark.parametrize(
    ("name", "asked", "found"),
    [
        ("institutions", {}, ["jiayiyuan", "yiyiyuan"]),
        ("institutions", {"ordering": "-name"}, ["yiyiyuan", "jiayiyuan"]),
        ("institutions", {"q": "乙"}, ["yiyiyuan"]),
        ("institutions", {"district": "410102"}, ["jiayiyuan"]),
        ("institutions", {"level": "3a"}, ["yiyiyuan"]),
        ("institutions", {"kind": "yiliao"}, ["jiayiyuan"]),
        ("institutions", {"as_of": "2020-08-31"}, []),
        ("institutions", {"scheme": "gongshang", "as_of": "2020-09-01"}, ["jiayiyuan", "yiyiyuan"]),
        ("notices", {}, [7001, 7002, 7003]),
        ("notices", {"ordering": "-published_at"}, [7003, 7002, 7001]),
        ("notices", {"area": "410100", "scheme": "gongshang"}, [7001, 7002, 7003]),
        ("notices", {"area": "410102"}, []),
        ("notices", {"institution": "yiyiyuan"}, [7001, 7003]),
        ("notice-lines", {"notice": "7002"}, [904]),
        ("notice-lines", {"kind": "kangfu"}, [902, 903, 905]),
        ("notice-lines", {"institution": "yiyiyuan"}, [902, 905]),
        ("changes", {"since": 1}, [2, 3, 4]),
        ("changes", {"since": 99}, []),
        ("changes", {"ordering": "-sequence"}, [4, 3, 2, 1]),
    ],
)
def test_filters(client, register, name, asked, found):
    assert [next(iter(row.values())) for row in rows_of(client, name, **asked)] == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [("jiayiyuan", "yiliao"), ("yiyiyuan", "kangfu"), ("jiayiyuan", "kangfu")]),
        ({"as_of": "2020-12-31"}, [("jiayiyuan", "yiliao"), ("yiyiyuan", "kangfu")]),
        ({"institution": "jiayiyuan", "kind": "kangfu"}, [("jiayiyuan", "kangfu")]),
        ({"q": "jyy"}, [("jiayiyuan", "yiliao"), ("jiayiyuan", "kangfu")]),
    ],
)
def test_designations_are_asked_like_the_register(client, register, asked, found):
    rows = sorted(
        rows_of(client, "designations", **asked), key=lambda row: (row["notice"], row["line"])
    )
    assert [(row["institution"], row["kind"]) for row in rows] == found


def test_interruptions_are_asked_by_day(client, register):
    found = {
        day: [
            (row["nature"], row["institution"])
            for row in rows_of(client, "interruptions", as_of=day)
        ]
        for day in ("2021-02-28", "2021-03-01")
    }
    assert found == {"2021-02-28": [], "2021-03-01": [("suspended", "yiyiyuan")]}
    assert rows_of(client, "interruptions", institution="jiayiyuan") == []
    assert rows_of(client, "interruptions", kind="yiliao") == []
    withdraw(Notice.objects.get(pk=7003), by=UserFactory(), reason="误传")
    assert rows_of(client, "interruptions") == []
    (row,) = rows_of(client, "interruptions", history="all")
    assert row["known_to"] is not None


def test_what_was_known_is_answered_as_it_was(client, register):
    published_at = Notice.objects.get(pk=7002).published_at.isoformat()
    first = {"institution": "jiayiyuan", "kind": "yiliao"}
    (now,) = rows_of(client, "designations", **first)
    (then,) = rows_of(client, "designations", **first, known_at=published_at)
    assert (now["valid_to"], then["valid_to"], then["known_to"]) == (None, "2021-12-31", None)
    ever = rows_of(client, "designations", **first, history="all")
    assert [(row["valid_to"], row["known_to"] is None) for row in ever] == [
        (None, False),
        ("2021-12-31", False),
        (None, True),
    ]
    notices = [
        {row["id"]: (row["status"], row["reason"]) for row in rows_of(client, "notices", **asked)}
        for asked in ({}, {"known_at": published_at})
    ]
    assert [one[7002] for one in notices] == [("withdrawn", "误传"), ("standing", None)]


@pytest.mark.parametrize("name", NAMES[:5])
def test_before_the_first_notice_nothing_is_known(client, register, name):
    before = Notice.objects.get(pk=7001).published_at - timedelta(microseconds=1)
    assert rows_of(client, name, known_at=before.isoformat()) == []


def test_pages_are_of_one_state(client, register, kinds):
    """What is published between two pages neither appears nor takes a row away."""
    before = rows_of(client, "designations")
    body = client.get(f"{API}designations/", {"limit": 1}).json()
    seen = body["results"]
    withdraw(Notice.objects.get(pk=7001), by=UserFactory(), reason="误传")
    published(a_notice(an_institution("丙医院"), kind=kinds[0]))
    while body["next"]:
        body = client.get(body["next"]).json()
        seen += body["results"]
    assert seen == before
    assert len(rows_of(client, "designations")) == 1


def test_a_name_is_that_of_the_day(client, register, kinds):
    row = register[0]
    renaming = {
        "institution": row,
        "action": "rename",
        "new_name": "丁医院",
        "on": date(2023, 1, 1),
    }
    published(a_notice(renaming, kind=kinds[0]))
    names = [
        client.get(f"{API}institutions/jiayiyuan/", asked).json()
        for asked in ({}, {"as_of": "2022-12-31"})
    ]
    assert [(one["name"], one["name_on"]) for one in names] == [
        ("丁医院", "丁医院"),
        ("丁医院", "甲医院"),
    ]


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("designations/?kind=zz", 400, "kind"),
        ("designations/?scheme=zz", 400, "scheme"),
        ("designations/?institution=zz", 404, "institution"),
        ("designations/?district=410199", 404, "district"),
        ("designations/?history=some", 400, "history"),
        ("notices/?area=410199", 404, "area"),
        ("notice-lines/?notice=9", 404, "notice"),
        ("notice-lines/?notice=x", 400, "notice"),
        ("changes/?since=-1", 400, "since"),
        ("notices/9/", 404, None),
        ("notices/0/", 404, None),
        ("notices/99999999999999999999/", 404, None),
        ("designations/1/?as_of=2020-01-01", 400, "as_of"),
        ("institutions/jiayiyuan/?kind=yiliao", 400, "kind"),
    ],
)
def test_what_is_wrong_is_named(client, register, query, status, parameter):
    response = client.get(f"{API}{query}")
    assert (response.status_code, response.json().get("parameter")) == (status, parameter)


def test_a_kind_of_another_scheme_is_not_found(client, register):
    KindFactory(code="other")
    response = client.get(f"{API}designations/", {"scheme": "gongshang", "kind": "other"})
    assert (response.status_code, response.json()["parameter"]) == (404, "kind")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "asked", "queries"),
    [
        ("institutions", {}, 4),
        ("institutions", {"kind": "yiliao"}, 8),
        ("designations", {}, 4),
        ("notices", {}, 3),
        ("notice-lines", {}, 4),
        ("changes", {}, 16),
    ],
)
def test_a_list_costs_the_same_at_any_length(
    client, kinds, django_assert_num_queries, count, name, asked, queries
):
    for number in range(count):
        published(a_notice(an_institution(f"第{number}医院"), kind=kinds[0]))
    with django_assert_num_queries(queries):
        rows = rows_of(client, name, **asked)
    assert len(rows) == count


def test_last_changed_is_told_where_every_change_is_logged(client, register, monkeypatch):
    """Not within the second of the change, which a header of whole seconds cannot tell from the next one."""
    answers = {name: client.get(f"{API}{name}/") for name in NAMES}
    assert [name for name in NAMES if "Last-Modified" in answers[name].headers] == []
    monkeypatch.setattr(reading, "TELLABLE", timedelta(0))
    answers = {name: client.get(f"{API}{name}/") for name in NAMES}
    told = {
        name: answers[name]["Last-Modified"]
        for name in NAMES
        if "Last-Modified" in answers[name].headers
    }
    assert told == dict.fromkeys(
        ("designations", "interruptions", "notice-lines"),
        http_date(int(Change.objects.first().at.timestamp())),
    )
    for name, since in told.items():
        again = client.get(f"{API}{name}/", headers={"if-modified-since": since})
        assert (again.status_code, again["Last-Modified"]) == (304, since)


def test_merged_institutions_keep_their_rows(client, register):
    whole = register[1]
    merge(register[0], whole, on=date(2021, 1, 1), source_words="批复", by=UserFactory())
    assert [row["code"] for row in rows_of(client, "institutions", as_of="2021-01-01")] == [
        whole.code
    ]
    assert client.get(f"{API}institutions/jiayiyuan/").status_code == 200


HIDDEN = "不该被看到的医院"


@pytest.fixture
def secret(register, kinds):
    """Rows that could leak: drafts, a correction in draft, a plan, an institution that only drafts name."""
    row = an_institution(HIDDEN, place=register[0].place)
    frame = {"kind": kinds[0], "title": HIDDEN}
    a_notice(row, **frame)
    a_notice(
        {"institution": register[0], "name": HIDDEN, "quote": HIDDEN},
        publish_after=timezone.now() - timedelta(days=1),
        **frame,
    )
    correction = draft_correction(Notice.objects.get(pk=7001), by=UserFactory())
    a_line(correction, row, kinds[0])
    Notice.objects.filter(pk=correction.pk).update(title=HIDDEN)
    return row


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("asked", [{}, {"known_at": "2099-12-31"}, {"history": "all"}])
def test_what_only_drafts_say_shows_nowhere(client, secret, name, form, asked):
    taken = {"known_at": name != "changes", "history": name in ("designations", "interruptions")}
    asked = {key: value for key, value in asked.items() if taken[key]}
    told = text_of(client.get(f"{API}{name}/", {"format": form, **asked}))
    drafts = [
        str(pk) for pk in Notice.objects.filter(published_at=None).values_list("pk", flat=True)
    ]
    assert (HIDDEN in told, secret.code in told) == (False, False)
    assert not re.search(rf'"(?:notice|replaced_by)":(?:{"|".join(drafts)})\b', told)


def test_what_only_drafts_say_has_no_address(client, secret):
    draft = Notice.objects.filter(published_at=None).first()
    paths = [
        f"institutions/{secret.code}/",
        f"notices/{draft.pk}/",
        f"notice-lines/{draft.lines.first().pk}/",
        f"designations/?institution={secret.code}",
        f"notice-lines/?notice={draft.pk}",
        f"notices/?institution={secret.code}",
    ]
    assert [client.get(f"{API}{path}").status_code for path in paths] == [404] * len(paths)
    for name in ("institutions", "designations"):
        assert rows_of(client, name, q=HIDDEN) == []
    published(draft)
    assert client.get(f"{API}{paths[0]}").status_code == 200


@pytest.mark.parametrize("words", ["\x00", "%", "甲\x00", "' or 1=1 --", "\u202e", "医" * 100])
def test_any_words_are_answered(client, register, words):
    for name in ("institutions", "designations"):
        assert client.get(f"{API}{name}/", {"q": words}).status_code == 200
    asked = {"institution": words, "kind": "yiliao"}
    assert client.get(f"{API}institutions/check/", asked).status_code in {200, 400, 404, 409}


def test_private_numbers_are_masked(client, register):
    for name in NAMES:
        assert "13812345678" not in text_of(client.get(f"{API}{name}/"))


def test_a_correction_shows_at_once(client, register):
    correction = draft_correction(Notice.objects.get(pk=7001), by=UserFactory())
    first = client.get(f"{API}notices/7001/")
    publish(Notice.objects.get(pk=correction.pk), by=UserFactory())
    again = client.get(f"{API}notices/7001/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.json()["status"]) == (200, "replaced")
    assert again.json()["replaced_by"] == correction.pk
    assert Institution.objects.count() == 2
