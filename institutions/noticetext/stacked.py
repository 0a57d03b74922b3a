"""Tables that were pasted with one cell on each line: 序号, 机构名称, 等级, then 1, the name, its level, then 2 …

Knows how such a stack of headings and rows is told from a list of lines. It hides how many lines make a row. A row whose
lines do not fit the headings is given back as unread: which of its lines is broken cannot be told.
"""

import re

from institutions.noticetext.folding import Line
from institutions.noticetext.notice import Entry
from institutions.noticetext.tables import Cell, Table, column_of, entry_in

_FIRST = re.compile(r"(?:序 ?号?|编 ?号|No\.?|NO\.?)$")
_LONGEST_HEADING = 12
_MOST_COLUMNS = 12
_MOST_LINES = 4


def table_at(lines: list[Line], place: int) -> Table | None:
    """The table whose headings stand one under the other from this line on, a number's column first."""
    if not _FIRST.match(lines[place].text):
        return None
    headings, columns = [], []
    for line in lines[place : place + _MOST_COLUMNS + 1]:
        if len(line.text) > _LONGEST_HEADING or line.text.isdigit():
            break
        headings.append(line.text)
        columns.append(column_of(line.text.replace(" ", "")))
        if columns.count("number") > 1:
            return None
    after = place + len(headings)
    if columns.count("name") != 1 or len(columns) > _MOST_COLUMNS:
        return None
    starts = after < len(lines) and lines[after].text == "1"
    return Table(columns, headings) if starts else None


def rows_from(
    table: Table, lines: list[Line], place: int, folded: str, raw: str
) -> tuple[list[Entry | Line], int]:
    """The rows below the headings at `place`, each an entry or the span that was not read, and the line after them."""
    width = len(table.columns)
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
