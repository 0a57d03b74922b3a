"""What charts are made of: points, each a number with the words that print it, in bars and series. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

MOST_SERIES = 5
# Beyond these a drawing's arithmetic would lose digits.
_LARGEST = Decimal("1e15")
# What XML cannot hold, and the marks that turn the direction of everything after them.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def clean(words: str) -> str:
    """Return `words` on one line, without what cannot be printed."""
    return " ".join(_UNPRINTABLE.sub("", words).split())


def settle(one, *names: str) -> None:
    """Clean the words in the fields `names` of a frozen dataclass that is being made."""
    for name in names:
        object.__setattr__(one, name, clean(getattr(one, name)))


@dataclass(frozen=True)
class Point:
    """One number and the words that print it.

    `text` stands wherever the point is read. `value` says where its mark is; None: it has no mark, and the
    words say why (未披露). `upto` is the other end of an interval, as of ranks whose order is not known.
    Raises ValueError for a point without words, an interval that is none, or a number that is not finite.
    """

    text: str
    value: int | Decimal | None = None
    upto: int | Decimal | None = None

    def __post_init__(self):
        settle(self, "text")
        if not self.text:
            raise ValueError("a point has words")
        for number in (self.value, self.upto):
            if number is not None and not _can_be_drawn(Decimal(number)):
                raise ValueError(f"no number to be drawn: {number}")
        if self.upto is not None and (self.value is None or self.upto <= self.value):
            raise ValueError("an interval goes from a value to a larger one")

    @property
    def is_drawn(self) -> bool:
        """Whether the point has a mark."""
        return self.value is not None

    @property
    def is_exact(self) -> bool:
        """Whether the mark is one place, not an interval: only between such is a line drawn."""
        return self.value is not None and self.upto is None

    @property
    def ends(self) -> tuple[float, ...]:
        """The numbers that the mark reaches."""
        return tuple(float(end) for end in (self.value, self.upto) if end is not None)

    @property
    def cell(self) -> str | Decimal:
        """What a CSV cell holds: the number where the words are its digits, else the words."""
        if self.is_exact and format(Decimal(self.value), "f") == self.text:
            return Decimal(self.value)
        return self.text


def _can_be_drawn(number):
    return number.is_finite() and abs(number) < _LARGEST


@dataclass(frozen=True)
class Bar:
    """One row of a ranking: what stands at its left (`rank` in words, `label`), its point, its address."""

    label: str
    point: Point
    rank: str = ""
    highlighted: bool = False
    url: str = ""

    def __post_init__(self):
        settle(self, "label", "rank")


@dataclass(frozen=True)
class Series:
    """One place's points, in the order of the chart's columns or rows."""

    label: str
    points: tuple[Point, ...]
    highlighted: bool = False

    def __post_init__(self):
        settle(self, "label")
        object.__setattr__(self, "points", tuple(self.points))


@dataclass(frozen=True)
class Break:
    """Between the columns `before - 1` and `before` nothing may be compared; `words` say why."""

    before: int
    words: str

    def __post_init__(self):
        settle(self, "words")
        if not self.words:
            raise ValueError("a break has words")
