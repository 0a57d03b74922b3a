"""The feed of changes with scores in it: replayed, it gives what stands now, however heavy a change is."""

import os

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.api import changes
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import EditionFactory, a_dimension, a_ranking, released
from tests.indices.test_folding import Naive, Stored, acts, play
from tests.institutions.apireading import API, rows_of
from tests.institutions.test_sequences import undone

pytestmark = pytest.mark.django_db
SEQUENCES = int(os.environ.get("YOUJU_SEQUENCES", "1")) * 60


def facts_of(client, change, limit):
    """Return the facts of a change, page after page."""
    link, asked, found = change["facts"], {"limit": limit}, []
    while link:
        body = client.get(link, asked).json()
        assert len(body["results"]) <= limit
        found += body["results"]
        link, asked = body["next"], None
    return found


def carry_out(held, facts):
    """Carry facts out upon {(resource, id): row}, in their order."""
    for row in facts:
        effect, key = row.pop("effect"), (row["resource"], row["id"])
        if effect == "closed":
            del held[key]
        else:
            assert key not in held
            held[key] = row


def replay(client, held, told, limit=2):
    """Carry changes out as the documentation says: from their rows, or from their facts where these are heavy."""
    for change in told:
        facts = facts_of(client, change, limit)
        counts = [sum(one["effect"] == end for one in facts) for end in ("opened", "closed")]
        assert counts == [change["opened_count"], change["closed_count"]]
        if change["opened"] is None:
            assert (change["closed"], len(facts) > changes.HEAVIEST) == (None, True)
        else:
            rows = [{"effect": "closed", **row} for row in change["closed"]]
            rows += [{"effect": "opened", **row} for row in change["opened"]]
            assert facts == rows
        carry_out(held, facts)


def standing(client):
    """Return the same from the list as it is now, without `known_to`, which no row has."""
    found = {}
    for row in rows_of(client, "scores", limit=1000):
        assert row.pop("known_to") is None
        found["scores", row["id"]] = {"resource": "scores", **row}
    return found


@pytest.fixture(autouse=True)
def no_limits(monkeypatch):
    monkeypatch.setattr("portal.api.reading.AddressThrottle.rate", "1000000/s")


@pytest.fixture
def people():
    return PlaceFactory.create_batch(3), UserFactory()


def test_any_sequence_of_releases_can_be_replayed(people, monkeypatch):
    monkeypatch.setattr(changes, "HEAVIEST", 3)
    client = Client()

    def act_out(sequence, limit, taken):
        naive, stored, held, last = Naive(), Stored(*people), {}, 0
        for number, (act, told) in enumerate(sequence):
            play(act, told, naive, stored)
            if number in taken:
                fresh = rows_of(client, "changes", since=last, limit=limit)
                replay(client, held, fresh)
                last = fresh[-1]["sequence"] if fresh else last
        replay(client, held, rows_of(client, "changes", since=last, limit=limit))
        whole = {}
        replay(client, whole, rows_of(client, "changes", limit=limit))
        assert held == whole == standing(client)
        assert len(held) == len(naive.now)

    @settings(max_examples=SEQUENCES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(acts, max_size=6), st.integers(1, 4), st.sets(st.integers(0, 5)))
    def law(sequence, limit, taken):
        undone(lambda: act_out(sequence, limit, taken))

    law()


def test_what_editors_rename_does_not_change_what_was_told(client):
    edition, places = a_ranking(size=2)
    held = {}
    replay(client, held, rows_of(client, "changes"))
    type(edition).objects.filter(pk=edition.pk).update(label="改名", source_words="改了")
    edition.dimensions.update(label="改名", decimals=6)
    type(places[0]).objects.filter(pk=places[0].pk).update(name="改名", name_key="改名")
    assert held == standing(client)


def test_a_heavy_change_is_told_on_a_page_of_its_own_without_its_facts(client, monkeypatch):
    monkeypatch.setattr(changes, "HEAVIEST", 2)
    for size in (1, 3, 1):
        a_ranking(size=size)
    pages, link = [], f"{API}changes/"
    while link:
        body = client.get(link).json()
        pages.append([(row["opened_count"], row["opened"] is None) for row in body["results"]])
        link = body["next"]
    assert pages == [[(1, False)], [(3, True)], [(1, False)]]
    detail = client.get(f"{API}changes/2/").json()
    assert (detail["opened"], detail["closed"], detail["facts"]) == (
        None,
        None,
        "/api/v1/changes/2/facts/",
    )


@pytest.mark.parametrize("asked", [{"format": "csv"}, {"fields": "sequence,opened_count"}])
def test_facts_that_are_not_asked_for_are_not_read(client, asked):
    a_ranking(size=3)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{API}changes/", asked).getvalue()
    told = [one["sql"] for one in queries if "indices_score" in one["sql"]]
    assert [sql for sql in told if "COUNT(" not in sql] == []
    assert len(told) == 2


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_of_facts_costs_the_same(client, django_assert_num_queries, size):
    a_ranking(size=size)
    with django_assert_num_queries(12):
        body = client.get(f"{API}changes/1/facts/").json()
    assert (len(body["results"]), body["next"]) == (size, None)


def test_a_change_that_closes_and_opens(client):
    edition = EditionFactory()
    dimension, place = a_dimension(edition), PlaceFactory(code="410100")
    released(edition, (dimension, place, {"rank": 2}))
    released(edition, (dimension, place, {"rank": 1}), explanation="勘误")
    body = client.get(f"{API}changes/2/facts/", {"limit": 1}).json()
    (closed,) = body["results"]
    (opened,) = client.get(body["next"]).json()["results"]
    rows = rows_of(client, "scores", history="all")
    assert closed == {"effect": "closed", "resource": "scores", "id": rows[0]["id"]}
    assert rows[1].pop("known_to") is None
    assert opened == {"effect": "opened", "resource": "scores", **rows[1]}


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("2/facts/", 404, None),
        ("0/facts/", 404, None),
        ("x/facts/", 404, None),
        ("99999999999999999999/facts/", 404, None),
        ("1/facts/?limit=0", 400, "limit"),
        ("1/facts/?limit=5001", 400, "limit"),
        ("1/facts/?limit=", 400, "limit"),
        ("1/facts/?limit=1&limit=2", 400, "limit"),
        ("1/facts/?cursor=x", 400, "cursor"),
        ("1/facts/?since=1", 400, "since"),
    ],
)
def test_what_is_wrong_is_named(client, query, status, parameter):
    a_ranking(size=1)
    response = client.get(f"{API}changes/{query}")
    assert (response.status_code, response.json().get("parameter")) == (status, parameter)


def test_a_cursor_is_of_its_change(client):
    for _ in range(2):
        a_ranking(size=2)
    first = client.get(f"{API}changes/1/facts/", {"limit": 1}).json()["next"]
    response = client.get(first.replace("/changes/1/", "/changes/2/"))
    assert (response.status_code, response.json()["parameter"]) == (400, "cursor")


def test_a_page_of_facts_is_conditional(client):
    a_ranking(size=1)
    first = client.get(f"{API}changes/1/facts/")
    again = client.get(f"{API}changes/1/facts/", headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
