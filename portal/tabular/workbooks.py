"""XLSX files as rows of text cells.

Hides the container, the look through its parts (`_Watch`), and the library that reads the cells: it holds
a sheet as a full rectangle, so the rectangle's corner is found beforehand.
"""

import datetime
import io
from decimal import Decimal
from string import ascii_uppercase

import python_calamine

from portal.containers import EXCEL, check_container
from portal.decoding import UnreadableFile, check_size, refuse_control_characters
from portal.tabular.cells import column_index, column_letter
from portal.tabular.sheets import (
    LAST_ROW,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    Row,
    Sheet,
    holds_formula,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)

# Elements that give a cell its value.
_VALUES = frozenset({"v", "is"})
_LAST_COLUMN = "XFD"
# Rows that merged cells reach over, all together.
_MOST_JOINED = 200_000
_LAYOUTS_KEPT = 1000
_MAX_AREA = 6_000_000
_LONGEST_CELL = 32_767
# Excel keeps 15 digits of a number; what was typed beyond is lost.
_EXACT = 10**15
_DAMAGED = "Excel文件已损坏，无法读取。"
_LINKED = (
    "Excel文件含有指向其他文件的链接，请在“数据—编辑链接”中断开，或把内容粘贴到新文件后再上传。"
)
# Parts that the reader of cells opens; by the type of the relationship that leads to them.
_READ_PARTS = ("/worksheet", "/sharedStrings", "/styles")


