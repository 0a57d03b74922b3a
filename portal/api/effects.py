"""What each change opened and closed, of the facts that floors above let be tracked.

Knows that acts on public records stand in one queue: whatever an act states or closes has an instant after
the change before it and not after its own. So the instants of changes divide all statements among them,
each one to exactly one change, and whoever follows the changes from the first one holds what stands now.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate

from django.db.models import Count, QuerySet

from portal.api.formats import value_of
from portal.models import Change
from portal.tabular import Column


def _all(rows, name, after, until):
    return rows


@dataclass(frozen=True)
class Tracked:
    """The facts of one resource: `rows` returns a QuerySet of every one that was ever public, closed ones too.

    Its model is `Recorded`. `columns` are the resource's, of which those are told that never change after.
    `finish` gives rows what no join can. `near` may leave out, by an index, facts whose instant `known_from` or
    `known_to`, as named, cannot lie after one instant (None: from the first act on) and not after another.
    """

    name: str
    rows: Callable[[], QuerySet]
    columns: tuple[Column, ...]
    finish: Callable[[Sequence], Iterable] = list
    near: Callable[[QuerySet, str, datetime | None, datetime], QuerySet] = _all

    def told(self, row):
        """Return an opened row as the feed tells it."""
        fields = {one.key: value_of(one, row) for one in self.columns}
        return {"resource": self.name, **fields}

    def taken(self, key):
        """Return a closed row as the feed tells it."""
        return {"resource": self.name, "id": key}


@dataclass(frozen=True)
class Weight:
    """How many facts one change opened and closed."""

    opened: int = 0
    closed: int = 0

    @property
    def total(self):
        return self.opened + self.closed


@dataclass
class Effects:
    """What one change opened (rows as the API shows them) and closed ({"resource", "id"})."""

    opened: list = field(default_factory=list)
    closed: list = field(default_factory=list)


_tracked: dict[str, Tracked] = {}
_ENDS = {"opened": "known_from", "closed": "known_to"}


def track(tracked: Tracked):
    """Let the feed of changes tell of these facts; a later one of the same name takes the earlier one's place."""
    _tracked[tracked.name] = tracked


def all_tracked() -> list[Tracked]:
    """Return all tracked facts by their names."""
    return [_tracked[name] for name in sorted(_tracked)]


def weights_of(changes: Sequence[Change]) -> list[Weight]:
    """Return the Weight of each of these consecutive changes, oldest first; two queries for each tracked resource."""
    counts = {end: [0] * len(changes) for end in _ENDS}
    if not changes:
        return []
    spans = Spans(changes)
    for tracked in all_tracked():
        for end, name in _ENDS.items():
            rows = spans.near(tracked, name).select_related(None).order_by()
            for at, count in rows.values_list(name).annotate(count=Count("pk")):
                counts[end][spans.index(at)] += count
    return [Weight(*pair) for pair in zip(counts["opened"], counts["closed"], strict=True)]


def effects_of(changes: Sequence[Change]) -> list[Effects]:
    """Return the Effects of each of these consecutive changes; they are all in memory at once."""
    effects = [Effects() for _ in changes]
    if not changes:
        return effects
    spans = Spans(changes)
    for tracked in all_tracked():
        gone = spans.near(tracked, "known_to").select_related(None).order_by("pk")
        for key, at in gone.values_list("pk", "known_to"):
            effects[spans.index(at)].closed.append(tracked.taken(key))
        come = spans.near(tracked, "known_from").order_by("pk")
        for row in tracked.finish(list(come)):
            effects[spans.index(row.known_from)].opened.append(tracked.told(row))
    return effects


class Spans:
    """The stretches of time that belong to consecutive changes, oldest first."""

    def __init__(self, changes):
        first = changes[0].sequence
        before = Change.objects.filter(sequence=first - 1).values_list("at", flat=True).first()
        self.after: datetime | None = before
        # A clock that went back must not make a stretch run backwards.
        self.ends = list(accumulate((change.at for change in changes), max))

    def near(self, tracked, name):
        """Return the tracked facts whose instant `name` lies in any stretch, found by their index."""
        return self.among(tracked.near(tracked.rows(), name, self.after, self.ends[-1]), name)

    def among(self, rows, name):
        """Return those of `rows` whose instant `name` lies in any stretch."""
        rows = rows.filter(**{f"{name}__lte": self.ends[-1]})
        return rows if self.after is None else rows.filter(**{f"{name}__gt": self.after})

    def index(self, at):
        """Return which change's stretch an instant lies in."""
        return bisect_left(self.ends, at)
