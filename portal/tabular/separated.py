"""CSV files as rows of text cells: delimiter, quotes, limits. Encodings are `portal.decoding`'s."""

import csv
from collections.abc import Iterator

from portal.decoding import UnreadableFile, decoded_stream, refuse_control_characters
from portal.tabular.cells import column_letter, is_formula, unprotected
from portal.tabular.sheets import (
    LAST_ROW,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    Row,
    holds_formula,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)

# Characters of one line, and cells of one record before its columns are counted.
_LONGEST_LINE = 1_000_000
_MOST_DELIMITERS = 20_000


def separated_rows(data: bytes, max_rows: int) -> list[Row]:
    """Return the rows of a CSV file that are not blank. Raises UnreadableFile."""
    delimiter = _delimiter(data)
    _check(data, delimiter, max_rows)
    rows, seen = [], {}
    for number, cells in _records(data, delimiter):
        texts = tuple(seen.setdefault(cell, cell) for cell in map(unprotected, cells))
        rows.append(Row(number, texts))
    return rows


def _check(data: bytes, delimiter: str, max_rows: int):
    filled = 0
    for rows, (number, cells) in enumerate(_records(data, delimiter), 1):
        filled += len(cells)
        if rows > max_rows:
            raise too_many_rows(max_rows)
        if len(cells) > MAX_COLUMNS:
            raise too_many_columns()
        if filled > MAX_CELLS:
            raise too_many_cells()
        for index, cell in enumerate(cells):
            if is_formula(cell):
                raise holds_formula(f"{column_letter(index)}{number}")


def _delimiter(data: bytes) -> str:
    """Return the comma, or the tab where the first line that says something has only that."""
    with decoded_stream(data, MAX_FILE_BYTES) as stream:
        for line in _lines(stream):
            if line.strip():
                return "\t" if "\t" in line and "," not in line else ","
    return ","


def _lines(stream) -> Iterator[str]:
    while line := stream.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise UnreadableFile("文件中有一行太长，可能不是表格。")
        refuse_control_characters(line)
        yield line


def _records(data: bytes, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number, cells up to the last that is not blank) of each record that is not blank."""
    delimiters = 0

    def counted(lines):
        nonlocal delimiters
        for line in lines:
            delimiters += line.count(delimiter)
            if delimiters > _MOST_DELIMITERS:
                raise too_many_columns()
            yield line

    with decoded_stream(data, MAX_FILE_BYTES) as stream:
        records = csv.reader(counted(_lines(stream)), delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(records, 1):
                delimiters = 0
                if number > LAST_ROW:
                    raise too_many_rows(LAST_ROW)
                while cells and not cells[-1].strip():
                    cells.pop()
                if cells:
                    yield number, cells
        except csv.Error as error:
            raise UnreadableFile("文件不是完整的CSV：引号没有成对，或有一格太长。") from error
