"""A newspaper page's text as stories: what `import_page` and its desk screen show and save.

Knows the shape of a story (引题, 主题, 副题, dateline, credits, lead, body) and where the parts of its blocks go. It hides the
reading of lines (`lines`), of credits (`credits`, `datelines`), the joining and the splitting (`joining`, `stories`).

The law of this module: every non-space character of the input is in a field of a story or in the `dropped` of one of
its notes; nothing is lost, nothing is added but a role or house repeated for each of its people.
"""

import itertools
from dataclasses import dataclass, field
from typing import NamedTuple

from news.pagetext.blocks import Block
from news.pagetext.credits import Credit, CreditLine
from news.pagetext.datelines import split_opening
from news.pagetext.headlines import HeadlineParts, arranged, offered_split
from news.pagetext.joining import joined
from news.pagetext.lines import read_lines
from news.pagetext.notes import Note, gathered
from news.pagetext.stories import HEADLINE_PARTS, headline_run, is_continuation, split_stories
from news.pagetext.unmarked import find_unmarked_headings


class Entry(NamedTuple):
    """One piece of a story's body: a heading or a paragraph."""

    type: str
    text: str


@dataclass
class Story:
    """One story as read from the page. `headline_offer` is a split that an editor may take, never forced."""

    kicker: str = ""
    headline: str = ""
    deck: str = ""
    dateline: str = ""
    credits: list[Credit] = field(default_factory=list)
    body: list[Entry] = field(default_factory=list)
    joined: int = 0
    notes: list[Note] = field(default_factory=list)
    headline_offer: HeadlineParts | None = None

    def as_dict(self) -> dict:
        """The story in the form of `import_page --json`; absent fields are empty strings."""
        return {
            "kicker": self.kicker,
            "headline": self.headline,
            "deck": self.deck,
            "dateline": self.dateline,
            "credits": [
                {"role": credit.role, "affiliation": credit.affiliation, "name": credit.name}
                for credit in self.credits
            ],
            "body": [{"type": entry.type, "text": entry.text} for entry in self.body],
            "joined": self.joined,
            "notes": [str(note) for note in self.notes],
        }


@dataclass(frozen=True)
class Page:
    """All stories of a page, in its order."""

    stories: list[Story]

    def as_dict(self) -> dict:
        """The page in the form of `import_page --json`."""
        return {"stories": [story.as_dict() for story in self.stories]}


def read_page(text: str) -> Page:
    """Read a page's text into stories.

    A page that holds nothing but furniture is one story without text, whose notes name the furniture; a page
    of white space has no story. Deterministic and linear in the length of the text.
    """
    blocks = joined(read_lines(text))
    find_unmarked_headings(blocks)
    return Page([_Assembly(group).story for group in split_stories(blocks)])


