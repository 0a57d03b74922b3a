"""The register's fold: published lines in, periods out.

Knows in which order lines have effect and which documents stand at an instant. Hides the telling of
one history (`institutions.register.timeline`). Pure, and the same in every order of publication: each
institution and kind is folded alone from the set of its lines, ordered by the days of their effect.
So publishing a document changes nothing but the histories of the institutions and kinds that it, or
the document that it replaces, names: fold those again and the result equals a full rebuild.

Order within one day: what ends comes before what begins, what frees before what binds (revoke,
designate, renew, resume, suspend). Designations and renewals without any date come before all days.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from institutions.register.lineage import Merge
from institutions.register.lines import OPENING, Action, Basis, Line, effect, impossible_term
from institutions.register.periods import Finding, Period
from institutions.register.timeline import Timeline

_RANK = {
    action: rank
    for rank, action in enumerate(
        (Action.REVOKE, Action.DESIGNATE, Action.RENEW, Action.RESUME, Action.SUSPEND)
    )
}


@dataclass(frozen=True, slots=True)
class Renaming:
    """One line that gives an institution a new name from the day `on` (None: not recorded).

    It changes the name and no designation.
    """

    institution: str
    new_name: str
    on: date | None
    basis: Basis
    line: Line


@dataclass(frozen=True, slots=True)
class Register:
    """All that the lines of the standing documents say together, each part in a fixed order."""

    periods: tuple[Period, ...] = ()
    findings: tuple[Finding, ...] = ()
    renamings: tuple[Renaming, ...] = ()
    merges: tuple[Merge, ...] = ()

    def of(self, institution, kind):
        """Return (periods, findings) of one institution and kind."""
        return tuple(
            tuple(row for row in rows if row.institution == institution and row.kind == kind)
            for rows in (self.periods, self.findings)
        )

    def replacing(self, subjects, part):
        """Return this register with what it says of `subjects` taken from the register `part`.

        `subjects` are pairs (institution, kind), kind None for names and merges; `part` is the fold of
        all lines of these subjects.
        """
        kept = Register(
            *(
                tuple(row for row in rows if _subject(row) not in subjects)
                for rows in (self.periods, self.findings, self.renamings, self.merges)
            )
        )
        return _ordered(
            kept.periods + part.periods,
            kept.findings + part.findings,
            kept.renamings + part.renamings,
            kept.merges + part.merges,
        )


def subjects_of(lines):
    """Return the pairs (institution, kind) whose history `lines` belong to."""
    return {(line.institution, line.kind) for line in lines}


def fold(documents, lines, known_at=None):
    """Return the Register that the documents standing at `known_at` (None: after all) state.

    `lines` must hold every line of each institution and kind in it, and `documents` the document of
    each line (else KeyError). No two periods of one institution and kind overlap, none ends before it
    starts, and each line of a standing document is in a period, a renaming, a merge or a finding.
    """
    by_id = {document.id: document for document in documents}
    stands = {key: document.stands(known_at) for key, document in by_id.items()}
    histories = defaultdict(list)
    for line in lines:
        if stands[line.document]:
            histories[line.institution, line.kind].append(line)
    periods, findings, renamings, merges = [], [], [], []
    for (institution, kind), said in histories.items():
        if kind is None:
            _fold_identity(institution, said, by_id, renamings, merges, findings)
        else:
            told = _fold_history(institution, kind, said, by_id)
            periods += told[0]
            findings += told[1]
    return _ordered(periods, findings, renamings, merges)


def _fold_history(institution, kind, lines, documents):
    timeline = Timeline(institution, kind)
    events = []
    for line in sorted(lines, key=lambda line: line.key):
        document = documents[line.document]
        day, basis = effect(line, document)
        if impossible_term(line, day):
            timeline.doubt("ends_before_start", [line])
        elif day is not None:
            events.append((day, line, basis))
        elif line.action in OPENING:
            timeline.note("undated", [line])
            timeline.undated.append((line, document.issued_on))
            events.append((None, line, basis))
        else:
            timeline.doubt("undated", [line])
    events.sort(key=_order)
    for day, line, basis in events:
        timeline.apply(line, day, basis)
    return timeline.finish()


def _order(event):
    day, line, _ = event
    return (
        day is not None,
        day or date.min,
        _RANK[line.action],
        line.term_to or date.max,
        line.key,
    )


def _fold_identity(institution, lines, documents, renamings, merges, findings):
    """Read the renames and merges of one institution; a merge without a day merges nothing."""
    merged = []
    for line in sorted(lines, key=lambda line: line.key):
        day, basis = effect(line, documents[line.document])
        if line.action is Action.RENAME:
            renamings.append(Renaming(institution, line.new_name, day, basis, line))
            if day is None:
                findings.append(Finding("renamed_undated", institution, None, None, (line,)))
        elif day is None:
            findings.append(Finding("merged_undated", institution, None, None, (line,)))
        else:
            merged.append(Merge(institution, line.into, day, line))
    if len({merge.whole for merge in merged}) > 1:
        said = tuple(merge.line for merge in merged)
        findings.append(Finding("merged_again", institution, None, None, said))
    merges += merged


def _subject(row):
    if isinstance(row, Merge):
        return row.part, None
    if isinstance(row, Renaming):
        return row.institution, None
    return row.institution, row.kind


def _ordered(periods, findings, renamings, merges):
    return Register(
        tuple(sorted(periods, key=lambda p: (p.institution, p.kind, p.valid_from or date.min))),
        tuple(
            sorted(
                findings,
                key=lambda f: (
                    f.institution,
                    f.kind is not None,
                    f.kind,
                    f.on or date.min,
                    f.code,
                    [line.key for line in f.lines],
                ),
            )
        ),
        tuple(sorted(renamings, key=lambda r: (r.institution, r.on or date.min, r.line.key))),
        tuple(sorted(merges, key=lambda m: (m.part, m.on, m.line.key))),
    )
