"""What a draft would change in the register, line by line: the fold without it against the fold with it.

A rule, pure: documents and lines in, a `Difference` for each line of the draft out. Knows how a change
of periods is called (新增, 终止, 变更, 不变 …) and when a line conflicts with what is stated: when it leaves days in
doubt that were not. Hides the comparison.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum

from institutions.register import Register, fold
from institutions.register.lines import OPENING, Action, Basis
from institutions.register.periods import FINDINGS, State


class Effect(StrEnum):
    """What one line does to the register, from the plainest to what an editor must look at."""

    SAME = "same"
    OPENS = "opens"
    CHANGES = "changes"
    ENDS = "ends"
    SUSPENDS = "suspends"
    RESUMES = "resumes"
    RENAMES = "renames"
    MERGES = "merges"
    CONFLICTS = "conflicts"

    @property
    def label(self):
        """The effect as editors see it."""
        return _LABELS[self]


_LABELS = {
    Effect.SAME: "不变",
    Effect.OPENS: "新增",
    Effect.CHANGES: "变更",
    Effect.ENDS: "终止",
    Effect.SUSPENDS: "中止",
    Effect.RESUMES: "恢复",
    Effect.RENAMES: "更名",
    Effect.MERGES: "合并",
    Effect.CONFLICTS: "冲突",
}
_BY_ACTION = {
    Action.DESIGNATE: Effect.CHANGES,
    Action.RENEW: Effect.CHANGES,
    Action.REVOKE: Effect.ENDS,
    Action.SUSPEND: Effect.SUSPENDS,
    Action.RESUME: Effect.RESUMES,
    Action.RENAME: Effect.RENAMES,
    Action.MERGE: Effect.MERGES,
}
# Whose word a first day is, as editors read it.
BASES = {
    Basis.LINE: "按条目日期",
    Basis.NOTICE: "按通知生效日期",
    Basis.AGREEMENT: "按协议期限",
    Basis.EDITOR: "按编辑认定",
    Basis.ISSUED_ONLY: "只有印发日期",
    Basis.NONE: "没有载明日期",
}
# Findings that say no more than that a list repeats a list, or prints no date.
_HARMLESS = ("designated_again", "undated")


@dataclass(frozen=True, slots=True)
class Difference:
    """What one line does, and the sentences that say so."""

    effect: Effect
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A draft against the register: a Difference for each line by its number, and totals.

    `totals` counts designations (institution and kind) and institutions by effect, `lost` those that a
    correction no longer states.
    """

    by_line: dict[int, Difference]
    totals: dict[Effect, tuple[int, int]]
    lost: tuple[tuple, ...]


def compare(documents, lines, draft, drafted, replaced=None):
    """Return the Comparison of a draft with what the `documents` and `lines` of its institutions state.

    `draft` is its Document, with the instant of its publication as `known_from`; `drafted` its lines,
    of institutions and kinds as the others are named; `replaced` the id of the document that it takes
    the place of.
    """
    before = _Said(fold(documents, lines))
    kept = [
        replace(document, replaced_at=draft.known_from) if document.id == replaced else document
        for document in documents
    ]
    after = _Said(fold([*kept, draft], [*lines, *drafted]))
    by_line = {line.number: _difference(line, before, after) for line in drafted}
    told = {(line.institution, line.kind) for line in drafted}
    lost = tuple(
        sorted(
            subject
            for subject in before.periods
            if subject not in told and before.spans(subject) != after.spans(subject)
        )
    )
    return Comparison(by_line, _totals(drafted, by_line), lost)


class _Said:
    """A Register, asked by institution and kind."""

    def __init__(self, register: Register):
        self.periods, self.findings = defaultdict(list), defaultdict(list)
        self.renamings = {(one.institution, one.new_name, one.on) for one in register.renamings}
        self.merges = {(one.part, one.whole, one.on) for one in register.merges}
        for period in register.periods:
            self.periods[period.institution, period.kind].append(period)
        for found in register.findings:
            self.findings[found.institution, found.kind].append(found)

    def spans(self, subject):
        """Return what the periods of a subject state, whichever lines state it."""
        return [
            (
                period.valid_from,
                period.valid_to,
                period.state,
                [(gap.first, gap.last) for gap in period.suspensions],
            )
            for period in self.periods.get(subject, ())
        ]

    def doubts(self, subject):
        """Return the findings of a subject that say more than that a list repeats another."""
        return {
            (found.code, found.on, found.doubt)
            for found in self.findings.get(subject, ())
            if found.doubt is not None or found.code not in _HARMLESS
        }


def _difference(line, before, after):
    subject = (line.institution, line.kind)
    met = [found for found in after.findings.get(subject, ()) if line in found.lines]
    new = after.doubts(subject) - before.doubts(subject)
    told = tuple(dict.fromkeys(FINDINGS[found.code] for found in met))
    if any(found.doubt is not None and (found.code, found.on, found.doubt) in new for found in met):
        return Difference(Effect.CONFLICTS, told)
    if line.kind is None:
        return Difference(_of_identity(line, before, after), told)
    old, now = before.spans(subject), after.spans(subject)
    if old == now and not new:
        return Difference(Effect.SAME, (*told, *_periods_in_words(after, subject)))
    continued = any(line in period.closed_by for period in after.periods.get(subject, ()))
    if line.action in OPENING and not continued and len(now) > len(old):
        return Difference(Effect.OPENS, (*told, *_periods_in_words(after, subject)))
    words = _periods_in_words(after, subject)
    if old and old != now:
        words = (
            f"原：{'；'.join(_periods_in_words(before, subject))}",
            f"改为：{'；'.join(words)}",
        )
    return Difference(_BY_ACTION[line.action], (*told, *words))


def _of_identity(line, before, after):
    renaming = any(
        one not in before.renamings for one in after.renamings if one[0] == line.institution
    )
    merging = any(one not in before.merges for one in after.merges if one[0] == line.institution)
    return _BY_ACTION[line.action] if renaming or merging else Effect.SAME


def _periods_in_words(said, subject):
    return tuple(_in_words(period) for period in said.periods.get(subject, ()))


def _in_words(period):
    if period.valid_from is None:
        first = f"起始日未载明（{BASES[period.basis]}）"
    else:
        first = f"{_day(period.valid_from)}起（{BASES[period.basis]}）"
    if period.valid_to is None:
        return first
    end = "到期" if period.state is State.EXPIRES else "止"
    return f"{first}，{_day(period.valid_to)}{end}"


def _day(day):
    return f"{day.year}年{day.month}月{day.day}日"


def _totals(drafted, by_line):
    """Count each institution and kind once, under the weightiest effect of its lines."""
    weight = {effect: rank for rank, effect in enumerate(Effect)}
    heaviest = {}
    for line in drafted:
        subject, effect = (line.institution, line.kind), by_line[line.number].effect
        if subject not in heaviest or weight[heaviest[subject]] < weight[effect]:
            heaviest[subject] = effect
    subjects = defaultdict(set)
    for subject, effect in heaviest.items():
        subjects[effect].add(subject)
    return {
        effect: (len(found), len({institution for institution, _ in found}))
        for effect, found in subjects.items()
    }
