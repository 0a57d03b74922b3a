"""Corrections for machines: bytes of each format, filters, as known then, pages while more come in, cost."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from indices.models import Edition
from institutions.publishing import draft_correction, withdraw
from portal.models import Change
from tests.factories import PlaceFactory, UserFactory, an_article
from tests.indices.factories import EditionFactory, a_dimension, released
from tests.institutions.apireading import API, rows_of, text_of
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")


@pytest.fixture
def put_right(db):
    """A notice that was corrected and taken back, and a score that was corrected."""
    first = published(a_notice(an_institution(), id=7001, kind=KindFactory(), title="一份通知"))
    draft = draft_correction(first, by=UserFactory())
    second = published(draft)
    withdraw(second, by=UserFactory(), reason="误传，误发")
    edition = EditionFactory(index__code="governance", index__name="数字治理指数", year=2020)
    dimension, place = a_dimension(edition), PlaceFactory()
    released(edition, (dimension, place, {"rank": 8}))
    released(edition, (dimension, place, {"rank": 7}), explanation="报告勘误")
    return second


def settled(text):
    """Return an answer without what differs from run to run: instants, and the numbers of documents."""
    text = INSTANT.sub("INSTANT", text)
    return re.sub(r"(notice:|release:|notices/|releases/)(?!7001)\d+", r"\g<1>0", text)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_bytes_of_the_list(client, put_right, form):
    answer = client.get(f"{API}corrections/", {"format": form}).getvalue().decode()
    golden = HERE / f"corrections.golden.{form}"
    assert settled(answer) == golden.read_bytes().decode()


def test_a_detail_is_its_row_of_the_list(client, put_right):
    rows = rows_of(client, "corrections", limit=1)
    assert [row["id"] for row in rows] == [2, 3, 5]
    for row in rows:
        assert client.get(f"{API}corrections/{row['id']}/").json() == row
    # Changes that put nothing right are none of them.
    paths = [f"{API}corrections/{number}/" for number in (1, 4, 6)]
    assert [client.get(path).status_code for path in paths] == [404] * 3


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"ordering": "-id"}, [5, 3, 2]),
        ({"act": "correct"}, [2, 5]),
        ({"kind": "notice"}, [2, 3]),
        ({"kind": "coverage"}, []),
        ({"kind": "notice", "act": "withdraw"}, [3]),
    ],
)
def test_it_is_asked(client, put_right, asked, found):
    assert [row["id"] for row in rows_of(client, "corrections", **asked)] == found


def test_what_was_known_is_answered_as_it_was(client, put_right):
    at = Change.objects.get(sequence=2).at
    for known_at, found in ((at - timedelta(microseconds=1), []), (at, [2])):
        rows = rows_of(client, "corrections", known_at=known_at.isoformat())
        assert [row["id"] for row in rows] == found
    asked = {"known_at": at.isoformat()}
    statuses = [client.get(f"{API}corrections/{n}/", asked).status_code for n in (2, 3)]
    assert statuses == [200, 404]


def test_pages_are_of_one_state(client, put_right):
    body = client.get(f"{API}corrections/", {"limit": 1}).json()
    seen = body["results"]
    published(draft_correction(put_right, by=UserFactory()))
    while body["next"]:
        body = client.get(body["next"]).json()
        seen += body["results"]
    assert [row["id"] for row in seen] == [2, 3, 5]
    assert [row["id"] for row in rows_of(client, "corrections")] == [2, 3, 5, 6]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("kind=article", "kind"),
        ("act=publish", "act"),
        ("known_at=x", "known_at"),
        ("as_of=2020-01-01", "as_of"),
    ],
)
def test_what_is_wrong_is_named(client, put_right, query, parameter):
    response = client.get(f"{API}corrections/?{query}")
    assert (response.status_code, response.json()["parameter"]) == (400, parameter)


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_what_is_hidden_is_not_told(client, section, put_right, form):
    hidden = "不该被看到"
    an_article(section, title=hidden).unpublish()
    draft = draft_correction(put_right, by=UserFactory())
    draft.title = hidden
    draft.save()
    Edition.objects.update(
        label=hidden, embargoed_until=Change.objects.first().at + timedelta(days=1)
    )
    assert hidden not in text_of(client.get(f"{API}corrections/", {"format": form}))
    assert [row["id"] for row in rows_of(client, "corrections")] == [2, 3]
    assert client.get(f"{API}corrections/5/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_at_any_length(client, db, django_assert_num_queries, count):
    for _ in range(count):
        notice = published(a_notice(an_institution(), kind=KindFactory()))
        published(draft_correction(notice, by=UserFactory()))
    with django_assert_num_queries(3):
        assert len(rows_of(client, "corrections")) == count
