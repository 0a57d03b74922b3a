"""The log of changes."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from portal.models import Busy, Change
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


def test_times_never_run_backwards():
    ahead = timezone.now() + timedelta(hours=1)
    Change.objects.bulk_create([Change(sequence=1, act="publish", reference="article:1", at=ahead)])
    Change.objects.record_many(act="update", references=["article:1", "article:2"])
    assert [change.at for change in Change.objects.all()] == [ahead] * 3


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


@pytest.mark.django_db(transaction=True)
class TestQueue:
    def test_it_is_joined_inside_a_transaction_only(self):
        words = "a change is recorded in the transaction that makes it"
        with pytest.raises(transaction.TransactionManagementError, match=words):
            Change.objects.queue()

    def test_it_is_joined_twice_without_waiting(self):
        with transaction.atomic():
            Change.objects.queue()
            Change.objects.queue()
            Change.objects.record(act="update", reference="article:1")
        assert Change.objects.count() == 1

    def test_nobody_else_is_in_it_until_the_transaction_ends(self):
        """What the second reads when its turn comes is what the first has written."""
        entered, found = threading.Event(), []

        def second():
            entered.wait()
            with transaction.atomic():
                Change.objects.queue()
                found.append(Change.objects.count())
            connections.close_all()

        other = threading.Thread(target=second)
        other.start()
        with transaction.atomic():
            Change.objects.queue()
            entered.set()
            other.join(timeout=0.2)
            assert found == []
            Change.objects.record(act="update", reference="article:1")
        other.join()
        assert found == [1]

    def test_readers_do_not_wait_for_it(self):
        found = []

        def read():
            found.append(Change.objects.count())
            connections.close_all()

        with transaction.atomic():
            Change.objects.record(act="update", reference="article:1")
            reader = threading.Thread(target=read)
            reader.start()
            reader.join()
            assert found == [0]

    def test_who_waits_too_long_gives_up_and_nothing_is_done(self):
        if connection.vendor != "postgresql":
            pytest.skip("on SQLite the transaction itself waits, before anything is asked")
        met = []

        def second():
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '100ms'")
                    Change.objects.record(act="update", reference="article:2")
            except Busy as busy:
                met.append(str(busy))
            connections.close_all()

        with transaction.atomic():
            Change.objects.queue()
            other = threading.Thread(target=second)
            other.start()
            other.join()
        assert met == ["另一项发布或导入还在进行，您这一步没有做。请稍后再试。"]
        assert Change.objects.count() == 0
