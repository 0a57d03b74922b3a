"""Where one story of a page ends and the next begins.

Knows the signs: a headline's mark or level, a dateline or reporter's line after a heading, the byline that closed the
story before, a wider gap. It hides how they are weighed. `split_stories` only groups the blocks; it changes none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from news.pagetext.blocks import Block

HEADLINE_PARTS = ("kicker", "headline", "deck")
_LONGEST_LEAD = 2
_TO_PAGE = re.compile(r"下转")
_FROM_PAGE = re.compile(r"上接|紧接")
_HEADLINE_LEVEL = 2


@dataclass
class _Open:
    """The story that is being gathered, and what is known of it so far."""

    blocks: list[Block] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)
    paragraphs: int = 0
    since_headline: int = 0
    has_reporter: bool = False
    has_dateline: bool = False
    ended: bool = False
    has_content: bool = False
    continued: bool = False
    lead_first: bool = False
    level: int = 0

    @property
    def has_headline(self):
        return bool(self.parts)

    def take(self, block: Block):
        self.blocks.append(block)
        if block.kind != "furniture" and not self.has_content:
            self.has_content = True
            self.continued = is_continuation(self.blocks)
        if block.kind in HEADLINE_PARTS or (
            block.kind == "heading" and not self.has_headline and not self.continued
        ):
            self.parts.add("headline" if block.kind == "heading" else block.kind)
            self.lead_first = self.paragraphs > 0
            self.level = block.level
            self.ended = False
        elif block.kind == "paragraph":
            self.paragraphs += 1
            self.since_headline += self.has_headline
            self.has_dateline |= block.has_dateline
            self.has_reporter |= block.opens_story
            self._take_closing(block)
        elif block.kind == "credits":
            desk = block.line.names_the_desk
            reporter = block.line.names_a_reporter
            self.ended |= desk or (reporter and self.since_headline > 1)
            self.has_reporter |= reporter
        elif block.kind == "heading":
            self.ended = False
        for note in block.notes:
            self.ended |= bool(_TO_PAGE.search(note.dropped, 0, 10))

    def _take_closing(self, block: Block):
        self.ended = False
        if block.closing:
            self.has_reporter |= block.closing.line.names_a_reporter
            self.ended = block.closing.bracketed or self.since_headline > 1


def is_continuation(blocks: list[Block]) -> bool:
    """The story goes on from another page: （上接A1版） and then text, so that none of its headings is its headline."""
    first = next((i for i, block in enumerate(blocks) if block.kind != "furniture"), None)
    if first is None or blocks[first].kind != "paragraph":
        return False
    dropped = [note.dropped for block in blocks[: first + 1] for note in block.notes]
    return any(_FROM_PAGE.search(text[:10]) for text in dropped)


def split_stories(blocks: list[Block]) -> list[list[Block]]:
    """The blocks of each story, in the order of the page. No block is lost, none is in two stories."""
    signs = _Signs(blocks)
    stories: list[_Open] = [_Open()]
    for index, block in enumerate(blocks):
        if block.kind != "furniture" and signs.starts_story(index, stories[-1]):
            stories.append(_Open())
        stories[-1].take(block)
    return _without_strays([story.blocks for story in stories if story.blocks])


def _without_strays(stories: list[list[Block]]) -> list[list[Block]]:
    """Give a group that holds nothing but furniture to its neighbour."""
    kept: list[list[Block]] = []
    waiting: list[Block] = []
    for story in stories:
        if all(block.kind == "furniture" for block in story):
            waiting += story
        else:
            kept.append(waiting + story)
            waiting = []
    if waiting:
        kept.append(waiting)
    return kept


class _Signs:
    """What the whole page says about its headings, asked block by block."""

    def __init__(self, blocks: list[Block]):
        self.blocks = blocks
        self.following = self._next_contents()
        headings = [index for index, block in enumerate(blocks) if block.kind == "heading"]
        self.unmarked = not any(blocks[index].marked for index in headings)
        self.top = self._headline_level(headings)
        gaps = sorted(block.gap for block in blocks if block.kind != "furniture")
        self.usual_gap = gaps[len(gaps) // 2] if gaps else 0

    def _next_contents(self) -> list[int | None]:
        """For each block the index of the next one that is neither furniture nor a heading."""
        following: list[int | None] = [None] * len(self.blocks)
        upcoming = None
        for index in range(len(self.blocks) - 1, -1, -1):
            following[index] = upcoming
            if self.blocks[index].kind not in {"furniture", "heading", *HEADLINE_PARTS}:
                upcoming = index
        return following

    def _headline_level(self, headings: list[int]) -> int | None:
        """The level of markup at which every heading is a headline; None when levels do not tell.

        It is the highest level of the page where a lower one is used too. Where there is one level only, it must be
        the first or second, and no heading may have better evidence (a dateline, a reporter) than the others.
        """
        levels = [self.blocks[index].level for index in headings if self.blocks[index].marked]
        if not levels:
            return None
        top = min(levels)
        if len(set(levels)) > 1:
            return top if top <= _HEADLINE_LEVEL or self._stands_apart(headings, top) else None
        if top > _HEADLINE_LEVEL or any(self.opens(index) for index in headings):
            return None
        return top

    def _stands_apart(self, headings: list[int], top: int) -> bool:
        """Lower headings are more than second lines stuck under the top ones."""
        lower = [
            index
            for index in headings
            if self.blocks[index].marked and self.blocks[index].level > top
        ]
        return any(self.blocks[index - 1].kind != "heading" for index in lower if index)

    def opens(self, index: int) -> bool:
        """What follows a heading opens a story: a dateline, credits at a paragraph's head, a reporter's line."""
        following = self.following[index]
        if following is None:
            return False
        block = self.blocks[following]
        if block.kind == "dateline":
            return True
        return block.opens_story or (block.kind == "credits" and block.line.names_a_reporter)

    def opens_with_dateline(self, index: int) -> bool:
        following = self.following[index]
        if following is None:
            return False
        block = self.blocks[following]
        return block.kind == "dateline" or block.has_dateline

    def starts_story(self, index: int, story: _Open) -> bool:
        """Block `index` begins a new story, given the story gathered so far."""
        block = self.blocks[index]
        if not story.has_content:
            return False
        if block.kind in HEADLINE_PARTS:
            return self._headline_part_starts(block, story)
        if block.kind == "heading":
            return self._heading_starts(index, block, story)
        if block.kind == "paragraph":
            return self._paragraph_starts(index, block, story)
        return False

    def _headline_part_starts(self, block: Block, story: _Open) -> bool:
        if not story.has_headline:
            return story.paragraphs > _LONGEST_LEAD or story.ended
        return block.kind in story.parts or story.since_headline > 0

    def _heading_starts(self, index: int, block: Block, story: _Open) -> bool:
        if story.continued:
            return story.ended or self.opens(index)
        if not story.has_headline:
            own_opening = self.opens_with_dateline(index) or (
                self.opens(index) and story.has_reporter
            )
            return story.paragraphs > 0 and (
                story.paragraphs > _LONGEST_LEAD
                or own_opening
                or (story.has_dateline and not (block.marked and story.paragraphs == 1))
            )
        if story.since_headline == 0:
            return False
        if block.marked and block.level == self.top:
            return True
        if self.opens(index) or story.ended:
            return True
        return self.unmarked and block.gap > max(1, self.usual_gap)

    def _paragraph_starts(self, index: int, block: Block, story: _Open) -> bool:
        if block.has_dateline and story.has_dateline and story.paragraphs > 0:
            return True
        if not story.has_reporter or story.since_headline == 0:
            return False
        byline = block.closing and not block.closing.bracketed
        return bool(byline or block.has_dateline) and self._precedes_headline(index, story)

    def _precedes_headline(self, index: int, story: _Open) -> bool:
        """The next block is a headline that has no opening of its own: this may be its lead.

        Its level tells a headline, or a page on which the story before had its lead over a headline of that level.
        """
        after = next(
            (i for i in range(index + 1, len(self.blocks)) if self.blocks[i].kind != "furniture"),
            None,
        )
        if after is None or self.blocks[after].kind != "heading" or self.opens(after):
            return False
        level = self.blocks[after].level
        return self.blocks[after].marked and (
            level == self.top or (story.lead_first and level == story.level)
        )


def headline_run(blocks: list[Block]) -> Iterator[Block]:
    """The headings that stand together at the head of a story: its headline's lines."""
    started = False
    for block in blocks:
        if block.kind == "heading":
            started = True
            yield block
        elif started and block.kind != "furniture":
            return
