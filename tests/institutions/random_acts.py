"""Random acts of a desk upon a small register: what is published, corrected, withdrawn, merged, declared.

An act names rows by numbers, taken round and round among those that there are when it is carried out.
"""

from dataclasses import dataclass, field
from datetime import date

from hypothesis import strategies as st

from institutions.register.lines import DAY, OPENING, Action
from tests.institutions.register.random_register import FIRST

NUMBERS = st.integers(0, 5)
DAYS = st.integers(0, 11).map(lambda number: FIRST + number * DAY)
MAYBE_DAY = st.none() | DAYS
PLAIN = sorted(set(Action) - {Action.RENAME, Action.MERGE})
ACTIONS = st.sampled_from([*PLAIN, Action.DESIGNATE, Action.DESIGNATE, Action.RENAME, Action.MERGE])
NAMES = ("东风医院", "西山医院", "南湖医院")


@dataclass(frozen=True)
class Said:
    """One line as it will be printed: institution and kind by number."""

    action: Action
    institution: int
    kind: int | None
    fields: dict = field(default_factory=dict)
    into: int | None = None


@dataclass(frozen=True)
class Paper:
    """A notice as it will be drafted: its dates and its lines."""

    dates: dict
    lines: list[Said]


@dataclass(frozen=True)
class Act:
    """One act of the desk; `what` is a verb of `tests.institutions.desk.Desk`."""

    what: str
    arguments: tuple


@st.composite
def said(draw):
    """One line of any action, legal by the rules of `NoticeLine`."""
    action, institution = draw(ACTIONS), draw(st.integers(0, 2))
    fields = {"on": draw(MAYBE_DAY | DAYS)}
    if action is Action.MERGE:
        return Said(action, institution, None, fields, (institution + draw(st.integers(1, 2))) % 3)
    if action is Action.RENAME:
        return Said(action, institution, None, {**fields, "new_name": draw(st.sampled_from(NAMES))})
    if action is Action.REVOKE and fields["on"] is not None:
        fields["on_is_last_day"] = draw(st.booleans())
    if action in OPENING or action is Action.SUSPEND:
        fields |= {"term_from": draw(st.none() | MAYBE_DAY), "term_to": draw(MAYBE_DAY)}
    return Said(action, institution, draw(st.integers(0, 1)), fields)


@st.composite
def papers(draw):
    """A notice of one to four lines, with or without each of its dates."""
    stated = draw(st.none() | st.none() | DAYS)
    dates = {
        "issued_on": draw(MAYBE_DAY),
        "effective_on": draw(st.none() | MAYBE_DAY),
        "stated_on": stated,
        "stated_basis": "" if stated is None else "来函",
    }
    return Paper(dates, draw(st.lists(said(), min_size=1, max_size=4)))


COVERAGE = st.tuples(st.integers(0, 1), DAYS, st.none() | st.integers(0, 9))


def acts():
    """One act of any sort; notices are the most of them."""
    publish = st.builds(Act, st.just("publish"), st.tuples(papers()))
    return st.one_of(
        publish,
        publish,
        st.builds(Act, st.just("correct"), st.tuples(NUMBERS, papers(), st.booleans())),
        st.builds(Act, st.just("withdraw"), st.tuples(NUMBERS)),
        st.builds(Act, st.just("merge"), st.tuples(st.integers(0, 2), st.integers(1, 2), DAYS)),
        st.builds(Act, st.just("undo"), st.tuples(NUMBERS)),
        st.builds(Act, st.just("declare"), st.tuples(COVERAGE, st.none() | NUMBERS)),
        st.builds(Act, st.just("take_back"), st.tuples(NUMBERS)),
        st.builds(
            Act,
            st.just("name"),
            st.tuples(st.integers(0, 2), st.sampled_from(NAMES), MAYBE_DAY, MAYBE_DAY),
        ),
    )


def sequences(size=6):
    """Some acts, the first of them a publication, and the days that are asked about."""
    first = st.builds(Act, st.just("publish"), st.tuples(papers()))
    rest = st.lists(acts(), min_size=2, max_size=size - 1)
    days = st.lists(DAYS, min_size=1, max_size=2, unique=True)
    return st.tuples(first, rest, days).map(lambda told: ([told[0], *told[1]], told[2]))


def last_day(first: date, length):
    """Return the last day of a declaration that begins on `first`; None has none."""
    return None if length is None else first + length * DAY
