"""A notice read line by line: what `read_notice` command and the desk show.

Knows the order in which a line's meaning is asked. It hides the reading of sentences (`prose`), of table rows (`tables`), of items
(`items`), of head and foot (`heads`), and the conclusions drawn when all is read (`finishing`). Pure: no database.

The law of this package: each character of a list is in the span of an entry or of a warning; no entry holds a word that
the notice does not print.
"""

import re

from institutions.noticetext import (
    dates,
    heads,
    linekinds,
    rescue,
    strings,
)
from institutions.noticetext.context import UNNUMBERED, Outline, level_of
from institutions.noticetext.drafts import Draft, Reading
from institutions.noticetext.finishing import finish
from institutions.noticetext.folding import Line, fold, lines_of
from institutions.noticetext.grids import Grids
from institutions.noticetext.items import LABEL, NUMBERING, entry_of
from institutions.noticetext.names import could_be_name, is_name
from institutions.noticetext.notice import Notice
from institutions.noticetext.places import Area, full_city
from institutions.noticetext.prose import BackReference, FoundList, Paragraph
from institutions.noticetext.tables import heading_of as table_of
from institutions.noticetext.tables import is_rule
from institutions.noticetext.unwrapping import unwrap

_SHORTEST_LINE, _NEAR = 3, 200
_YOU = re.compile("[你贵](?:单位|院|店|公司|机构|门诊|所)")


def read_notice(text: str, *, city: str | None = None) -> Notice:
    """Read an official notice, or news about one, into its head and its entries.

    `city` is the issuer's city (郑州 or 郑州市) when the caller knows it; else the text is asked. Never raises on any text,
    saves nothing, gives the same for the same text, and takes time linear in its length.
    """
    joined = unwrap(text)
    return joined.restored(_Reader(joined.text, city).notice())


