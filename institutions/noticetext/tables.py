"""Tables of a notice: rows of cells between pipes, tabs or wide spaces.

Knows how a line of headings and the rows under it look. It hides the separators, the order of columns and the cells that are
left out because the row above says the same.
"""

import re
from dataclasses import dataclass, field

from institutions.noticetext import dates
from institutions.noticetext.columns import column_of, settled, sides_of
from institutions.noticetext.folding import Line, stripped
from institutions.noticetext.items import NUMBERING, entry_of, take_labelled
from institutions.noticetext.names import is_name
from institutions.noticetext.notice import Entry
from institutions.noticetext.privacy import mask

_HEADING_WORD = re.compile(
    r"(?:名|称|医院|机构|药店|单位|点|门诊|变更[前后]|更名[前后]|名单)(?:[\s|（]|$)"
)
_LONGEST_HEADING = 400
_NUMBERED_ROW = re.compile(r"\|?\s*\d")
_RULE = re.compile(r"^[\s|:：=+\-─━┄]*$")
_NOTHING = ("/", "-", "--", "---", "无")
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its span in the text and its folded words."""

    start: int
    end: int
    text: str


@dataclass
class Table:
    """The columns of the table that is being read, the district and category that its rows carry down, and whether the
    row above was torn by a line break inside a cell."""

    columns: list[str]
    headings: list[str]
    carried: dict[str, str] = field(default_factory=dict)
    torn: bool = False
    spaced: bool = False
    sides: int = 1

    def fits(self, line: Line, folded: str) -> bool:
        """Whether a line is a row of a table whose cells only single spaces part."""
        cells = len(cells_of(line, folded, spaces=True)) if self.spaced else 0
        return cells == len(self.columns) or (
            cells == len(self.columns) - 1
            and (cells > 1 or self.columns[0] == "district")
            and is_name(line.text.split(" ", 1)[0])
        )


def cells_of(line: Line, folded: str, *, spaces: bool = False) -> list[Cell]:
    """The cells of a line between pipes or tabs, or (when `spaces`) between spaces; one cell when there are none."""
    separator = r"\|" if "|" in line.text else r"\t" if "\t" in line.text else r" {2,}"
    if spaces and not re.search(r"[|\t]", line.text):
        separator = r" +"
    cells, begin = [], line.start
    for match in [*re.finditer(separator, line.text), None]:
        end = line.start + match.start() if match else line.end
        start, stop = stripped(folded, begin, end)
        cells.append(Cell(start, stop, folded[start:stop]))
        begin = line.start + match.end() if match else end
    if separator == r"\|":
        cells = cells[1:] if line.text.startswith("|") else cells
        cells = cells[:-1] if line.text.endswith("|") and len(cells) > 1 else cells
    if separator == r"\t":
        cells = [Cell(at, at, "") for at in _tabs_before(line, folded)] + cells
    return cells


def _tabs_before(line: Line, folded: str) -> list[int]:
    """The places of the tabs in front of a line: each is an empty cell, as where the cell above is merged over it."""
    begin = folded.rfind("\n", 0, line.start) + 1
    return [at for at in range(begin, line.start) if folded[at] == "\t"]


def is_rule(line: Line) -> bool:
    """Whether a line only draws a table's border (|---|---|)."""
    return bool(_RULE.match(line.text)) and len(line.text) > 2


