"""Versions of a dataset: their bytes, their record, what happens when a reader leaves and when the past was rewritten."""

import hashlib
import logging
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.models import Max
from django.utils import timezone

from portal.models import Change, Dump
from portal.opendata import datasets, dumps
from portal.opendata.dumps import (
    Altered,
    Dumped,
    Making,
    change_of,
    latest,
    make,
    recorded,
    version_of,
)
from portal.tabular import Column

pytestmark = pytest.mark.django_db
COLUMNS = (
    Column("sequence", "序号", kind="integer"),
    Column("reference", "对象"),
)


def log_until(at):
    """Any log of acts is a dataset whose rows never change; this one is always there."""
    return Change.objects.filter(at__lte=at)


LOG = Dumped(log_until, COLUMNS, lambda: Change.objects.aggregate(last=Max("at"))["last"])


def acts(count, first=1):
    """Record so many acts, a minute apart."""
    start = timezone.now() - timedelta(days=1)
    Change.objects.bulk_create(
        Change(
            sequence=number,
            act="publish",
            reference=f"article:{number}",
            at=start + timedelta(minutes=number),
        )
        for number in range(first, first + count)
    )


def bytes_of(version, dump=LOG):
    return b"".join(Making("log", dump, change_of(version)))


def test_a_version_is_what_was_known_then():
    acts(3)
    assert [bytes_of(version) for version in (1, 2, 3)] == [
        b"sequence,reference\r\n1,article:1\r\n",
        b"sequence,reference\r\n1,article:1\r\n2,article:2\r\n",
        b"sequence,reference\r\n1,article:1\r\n2,article:2\r\n3,article:3\r\n",
    ]
    assert list(Dump.objects.order_by("version").values_list("version", "rows", "size")) == [
        (1, 1, 33),
        (2, 2, 46),
        (3, 3, 59),
    ]


def test_a_record_is_of_the_bytes_and_stays():
    acts(2)
    body = bytes_of(2)
    record = recorded("log", 2)
    assert record.sha256 == hashlib.sha256(body).hexdigest()
    acts(4, first=3)
    assert bytes_of(2) == body
    assert make("log", LOG, change_of(2)) == record
    assert Dump.objects.count() == 1


@pytest.mark.parametrize(("count", "queries"), [(1, 1), (3, 2), (4, 3), (5, 3)])
def test_rows_are_fetched_in_chunks(count, queries, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(dumps, "CHUNK", 2)
    acts(count)
    change = change_of(count)
    bytes_of(count)
    with django_assert_num_queries(queries + 1):
        body = b"".join(Making("log", LOG, change))
    assert body.count(b"\r\n") == count + 1


def test_without_rows_there_is_a_heading():
    acts(1)
    nothing = Dumped(lambda at: Change.objects.none(), COLUMNS, lambda: None)
    assert bytes_of(1, nothing) == b"sequence,reference\r\n"
    assert recorded("log", 1).rows == 0


def test_who_leaves_half_way_leaves_nothing():
    acts(1200)
    made = iter(Making("log", LOG, change_of(1200)))
    assert next(made).startswith(b"sequence,reference\r\n1,")
    made.close()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''")
            assert cursor.fetchone() == (0,)
    assert not Dump.objects.exists()


def test_nobody_gets_a_whole_file_that_is_not_the_recorded_one(caplog):
    acts(1200)
    whole = bytes_of(1200)
    rewritten = Dumped(lambda at: log_until(at).exclude(sequence=3), COLUMNS, LOG.touched)
    taken = []
    with caplog.at_level(logging.CRITICAL, "portal.opendata.dumps"), pytest.raises(Altered):
        taken.extend(Making("log", rewritten, change_of(1200)))
    assert 0 < len(b"".join(taken)) < len(whole) - 12
    assert [record.levelname for record in caplog.records] == ["CRITICAL"]
    assert Dump.objects.get().rows == 1200


def test_a_busy_database_keeps_no_reader_from_the_file(caplog):
    acts(2)

    def busy(execute, sql, *rest):
        if sql.startswith("INSERT") and "portal_dump" in sql:
            raise OperationalError("database is locked")
        return execute(sql, *rest)

    with (
        connection.execute_wrapper(busy),
        caplog.at_level(logging.WARNING, "portal.opendata.dumps"),
    ):
        assert bytes_of(2).endswith(b"2,article:2\r\n")
        assert make("log", LOG, change_of(2)) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 2
    assert not Dump.objects.exists()


def test_the_current_version_is_the_change_that_touched_it_last():
    assert version_of(LOG) is None
    acts(3)
    assert version_of(LOG).sequence == 3
    second = Change.objects.get(sequence=2).at
    until_second = Dumped(log_until, COLUMNS, lambda: second - timedelta(seconds=1))
    assert version_of(until_second).sequence == 2
    from_the_first = Dumped(log_until, COLUMNS, lambda: second - timedelta(days=9))
    assert version_of(from_the_first).sequence == 1
    unlogged = Dumped(log_until, COLUMNS, timezone.now)
    assert version_of(unlogged) is None


@pytest.mark.parametrize("version", [-1, 0, 2, 10**15, 10**40])
def test_what_is_no_version(version):
    acts(1)
    assert change_of(version) is None
    assert change_of(1).reference == "article:1"


def test_the_last_of_instants():
    now = timezone.now()
    assert (latest([]), latest([None]), latest([None, now])) == (None, None, now)
    assert latest([now, now - timedelta(1)]) == now


@pytest.fixture
def only_the_log(monkeypatch):
    """A catalogue of one dataset, the log of changes, with versions."""
    told = datasets.Dataset("changes", "变更", "随时。", datasets.Coverage, dump=LOG)
    monkeypatch.setattr(datasets, "_datasets", {"changes": told})


def test_the_nightly_command(only_the_log, capsys):
    call_command("make_dumps")
    assert capsys.readouterr().out == ""
    acts(2)
    call_command("make_dumps")
    record = Dump.objects.get()
    told = f"变更，版本 2：2 行，46 字节，SHA-256 {record.sha256}\n"
    assert capsys.readouterr().out == told
    acts(1, first=3)
    call_command("make_dumps", all_versions=True)
    assert capsys.readouterr().out.startswith(told)
    assert list(Dump.objects.values_list("version", flat=True)) == [3, 2]


def test_the_nightly_command_is_loud_about_a_rewritten_past(only_the_log):
    acts(2)
    Dump.objects.create(dataset="changes", version=2, rows=9, size=9, sha256="0" * 64)
    with pytest.raises(CommandError, match=r"changes/2\.csv。已发布的记录被改写过"):
        call_command("make_dumps")
