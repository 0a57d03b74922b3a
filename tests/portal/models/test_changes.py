"""The log of changes."""

import threading

import pytest
from django.db import IntegrityError, connection, connections, transaction

from portal.models import Change
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_changes_are_numbered_without_gaps():
    user = UserFactory()
    for number in range(1, 4):
        with transaction.atomic():
            change = Change.objects.record(act="publish", reference=f"article:{number}", by=user)
        assert change.sequence == number
    assert [c.sequence for c in Change.objects.since(1)] == [2, 3]


@pytest.mark.parametrize(
    "fields",
    [
        {"sequence": 0, "act": "publish", "reference": "article:1"},
        {"sequence": 1, "act": "invent", "reference": "article:1"},
        {"sequence": 1, "act": "publish", "reference": ""},
    ],
)
def test_a_change_that_says_nothing_true_is_refused(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(**fields)


@pytest.mark.django_db
def test_many_changes_are_recorded_in_their_order():
    Change.objects.record(act="publish", reference="article:1")
    Change.objects.record_many(act="publish", references=["article:3", "article:2"])
    assert list(Change.objects.order_by("sequence").values_list("sequence", "reference")) == [
        (1, "article:1"),
        (2, "article:3"),
        (3, "article:2"),
    ]
    assert Change.objects.record_many(act="publish", references=[]) == []


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        Change.objects.record(act="publish", reference="article:1")


@pytest.mark.django_db(transaction=True)
def test_concurrent_changes_queue_up():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an in-memory database has one connection; PostgreSQL runs this test")
    together = threading.Barrier(4)

    def write():
        together.wait()
        for _ in range(5):
            with transaction.atomic():
                Change.objects.record(act="update", reference="article:1")
        connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert list(Change.objects.values_list("sequence", flat=True)) == list(range(20, 0, -1))
