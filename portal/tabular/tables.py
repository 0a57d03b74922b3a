"""An imported table: a sheet whose heading row names known columns, and whose cells are of their kinds."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from portal.names import fold
from portal.tabular.cells import column_letter, shown
from portal.tabular.columns import Column
from portal.tabular.reading import read_sheets
from portal.tabular.sheets import MAX_ROWS, Sheet

# Titles and remarks may stand above the heading row, within so many rows.
_DEEPEST_HEADING = 20
# Enough to see what is wrong with a file; a wrong column would fill a million.
MAX_PROBLEMS = 1000


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one place: a row's number and a column's heading, as far as they apply."""

    row: int | None
    column: str
    message: str

    def __str__(self):
        place = f"第 {self.row} 行" if self.row else ""
        place += f"“{self.column}”" if self.column else ""
        return f"{place}：{self.message}" if place else self.message


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row without fault: the values of the columns that the file has."""

    number: int
    values: dict[str, Any]


@dataclass
class Table:
    """What was read: the columns present, the rows without fault, and the problems of the others."""

    present: tuple[Column, ...] = ()
    rows: list[TableRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem):
        """Note a problem; past MAX_PROBLEMS it is dropped, and the last one says so."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(problem)
        elif len(self.problems) == MAX_PROBLEMS:
            self.problems.append(Problem(None, "", f"问题超过{MAX_PROBLEMS}处，其余没有列出。"))


def read_table(
    name: str, data: bytes, columns: Iterable[Column], *, max_rows: int = MAX_ROWS
) -> Table:
    """Return the table that a CSV or XLSX file holds, in the sheet whose headings are best known.

    Headings are labels or keys, in any order, whatever their width and spaces; rows above them are passed
    over. Blank cells are "" in a column of texts and None in others. Raises UnreadableFile as `read_sheets`.
    """
    columns = tuple(columns)
    known = {fold(word): column for column in columns for word in (column.key, column.label)}
    found = [
        (count, sheet, at)
        for sheet in read_sheets(name, data, max_rows=max_rows)
        for count, at in [_heading_row(sheet, known)]
    ]
    most, sheet, at = max(found, key=lambda one: one[0])
    table = Table()
    if most == 0:
        labels = "、".join(column.label for column in columns if not column.computed)
        table.add(Problem(None, "", f"没有找到表头。表头可用的列：{labels}。"))
        return table
    rivals = [other.name for count, other, _ in found if count == most]
    if len(rivals) > 1:
        names = "、".join(rivals)
        table.add(Problem(None, "", f"不能确定读哪个工作表（{names}），请只保留一个。"))
        return table
    at_columns = _columns(table, sheet.rows[at], known, columns)
    if not table.problems:
        _read_rows(table, sheet.rows[at], sheet.rows[at + 1 :], at_columns)
    return table


def _heading_row(sheet: Sheet, known: dict[str, Column]) -> tuple[int, int]:
    """Return (columns known in it, index) of the row that is most like a heading."""
    counts = [
        (len({known[folded].key for cell in row.cells if (folded := fold(cell)) in known}), -index)
        for index, row in enumerate(sheet.rows[:_DEEPEST_HEADING])
    ]
    count, index = max(counts)
    return count, -index


def _columns(table, heading, known, columns) -> dict[int, Column]:
    """Return {index: column} of the heading row, and note what is unknown, doubled or missing in it."""
    named = {index: known.get(fold(cell)) for index, cell in enumerate(heading.cells)}
    for index, column in named.items():
        if column is None and heading.cells[index].strip():
            words = f"不认识列“{shown(heading.cells[index])}”，请改正列名或删去这一列。"
            table.add(Problem(heading.number, "", words))
    counts = Counter(column for column in named.values() if column)
    for column in columns:
        if counts[column] > 1:
            table.add(Problem(heading.number, column.label, f"这一列出现了 {counts[column]} 次。"))
        if column.required and not column.computed and not counts[column]:
            table.add(Problem(heading.number, "", f"缺少列“{column.label}”。"))
    taken = {index: column for index, column in named.items() if column and not column.computed}
    table.present = tuple(taken.values())
    return taken


def _read_rows(table, heading, rows, at_columns):
    for row in rows:
        _note_untitled(table, heading, row)
        if not any(row.cell(index).strip() for index in at_columns):
            continue
        values, whole = {}, True
        for index, column in at_columns.items():
            try:
                values[column.key] = column.read(row.cell(index))
            except ValueError as error:
                table.add(Problem(row.number, column.label, str(error)))
                whole = False
        if whole:
            table.rows.append(TableRow(row.number, values))


def _note_untitled(table, heading, row):
    """Note what stands in a column without a heading: it would be lost."""
    for index, cell in enumerate(row.cells):
        if cell.strip() and not heading.cell(index).strip():
            words = f"{column_letter(index)}列没有列名，却有内容“{shown(cell)}”。"
            table.add(Problem(row.number, "", words))