def workbook_sheets(data: bytes, max_rows: int) -> list[Sheet]:
    """Return the visible sheets of a workbook, blank ones too. Raises UnreadableFile."""
    check_size(data, MAX_FILE_BYTES)

    def watch(name, parser):
        if name.lower().startswith(("xl/externallinks/", "xl/connections")):
            raise UnreadableFile(_LINKED)
        if name.endswith(".rels"):
            parser.StartElementHandler = _refuse_links
        else:
            _Watch(parser, max_rows)

    check_container(data, EXCEL, watch)
    try:
        with python_calamine.load_workbook(io.BytesIO(data)) as workbook:
            return [
                Sheet(about.name, _rows(workbook.get_sheet_by_name(about.name)))
                for about in workbook.sheets_metadata
                if about.visible == python_calamine.SheetVisibleEnum.Visible
                and about.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
    except UnreadableFile:
        raise
    except Exception as error:
        # A damaged file may fail anywhere in the library; none of it is our fault.
        raise UnreadableFile(_DAMAGED) from error


def _refuse_links(name, attributes):
    """Refuse a relationship to another workbook, or one that leads the reader past what is watched."""
    said = dict(zip(attributes[::2], attributes[1::2], strict=True))
    kind, target = said.get("Type", ""), said.get("Target", "")
    if kind.endswith(("/externalLink", "/externalLinkPath", "/connections", "/vbaProject")):
        raise UnreadableFile(_LINKED)
    if kind.endswith(_READ_PARTS) and not target.lower().endswith(".xml"):
        raise UnreadableFile(_DAMAGED)


class _Watch:
    """Looks through one part while it is parsed: a sheet's corner, its formulas, its error values.

    A sheet at the limit must be done with in two seconds, so a cell that has a value is only noted, and the
    notes are looked at row by row.
    """

    def __init__(self, parser, max_rows):
        self.parser, self.max_rows = parser, max_rows
        self.prefix = ""
        self.row = self.column = self.cells = self.rows = self.width = self.joined = 0
        self.cell, self.filled = [], []
        self.layouts = set()
        parser.StartElementHandler = self.root

    def root(self, name, attributes):
        self.parser.StartElementHandler = None
        if name.rpartition(":")[2] == "worksheet":
            self.prefix = name.removesuffix("worksheet")
            self.parser.StartElementHandler = self.prefixed if self.prefix else self.element
            self.parser.EndElementHandler = self.end

    def prefixed(self, name, attributes):
        self.element(name.removeprefix(self.prefix), attributes)

    def element(self, name, attributes):
        if name == "c":
            self.cell = attributes
            self.column += 1
        elif name in _VALUES:
            self.filled.append(self.cell)
            if len(self.filled) > MAX_COLUMNS:
                raise too_many_columns()
        elif name == "row":
            self.end_row()
            self.row = int(_attribute(attributes, "r") or self.row + 1)
            if not 0 < self.row <= LAST_ROW:
                raise too_many_rows(LAST_ROW)
        elif name == "f":
            raise holds_formula(self.place(self.cell))
        elif name in {"dimension", "mergeCell"}:
            self.range(name, _attribute(attributes, "ref") or "")

    def range(self, name, ref):
        """Look at the corners that a sheet declares, and at the cells that it joins."""
        first, _, last = ref.partition(":")
        if len(last.rstrip("0123456789")) > len(_LAST_COLUMN):
            raise too_many_columns()
        if name == "mergeCell" and last:
            top, bottom = (int(one.lstrip(ascii_uppercase)) for one in (first, last))
            self.joined += 1 + max(bottom - top, 0)
            if self.joined > _MOST_JOINED:
                raise UnreadableFile("合并的单元格太多，请取消合并后再上传。")

    def end(self, name):
        if name.endswith("sheetData"):
            self.end_row()

    def place(self, cell):
        """Return where a cell stands, as B7; a sheet may leave it to be counted."""
        return _attribute(cell, "r") or f"{column_letter(max(self.column, 1) - 1)}{self.row}"

    def end_row(self):
        """Look at the cells of the row that ends here."""
        if self.filled:
            self.rows += 1
            self.cells += len(self.filled)
            digits = str(self.row)
            layout = tuple([self.place(cell).removesuffix(digits) for cell in self.filled])
            if layout not in self.layouts:
                self.new_layout(layout)
            for cell in self.filled:
                if "e" in cell and _attribute(cell, "t") == "e":
                    place = self.place(cell)
                    raise UnreadableFile(f"{place}是错误值（如#N/A），请改正后再上传。")
            self.filled = []
        self.column = 0
        if self.rows > self.max_rows:
            raise too_many_rows(self.max_rows)
        if self.cells > MAX_CELLS or self.width * self.row > _MAX_AREA:
            raise too_many_cells()

    def new_layout(self, layout):
        """Note under which letters a row has values; most rows of a sheet have the same."""
        if not all(one.isascii() and one.isalpha() and one.isupper() for one in layout):
            raise UnreadableFile(_DAMAGED)
        self.width = max(self.width, *(column_index(one[:4]) + 1 for one in layout))
        if self.width > MAX_COLUMNS:
            raise too_many_columns()
        if len(self.layouts) < _LAYOUTS_KEPT:
            self.layouts.add(layout)


def _attribute(attributes, name):
    """Return the value of that name in a list of names and values, or None."""
    if attributes and attributes[0] == name:
        return attributes[1]
    for at in range(2, len(attributes), 2):
        if attributes[at] == name:
            return attributes[at + 1]
    return None


def _rows(sheet) -> list[Row]:
    if sheet.start is None:
        return []
    first_column = sheet.start[1]
    merged = _merged_downwards(sheet)
    rows, seen, above = [], {}, {}
    # Rows come from the sheet's first on, cells from the first column that is not blank.
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = [
            _text(value, number, index) if value != "" else ""
            for index, value in enumerate(values, first_column)
        ]
        cells[:0] = [""] * first_column
        for index in merged.get(number, ()):
            cells += [""] * (index + 1 - len(cells))
            cells[index] = cells[index] or above.get(index, "")
        above = {index: cells[index] for index in merged.get(number + 1, ()) if index < len(cells)}
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            rows.append(Row(number, tuple(seen.setdefault(cell, cell) for cell in cells)))
    return rows


def _merged_downwards(sheet) -> dict[int, list[int]]:
    """Return {row number: columns} of cells that are joined to the one above them."""
    merged: dict[int, list[int]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if left < MAX_COLUMNS:
            for row in range(top + 1, bottom + 1):
                merged.setdefault(row + 1, []).append(left)
    return merged


def _text(value, number, index) -> str:
    """Return a cell's value as text; `number` and `index` say where it stands."""
    if isinstance(value, str):
        if len(value) >= _LONGEST_CELL:
            raise UnreadableFile(f"{column_letter(index)}{number}的文字太长，请拆分后再上传。")
        refuse_control_characters(value)
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        if abs(value) >= _EXACT:
            raise UnreadableFile(
                f"{column_letter(index)}{number}是超过15位的数字，Excel没有保存末尾几位；"
                "请把这一列设为“文本”格式，重新填写后再上传。"
            )
        return format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, datetime.timedelta):
        return format(Decimal(value.total_seconds()) / 86400, "f")
    return value.isoformat()
