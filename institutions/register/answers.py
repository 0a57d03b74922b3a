"""Was this institution designated on that day? 是, 否 or 无法确定, and why.

Knows what may be concluded from the register's periods, findings, merges and declared coverage. Hides
the order in which the rules are tried. Pure.

否 is said only inside a full coverage, about a day that no finding leaves in doubt: elsewhere even a
quoted revocation or suspension gives 无法确定, because the register does not know whether another
document, which it does not hold, designated the institution again. The lines are quoted all the same.
是 is never weakened by missing coverage: it rests on the line that says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from institutions.register.folding import Register
from institutions.register.lineage import path, wholes
from institutions.register.lines import DAY, Basis, Line
from institutions.register.periods import FINDINGS, Finding, Period, State

_SHANGHAI = ZoneInfo("Asia/Shanghai")


class Verdict(StrEnum):
    """The three answers, and no other."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @property
    def label(self):
        """The answer as readers see it."""
        return {"yes": "是", "no": "否", "unknown": "无法确定"}[self]


class Rule(StrEnum):
    """What the register holds about the day asked: the closed list of rules, one for each answer."""

    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    START_UNKNOWN = "start_unknown"
    BEFORE_START = "before_start"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_LISTED = "not_listed"
    IN_DOUBT = "in_doubt"
    MERGED = "merged"

    @property
    def text(self):
        """The rule as readers see it."""
        return _RULES[self]


_RULES = {
    Rule.IN_FORCE: "当日在已知的定点期内。",
    Rule.SUSPENDED: "当日在中止期内。",
    Rule.START_UNKNOWN: "已列入名单，起始日未载明。",
    Rule.BEFORE_START: "当日在已知的起始日之前。",
    Rule.REVOKED: "当日之前已被取消。",
    Rule.EXPIRED: "当日之前已经期满。",
    Rule.NOT_LISTED: "已收录的名单中没有列出。",
    Rule.IN_DOUBT: "已收录的文件对当日的说法不完整或者互相矛盾。",
    Rule.MERGED: "当日已并入其他机构。",
}

