"""Ranks of values, and how a published rank compares with the computed one. Pure: no row is read or written.

The published rank always stands; `check` says of each row whether the values bear it out. It hides how
the ranks that rounding leaves possible are counted without comparing every pair of rows.

**What rounding can explain.** Rounding never turns an order round: of two values printed alike either may
be the better one, of two values printed differently the better print is the better value. So two rows
are *apart* when they differ by one unit of the last place or more, and only rows that are not apart may
change places or be tied. (`decimals` may state a coarser unit than the printed one.) A published rank is
possible if true values exist that round to what is printed and that give this rank:

- not better than 1 + the rows that are apart above; not worse than 1 + the rows not apart below, + the
  places of the universe for which no value is known;
- rows that are not apart hold the places of their cluster and no others: 3 3 4 is no ranking of three
  alike (3 3 5 and 3 4 5 are), and two fourth places without a third are none either;
- where places are not known (a partial list), no better value has a worse or equal rank, and of the rows
  known no more than rank - 1 are ranked better. The rows named are those that do not stand in every
  largest selection without contradiction: one stray rank accuses itself, two swapped ranks both
  (and the row between them, where there is only one: it could as well be the one that is wrong).

Dense ranks count clusters in place of rows above, keep this order always, and leave no rank out. An
interval is possible if one of its ranks is.

**What ties can explain.** How ties are ranked belongs to the list, not to a row. A list is read by its own
method; by the other (dense or not) only if that leaves no conflict, or if taking the printed values by
it to the letter is wrong in fewer rows than its own method finds in conflict. An ordinal ranking is a
competition ranking in which nothing is tied, and needs no reading of its own.
"""

import math
from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from enum import EnumType, StrEnum
from functools import partial
from itertools import count, groupby

from indices.rankbounds import Column, Reading, by_levels, by_places


class _Listed(EnumType):
    """Gives an enumeration the two lists that a model's field and its constraint ask for."""

    @property
    def choices(cls):
        return [(member.value, member.label) for member in cls]

    @property
    def values(cls):
        return [member.value for member in cls]


class Labelled(StrEnum, metaclass=_Listed):
    """Words with Chinese labels, `choices` and `values`, as a model's field takes them."""

    def __new__(cls, value, label):
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member


class Method(Labelled):
    """How equal values are ranked."""

    COMPETITION = "competition", "标准竞争排名（1 2 2 4）"
    DENSE = "dense", "密集排名（1 2 2 3）"
    ORDINAL = "ordinal", "顺序排名（1 2 3 4）"


class Outcome(Labelled):
    """What the check says of one row."""

    EQUAL = "equal", "一致"
    EXPLAINED = "explained", "可解释"
    CONFLICT = "conflict", "矛盾"
    NOT_CHECKABLE = "not_checkable", "无法核对"


class Reason(Labelled):
    """Why a published rank may differ from the computed one and still be right."""

    ROUNDING = "rounding", "得分经过舍入"
    TIES = "ties", "并列的排法不同"
    INTERVAL = "interval", "公布的是位次区间"
    PARTIAL = "partial", "部分得分未知"


