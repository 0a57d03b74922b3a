"""What is read from a notice: the notice, its entries, and what the reader was not sure of.

Knows the field names and words that `read_notice --json` prints. It hides that absent and null are equal: an optional
field without a value is left out.
"""

from dataclasses import dataclass, field, fields

ACTIONS = ("designate", "revoke", "suspend", "resume", "renew", "rename", "merge")
_ALWAYS = ("name_as_printed", "category", "action", "action_as_printed", "district")


@dataclass(slots=True)
class Entry:
    """One line of a notice's list. `start` and `end` span the whole item in the text, `name_*` the name in it.

    `resolved_name` is the name without a department, alias or former name in brackets and with the issuer's city in
    front of a bare 市人民医院; None when that is the printed name itself. Dates are ISO dates. `other` holds the cells
    of a table whose columns have no field here, by their heading.
    """

    name_as_printed: str
    start: int
    end: int
    name_start: int = 0
    name_end: int = 0
    category: str | None = None
    action: str | None = None
    action_as_printed: str | None = None
    district: str | None = None
    resolved_name: str | None = None
    category_as_printed: str | None = None
    new_name: str | None = None
    merged_into: str | None = None
    former_name: str | None = None
    alias: str | None = None
    campus: str | None = None
    department: str | None = None
    includes: str | None = None
    code: str | None = None
    grade: str | None = None
    ownership: str | None = None
    address: str | None = None
    phone: str | None = None
    effective_date: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    reason: str | None = None
    number: str | None = None
    note: str | None = None
    needs_review: bool = False
    other: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict:
        """The entry for JSON: five fields always, the others only when they say something."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        shown = {name: values.pop(name) for name in _ALWAYS}
        span = {name: values.pop(name) for name in ("start", "end", "name_start", "name_end")}
        return shown | {name: value for name, value in values.items() if value} | span


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """One doubt or loss: `code` for machines, `message` in Chinese, and the span of the text it is about."""

    code: str
    message: str
    start: int
    end: int

    def as_dict(self) -> dict:
        return {
            "code": self.code,
            "message": self.message,
            "start": self.start,
            "end": self.end,
        }


@dataclass
class Notice:
    """A notice as read. `list_complete`: the document prints every item of its own list; None without entries.

    `extent` is one of full, additions, changes, examples, unknown. A date whose year is not in the text is given as
    `MM-DD (year not in the text)`.
    """

    issuer: str | None = None
    issuer_as_printed: str | None = None
    city: str | None = None
    title: str | None = None
    doc_number: str | None = None
    published_date: str | None = None
    effective_date: str | None = None
    extent: str = "unknown"
    list_complete: bool | None = None
    stated_counts: dict[str, int] | None = None
    entries: list[Entry] = field(default_factory=list)
    warnings: list[ReadingWarning] = field(default_factory=list)

    def as_dict(self) -> dict:
        """The notice in the form of `read_notice --json`."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        values["entries"] = [entry.as_dict() for entry in self.entries]
        values["warnings"] = [warning.as_dict() for warning in self.warnings]
        return values
