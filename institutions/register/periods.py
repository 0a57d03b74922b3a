"""What the register derives from lines: periods, and findings about lines that do not fit.

Values only; the rules are in `institutions.register.folding` and `institutions.register.timeline`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from institutions.register.lines import OPENING, Action, Basis, Line

_SUPPORTING = OPENING | {Action.RESUME}


class State(StrEnum):
    """How a period ends: not at all, by its term, by a line, or because a dated line takes over."""

    OPEN = "open"
    EXPIRES = "expires"
    REVOKED = "revoked"
    CONTINUED = "continued"


@dataclass(frozen=True, slots=True)
class Interval:
    """The days from `first` to `last`, both included; None is without bound."""

    first: date | None
    last: date | None

    def __contains__(self, day):
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Suspension(Interval):
    """The days of a period on which the designation was suspended, and the lines that say so."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """One institution designated for one kind, from `valid_from` to `valid_to`, both included.

    `valid_from` None: the first day is not recorded (`basis` says why), never "always". `valid_to`
    None: no end is known. `closed_by` holds the line that revokes, the line whose term ends, or the
    dated line that takes over. `events` are all lines that shaped it, each with the day of its effect,
    in this order.
    """

    institution: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    basis: Basis
    state: State
    opened_by: Line
    closed_by: tuple[Line, ...]
    suspensions: tuple[Suspension, ...]
    events: tuple[tuple[date | None, Line], ...]

    @property
    def lines(self):
        """All lines that shaped this period, in order of effect."""
        return tuple(line for _, line in self.events)

    def __contains__(self, day):
        """Return whether `day` is not outside: an unknown start excludes no day before the end."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def evidence(self, on):
        """Return the lines by which the designation holds on `on`: none that has effect later."""
        return tuple(
            line
            for day, line in self.events
            if (day is None or day <= on) and line.action in _SUPPORTING
        )

    def suspension_on(self, day):
        """Return the suspension that holds on `day`, or None."""
        return next((gap for gap in self.suspensions if day in gap), None)


# What a finding's code says to an editor.
FINDINGS = {
    "undated": "没有载明生效日期，无法排入时间先后。",
    "ends_before_start": "期限的最后一天早于第一天，未采用。",
    "designated_again": "已在名单中，又列为定点。",
    "end_not_stated": "已有期限，后来的名单没有载明期限，期满后的情况不明。",
    "ends_disagree": "先后载明的截止日不一致，两个截止日之间的情况不明。",
    "renewed_unknown": "续签之前，没有收录仍然有效的定点。",
    "revoked_unknown": "取消之前，没有收录仍然有效的定点。",
    "suspended_unknown": "中止之前，没有收录仍然有效的定点。",
    "suspended_again": "中止期间又一次中止。",
    "resumed_unknown": "恢复之前，没有收录正在进行的中止。",
    "same_day": "同一天取消又列为定点，先后不明。",
    "undated_may_follow": "有一份没有载明日期的名单，可能在取消或者期满之后。",
    "renamed_undated": "更名没有载明日期。",
    "merged_undated": "合并没有载明日期，未采用。",
    "merged_again": "先后并入不同的机构。",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Lines that do not fit, with a code of `FINDINGS`, never silently dropped.

    `on` is the day of the line that does not fit. On the days in `doubt` the lines allow neither yes
    nor no; None leaves no day in doubt. `kind` is None for renames and merges.
    """

    code: str
    institution: str
    kind: str | None
    on: date | None
    lines: tuple[Line, ...]
    doubt: Interval | None = None

    @property
    def message(self):
        """The finding in words for an editor."""
        return FINDINGS[self.code]