@dataclass(frozen=True, slots=True)
class Row:
    """One ranked thing: `value` as printed, and `rank` or the interval `rank_from`–`rank_to`, as published.

    An end of the interval that is None is open. `zero_by_rule`: the publisher's rule made the value 0,
    whether or not the 0 is printed. Rows outside the universe are not to be given at all.
    """

    key: Hashable
    value: Decimal | None = None
    rank: int | None = None
    rank_from: int | None = None
    rank_to: int | None = None
    tied: bool = False
    zero_by_rule: bool = False
    name: str = ""

    @property
    def score(self):
        """The value that ranks the row; None takes no place and is never 0."""
        return Decimal(0) if self.value is None and self.zero_by_rule else self.value

    @property
    def span(self):
        """The first and last rank that the publication allows, or None when it gives no rank."""
        if self.rank is not None:
            return self.rank, self.rank
        if self.rank_from is None and self.rank_to is None:
            return None
        return self.rank_from or 1, self.rank_to or math.inf

    @property
    def title(self):
        """What a sentence calls the row."""
        return self.name or str(self.key)

    @property
    def standing(self):
        """The published rank in words: 第3, 并列第3, 第1至3, 第11及以后."""
        return ("并列" if self.tied else "") + _places(*self.span)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check says of one row.

    `computed` is its rank among the values known, by the method asked; `allowed` the first and last rank
    that rounding and unknown places leave possible (last None: no bound). `sentence` says in Chinese
    what is wrong or what explains the difference; it is empty for equal ranks.
    """

    key: Hashable
    outcome: Outcome
    computed: int | None = None
    allowed: tuple[int, int | None] | None = None
    reason: Reason | None = None
    sentence: str = ""


def ranks(values, method=Method.COMPETITION, lower_is_better=False):
    """Return the rank of each value, in the order given; None for None, which takes no place.

    Values are exact decimals (1.0 equals 1.00). With `ordinal`, equal values keep the order given.
    """
    method = Method(method)
    known = [at for at, value in enumerate(values) if value is not None]
    known.sort(key=values.__getitem__, reverse=not lower_is_better)
    result = [None] * len(values)
    places = count(1)
    for level, (_, alike) in enumerate(groupby(known, key=values.__getitem__), 1):
        numbered = [(next(places), at) for at in alike]
        shared = level if method == Method.DENSE else numbered[0][0]
        for place, at in numbered:
            result[at] = place if method == Method.ORDINAL else shared
    return result


def check(
    rows,
    *,
    method=Method.COMPETITION,
    lower_is_better=False,
    decimals=None,
    complete=True,
    universe=None,
):
    """Return the Verdict of every row, in the order given, by the rules at the head of this module.

    `decimals`: the places to which values are printed; None takes the finest of the column (zeros at the
    end do not count). `complete`: every ranked member of the universe has its row; otherwise only
    order and bounds are checked, with `universe` members in all (None: unknown). O(n log n).
    """
    rows, method = list(rows), Method(method)
    column = Column(rows, lower_is_better, decimals, complete, universe)
    own, other = (by_levels, by_places) if method == Method.DENSE else (by_places, by_levels)
    reading = adopted = own(column)
    if reading.conflicts:
        rival = other(column)
        if not rival.conflicts or rival.mismatches < len(reading.conflicts):
            adopted = rival
    judge = _Judge(column, adopted, method, adopted is not reading)
    computed = ranks([row.score for row in rows], method, lower_is_better)
    verdicts = [
        Verdict(row.key, Outcome.NOT_CHECKABLE, rank)
        for row, rank in zip(rows, computed, strict=True)
    ]
    for seat, at in enumerate(column.places):
        if rows[at].span:
            verdicts[at] = judge.verdict(seat, computed[at])
    return verdicts


@dataclass(frozen=True)
class _Judge:
    """Turns a column and the reading adopted for it into verdicts; `foreign`: it is not the list's own."""

    column: Column
    reading: Reading
    method: Method
    foreign: bool

    def verdict(self, seat, computed):
        """Return the Verdict of one seat that has a published rank."""
        row, (first, last) = self.column.rows[seat], self.reading.bounds[seat]
        allowed = (first, None if last == math.inf else last)
        found = partial(Verdict, row.key, computed=computed, allowed=allowed)
        wrong = seat in self.reading.conflicts
        if self.column.ranks[seat] == computed and not wrong:
            return found(Outcome.EQUAL)
        stated = f"{row.title}：公布{row.standing}，"
        if wrong:
            return found(Outcome.CONFLICT, sentence=stated + self._objection(seat, *allowed))
        cause = self._cause(seat, computed)
        reason = Reason.INTERVAL if self.column.ranks[seat] is None else cause
        return found(
            Outcome.EXPLAINED, reason=reason, sentence=stated + self._words(cause, computed)
        )

    def _objection(self, seat, first, last):
        column, reading = self.column, self.reading
        if column.outside(seat, *reading.bounds[seat]):
            return "按得分应" + _expected(first, last) + "。"
        opponent = reading.sequence.opponent(seat) if reading.sequence else None
        if opponent is not None:
            better = "优" if opponent < seat else "差"
            other = column.rows[opponent]
            return f"得分比它{better}的{other.title}却公布{other.standing}。"
        if seat in reading.gaps:
            return f"却没有公布为第{column.ranks[seat] - 1}的。"
        fewest, most = reading.crowded[seat]
        if column.ranks[seat] <= fewest:
            return f"公布位次在它之前的却有{fewest}个。"
        return f"公布位次在它之前的却至多有{most}个。"

    def _cause(self, seat, computed):
        column, (first, last) = self.column, self.column.spans[seat]
        if first <= computed <= last:
            return Reason.INTERVAL
        if self.foreign:
            return Reason.TIES
        if first > column.worst[seat]:
            return Reason.PARTIAL
        best, worst = column.alike(seat)
        exact = self.method == Method.ORDINAL or column.whole or column.rows[seat].zero_by_rule
        among_equals = exact and best < worst and best <= first <= worst
        return Reason.TIES if among_equals else Reason.ROUNDING

    def _words(self, cause, computed):
        by_value = f"按得分为第{computed}"
        if cause == Reason.INTERVAL:
            return f"{by_value}，在此区间之内。"
        if cause == Reason.PARTIAL:
            return f"在已知得分中为第{computed}；另有得分未知，两者不矛盾。"
        if cause == Reason.ROUNDING:
            digits = f"保留{self.column.decimals}位小数" if self.column.decimals else "取整"
            return f"{by_value}；得分{digits}，相差在舍入的范围之内。"
        if not self.foreign:
            return f"{by_value}；得分相同的，先后由发布方排定。"
        other = Method.COMPETITION if self.method == Method.DENSE else Method.DENSE
        return f"{by_value}；整张表的并列按{other.label}排，与此相符。"


def _places(first, last):
    if first == last:
        return f"第{first}"
    return f"第{first}及以后" if last == math.inf else f"第{first}至{last}"


def _expected(first, last):
    if last is None:
        return f"在第{first}或其后"
    return f"为第{first}" if first == last else f"在第{first}至{last}之间"
