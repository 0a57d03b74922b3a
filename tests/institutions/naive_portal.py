"""What readers are told, once more and as simply as possible: the model that the stored register must equal.

It keeps every act with its instant in plain lists and answers by walking through them. It asks no
database and no fold: days are told by `naive_register.History`.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from institutions.register.lines import Action, Document, Line
from tests.institutions.register.naive_register import History, first_day

LISTED = ("in_force", "start_unknown", "in_doubt", "suspended")


@dataclass
class Stated:
    """One statement of the desk with the instants from and to which it is made."""

    what: tuple
    since: datetime
    until: datetime | None = None

    def at(self, instant):
        """Return whether it is made at `instant`."""
        return self.since <= instant and (self.until is None or instant < self.until)


@dataclass
class NaivePortal:
    """All acts so far; `today` is the last day of which a declaration of coverage can speak."""

    today: date
    documents: dict[int, Document] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    merges: list[Stated] = field(default_factory=list)  # (part, whole, day)
    coverages: list[Stated] = field(default_factory=list)  # (kind, first, last)
    names: list[Stated] = field(default_factory=list)  # (institution, name, first, last)

    def publish(self, document, lines, replaced=None):
        """Take a document as published; `replaced` is the number of the one that it replaces."""
        self.documents[document.id] = document
        self.lines += lines
        if replaced is not None:
            old = self.documents[replaced]
            self.documents[replaced] = replace(old, replaced_at=document.known_from)

    def withdraw(self, number, at):
        """Take a document as withdrawn."""
        self.documents[number] = replace(self.documents[number], withdrawn_at=at)

    def words(self, institution, kind, at, window):
        """Return {day: word} for one history as known at an instant."""
        said = [line for line in self.lines if (line.institution, line.kind) == (institution, kind)]
        return History(said, self.documents, at).told(window)

    def standing_lines(self, at, action):
        """Return the lines of an action in the documents that stand at an instant, each with its day."""
        return [
            (line, first_day(line, self.documents[line.document]))
            for line in self.lines
            if line.action == action and self.documents[line.document].stands(at)
        ]

    def whole_of(self, at, day):
        """Return {institution: what it is part of on that day}."""
        said = [(on, whole, (), part) for part, whole, on in self.made(self.merges, at)]
        said += [
            (on, line.into, line.key, line.institution)
            for line, on in self.standing_lines(at, Action.MERGE)
            if on is not None
        ]
        return {part: whole for on, whole, _, part in sorted(said) if on <= day}

    @staticmethod
    def made(statements, at):
        """Return what is stated at an instant."""
        return [row.what for row in statements if row.at(at)]

    def verdict(self, institution, kind, day, at, words):
        """Return (verdict, who answers); `words` is {(institution, kind): {day: word}} at that instant."""
        parts = self.whole_of(at, day)
        circle, subject = self._leads(institution, parts)
        word = words[subject, kind][day]
        covered = any(
            kind == of and first <= day <= min(last or date.max, self.today)
            for of, first, last in self.made(self.coverages, at)
        )
        if circle:
            return "unknown", institution
        if word == "in_force":
            return "yes", subject
        if not covered or word in ("start_unknown", "in_doubt"):
            return "unknown", subject
        held = any(
            self._leads(part, parts) == (False, subject) and words[part, kind][day] in LISTED
            for part in parts
        )
        undated = any(
            subject in (line.institution, line.into)
            for line, on in self.standing_lines(at, Action.MERGE)
            if on is None
        )
        return ("unknown" if held or undated else "no"), subject

    @staticmethod
    def _leads(institution, parts):
        met = {institution}
        start = institution
        while institution in parts:
            institution = parts[institution]
            if institution in met:
                return True, start
            met.add(institution)
        return False, institution

    def name(self, institution, day, at, otherwise):
        """Return the official name on a day as known at an instant: the last begun, the desk's first.

        `otherwise` where none is known for the day.
        """
        said = [
            (first or date.min, 1, (), name)
            for bearer, name, first, last in self.made(self.names, at)
            if bearer == institution and (last is None or day <= last)
        ]
        said += [
            (on, 0, line.key, line.new_name)
            for line, on in self.standing_lines(at, Action.RENAME)
            if line.institution == institution and on is not None
        ]
        begun = [row for row in said if row[0] <= day]
        return max(begun)[-1] if begun else otherwise
