"""One block of a page: a heading, a part of a headline, a credit line, a paragraph or furniture.

Knows what a block holds and what joining two of them does. Who makes blocks of lines (`lines`), joins them (`joining`) and
groups them (`stories`) is not its business.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from news.pagetext.credits import CreditLine
from news.pagetext.datelines import Closing, find_dateline, split_opening
from news.pagetext.notes import Note
from news.pagetext.paragraphs import glue, seam

# No dateline is shorter: 本报讯.
_SHORTEST_OPENING = 3


@dataclass(eq=False, slots=True)
class Block:
    """One block of the page. `kind`: heading, kicker, headline, deck, dateline, credits, paragraph or furniture.

    `level` is a heading's level in the markup, 0 without markup; `gap` the blank lines before it; `pieces` what
    was joined into it; `line` its credits; `closing` the byline that was stuck to its end.
    """

    kind: str
    pieces: list[str]
    level: int = 0
    gap: int = 0
    marked: bool = False
    line: CreditLine | None = None
    closing: Closing | None = None
    notes: Sequence[Note] = ()
    seams: Sequence[str] = ()
    has_dateline: bool = field(init=False)
    opens_story: bool = field(init=False)

    @property
    def text(self):
        return self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)

    def __post_init__(self):
        self.has_dateline = self.opens_story = False
        head = self.pieces[0] if self.kind == "paragraph" else ""
        if len(head) < _SHORTEST_OPENING:
            return
        self.has_dateline = bool(find_dateline(head))
        self.opens_story = self.has_dateline or (
            head.startswith(("（", "(")) and split_opening(head) is not None
        )

    def absorb(self, other: "Block"):
        """Join the paragraph that the layout tore off this one's end."""
        before, after = self.pieces[-1], other.pieces[0]
        self.seams = self.seams or []
        self.seams += [seam(before, after), *other.seams]
        self.pieces += [glue(before, after), *other.pieces] if glue(before, after) else other.pieces
        self.closing = other.closing
        if other.notes:
            self.notes = [*self.notes, *other.notes]
