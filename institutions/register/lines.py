"""What official documents say of the register, line by line, and from which day a line has effect.

Knows the seven actions, the dates that a notice prints and their order of precedence. Hides that a
last day and a first day without are two ways to write one thing. Pure: rows of the database are
handed in as these values.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


class Action(StrEnum):
    """What a line does. Lists of those in force designate; expiry is computed and is no action."""

    DESIGNATE = "designate"
    REVOKE = "revoke"
    SUSPEND = "suspend"
    RESUME = "resume"
    RENEW = "renew"
    RENAME = "rename"
    MERGE = "merge"


class Basis(StrEnum):
    """Whose word the first day is; the last two say why there is none."""

    LINE = "line"
    NOTICE = "notice"
    AGREEMENT = "agreement"
    EDITOR = "editor"
    ISSUED_ONLY = "issued_only"
    NONE = "none"


# Actions whose line states that the institution is designated, and may state a term.
OPENING = frozenset({Action.DESIGNATE, Action.RENEW})


@dataclass(frozen=True, slots=True)
class Document:
    """One published source document: when this portal stated it, and the dates that hold for its lines.

    `stated_on` is an editor's first day for lines that have no other, with its reason in
    `stated_basis`; this is the only way in which the day of issue can start anything.
    """

    id: int
    known_from: datetime | None
    withdrawn_at: datetime | None = None
    replaced_at: datetime | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    stated_on: date | None = None
    stated_basis: str = ""

    def __post_init__(self):
        if (self.stated_on is None) != (not self.stated_basis.strip()):
            raise ValueError("an editor's day and the reason for it come together")

    def stands(self, at=None):
        """Return whether the portal states this document at the instant `at` (None: after all).

        As `SourceDocumentQuerySet.standing`: at the instant of its withdrawal or of its successor's
        publication it stands no more, and it never comes back.
        """
        if self.known_from is None:
            return False
        if at is None:
            return self.withdrawn_at is None and self.replaced_at is None
        ends = (self.withdrawn_at, self.replaced_at)
        return self.known_from <= at and all(end is None or end > at for end in ends)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document, matched to an institution.

    `on` is the line's own date. `term_from` and `term_to` (both included) are the term of what the
    line brings about: of the agreement for designate and renew, of the suspension for suspend; the
    other actions have none. `on_is_last_day` says that a revocation's date is the last day in force
    (终止日期, 截至) and not the first day without (自…起). Rename and merge concern no kind.
    """

    document: int
    number: int
    action: Action
    institution: str
    kind: str | None = None
    on: date | None = None
    on_is_last_day: bool = False
    term_from: date | None = None
    term_to: date | None = None
    new_name: str = ""
    into: str | None = None

    def __post_init__(self):
        if self.action is Action.RENAME:
            legal = self.kind is None and bool(self.new_name)
        elif self.action is Action.MERGE:
            legal = self.kind is None and self.into not in (None, self.institution)
        else:
            legal = self.kind is not None
        if not legal:
            raise ValueError(f"a line of action {self.action} cannot have these fields")

    @property
    def key(self):
        """The line's place among all lines; it decides nothing but the order of mention."""
        return self.document, self.number


def effect(line, document):
    """Return (day, basis): the first day on which `line` has effect, or None, and whose word that is.

    The line's own date wins over the notice's effective date, this over the first day of the term,
    this over an editor's stated day. A revocation has effect on the first day *without*: 自5月1日起取消
    is in force until 30 April; with a last day (终止日期5月1日) the effect is on 2 May. (Civil Code of
    the PRC, article 203: a period's last day ends at 24:00; 自…起 includes the day named.)
    """
    has_term = line.action in OPENING or line.action is Action.SUSPEND
    for day, basis in (
        (line.on, Basis.LINE),
        (document.effective_on, Basis.NOTICE),
        (line.term_from if has_term else None, Basis.AGREEMENT),
        (document.stated_on, Basis.EDITOR),
    ):
        if day is not None:
            last_day = basis is Basis.LINE and line.on_is_last_day and line.action is Action.REVOKE
            return (day + DAY if last_day else day), basis
    return None, Basis.NONE if document.issued_on is None else Basis.ISSUED_ONLY


def impossible_term(line, day):
    """Return whether the term of `line` ends before it begins, or before the line has effect."""
    if line.term_to is None or not (line.action in OPENING or line.action is Action.SUSPEND):
        return False
    return any(first is not None and first > line.term_to for first in (line.term_from, day))