class _Assembly:
    """One story put together from its blocks."""

    def __init__(self, blocks: list[Block]):
        self.story = Story()
        self.seams: list[str] = []
        self.separators: list[str] = []
        self.credited: set[Credit] = set()
        self.has_prose = False
        heads = {id(block) for block in self._place_headline(blocks)}
        for block in blocks:
            self.story.notes += block.notes
            if id(block) not in heads:
                self._place(block)
        self._note_what_changed()

    def _place_headline(self, blocks: list[Block]) -> list[Block]:
        """Fill 引题, 主题 and 副题; return the heading blocks that went into them."""
        for block in blocks:
            if block.kind in HEADLINE_PARTS:
                setattr(self.story, block.kind, block.text)
        if any(block.kind in HEADLINE_PARTS for block in blocks):
            return []
        run = [] if is_continuation(blocks) else list(headline_run(blocks))
        if not run:
            return []
        heads = self._headline_blocks(run, blocks)
        parts = arranged([block.text for block in heads]) or HeadlineParts("", heads[0].text, "")
        if len(heads) > 1 and len({block.level for block in heads}) > 1:
            parts = self._by_level(heads)
        self.story.kicker, self.story.headline, self.story.deck = (
            parts.kicker,
            parts.headline,
            parts.deck,
        )
        if len(heads) > 1:
            self._note("headline", "标题各行已按引题、主题、副题分列，请核对")
        return heads

    def _headline_blocks(self, run: list[Block], blocks: list[Block]) -> list[Block]:
        """Which of the adjacent headings are lines of the headline: not those whose level the body uses again."""
        top = min(block.level for block in run)
        in_run = {id(block) for block in run}
        used_later = {
            block.level for block in blocks if block.kind == "heading" and id(block) not in in_run
        }
        heads = [block for block in run if block.level == top or block.level not in used_later]
        single = [block for block in heads if block.level == top][:1]
        one_level = len({block.level for block in run}) == 1
        if one_level:
            return (
                run
                if len(run) <= 3 and not (top and top in used_later and len(run) > 1)
                else run[:1]
            )
        main = run.index(single[0])
        after = main + 1 if self._has_lead_before(run[0], blocks) else main + 2
        near = run[max(0, main - 1) : after]
        return [block for block in near if any(block is head for head in heads)]

    def _has_lead_before(self, heading: Block, blocks: list[Block]) -> bool:
        """The lead stands before the headline, so that what follows it is the body and no 副题."""
        before = itertools.takewhile(lambda block: block is not heading, blocks)
        return any(block.kind == "paragraph" for block in before)

    def _by_level(self, heads: list[Block]) -> HeadlineParts:
        levels = [block.level for block in heads]
        main = levels.index(min(levels))
        kicker = heads[main - 1].text if main else ""
        deck = heads[main + 1].text if main + 1 < len(heads) else ""
        return HeadlineParts(kicker, heads[main].text, deck)

    def _place(self, block: Block):
        if block.kind == "heading":
            self.story.body.append(Entry("heading", block.text))
        elif block.kind == "credits":
            self._credit(block.line)
        elif block.kind == "dateline" and not self.story.dateline:
            self.story.dateline = block.text
        elif block.kind == "dateline":
            self.story.body.append(Entry("paragraph", block.text))
        elif block.kind == "paragraph":
            self._place_paragraph(block)

    def _place_paragraph(self, block: Block):
        text = block.text
        if not self.has_prose:
            text = self._without_opening(text)
        if text:
            self.story.body.append(Entry("paragraph", text))
            self.has_prose = True
        if block.closing:
            self._credit(block.closing.line)
        if block.seams:
            self.story.joined += len(block.seams)
            self.seams += block.seams

    def _without_opening(self, text: str) -> str:
        """Take dateline and credits from the head of the story's first paragraph."""
        opening = split_opening(text)
        if opening is None:
            return text
        if not self.story.dateline:
            self.story.dateline = opening.dateline
        elif opening.dateline:
            self._note("dateline", "电头已单独标出，正文开头的电头已去除", opening.dateline)
        self._credit(CreditLine(opening.credits, opening.dropped))
        return opening.rest

    def _credit(self, line: CreditLine):
        self.separators.append(line.dropped)
        for credit in line.credits:
            if credit in self.credited:
                printed = "".join((credit.affiliation, credit.role, credit.name))
                self._note("credit", "重复的署名已去除", printed)
            else:
                self.credited.add(credit)
                self.story.credits.append(credit)

    def _note(self, kind: str, message: str, dropped: str = ""):
        self.story.notes.append(Note(kind, message, dropped))

    def _note_what_changed(self):
        story = self.story
        if self.seams:
            quoted = "；".join(f"“{seam}”" for seam in self.seams)
            self._note("joined", f"已连接版式断开的段落（{len(self.seams)}处）：{quoted}。")
        if story.headline and not (story.kicker or story.deck):
            story.headline_offer = offered_split(story.headline)
        if offer := story.headline_offer:
            parts = f"引题“{offer.kicker}”，主题“{offer.headline}”，副题“{offer.deck}”"
            self._note("headline", f"标题可能由几行连成，可拆分为：{parts}。")
        elif len(story.headline.split()) > 1:
            self._note("headline", "标题中有空格，可能是版式换行，已照原样保留")
        story.notes = _merged(story.notes, self.separators)


def _merged(notes: list[Note], separators: list[str]) -> list[Note]:
    """One note for each kind of markup and furniture instead of one for each place, in order of appearance."""
    pieces: dict[tuple[str, str], list[str]] = {}
    for note in notes:
        pieces.setdefault((note.kind, note.message), []).append(note.dropped)
    merged = []
    for (kind, message), dropped in pieces.items():
        merged += gathered(kind, message, dropped) or [Note(kind, message)]
    return merged + gathered("credit", "已去除署名中的括号、分隔符号和重复角色", separators)
