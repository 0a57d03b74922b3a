"""What each change opened and closed, of the facts that floors above let be tracked.

Knows that acts on public records stand in one queue: whatever an act states or closes has an instant after
the change before it and not after its own. So the instants of changes divide all statements among them,
each one to exactly one change, and whoever follows the changes from the first one holds what stands now.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate

from django.db.models import Count, QuerySet

from portal.api.formats import value_of
from portal.models import Change
from portal.tabular import Column


@dataclass(frozen=True)
class Tracked:
    """The facts of one resource: `rows` returns a QuerySet of every one that was ever public, closed ones too.

    Its model is `Recorded`. `columns` are the resource's, of which those are told that never change after.
    """

    name: str
    rows: Callable[[], QuerySet]
    columns: tuple[Column, ...]


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


def weights_of(changes: Sequence[Change]) -> list[int]:
    """Return how many facts each of these consecutive changes opened and closed."""
    weights = [0] * len(changes)
    if not changes:
        return weights
    spans = _Spans(changes)
    for tracked in _tracked.values():
        for name in _ENDS.values():
            rows = spans.among(tracked.rows().select_related(None), name).order_by()
            for at, count in rows.values_list(name).annotate(count=Count("pk")):
                weights[spans.index(at)] += count
    return weights


def effects_of(changes: Sequence[Change]) -> list[Effects]:
    """Return the Effects of each of these consecutive changes; two queries for each tracked resource."""
    effects = [Effects() for _ in changes]
    if not changes:
        return effects
    spans = _Spans(changes)
    for tracked in _tracked.values():
        for row in spans.among(tracked.rows(), "known_to").order_by("pk"):
            told = effects[spans.index(row.known_to)].closed
            told.append({"resource": tracked.name, "id": row.pk})
        for row in spans.among(tracked.rows(), "known_from").order_by("pk"):
            fields = {one.key: value_of(one, row) for one in tracked.columns}
            effects[spans.index(row.known_from)].opened.append({"resource": tracked.name, **fields})
    return effects


class _Spans:
    """The stretches of time that belong to consecutive changes, oldest first."""

    def __init__(self, changes):
        first = changes[0].sequence
        before = Change.objects.filter(sequence=first - 1).values_list("at", flat=True).first()
        self.after: datetime | None = before
        # A clock that went back must not make a stretch run backwards.
        self.ends = list(accumulate((change.at for change in changes), max))

    def among(self, rows, name):
        """Return those of `rows` whose instant `name` lies in any stretch."""
        rows = rows.filter(**{f"{name}__lte": self.ends[-1]})
        return rows if self.after is None else rows.filter(**{f"{name}__gt": self.after})

    def index(self, at):
        """Return which change's stretch an instant lies in."""
        return bisect_left(self.ends, at)
