"""Entries as they are found: each with what the headings over it say, counted with its list.

Knows which headings hold and which list is open. It hides how words before and after a list become category, action and
district of its entries. The reader inherits it and decides what is a list.
"""

import re

from institutions.noticetext import linekinds
from institutions.noticetext.actions import Act, act_of, decided, founded
from institutions.noticetext.categories import Phrase
from institutions.noticetext.context import Block, Outline, heading_of
from institutions.noticetext.counting import total_in
from institutions.noticetext.drafts import Draft, Reading
from institutions.noticetext.folding import Line
from institutions.noticetext.items import entry_of
from institutions.noticetext.names import is_generic, is_name, target_in
from institutions.noticetext.notice import Entry
from institutions.noticetext.prose import BackReference, FoundList


class Gathering:
    """The entries of one notice while they are gathered."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.outline = Outline()
        self.section: Block | None = None
        self.group: Block | None = None

    def _begin_section(self, line: Line, words: str):
        self.section, self.group = self._block(line, words), None

    def _block(self, line: Line, words: str) -> Block:
        block = Block(words, line.start, line.end, total_in(words))
        self.reading.blocks.append(block)
        return block

    def _add_list(self, found: FoundList):
        """All names of a list in a sentence become entries of one block."""
        district = self._district_of(found) if found.how == "colon" else None
        act, phrase = self._act_of(found), self._phrase_of(found)
        target = target_in(found.follow) if act and act.action in ("rename", "merge") else None
        end = max(found.run.end, found.intro_start + len(found.intro))
        block = Block(found.intro, found.intro_start, end, found.count, open_ended=found.run.etc)
        self.reading.blocks.append(block)
        for item in found.run.items:
            draft = self._add_span(item.start, item.end, how=found.how, block=block)
            if draft is None:
                continue
            draft.phrase, draft.act = phrase or draft.phrase, act or draft.act
            draft.rivals = () if phrase else draft.rivals
            draft.act_is_local = act is not None
            if target:
                setattr(
                    draft.entry, "new_name" if act.action == "rename" else "merged_into", target
                )
            draft.etc = found.run.etc and found.how == "clause"
            draft.entry.district = district or draft.entry.district
            if district and self.section and phrase is None:
                self.section.entries.append(draft.entry)
            unsure = found.sure_items is not None and item.start not in found.sure_items
            draft.entry.needs_review = draft.entry.needs_review or not item.sure or unsure
        if found.how != "back":
            self.reading.cover(found.run.start, found.run.end)

    def _act_of(self, found: FoundList) -> Act | None:
        """What the words around a list do: those right before it first, then those after it."""
        act = act_of(found.intro.split("，")[-1])
        if act is None and found.how != "colon":
            act = decided(found.follow)
            act = act or founded(found.intro, found.follow, self.reading.head_words())
        return act or heading_of(found.intro).act

    def _phrase_of(self, found: FoundList) -> Phrase | None:
        """What the names are designated for: 为…定点医院 after names in a clause, the nearest words before a colon."""
        after = heading_of(found.follow).phrase if found.how == "clause" else None
        if after is None and found.how == "clause":
            return heading_of(found.intro).phrase
        return after or _last_phrase(found.intro) or heading_of(found.intro).phrase

    def _district_of(self, found: FoundList) -> str | None:
        words = re.split(r"[，。；、：]", found.intro)[-1]
        return self.reading.area.in_line(linekinds.without_marks(words))

    def _refer_back(self, found: BackReference):
        """以上机构…: what is said applies to the list before, unless that list has an action of its own."""
        act = act_of(found.words)
        block = next((block for block in reversed(self.reading.blocks) if block.entries), None)
        members = {id(entry) for entry in block.entries} if block else set()
        for draft in self.reading.drafts if act else ():
            plain = draft.act is None or draft.act.action == "designate"
            if id(draft.entry) in members and plain and not draft.act_is_local:
                draft.act = act

    def _add_span(
        self, start: int, end: int, *, how: str, block: Block | None = None
    ) -> Draft | None:
        entry = entry_of(self.reading.text, self.reading.raw, start, end)
        if entry is None:
            return None
        name = self.reading.text[entry.name_start : entry.name_end]
        entry.needs_review = not is_name(name) and is_generic(name)
        draft = Draft(entry, how=how)
        self._add(draft, start, end, block)
        return draft

    def _add(self, draft: Draft, start: int, end: int, block: Block | None = None):
        """Give a draft what the headings say, and count it with the blocks that are open."""
        entry = draft.entry
        own = heading_of(entry.category_as_printed or "").phrase
        draft.phrase = own or self.outline.phrase()
        draft.rivals = () if own else self.outline.rivals()
        draft.act = (
            act_of(entry.action_as_printed) if entry.action_as_printed else None
        ) or self.outline.act()
        draft.headings = self.outline.words()
        self._set_target(entry)
        if not entry.district and draft.how in ("line", "table", "colon"):
            entry.district = self.outline.district
        if draft.how in ("line", "table"):
            for open_block in (self.section, self.group):
                if open_block:
                    open_block.entries.append(entry)
        if block:
            block.entries.append(entry)
        self.reading.drafts.append(draft)
        self.reading.cover(start, end)

    @staticmethod
    def _set_target(entry: Entry):
        """The new name, or the institution it goes into, that stands behind a name on its line."""
        words = entry.note or ""
        act = act_of(words)
        if act and act.action == "rename" and not entry.new_name:
            entry.new_name = target_in(words)
        elif act and act.action == "merge" and not entry.merged_into:
            entry.merged_into = target_in(words)


def _last_phrase(words: str) -> Phrase | None:
    """The category nearest to the list: of an introduction's phrases the one in its last clause that has any."""
    for clause in reversed(re.split(r"[，。；]", words)):
        if phrase := heading_of(clause).phrase:
            return phrase
    return None
