"""Sheets of rows of text cells: what they are, how large they may be, and how they read as plain text."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.decoding import UnreadableFile

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 702  # A to ZZ
MAX_CELLS = 1_200_000
# Excel's own limit; a file's last rows may be blank ones.
LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank, with the number under which a spreadsheet shows it.

    Blank cells at its end are left out.
    """

    number: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """Return the text of the cell of that column, counted from 0; '' beyond the last."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with its rows; the only one of a CSV file has no name."""

    name: str
    rows: list[Row]


def sheets_text(sheets: list[Sheet]) -> str:
    """Return sheets as text: a line for each row, its cells joined with tabs.

    Rows with nothing but their first cell (titles, remarks) stand without tabs. With several sheets, each
    begins with its name as a heading.
    """
    lines = []
    for sheet in sheets:
        if len(sheets) > 1:
            lines.append(f"# {sheet.name}")
        lines += _lines(sheet)
    return "\n".join(lines)


def _lines(sheet: Sheet) -> Iterator[str]:
    first = min(
        next(index for index, cell in enumerate(row.cells) if cell.strip()) for row in sheet.rows
    )
    width = max(len(row.cells) for row in sheet.rows)
    for row in sheet.rows:
        cells = [" ".join(cell.split()) for cell in row.cells]
        if len(cells) == first + 1:
            yield cells[first]
        else:
            yield "\t".join(cells + [""] * (width - len(cells)))


def too_many_rows(max_rows: int) -> UnreadableFile:
    return UnreadableFile(f"表格超过{max_rows}行，请拆分后再上传。")


def too_many_columns() -> UnreadableFile:
    return UnreadableFile(f"表格超过{MAX_COLUMNS}列，请删去多余的列后再上传。")


def too_many_cells() -> UnreadableFile:
    return UnreadableFile(f"表格超过{MAX_CELLS // 10_000}万格，请拆分后再上传。")


def holds_formula(place: str) -> UnreadableFile:
    return UnreadableFile(
        f"{place}是公式。请全选后复制，用“选择性粘贴—数值”粘贴，再保存上传；文字请勿以“=”开头。"
    )
