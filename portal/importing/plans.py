"""What an import would do, before it does it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from portal.tabular import Problem

ACTS = {"new": "新增", "changed": "改动", "removed": "移除", "unchanged": "不变"}


@dataclass(frozen=True, slots=True)
class RowChange:
    """What happens to one row: `label` says what it is about, `row` where it stands in the file.

    `differences` are (column's heading, before, after) in words.
    """

    act: str
    label: str
    row: int | None = None
    differences: tuple[tuple[str, str, str], ...] = ()

    def __post_init__(self):
        if self.act not in ACTS:
            raise ValueError(f"no such act: {self.act}")


@dataclass
class Plan:
    """All that an import would do. Any problem forbids it; warnings and notes are shown only.

    `payload` is what the importer needs to apply the plan; it is not compared.
    """

    changes: list[RowChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    payload: Any = None

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each act meets; acts that meet none have 0."""
        counted = Counter(change.act for change in self.changes)
        return {act: counted[act] for act in ACTS}

    @property
    def does_something(self) -> bool:
        """Whether applying it would change anything."""
        return any(change.act != "unchanged" for change in self.changes)

    @property
    def digest(self) -> str:
        """The SHA-256 by which two plans that say the same are known."""
        said = [
            [[one.act, one.label, one.row, one.differences] for one in self.changes],
            [str(one) for one in self.problems],
            [str(one) for one in self.warnings],
            self.notes,
        ]
        digest = hashlib.sha256()
        for step in json.JSONEncoder(ensure_ascii=False).iterencode(said):
            digest.update(step.encode())
        return digest.hexdigest()

    def first_of(self, act: str, most: int) -> list[RowChange]:
        """Return the first rows that an act meets, at most so many."""
        return list(islice(self._of(act), most))

    def _of(self, act: str) -> Iterator[RowChange]:
        return (change for change in self.changes if change.act == act)