def heading_of(line: Line, folded: str) -> Table | None:
    """The table that a line of column headings opens: at least two cells, one of them a name's column."""
    if (
        len(line.text) > _LONGEST_HEADING
        or not _HEADING_WORD.search(line.text)
        or _NUMBERED_ROW.match(line.text)
    ):
        return None
    for spaces in (False, True):
        cells = cells_of(line, folded, spaces=spaces)
        if len(cells) < 2 or any(_is_no_heading(cell.text) for cell in cells):
            continue
        words = [re.sub(r"\s", "", cell.text) for cell in cells]
        columns = settled([column_of(word) for word in words])
        sides = sides_of(columns)
        columns = columns[: len(columns) // sides]
        known = sum(column != "other" for column in columns)
        if "name" not in columns and "new_name" in columns:
            columns[columns.index("new_name")] = "name"
        if (
            "name" in columns
            and known >= 2
            and not any(is_name(word) and len(word) > 6 for word in words)
        ):
            headings = [cell.text for cell in cells[: len(columns)]]
            return Table(columns, headings, spaced=spaces, sides=sides)
    return None


def _is_no_heading(words: str) -> bool:
    """Whether a cell is too long for a column's heading, or a label with its value (机构名称：示例医院)."""
    return len(words) > 24 or "：" in words[:-1]


def read_row(table: Table, line: Line, folded: str, raw: str) -> list[Entry]:
    """The entries of one row, one for each side; [] for a row that names nothing (a total, a district over all columns)."""
    cells = cells_of(line, folded)
    if len(cells) < 2:
        cells = cells_of(line, folded, spaces=True)
    if table.sides == 1:
        entry = _row_entry(table, line, cells, folded, raw)
        return [entry] if entry else []
    width, entries = len(table.columns), []
    for side in range(table.sides):
        part = cells[side * width : (side + 1) * width]
        if entry := entry_in(table, part, folded, raw):
            entry.start, entry.end = part[0].start, part[-1].end
            entries.append(entry)
    return entries


def _row_entry(table: Table, line: Line, cells: list[Cell], folded: str, raw: str) -> Entry | None:
    cells = _aligned(table, cells)
    entry = entry_in(table, cells, folded, raw)
    if entry is None:
        return None
    if not is_name(folded[entry.name_start : entry.name_end]) and _is_torn(table, cells):
        table.torn = True
        return None
    entry.start, entry.end = line.start, line.end
    torn = table.torn and not re.match(r"[（]?\d", cells[0].text)
    entry.needs_review = entry.needs_review or torn
    table.torn = False
    return entry


def _is_torn(table: Table, cells: list[Cell]) -> bool:
    """Whether a row is one part of a row that a cell's line break has torn: it stops at the name, or has no number."""
    after_name = table.columns.index("name") + 1
    stops = len(cells) <= after_name < len(table.columns)
    unnumbered = table.columns[0] == "number" and not re.match(r"$|[（]?\d", cells[0].text)
    return stops or (unnumbered and len(cells) < len(table.columns))


def entry_in(table: Table, cells: list[Cell], folded: str, raw: str) -> Entry | None:
    """The entry of one row's cells, its span that of the name's cell; None for a row that names nothing."""
    if not cells or _TOTAL.match(cells[0].text.replace(" ", "")):
        return None
    at = table.columns.index("name")
    if at >= len(cells) or not cells[at].text:
        return None
    entry = entry_of(folded, raw, cells[at].start, cells[at].end)
    if entry is None:
        return None
    for place, cell in enumerate(cells):
        column = table.columns[place] if place < len(table.columns) else "other"
        heading = table.headings[place] if place < len(table.headings) else f"第{place + 1}列"
        if cell.text and place != at:
            _fill(entry, column, heading, cell, raw)
    _carry(table, entry)
    return entry


def _aligned(table: Table, cells: list[Cell]) -> list[Cell]:
    """Cells under their columns when the number's or the district's cell is left out of a row."""
    missing = len(table.columns) - len(cells)
    if missing < 0 and not cells[0].text:
        return cells[1:]
    if missing <= 0 or (cells and (cells[0].text.isdigit() or not cells[0].text)):
        return cells
    at = table.columns.index("name")
    if (
        at
        and missing <= at
        and is_name(cells[0].text)
        and (len(cells) == 1 or not is_name(cells[min(at, len(cells) - 1)].text))
    ):
        empty = Cell(cells[0].start, cells[0].start, "")
        return [empty] * at + cells
    return cells


def _fill(entry: Entry, column: str, heading: str, cell: Cell, raw: str):
    """Put a cell into the field of its column."""
    printed = mask(raw[cell.start : cell.end].strip())
    if cell.text in _NOTHING:
        return
    if column == "number":
        entry.number = NUMBERING.sub("", printed) or printed
    elif column in ("term", "valid_from", "valid_to", "effective_date"):
        _fill_date(entry, column, heading, cell.text)
    elif column == "category":
        entry.category_as_printed = printed
    elif column == "action":
        entry.action_as_printed = printed
    elif column == "after" and is_name(cell.text):
        entry.new_name = printed
    elif column == "other" and is_name(cell.text):
        entry.other[heading], entry.needs_review = printed, True
    elif column in ("name", "agency", "person", "other", "before", "after"):
        take_labelled(entry, heading, printed) if heading != "备注" else None
    elif column == "note":
        entry.note = printed if not entry.note else f"{entry.note}；{printed}"
    elif getattr(entry, column, None):
        entry.other[heading] = printed
    else:
        setattr(entry, column, printed)


def _fill_date(entry: Entry, column: str, heading: str, words: str):
    if column == "term":
        entry.valid_from, entry.valid_to = dates.term(words, named=True)
        if entry.valid_to is None:
            entry.valid_to = dates.until(words) if "至" in words or "止" in heading else None
        read = entry.valid_to or entry.valid_from
    else:
        read = dates.iso(words)
        setattr(entry, column, read)
    if not read:
        entry.other[heading] = mask(words)


def _carry(table: Table, entry: Entry):
    """A district or category cell that is left empty says what the one above it says."""
    for name in ("district", "category_as_printed"):
        value = getattr(entry, name)
        if value:
            table.carried[name] = value
        elif name in table.carried:
            setattr(entry, name, table.carried[name])
