"""What the reader holds while it reads: the text, the entries so far with what headings said of them, the doubts.

Knows which places of the text belong to lists. It hides how a place is covered; `finishing` turns all of it into a notice.
"""

from dataclasses import dataclass, field
from functools import cached_property

from institutions.noticetext.actions import Act
from institutions.noticetext.categories import Phrase
from institutions.noticetext.context import Block
from institutions.noticetext.enumerations import Item
from institutions.noticetext.folding import Line
from institutions.noticetext.notice import Entry, ReadingWarning
from institutions.noticetext.places import Area

HEAD_CHARACTERS = 800


@dataclass(slots=True)
class Draft:
    """One entry before its category and action are concluded. `how`: line, table, colon, clause or back.

    `day` is the day that stands behind the name, `alone` when it names no other. `rivals` are the categories of the heading that gave `phrase` when it names several.
    """

    entry: Entry
    how: str
    phrase: Phrase | None = None
    rivals: tuple[Phrase, ...] = ()
    act: Act | None = None
    act_is_local: bool = False
    etc: bool = False
    day: str | None = None
    alone: bool = False
    headings: str = ""


@dataclass
class Reading:
    """One notice while it is read."""

    raw: str
    text: str
    lines: list[Line]
    area: Area
    title: str | None
    issuer: str | None
    drafts: list[Draft] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    pending: list[Item] = field(default_factory=list)
    prose: list[Line] = field(default_factory=list)
    warnings: list[ReadingWarning] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)
    short: bool = False
    repeated: list[tuple[int, int]] = field(default_factory=list)

    @cached_property
    def head_words(self) -> str:
        """Title and opening of the document."""
        opening = " ".join(line.text[:HEAD_CHARACTERS] for line in self.lines[:8])
        return f"{self.title or ''} {opening}"[:HEAD_CHARACTERS]

    def warn(self, code: str, message: str, start: int, end: int):
        self.warnings.append(ReadingWarning(code, message, start, end))

    def cover(self, start: int, end: int):
        """This span of the text is part of a list."""
        self.covered.append((start, end))
