"""Tables without a heading: rows whose cells tell by their looks what they are (金水区, 郑州市示例医院, 人民路1号).

Knows that the column of districts stands before the column of names and that all rows are alike. It hides the guessing; a
table whose names stand first needs none, because its rows read as items of a list.
"""

import re

from institutions.noticetext.folding import Line
from institutions.noticetext.items import looks_of
from institutions.noticetext.names import is_name
from institutions.noticetext.places import Area
from institutions.noticetext.tables import Cell, Table, cells_of

_CELL, _DIGIT = re.compile(r"\|? *([^ \t|]{1,16})(?=[ \t|])"), re.compile(r"\d")
_SAMPLE, _MOST_COLUMNS = 20, 12


def table_at(lines: list[Line], place: int, folded: str, area: Area) -> Table | None:
    """The table that begins with the row at this place; None unless a district stands before the name in all its rows."""
    head = _CELL.match(lines[place].text)
    if not head or (_DIGIT.search(head[1]) and not head[1].isdigit()):
        return None
    for spaces in (False, True):
        first = cells_of(lines[place], folded, spaces=spaces)
        at = _name_column(first, area)
        if not at:
            continue
        rows = [first]
        for line in lines[place + 1 : place + _SAMPLE]:
            cells = cells_of(line, folded, spaces=spaces)
            if len(cells) < 2 or (spaces and len(cells) != len(first)):
                break
            rows.append(cells)
        if len(rows) > 1 and all(len(row) > at and is_name(row[at].text) for row in rows):
            columns = _columns(first, at)
            return Table(columns, [""] * len(columns), spaced=spaces)
    return None


def _name_column(cells: list[Cell], area: Area) -> int:
    """The place of the name in a row: behind a district, and behind a number and a district; 0 when there is none."""
    at = 1 if cells[0].text.isdigit() or not cells[0].text else 0
    if not at + 1 < len(cells) <= _MOST_COLUMNS or not is_name(cells[at + 1].text):
        return 0
    return at + 1 if area.in_line(cells[at].text) else 0


def _columns(cells: list[Cell], at: int) -> list[str]:
    before = ["number", "district"][2 - at :]
    return [*before, "name", *(looks_of(cell.text) or "note" for cell in cells[at + 1 :])]
