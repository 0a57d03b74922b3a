"""CSV files as rows of text cells: delimiter, quotes, limits. Encodings are `portal.decoding`'s."""

import csv
import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from portal.decoding import (
    UnreadableFile,
    decoded_file,
    decoded_stream,
    refuse_control_characters,
)
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
    opened = partial(decoded_stream, data, MAX_FILE_BYTES)
    delimiter = _delimiter(opened)
    _check(opened, delimiter, max_rows)
    rows, seen = [], {}
    for number, cells in _records(opened, delimiter, LAST_ROW):
        texts = tuple(seen.setdefault(cell, cell) for cell in map(unprotected, cells))
        rows.append(Row(number, texts))
    return rows


def streamed_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a CSV file of any length, one after the other, and hold none of them.

    Columns and lines have their limits, rows have none. Raises UnreadableFile where it comes upon a fault.
    """
    opened = partial(_opened, path)
    for number, cells in _records(opened, _delimiter(opened)):
        _check_row(number, cells)
        yield Row(number, tuple(map(unprotected, cells)))


def _opened(path: Path) -> io.TextIOWrapper:
    file = path.open("rb")
    try:
        return decoded_file(file)
    except UnreadableFile:
        file.close()
        raise


def _check(opened: Callable[[], io.TextIOWrapper], delimiter: str, max_rows: int):
    filled = 0
    for rows, (number, cells) in enumerate(_records(opened, delimiter, LAST_ROW), 1):
        filled += len(cells)
        if rows > max_rows:
            raise too_many_rows(max_rows)
        if len(cells) <= MAX_COLUMNS and filled > MAX_CELLS:
            raise too_many_cells()
        _check_row(number, cells)


def _check_row(number: int, cells: list[str]):
    if len(cells) > MAX_COLUMNS:
        raise too_many_columns()
    for index, cell in enumerate(cells):
        if is_formula(cell):
            raise holds_formula(f"{column_letter(index)}{number}")


def _delimiter(opened: Callable[[], io.TextIOWrapper]) -> str:
    """Return the comma, or the tab where the first line that says something has only that."""
    with opened() as stream:
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


def _records(
    opened: Callable[[], io.TextIOWrapper], delimiter: str, last_row: int | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Yield (number, cells up to the last that is not blank) of each record that is not blank."""
    delimiters = 0

    def counted(lines):
        nonlocal delimiters
        for line in lines:
            delimiters += line.count(delimiter)
            if delimiters > _MOST_DELIMITERS:
                raise too_many_columns()
            yield line

    with opened() as stream:
        records = csv.reader(counted(_lines(stream)), delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(records, 1):
                delimiters = 0
                if last_row is not None and number > last_row:
                    raise too_many_rows(last_row)
                while cells and not cells[-1].strip():
                    cells.pop()
                if cells:
                    yield number, cells
        except csv.Error as error:
            raise UnreadableFile("文件不是完整的CSV：引号没有成对，或有一格太长。") from error
