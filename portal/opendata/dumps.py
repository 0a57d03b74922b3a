"""Whole datasets as they stood after one change: the same bytes whenever and however often they are made.

Knows that a version is the sequence of a change, and that its rows are those stated at that change's instant, in
the order of their keys, in columns that never change after. Nothing is kept but the checksum: a file is made from
the records, some rows at a time, each time by a question of its own. So nothing stays behind when a reader
leaves half-way, and an act in the midst of it changes no byte. A file that is not what it once was is withheld.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import Max, QuerySet

from portal.api import Tracked
from portal.api.formats import for_programs
from portal.models import Change, Dump
from portal.tabular import Column, write_csv

# Rows that one question fetches.
CHUNK = 2000
HIGHEST = 10**15

logger = logging.getLogger(__name__)


class Altered(Exception):
    """A file that was made again is not what it was the first time: something rewrote the past."""


def _as_they_are(rows, at):
    return rows


@dataclass(frozen=True)
class Dumped:
    """How the rows of a dataset are stated as known at an instant.

    `rows` returns a QuerySet of those that readers were told at an instant; no later act may change them or
    any of `columns`. `touched` is the instant of the last act that changed any, None without one. `finish`
    gives rows what no join can, in a number of queries that does not grow with them.
    """

    rows: Callable[[datetime], QuerySet]
    columns: tuple[Column, ...]
    touched: Callable[[], datetime | None]
    finish: Callable[[Sequence, datetime], Iterable] = _as_they_are


def of_tracked(tracked: Tracked, touched=None) -> Dumped:
    """Return how facts that the feed of changes tells are dumped: what its replay gives, byte for byte.

    `touched` may know by less than the facts themselves when they last changed.
    """

    def known(at):
        return tracked.rows().known(at)

    def last():
        return latest(tracked.rows().aggregate(Max("known_from"), Max("known_to")).values())

    def finish(rows, at):
        return tracked.finish(rows)

    return Dumped(known, tracked.columns, touched or last, finish)


def latest(instants) -> datetime | None:
    """Return the last of these instants, of which any may be None."""
    return max((at for at in instants if at is not None), default=None)


def version_of(dump: Dumped) -> Change | None:
    """Return the change that last touched a dataset: its current version. None before the first one.

    The dataset's own acts are told by their instants: the change that stands first at or after the last of them.
    """
    touched = dump.touched()
    if touched is None:
        return None
    before = Change.objects.filter(at__lt=touched).order_by("-sequence").first()
    return Change.objects.since(before.sequence if before else 0).first()


def change_of(version: int) -> Change | None:
    """Return the change that a version names; None for one that has not happened."""
    if not 0 < version < HIGHEST:
        return None
    return Change.objects.filter(sequence=version).first()


@dataclass
class Making:
    """One file while it is made: iterate over it for its bytes.

    When all were taken, its checksum is recorded, or compared with the recorded one. The last part is held
    back until then, so that nobody has a whole file that is not the recorded one: Altered is raised instead.
    """

    dataset: str
    dump: Dumped
    change: Change
    rows: int = field(default=0, init=False)
    size: int = field(default=0, init=False)
    sha256: str = field(default="", init=False)

    def __iter__(self) -> Iterator[bytes]:
        self.rows = self.size = 0
        digest, held = hashlib.sha256(), b""
        for part in write_csv([*for_programs(self.dump.columns)], self._counted(), bom=False):
            digest.update(part)
            self.size += len(part)
            if part:
                if held:
                    yield held
                held = part
        self.sha256 = digest.hexdigest()
        self._record()
        yield held

    def _counted(self):
        for row in _rows(self.dump, self.change.at):
            self.rows += 1
            yield row

    def _record(self):
        key = {"dataset": self.dataset, "version": self.change.sequence}
        made = {"rows": self.rows, "size": self.size, "sha256": self.sha256}
        known = Dump.objects.filter(**key).first()
        if known is None:
            try:
                with transaction.atomic():
                    known, _ = Dump.objects.get_or_create(**key, defaults=made)
            except OperationalError:
                # The reader has a sound file; its checksum is recorded by whoever makes it next.
                logger.warning("整库文件 %s 的校验值这次没有记下", _name(key), exc_info=True)
                return
        was = {name: getattr(known, name) for name in made}
        if was != made:
            logger.critical("整库文件 %s 与登记的不同：登记 %s，现在 %s", _name(key), was, made)
            raise Altered(f"{_name(key)}: recorded {was}, made {made}")


def make(name: str, dump: Dumped, change: Change) -> Dump | None:
    """Make a file for its checksum alone and return the record; None when the database took none. Raises Altered."""
    for _ in Making(name, dump, change):
        pass
    return recorded(name, change.sequence)


def recorded(name: str, version: int) -> Dump | None:
    """Return the record of a file, None before it was made whole for the first time."""
    return Dump.objects.filter(dataset=name, version=version).first()


def recorded_versions(name: str) -> set[int]:
    """Return the versions of which a file was ever made whole."""
    return set(Dump.objects.filter(dataset=name).values_list("version", flat=True))


def _rows(dump, at):
    """Yield the rows in the order of their keys, CHUNK of them in memory; each chunk is a question of its own."""
    rows, last = dump.rows(at).order_by("pk"), 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last, count = chunk[-1].pk, len(chunk)
        yield from dump.finish(chunk, at)
        if count < CHUNK:
            return


def _name(key):
    return f"{key['dataset']}/{key['version']}.csv"
