"""Tables that were pasted with one cell on each line: 序号, 机构名称, 等级, then 1, the name, its level, then 2 …

Knows how such a stack of headings and rows is told from a list of lines. It hides how many lines make a row: numbers tell,
and where no column holds numbers the names must stand at their place. A row whose lines do not fit the headings is given
back as unread: which of its lines is broken cannot be told.
"""

import re

from institutions.noticetext.columns import column_of
from institutions.noticetext.folding import Line
from institutions.noticetext.names import is_name
from institutions.noticetext.notice import Entry
from institutions.noticetext.tables import Cell, Table, entry_in

_FIRST = re.compile(r"(?:序 ?号?|编 ?号|No\.?|NO\.?)$")
_VALUE = re.compile(r"[：、，。\d]")
_LONGEST_HEADING = 12
_MOST_COLUMNS = 12
_MOST_LINES = 4


def table_at(lines: list[Line], place: int) -> Table | None:
    """The table whose headings stand one under the other from this line on, a number's column first or none."""
    first = lines[place].text
    numbered = bool(_FIRST.match(first))
    if not numbered and (len(first) > _LONGEST_HEADING or not _may_head(first)):
        return None
    headings, columns = [], []
    for line in lines[place : place + _MOST_COLUMNS + 1]:
        column = column_of(line.text.replace(" ", ""))
        over = len(line.text) > _LONGEST_HEADING or line.text.isdigit()
        if over or (not numbered and (column == "other" or _VALUE.search(line.text))):
            break
        if line.text in headings:
            return None
        headings.append(line.text)
        columns.append(column)
        if columns.count("number") > 1:
            return None
    if columns.count("name") != 1 or not 1 < len(columns) <= _MOST_COLUMNS:
        return None
    table = Table(columns, headings)
    return table if _begins(table, lines, place + len(headings)) else None


def _may_head(words: str) -> bool:
    return not _VALUE.search(words) and column_of(words.replace(" ", "")) != "other"


def _begins(table: Table, lines: list[Line], after: int) -> bool:
    """Whether rows follow the headings: the number 1; without numbers two rows whose names stand at their place."""
    if table.columns[0] == "number":
        return after < len(lines) and lines[after].text == "1"
    width = len(table.columns)
    return _is_row(table, lines, after) and _is_row(table, lines, after + width)


def _is_row(table: Table, lines: list[Line], at: int) -> bool:
    place, width = at + table.columns.index("name"), len(table.columns)
    cells = [line.text for line in lines[at : at + width]]
    names = [cell for cell in cells if is_name(cell)]
    return len(cells) == width and names == [lines[place].text]


def rows_from(
    table: Table, lines: list[Line], place: int, folded: str, raw: str
) -> tuple[list[Entry | Line], int]:
    """The rows below the headings at `place`, each an entry or the span that was not read, and the line after them."""
    width = len(table.columns)
    if table.columns[0] != "number":
        return _unnumbered(table, lines, place + width, folded, raw)
    at, number, rows = place + width, 1, []
    while at < len(lines) and lines[at].text == str(number):
        following = str(number + 1)
        most = min(len(lines), at + width * _MOST_LINES)
        end = next((there for there in range(at + 1, most) if lines[there].text == following), None)
        end = min(at + width, len(lines)) if end is None else end
        cells = [Cell(line.start, line.end, line.text) for line in lines[at:end]]
        entry = entry_in(table, cells, folded, raw) if end - at == width else None
        span = lines[at].start, lines[end - 1].end
        if entry:
            entry.start, entry.end = span
        rows.append(entry or Line(*span, folded[span[0] : span[1]]))
        at, number = end, number + 1
    return rows, at


def _unnumbered(
    table: Table, lines: list[Line], at: int, folded: str, raw: str
) -> tuple[list[Entry | Line], int]:
    """The rows of as many lines as there are headings, as long as the name stands at its place."""
    width, rows = len(table.columns), []
    while _is_row(table, lines, at):
        cells = [Cell(line.start, line.end, line.text) for line in lines[at : at + width]]
        entry = entry_in(table, cells, folded, raw)
        if entry:
            entry.start, entry.end = cells[0].start, cells[-1].end
        rows.append(entry or Line(cells[0].start, cells[-1].end, ""))
        at += width
    return rows, at
