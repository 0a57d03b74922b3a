"""Which institution is part of which on a day.

Knows that a merge is a dated statement, undone by another row, and that before its day the old
institution answers for itself. Hides chains and circles of merges. Pure.
"""

from dataclasses import dataclass
from datetime import date, datetime

from institutions.register.lines import Line


@dataclass(frozen=True, slots=True)
class Merge:
    """One statement that from the day `on` the institution `part` is part of `whole`.

    It comes from a notice's `line`, or is an editor's row, `id`, stated from `known_from` on. A row
    with `undoes` says that the row of this id is void, and states nothing else.
    """

    part: str
    whole: str
    on: date
    line: Line | None = None
    id: int | None = None
    known_from: datetime | None = None
    undoes: int | None = None


def standing(rows, known_at=None):
    """Return the merges of `rows` that are stated at `known_at` (None: after all) and not undone.

    An undoing row can itself be undone; then the first merge stands again.
    """
    known = [
        row
        for row in rows
        if known_at is None or row.known_from is None or row.known_from <= known_at
    ]
    void = set()
    for row in sorted((r for r in known if r.undoes is not None), key=lambda r: r.id, reverse=True):
        if row.id not in void:
            void.add(row.undoes)
    return tuple(
        row for row in known if row.undoes is None and (row.id is None or row.id not in void)
    )


def wholes(merges, on):
    """Return {part: the standing merge that holds for it on the day `on`}: the latest by its day."""
    ordered = sorted(
        (merge for merge in merges if merge.on <= on),
        key=lambda merge: (merge.on, merge.whole, merge.line.key if merge.line else ()),
    )
    return {merge.part: merge for merge in ordered}


def path(institution, by_part):
    """Return the merges that lead from `institution` to the one that answers for it, or None.

    `by_part` is the answer of `wholes`. None says that they lead in a circle: nobody can tell.
    """
    steps, met = [], {institution}
    while (merge := by_part.get(institution)) is not None:
        institution = merge.whole
        if institution in met:
            return None
        met.add(institution)
        steps.append(merge)
    return tuple(steps)