# What an answer does not know: code and sentence. The codes of findings are added to these.
UNKNOWNS = FINDINGS | {
    "date_not_entered": "通知日期未录入，起始日不明。",
    "only_issue_date": "通知只有印发日期，没有载明生效日期，起始日不明。",
    "earlier_lists": "更早的名单没有收录，当日之前是否已是定点不明。",
    "later_lists": "没有声明收录完整，之后是否又列为定点或者恢复不明。",
    "not_covered": "没有声明当日的名单收录完整，没有列出不等于不是。",
    "part_designated": "并入的机构另有定点记录，是否由合并后的机构承继不明。",
    "merge_circle": "合并记录互相指向，无法判断由哪家机构承继。",
    "day_to_come": "所问日期尚未到来，答复以目前已知为准。",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """An editor's declaration that the register is complete for a kind and area from `first` to `last`.

    `last` None: kept complete until the declaration is withdrawn; it never reaches beyond the day on
    which the question is answered. `first` is always known. Stated like any fact: `known_from`, `known_to`.
    """

    kind: str
    area: str
    first: date
    last: date | None
    known_from: datetime
    known_to: datetime | None = None

    def covers(self, kind, areas, on, known_at):
        """Return whether this declaration, as of `known_at`, speaks of `kind` in `areas` on `on`."""
        stated = self.known_from <= known_at and (self.known_to is None or self.known_to > known_at)
        last = min(self.last or date.max, _day(known_at))
        return stated and self.kind == kind and self.area in areas and self.first <= on <= last


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the verdict, the rule, the lines quoted, and the codes of what is not known.

    `institution` is the one asked about, `answered_for` the one that it was part of on that day.
    """

    verdict: Verdict
    rule: Rule
    institution: str
    answered_for: str
    kind: str
    on: date
    known_at: datetime
    lines: tuple[Line, ...]
    unknown: tuple[str, ...]
    covered: bool

    @property
    def sentences(self):
        """What is not known, as readers see it."""
        return tuple(UNKNOWNS[code] for code in self.unknown)


@dataclass(frozen=True, slots=True)
class Position:
    """What the lines say of one institution and kind on one day, coverage and merges left aside."""

    rule: Rule
    lines: tuple[Line, ...] = ()
    unknown: tuple[str, ...] = ()


def position(periods: tuple[Period, ...], findings: tuple[Finding, ...], on: date) -> Position:
    """Return what `periods` and `findings`, of one institution and kind, say of the day `on`."""
    doubts = [found for found in findings if found.doubt is not None and on in found.doubt]
    period = next((period for period in periods if on in period), None)
    if doubts:
        quoted = {line.key: line for found in doubts for line in found.lines}
        if period is not None:
            quoted |= {period.opened_by.key: period.opened_by}
        codes = tuple(dict.fromkeys(found.code for found in doubts))
        return Position(Rule.IN_DOUBT, tuple(quoted[key] for key in sorted(quoted)), codes)
    if period is None:
        return _outside(periods, findings, on)
    suspension = period.suspension_on(on)
    if suspension is not None:
        return Position(Rule.SUSPENDED, (period.opened_by, *suspension.lines), ("later_lists",))
    if period.valid_from is None:
        code = "only_issue_date" if period.basis is Basis.ISSUED_ONLY else "date_not_entered"
        return Position(Rule.START_UNKNOWN, period.evidence(on), (code,))
    return Position(Rule.IN_FORCE, period.evidence(on))


def _outside(periods, findings, on):
    """Return the position of a day in no period: after an end, before a start, or without any line."""
    ends = [(period.valid_to, period) for period in periods if (period.valid_to or on) < on]
    loose = [
        (found.on - DAY, found)
        for found in findings
        if found.code == "revoked_unknown" and found.on <= on
    ]
    if loose and (not ends or max(loose, key=_day_of)[0] > max(ends, key=_day_of)[0]):
        found = max(loose, key=_day_of)[1]
        return Position(Rule.REVOKED, found.lines, ("later_lists",))
    if ends:
        period = max(ends, key=_day_of)[1]
        rule = Rule.EXPIRED if period.state is State.EXPIRES else Rule.REVOKED
        return Position(rule, (period.opened_by, *period.closed_by), ("later_lists",))
    if periods:
        first = min(periods, key=lambda period: period.valid_from)
        return Position(Rule.BEFORE_START, (first.opened_by,), ("earlier_lists",))
    return Position(Rule.NOT_LISTED, (), ("not_covered",))


def _day_of(end):
    return end[0]


def status(
    institution: str,
    kind: str,
    on: date,
    *,
    known_at: datetime,
    register: Register,
    coverages: tuple[Coverage, ...] = (),
    merges: tuple = (),
    areas: Mapping[str, frozenset[str]],
) -> Answer:
    """Return whether `institution` was designated for `kind` on the day `on`, as known at `known_at`.

    `register` is the fold at `known_at` of at least the histories of the institution, of those merged
    with it, and of this kind; `merges` the editors' rows standing then (`lineage.standing`), beside the
    register's own. `areas` gives each institution's place with all places that contain it; without any it
    is covered by nothing. Kinds know nothing of each other. From the day of a merge the whole answers;
    what only a part of it holds gives 无法确定.
    """
    by_part = wholes((*register.merges, *merges), on)
    steps = path(institution, by_part)
    subject = steps[-1].whole if steps else institution
    found = position(*register.of(subject, kind), on)
    covered = any(row.covers(kind, areas.get(subject, ()), on, known_at) for row in coverages)
    verdict, rule, lines, unknown = _conclude(found, covered)
    if steps is None:
        verdict, rule, unknown = Verdict.UNKNOWN, Rule.MERGED, ("merge_circle",)
    elif verdict is not Verdict.YES:
        parts = _designated_parts(subject, kind, on, register, by_part)
        if parts:
            verdict, rule, unknown = Verdict.UNKNOWN, Rule.MERGED, ("part_designated",)
            lines = tuple(dict.fromkeys((*parts, *lines)))
        elif verdict is Verdict.NO and (undated := _undated_merges(subject, register)):
            verdict, rule, unknown = Verdict.UNKNOWN, Rule.MERGED, ("merged_undated",)
            lines = (*lines, *undated)
    if on > _day(known_at):
        unknown = (*unknown, "day_to_come")
    said = [merge.line for merge in steps or () if merge.line is not None]
    lines = tuple(dict.fromkeys((*lines, *said)))
    return Answer(verdict, rule, institution, subject, kind, on, known_at, lines, unknown, covered)


def _conclude(found, covered):
    if found.rule is Rule.IN_FORCE:
        verdict = Verdict.YES
    elif covered and found.rule not in (Rule.IN_DOUBT, Rule.START_UNKNOWN):
        return Verdict.NO, found.rule, found.lines, ()
    else:
        verdict = Verdict.UNKNOWN
    return verdict, found.rule, found.lines, found.unknown


def _designated_parts(subject, kind, on, register, by_part):
    """Return the lines by which a part of `subject` may still be designated on the day `on`."""
    lines = []
    for part in sorted(by_part):
        steps = path(part, by_part)
        if steps and steps[-1].whole == subject:
            held = position(*register.of(part, kind), on)
            if held.rule in (Rule.IN_FORCE, Rule.START_UNKNOWN, Rule.IN_DOUBT, Rule.SUSPENDED):
                lines += held.lines
    return lines


def _undated_merges(subject, register):
    """Return the lines that merge `subject`, or another into it, on a day that is not recorded."""
    return tuple(
        line
        for found in register.findings
        if found.code == "merged_undated"
        for line in found.lines
        if subject in (line.institution, line.into)
    )


def _day(instant):
    """Return the day in China at `instant`; ValueError when it is naive."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant must be an aware datetime, not {instant!r}")
    return instant.astimezone(_SHANGHAI).date()
