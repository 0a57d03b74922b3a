"""What an import did or would do, and what kept it from being done."""

from dataclasses import asdict, dataclass, field

from indices.models import Release
from portal.tabular import Problem


@dataclass(frozen=True)
class Unmatched:
    """A place as printed that could not be told: its first row, how many rows have it, and why."""

    row: int
    name: str
    code: str
    sentence: str
    rows: int = 1


@dataclass(frozen=True)
class Conflict:
    """A published rank that the scores do not bear out. It is kept: the published rank wins."""

    place: str
    place_code: str
    dimension: str
    published: str
    computed: int | None
    sentence: str


@dataclass
class Outcome:
    """All that is told of an import. With problems or unmatched places nothing is written.

    `release` is the draft that it leaves or what it published, None when nothing changes; `kept` counts
    what stands and the file lacks, of which `kept_names` are the first.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    unmatched: list[Unmatched] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    kept: int = 0
    kept_names: list[str] = field(default_factory=list)
    examples: list = field(default_factory=list)
    release: Release | None = None

    @property
    def refused(self):
        """Whether anything forbids it."""
        return bool(self.problems or self.unmatched)

    @property
    def changes(self):
        """How many rows would change what is published."""
        return self.new + self.changed + self.removed

    def as_dict(self):
        """Return what the command writes as JSON."""
        return {
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "unmatched": [asdict(one) for one in self.unmatched],
            "conflicts": [asdict(one) for one in self.conflicts],
        }
