"""The feed of changes: replayed from the first one, or taken up again, it gives what stands now."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.models import Designation
from institutions.publishing import withdraw
from portal.api import changes, effects
from portal.models import Change
from portal.records import close
from tests.factories import UserFactory
from tests.institutions.apireading import API, rows_of
from tests.institutions.desk import Desk, World
from tests.institutions.factories import KindFactory, a_notice, an_institution, published
from tests.institutions.random_acts import sequences
from tests.institutions.test_sequences import undone

pytestmark = pytest.mark.django_db


def replay(held, told):
    """Carry changes out upon {(resource, id): row}, as the documentation says."""
    for change in told:
        for row in change["closed"]:
            del held[row["resource"], row["id"]]
        for row in change["opened"]:
            held[row["resource"], row["id"]] = row
        assert (change["opened_count"], change["closed_count"]) == (
            len(change["opened"]),
            len(change["closed"]),
        )


def standing(client):
    """Return the same from the lists as they are now, without `known_to`, which no row has."""
    found = {}
    for name in ("designations", "interruptions"):
        for row in rows_of(client, name, limit=1000):
            assert row.pop("known_to") is None
            found[name, row["id"]] = {"resource": name, **row}
    return found


@pytest.fixture(autouse=True)
def no_limits(monkeypatch):
    monkeypatch.setattr("portal.api.reading.AddressThrottle.rate", "1000000/s")


def test_any_sequence_of_acts_can_be_replayed():
    world, client = World(), Client()

    def play(acts, limit, taken):
        desk, held, last = Desk(world), {}, 0
        for number, act in enumerate(acts):
            desk.carry_out(act)
            if number in taken:
                told = rows_of(client, "changes", since=last, limit=limit)
                replay(held, told)
                last = told[-1]["sequence"] if told else last
        told = rows_of(client, "changes", since=last, limit=limit)
        replay(held, told)
        fresh = {}
        replay(fresh, rows_of(client, "changes", limit=limit))
        assert held == fresh == standing(client)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(sequences(), st.integers(1, 4), st.sets(st.integers(0, 5)))
    def law(sequence, limit, taken):
        undone(lambda: play(sequence[0], limit, taken))

    law()


def test_heavy_changes_come_on_pages_of_their_own(client, monkeypatch):
    monkeypatch.setattr(changes, "HEAVIEST", 2)
    kind = KindFactory()
    for count in (1, 3, 1, 1):
        rows = [an_institution(f"第{count}{number}医院") for number in range(count)]
        published(a_notice(*rows, kind=kind))
    pages, link = [], f"{API}changes/"
    while link:
        body = client.get(link).json()
        pages.append([row["opened_count"] for row in body["results"]])
        link = body["next"]
    assert pages == [[1], [3], [1, 1]]
    whole = client.get(f"{API}changes/", {"format": "csv", "fields": "opened_count"})
    assert whole.getvalue() == b"opened_count\r\n1\r\n3\r\n1\r\n1\r\n"


def test_one_change_tells_the_same_as_its_row(client):
    kind = KindFactory()
    for name in ("甲医院", "乙医院"):
        notice = published(a_notice(an_institution(name), kind=kind))
    withdraw(notice, by=UserFactory(), reason="误传")
    rows = rows_of(client, "changes")
    assert [client.get(f"{API}changes/{row['sequence']}/").json() for row in rows] == rows
    assert [(row["act"], row["opened_count"], row["closed_count"]) for row in rows] == [
        ("publish", 1, 0),
        ("publish", 1, 0),
        ("withdraw", 0, 1),
    ]
    assert rows_of(client, "changes", ordering="-sequence", limit=2) == rows[::-1]


def test_what_a_rebuild_mends_is_told(client):
    published(a_notice(an_institution("甲医院"), kind=KindFactory()))
    close(Designation.objects.all())
    call_command("rebuild_register", verbosity=0)
    held = {}
    replay(held, rows_of(client, "changes"))
    assert held == standing(client)
    assert [row["act"] for row in rows_of(client, "changes")] == ["publish", "update"]


def test_of_what_readers_cannot_see_only_the_reference_is_told(client):
    Change.objects.record(act="withdraw", reference="article:1")
    Change.objects.record(act="publish", reference="unheard-of:1")
    assert [(row["title"], row["url"]) for row in rows_of(client, "changes")] == [(None, None)] * 2


def test_a_clock_that_went_back_loses_nothing(client):
    """Its change is told with none of its own facts; those stand in the change whose time they fall in."""
    kind = KindFactory()
    published(a_notice(an_institution("甲医院"), kind=kind))
    early = Change.objects.get().at - timedelta(hours=1)
    Change.objects.bulk_create([Change(sequence=2, act="update", reference="place:1", at=early)])
    published(a_notice(an_institution("乙医院"), kind=kind))
    told = rows_of(client, "changes")
    assert [row["opened_count"] for row in told] == [1, 0, 1]
    held = {}
    replay(held, told)
    assert held == standing(client)


def test_without_changes_there_is_nothing_to_tell(client):
    assert (effects.effects_of([]), effects.weights_of([]), rows_of(client, "changes")) == (
        [],
        [],
        [],
    )
