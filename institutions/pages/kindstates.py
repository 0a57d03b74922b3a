"""How an institution stands on one day, kind by kind, in few words: what lists and its own page show.

Knows the words. The answers are those of `institutions.checking`, of which this is the short form; it
hides from which period of the register the days beside a word are taken.
"""

from dataclasses import dataclass, replace

from institutions.models import Kind
from institutions.pages.spans import day_words, span_words
from institutions.register import Answer
from institutions.register.answers import Rule
from institutions.register.folding import Register
from institutions.register.periods import Period

_WORDS = {
    Rule.IN_FORCE: "有效",
    Rule.START_UNKNOWN: "已列入",
    Rule.SUSPENDED: "中止",
    Rule.IN_DOUBT: "存疑",
    Rule.MERGED: "存疑",
    Rule.REVOKED: "已取消",
    Rule.EXPIRED: "已期满",
    Rule.BEFORE_START: "尚未开始",
    Rule.NOT_LISTED: "没有列出",
}


@dataclass(frozen=True)
class KindState:
    """One kind on one day: the answer, and the periods of the one that answers, in order."""

    kind: Kind
    answer: Answer
    periods: tuple[Period, ...]

    @property
    def word(self):
        """The state in a word or two."""
        return _WORDS[self.answer.rule]

    @property
    def detail(self):
        """Since when and until when, or what is doubtful; '' when nothing more is known."""
        on, rule = self.answer.on, self.answer.rule
        inside = next((period for period in self.periods if on in period), None)
        if rule in (Rule.IN_DOUBT, Rule.MERGED):
            return self.answer.sentences[0].rstrip("。")
        if rule is Rule.SUSPENDED:
            gap = inside.suspension_on(on)
            return span_words(gap.first, gap.last)
        if inside is not None:
            return span_words(inside.valid_from, inside.valid_to)
        ended = [period.valid_to for period in self.periods if (period.valid_to or on) < on]
        if rule in (Rule.REVOKED, Rule.EXPIRED) and ended:
            return f"至{day_words(max(ended))}止"
        if rule is Rule.BEFORE_START:
            return f"{day_words(self.periods[0].valid_from)}起"
        return ""


def kinds_told(register):
    """Return {institution: keys of the kinds of which the register says anything}."""
    told = {}
    for row in (*register.periods, *register.findings):
        if row.kind is not None:
            told.setdefault(row.institution, set()).add(row.kind)
    return told


def narrowed(known, institutions):
    """Return what is Known with the periods of these institutions (keys) only; merges stay whole.

    Answers about one of them are the same, found sooner, when all its parts are among them.
    """
    register = known.register
    return replace(
        known,
        register=Register(
            tuple(row for row in register.periods if row.institution in institutions),
            tuple(
                row
                for row in register.findings
                if row.kind is None or row.institution in institutions
            ),
            merges=register.merges,
        ),
    )


def states_of(known, institution, kinds, on):
    """Return the KindState of each of `kinds` for an institution (its key) on a day; no query."""
    states = []
    for kind in kinds:
        answer = known.answer(institution, kind.pk, on)
        periods, _ = known.register.of(answer.answered_for, kind.pk)
        states.append(KindState(kind, answer, periods))
    return states
