"""A block pasted from a spreadsheet or typed line by line: which cells are places, headings, statements.

Pure. The places' names stand under a heading that says so, else in the first column if any of its cells is no
statement, else in the first column of which most are none. The first row is one of headings when nothing
in it but an empty cell is a statement and the rows below hold some. A list of names alone is a block too.
Which place and which column are meant is the caller's to find.
"""

import csv
import re
from dataclasses import dataclass

from indices.grid.cellwords import BOTH, RANK, SCORE, is_statement
from portal.names import fold

MOST_ROWS = 2000

_GAP = re.compile(r"\s{2,}|\s(?=[0-9第并前=.\-])")
_SEPARATORS = re.compile(r"[、，,;；\s]+")
_CODE = re.compile(r"[0-9]{6}")
_CODE_HEADINGS = {"代码", "placecode", "place_code", "iso3", "code"}
_NAME_HEADINGS = {"地方", "地区", "城市", "名称", "国家", "省份", "name_as_published"}
_RANK_ENDING = re.compile(r"[(_\-]*(位次|排名|名次|排位|rankpublished|rank_published|rank)\)?$")
_SCORE_ENDING = re.compile(r"[(_\-]*(得分|分数|分值|评分|score)\)?$")


@dataclass(frozen=True)
class BlockRow:
    """One row: its line in the block, the place's name and code as written ('' for none), its other cells."""

    line: int
    name: str
    code: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A block's rows, and the headings over their cells (None where it has none)."""

    headings: tuple[str, ...] | None
    rows: tuple[BlockRow, ...]

    @property
    def names_places(self):
        """Whether its rows say which place they are about."""
        return any(row.name or row.code for row in self.rows)


def read_block(text):
    """Return the Block that the text is; ValueError, in Chinese, when it is empty or too long."""
    lines = [(number, cells) for number, cells in enumerate(_cells(text), 1) if any(cells)]
    if not lines:
        raise ValueError("没有内容，请先粘贴或写入地名。")
    if len(lines) > MOST_ROWS:
        raise ValueError(f"一次最多 {MOST_ROWS} 行；更多的数据请用文件导入。")
    width = max(len(cells) for _, cells in lines)
    lines = [(number, cells + [""] * (width - len(cells))) for number, cells in lines]
    headings = None
    if _is_heading(lines):
        (_, headings), *lines = lines
    names, codes = _place_columns([cells for _, cells in lines], headings)
    kept = [column for column in range(width) if column not in (names, codes)]
    rows = tuple(
        BlockRow(
            number,
            cells[names] if names is not None else "",
            cells[codes] if codes is not None else "",
            tuple(cells[column] for column in kept),
        )
        for number, cells in lines
    )
    return Block(headings and tuple(headings[column] for column in kept), rows)


def _cells(text):
    if "\t" in text:
        rows = csv.reader(text.splitlines(keepends=True), delimiter="\t")
        return [[cell.strip() for cell in row] for row in rows]
    lines = [line.strip() for line in text.splitlines()]
    if len([line for line in lines if line]) == 1 and not any(map(is_statement, lines)):
        words = _SEPARATORS.split("".join(lines))
        if not any(map(is_statement, words)):
            return [[word] for word in words if word]
    return [_GAP.split(line) if line else [] for line in lines]


def _is_heading(lines):
    first, rest = lines[0][1], [cells for _, cells in lines[1:]]
    if len(first) == 1 or any(is_statement(cell) for cell in first):
        return False
    return any(is_statement(cell) for cells in rest for cell in cells) or _named(first[0])


def _named(text):
    return fold(text) in _CODE_HEADINGS | _NAME_HEADINGS


def _place_columns(rows, headings):
    """Return (names, codes): the indices of the columns that say which place a row is about, or None."""
    columns = list(zip(*rows, strict=True))
    codes = next(
        (at for at, head in enumerate(headings or ()) if fold(head) in _CODE_HEADINGS), None
    )
    told = (at for at, head in enumerate(headings or ()) if fold(head) in _NAME_HEADINGS)
    names = next(told, None)
    if names is None:
        names = next(
            (at for at, cells in enumerate(columns) if at != codes and _hold_names(at, cells)), None
        )
    if codes is None:
        codes = next(
            (at for at in range(names or 0) if all(map(_CODE.fullmatch, columns[at]))), None
        )
    return names, codes


def _hold_names(at, cells):
    filled = [cell for cell in cells if cell]
    words = sum(not is_statement(cell) for cell in filled)
    return words * 2 > len(filled) or (at == 0 and words > 0)


def column_of(heading, columns, *, boxes=BOTH):
    """Return (column, box) that a heading means among `columns`, or None.

    `columns` are (column, names) pairs, the overall one first. A heading is a column's name, alone (its
    score, or its rank where only ranks are shown) or with an ending: 数字政务位次, digital_rank; an ending
    alone means the overall column.
    """
    folded = fold(heading)
    by_name = {fold(name): column for column, names in reversed(columns) for name in names}
    if folded in by_name:
        return by_name[folded], RANK if boxes == RANK else SCORE
    for ending, box in ((_RANK_ENDING, RANK), (_SCORE_ENDING, SCORE)):
        found = ending.search(folded)
        if found is None:
            continue
        stem = folded[: found.start()]
        if not stem:
            return columns[0][0], box
        if stem in by_name:
            return by_name[stem], box
    return None
