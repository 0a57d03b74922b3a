"""The history of one institution as stretches of days: designated, suspended, in doubt, by kind.

Knows what of the register's periods and findings is a stretch, and how each is said in words. The
timeline draws them, the table beside it lists them: one list for both, so that neither says more.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from institutions.models import Kind
from institutions.pages.spans import doubt_words, span_words
from institutions.register.lines import Line
from institutions.register.periods import State


class Nature(StrEnum):
    """What holds on the days of a stretch."""

    IN_FORCE = "in_force"
    START_UNKNOWN = "start_unknown"
    SUSPENDED = "suspended"
    DOUBTFUL = "doubtful"

    @property
    def label(self):
        return {
            "in_force": "有效",
            "start_unknown": "已列入名单",
            "suspended": "中止",
            "doubtful": "存疑",
        }[self]


_ENDS = {
    State.OPEN: "",
    State.EXPIRES: "期满",
    State.REVOKED: "取消",
    State.CONTINUED: "此后的起始日有载明",
}


@dataclass(frozen=True)
class Stretch:
    """Days from `first` to `last`, both included, on which one thing holds of one kind.

    `first` None: for a designation its start is not recorded, for a doubt it has no bound. `ending` says
    how a designation ends or what is doubtful; `lines` are the register's lines that say so.
    """

    kind: Kind
    nature: Nature
    first: date | None
    last: date | None
    ending: str
    lines: tuple[Line, ...]

    @property
    def words(self):
        """The days in words."""
        say = doubt_words if self.nature is Nature.DOUBTFUL else span_words
        return say(self.first, self.last)


def stretches_of(register, institution, kinds):
    """Return the Stretches of an institution (its key) for each of `kinds`, in order; asks no database."""
    return [
        stretch for kind in kinds for stretch in _of_kind(kind, *register.of(institution, kind.pk))
    ]


def _of_kind(kind, periods, findings):
    for period in periods:
        nature = Nature.START_UNKNOWN if period.valid_from is None else Nature.IN_FORCE
        told = tuple(dict.fromkeys((period.opened_by, *period.closed_by)))
        yield Stretch(kind, nature, period.valid_from, period.valid_to, _ENDS[period.state], told)
        for gap in period.suspensions:
            yield Stretch(kind, Nature.SUSPENDED, gap.first, gap.last, "", gap.lines)
    for finding in findings:
        if finding.doubt is not None:
            days, said = finding.doubt, finding.message.rstrip("。")
            yield Stretch(kind, Nature.DOUBTFUL, days.first, days.last, said, finding.lines)
