"""Entries as they are found: each with what the headings over it say, counted with its list.

Knows which headings hold and which list is open. It hides how words before and after a list become category, action and
district of its entries. The reader inherits it and decides what is a list.
"""

import re

from institutions.noticetext import dates, linekinds
from institutions.noticetext.actions import Act, act_of, changed_in, decided, founded, is_past
from institutions.noticetext.categories import Phrase
from institutions.noticetext.context import Block, Outline, heading_of
from institutions.noticetext.counting import total_in
from institutions.noticetext.drafts import Draft, Reading
from institutions.noticetext.folding import Line
from institutions.noticetext.items import NUMBERING, entry_of, take_remarks
from institutions.noticetext.names import is_generic, is_name, target_in
from institutions.noticetext.notice import Entry
from institutions.noticetext.prose import BackReference, FoundList

_SCHEME = re.compile("^(?:工伤(?:保险)?|医保|医疗保险|生育保险)(?=.)")
_SENTENCE = re.compile(r"^(?!.*其中).*(?:以下|下列|为|有|共)")


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
        grouped = district or (found.how == "colon" and self._is_outer(found))
        act, phrase = self._act_of(found), self._phrase_of(found)
        target = target_in(found.follow) if act and act.action in ("rename", "merge") else None
        end = max(found.run.end, found.intro_start + len(found.intro))
        block = Block(found.intro, found.intro_start, end, found.count, open_ended=found.run.etc)
        if found.continues and self.reading.blocks:
            block = self.reading.blocks[-1]
        else:
            self.reading.blocks.append(block)
        for item in found.run.items:
            draft = self._add_span(item.start, item.end, how=found.how, block=block)
            if draft is None:
                continue
            carried = act is None and draft.act and draft.act.action != "designate"
            if carried and phrase and draft.phrase and phrase.kind != draft.phrase.kind:
                draft.entry.needs_review = True
                draft.act = None if _SENTENCE.search(found.intro) else draft.act
            draft.phrase, draft.act = phrase or draft.phrase, act or draft.act
            draft.rivals = () if phrase else draft.rivals
            draft.act_is_local = act is not None
            if target:
                setattr(
                    draft.entry, "new_name" if act.action == "rename" else "merged_into", target
                )
            draft.etc = found.run.etc and found.how == "clause"
            draft.entry.district = district or (None if grouped else draft.entry.district)
            if grouped and self.section and phrase is None:
                self.section.entries.append(draft.entry)
            draft.day = _day_of(found)
            draft.alone = found.how == "clause" and len(found.run.items) == 1
            unsure = found.sure_items is not None and item.start not in found.sure_items
            draft.entry.needs_review = draft.entry.needs_review or not item.sure or unsure
        if found.how != "back":
            self.reading.cover(found.run.start, found.run.end)

    def _act_of(self, found: FoundList) -> Act | None:
        """What the words around a list do: those right before it first, then those after it."""
        near = re.split("[，；]", found.intro)[-1]
        past = found.how == "clause" and is_past(near)
        act = None if past else act_of(near)
        if act is None and (found.how != "colon" or len(found.run.items) == 1):
            act = decided(found.follow)
            act = act or founded(found.intro, found.follow, self.reading.head_words)
        return act or (None if past else heading_of(found.intro).act)

    def _phrase_of(self, found: FoundList) -> Phrase | None:
        """What the names are designated for: 为…定点医院 after names in a clause, the nearest words before a colon."""
        after = heading_of(found.follow).phrase if found.how == "clause" else None
        if after is None and found.how == "clause":
            return heading_of(found.intro).phrase
        return after or _last_phrase(found.intro) or heading_of(found.intro).phrase

    def _district_of(self, found: FoundList) -> str | None:
        return self.reading.area.in_line(_label_of(found))

    def _is_outer(self, found: FoundList) -> bool:
        return self.reading.area.is_outer(_label_of(found))

    def _refer_back(self, found: BackReference):
        """以上机构…: what is said applies to the list before, unless that list has an action of its own."""
        act = act_of(found.words)
        block = next((block for block in reversed(self.reading.blocks) if block.entries), None)
        members = {id(entry) for entry in block.entries} if block else set()
        for draft in reversed(self.reading.drafts) if act else ():
            if not members:
                break
            plain = draft.act is None or draft.act.action == "designate"
            if id(draft.entry) in members and plain and not draft.act_is_local:
                draft.act = act
            members.discard(id(draft.entry))

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
        own = self._own_phrase(entry)
        draft.phrase = own or self.outline.phrase()
        draft.rivals = () if own else self.outline.rivals()
        own_act = act_of(entry.action_as_printed or "") or changed_in(entry.action_as_printed or "")
        if own_act is None and entry.note and self.outline.has_several_acts():
            own_act = decided(entry.note)
        draft.act = own_act or self.outline.act()
        draft.headings, draft.day = self.outline.words(), self.outline.day()
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

    def _take_detail(self, line: Line) -> bool:
        """An address or a phone on a line of its own belongs to the name above it."""
        if not (self.reading.drafts and linekinds.is_detail(line.text)):
            return False
        entry = self.reading.drafts[-1].entry
        if "\n\n" in self.reading.text[entry.end : line.start].replace(" ", ""):
            return False
        take_remarks(entry, linekinds.closed_up(line.text))
        entry.end = max(entry.end, line.end)
        return True

    def _own_phrase(self, entry: Entry) -> Phrase | None:
        """The category in a row's own cell; 医疗 or 康复 alone is short for 协议医疗机构."""
        words = entry.category_as_printed or ""
        own = heading_of(words).phrase
        if own is None and words and not words.endswith("机构"):
            head = self.reading.head_words
            status = "协议" if "协议" in head and "定点" not in head else "定点"
            own = heading_of(f"{status}{_SCHEME.sub('', words)}机构").phrase
            own = own if own and own.kind else None
            entry.needs_review = entry.needs_review or bool(own and re.search("[、/和及]", words))
        return own

    @staticmethod
    def _set_target(entry: Entry):
        """The new name, or the institution it goes into, that stands behind a name on its line."""
        words = entry.note or ""
        target = target_in(words)
        merges = target and (act := act_of(words)) and act.action == "merge"
        if merges and not entry.merged_into:
            entry.merged_into = target
        elif target and not merges and not entry.new_name:
            entry.new_name = target


def _label_of(found: FoundList) -> str:
    """The words right before a list's colon, without their number and count: 江岸区（3家）： → 江岸区."""
    return linekinds.without_marks(re.split(r"[，。；、：]", found.intro)[-1])


def _day_of(found: FoundList) -> str | None:
    """The day that stands behind the names of a list, else before them in a numbered item (二、自6月1日起取消…); what is said
    of 以上机构 has none."""
    if found.how == "back":
        return None
    before = dates.effective_of(found.intro) if NUMBERING.match(found.intro) else None
    return dates.effective_of(found.follow) or before


def _last_phrase(words: str) -> Phrase | None:
    """The category nearest to the list: of an introduction's phrases the one in its last clause that has any."""
    for clause in reversed(re.split(r"[，。；]", words)):
        if phrase := heading_of(clause).phrase:
            return phrase
    return None