class _Reader(Grids):
    """One notice being read: where we are, what holds there, what was found."""

    def __init__(self, raw: str, city: str | None):
        folded = fold(raw)
        lines = lines_of(folded)
        issuer = heads.issuer_of(lines)
        title = heads.title_of(lines, raw)
        provincial = issuer is None and heads.province_of(title)
        city = full_city(city) or (
            None if provincial else heads.city_of(folded, lines, issuer, title)
        )
        super().__init__(Reading(raw, folded, lines, Area(city), title, issuer))
        self.title_line: Line | None = None
        self.last_item = ""
        self.last_read: Paragraph | None = None
        self.annexes: dict[str, str] = {}
        self.after_annex = False

    def notice(self) -> Notice:
        for place, line in enumerate(self.reading.lines):
            if place >= self.resume:
                self._read(place, line)
        if not self.reading.drafts and self.title_line:
            self._read_prose(self.title_line)
        if not self.reading.drafts:
            self._rescue()
        return finish(self.reading)

    def _rescue(self):
        """Take the names at the beginning of lines when nothing at all was read; an editor must look at each."""
        reading = self.reading
        for line, start, end in rescue.names_left(reading.lines):
            if line is not self.title_line:
                self._add_rescued(line, start, end)

    def _read(self, place: int, line: Line):
        if self._read_stack(place) or is_rule(line) or self._is_head(place, line):
            return
        if self._read_case(place, line):
            return
        if (
            self._read_annex(place, line)
            or self._read_table(place, line)
            or (self.open and self._take_detail(line))
        ):
            return
        if linekinds.is_furniture(line.text) or dates.alone(line.text):
            self.open = False
        elif self._read_district(line) or self._read_list_line(line):
            self.after_annex = False
        elif len(line.text) < _SHORTEST_LINE:
            self._note_listed(line)
        elif self._is_heading(line):
            self._enter(line)
        else:
            self._read_prose(line)

    def _is_head(self, place: int, line: Line) -> bool:
        """Title, office, number, salutation: read already, or said to nobody's list."""
        words, reading = line.text, self.reading
        if place < 8 and not reading.drafts:
            raw = reading.raw[line.start : line.end].strip()
            if reading.title and (raw == reading.title or (len(raw) > 6 and raw in reading.title)):
                self.title_line = line
                return True
            if re.fullmatch(r"[一-龥]{1,12}[〔\[（【﹝［].{4}[〕\]）】﹞］]\s*第?\d+\s*号", words):
                return True
        return linekinds.is_salutation(words) or linekinds.is_signature(words)

    def _read_annex(self, place: int, line: Line) -> bool:
        following = self.reading.lines[place + 1 : place + 2]
        found = linekinds.annex_of(line.text)
        if not found:
            if self.annexes and not self.reading.drafts and (more := linekinds.attached(line.text)):
                listing = NUMBERING.match(line.text) and linekinds.is_heading(line.text)
                if listing and not is_name(linekinds.without_marks(line.text)):
                    self.annexes |= more
                    return True
            return False
        number, words = found
        announced = linekinds.attached(line.text.split("：", 1)[-1]) if "：" in line.text else {}
        if announced and not table_of(line, self.reading.text):
            self.annexes |= announced
            return True
        if not number and words and following and linekinds.annex_of(following[0].text):
            return True
        known = self.annexes.get(number, "")
        self.outline = Outline()
        self.outline.enter(f"{words} {known}".strip(), 0)
        self._begin_section(line, words or known)
        self.table, self.open, self.after_annex = None, True, True
        return True

    def _read_district(self, line: Line) -> bool:
        bare = linekinds.without_marks(line.text)
        if len(bare) > 16 or "、" in bare or "。" in line.text:
            return False
        district = self.reading.area.in_line(bare)
        outer = self.reading.area.is_outer(bare)
        if not district and not outer:
            return False
        self.outline.district = district
        self.group = self._block(line, line.text)
        self.open = True
        return True

    def _read_list_line(self, line: Line) -> bool:
        """A line that is one item, several numbered items, or a string of names."""
        if len(line.text) < _SHORTEST_LINE:
            return False
        items = strings.numbered_items(line)
        if not items:
            return self._read_item(line) or self._read_items(line)
        for item in items:
            if not self._read_item(item):
                self._note_line(item)
        return True

    def _read_item(self, line: Line) -> bool:
        words = line.text
        prose = linekinds.is_prose(words.replace("；", "，") if LABEL.match(words) else words)
        if prose and not strings.opens_with_name(words):
            return False
        entry = entry_of(self.reading.text, self.reading.raw, line.start, line.end)
        if entry is None:
            return False
        name = self.reading.text[entry.name_start : entry.name_end]
        numbered = bool(entry.number) or bool(LABEL.match(words))
        sure = is_name(name)
        heading_number = level_of(words) < 3
        if not sure and (heading_number or linekinds.is_heading(words)):
            return False
        if not sure and not (self.open and numbered and could_be_name(name)):
            return False
        if not sure and self._holds_list(line):
            return False
        if sure and not strings.fits(name, line, in_list=self.open, numbered=numbered):
            return False
        if not self.open and not sure:
            return False
        entry.needs_review = not sure or (self.table is not None and self.table.torn)
        self.open, self.last_item = True, words
        self._add(Draft(entry, how="line"), line.start, line.end)
        return True

    def _read_items(self, line: Line) -> bool:
        """Several names on one line, between 、 or wide spaces, with nothing else."""
        words = line.text.rstrip("。；，、：")
        if line.text.endswith("：") and not self._is_addressed(line):
            return False
        if linekinds.is_prose(words.replace("；", "、")):
            return False
        spans = strings.names_on(words)
        pieces = [words[a:b].strip() for a, b in spans]
        if len(spans) < 2 or not (self.open or len(spans) > 2 or all(map(is_name, pieces))):
            return False
        district = self.reading.area.in_line(pieces[0])
        if district and all(map(is_name, pieces[1:])):
            self.outline.district = district
            spans = spans[1:]
        elif not strings.are_names(pieces):
            return False
        for begin, stop in spans:
            self._add_span(line.start + begin, line.start + stop, how="line")
        self.reading.cover(line.start, line.start + len(words))
        return True

    def _is_addressed(self, line: Line) -> bool:
        """Whether the names before a colon are those to whom the notice speaks (甲诊所、乙药房：… 恢复你单位…)."""
        return bool(_YOU.search(self.reading.text, line.end, line.end + _NEAR))

    def _is_heading(self, line: Line) -> bool:
        """Whether a line opens a section; one that carries on the numbers of a list is an item that was not read."""
        goes_on = self.open and strings.follows(line.text, self.last_item)
        return linekinds.is_heading(line.text) and not goes_on and not self._holds_list(line)

    def _paragraph(self, line: Line) -> Paragraph:
        """The line read as prose; asked twice, read once."""
        if self.last_read is None or self.last_read.start != line.start:
            self.last_read = Paragraph(self.reading.text, line.start, line.end)
        return self.last_read

    def _holds_list(self, line: Line) -> bool:
        return any(isinstance(one, FoundList) for one in self._paragraph(line).lists)

    def _enter(self, line: Line):
        level = 0 if self.after_annex and level_of(line.text) == UNNUMBERED else level_of(line.text)
        above = self.outline.words() if level == 0 else ""
        self.outline.enter(f"{line.text} {above}".strip(), level)
        self.reading.prose.append(line)
        self._begin_section(line, line.text)
        self.after_annex, self.open, self.table = False, True, None

    def _read_prose(self, line: Line):
        paragraph = self._paragraph(line)
        for found in paragraph.lists:
            if isinstance(found, BackReference):
                self._refer_back(found)
            else:
                self._add_list(found)
        for start, end in paragraph.unread:
            self.reading.warn(
                "unread_name", "这里似乎写到一家机构的定点，但没有读出名称。", start, end
            )
        self.reading.pending += [item for run in paragraph.pending for item in run.items]
        self.reading.prose.append(line)
        sentence = linekinds.is_prose(line.text) or bool(paragraph.lists)
        if paragraph.open_intro is not None:
            self.outline.enter(paragraph.open_intro, UNNUMBERED)
            self._begin_section(line, paragraph.open_intro)
            self.open = True
        elif sentence:
            follows = self.open and strings.follows(line.text, self.last_item)
            self.open = bool(follows and not paragraph.lists)
            if self.open or (strings.opens_with_name(line.text) and not paragraph.lists):
                self.last_item = line.text
                self._note_line(line)
        elif not linekinds.is_closing(line.text):
            self._note_listed(line)
        self.table = None

    def _note_listed(self, line: Line):
        if self.open and self.reading.drafts:
            self._note_line(line)

    def _note_line(self, line: Line):
        if (name := rescue.name_on(line)) and self._add_rescued(line, *name):
            return
        self.reading.warn("unread_line", "名单中的这一行没有读懂，请核对。", line.start, line.end)
