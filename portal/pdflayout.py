"""From characters and ruling lines with their places on a page to lines of text. Pure.

Characters keep the order in which the file has them; those inside a ruled table go to its cells, and the
table stands where its first character stood. Lengths are in points, counted from the page's top left.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from portal.pdftables import Rule, RuledTable, ruled_tables

__all__ = ["Glyph", "Page", "Rule", "text_of_pages"]

# In heights of a line: what lets a line end at the margin, begin with an indent, and hold a gap of columns.
_NEAR_MARGIN = 1.3
_INDENT = 0.8
_GAP = 1.2
# Of the page's width: a margin lies no further left.
_LEAST_WIDTH = 0.75

_PAGE_NUMBER = re.compile(
    r"[-—–－―·.\s]*(第?\s*\d{1,4}\s*页?(\s*[,，/／]?\s*共?\s*\d{1,4}\s*页?)?)[-—–－―·.\s]*"
)
_ITEM = re.compile(
    r"[（(]?[一二三四五六七八九十百\d]{1,4}\s*[、.．)）]|第[一二三四五六七八九十百]{1,4}[条章]|附件|[●■◆▲·•]"
)
_LATIN = re.compile(r"[!-~]")


class Glyph(NamedTuple):
    """One character and its box; line breaks and some spaces have none, having been put in by the reader."""

    character: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """The characters of one page, in the file's order, and the lines drawn on it."""

    glyphs: list[Glyph]
    rules: list[Rule]
    width: float


@dataclass
class _Line:
    """One line as it stands on the page, or a table's row, which is never joined to anything."""

    text: str
    left: float = 0
    right: float = 0
    size: float = 0
    is_row: bool = False


@dataclass(eq=False)
class _Cells:
    """A ruled table while its characters come in."""

    table: RuledTable
    texts: dict[int, list[str]] = field(default_factory=dict)

    def rows(self) -> Iterator[str]:
        joined = {region: joined_lines("".join(parts)) for region, parts in self.texts.items()}
        for regions in self.table.rows():
            cells = [joined.get(region, "") if region is not None else "" for region in regions]
            if any(cells):
                yield "\t".join(cells) if any(cells[1:]) else cells[0]


def text_of_pages(pages: Iterable[Page]) -> str:
    """Return the text: a line for each paragraph and each row of a table."""
    lines: list[_Line] = []
    for page in pages:
        found = _without_page_numbers(_lines(page))
        _join_broken(lines, found, page.width)
    return "\n".join(line.text for line in lines)


def joined_lines(text: str) -> str:
    """Return a cell's lines as one: without a space between Chinese characters, with one between Latin words."""
    joined = ""
    for line in (" ".join(part.split()) for part in text.splitlines()):
        joined += _seam(joined, line) + line
    return joined


def _seam(before: str, after: str) -> str:
    latin = before and after and _LATIN.match(before[-1]) and _LATIN.match(after[0])
    return " " if latin and before[-1] != "-" else ""


class _Sorter:
    """Takes a page's characters one by one, to the line that they continue or the cell in which they lie."""

    def __init__(self, rules: list[Rule]):
        self.tables = [_Cells(table) for table in ruled_tables(rules)]
        self.found: list[_Line | _Cells] = []
        self.line: list[Glyph] = []
        self.cell: list[str] | None = None

    def take(self, glyph: Glyph):
        if glyph.right <= glyph.left and glyph.bottom <= glyph.top:
            self._take_put_in(glyph)
            return
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        cells = next((cells for cells in self.tables if cells.table.holds(x, y)), None)
        if cells is None:
            self.cell = None
            self.line.append(glyph)
            return
        if cells not in self.found:
            self.end_line()
            self.found.append(cells)
        self.cell = cells.texts.setdefault(cells.table.region(x, y), [])
        self.cell.append(glyph.character)

    def _take_put_in(self, glyph: Glyph):
        """Take what was put in between two characters: it belongs to the one before."""
        if self.cell is not None:
            self.cell.append(glyph.character)
        elif glyph.character in "\r\n":
            self.end_line()
        else:
            self.line.append(glyph)

    def end_line(self):
        if text := _spaced(self.line):
            boxes = [glyph for glyph in self.line if glyph.right > glyph.left] or self.line
            size = max(glyph.bottom - glyph.top for glyph in boxes)
            left, right = min(g.left for g in boxes), max(g.right for g in boxes)
            self.found.append(_Line(text, left, right, size))
        self.line = []


def _lines(page: Page) -> list[_Line]:
    sorter = _Sorter(page.rules)
    for glyph in page.glyphs:
        sorter.take(glyph)
    sorter.end_line()
    lines: list[_Line] = []
    for one in sorter.found:
        if isinstance(one, _Line):
            lines.append(one)
        else:
            lines += [_Line(row, is_row=True) for row in one.rows()]
    return lines


def _spaced(line: list[Glyph]) -> str:
    """Return a line's text, a tab where a gap is so wide that it parts two columns."""
    text, last = "", None
    for glyph in line:
        if glyph.right > glyph.left:
            height = glyph.bottom - glyph.top
            if last and text.strip() and glyph.left - last.right > _GAP * height:
                text = text.rstrip() + "\t"
            last = glyph
        text += glyph.character
    return "\t".join(" ".join(part.split()) for part in text.split("\t")).strip()


def _without_page_numbers(lines: list[_Line]) -> list[_Line]:
    for at in (0, -1):
        if lines and not lines[at].is_row and _PAGE_NUMBER.fullmatch(lines[at].text):
            del lines[at]
    return lines


def _join_broken(lines: list[_Line], found: list[_Line], width: float):
    """Add a page's lines, joining those that only the width of the page has broken.

    Where all lines are short, none of them shows where the margin is.
    """
    texts = [line for line in found if not line.is_row]
    left = min((line.left for line in texts), default=0)
    right = max([_LEAST_WIDTH * width, *(line.right for line in texts)])
    full = [False] * len(found)
    for index, line in enumerate(found):
        full[index] = not line.is_row and right - line.right < _NEAR_MARGIN * line.size
        broken = bool(lines) and (full[index - 1] if index else _ended_full(lines[-1]))
        flush = not line.is_row and line.left - left < _INDENT * line.size
        if broken and flush and not _ITEM.match(line.text) and "\t" not in line.text:
            last = lines[-1]
            last.text += _seam(last.text, line.text) + line.text
            last.right, last.size = line.right, line.size
        else:
            lines.append(line)
    if lines and found and full[-1] and not lines[-1].is_row:
        lines[-1].right = float("inf")


def _ended_full(line: _Line) -> bool:
    """Whether the last line of the page before was broken by the width of its page."""
    return not line.is_row and line.right == float("inf")
