"""Rows out, as CSV, JSON and XLSX: streaming, and no cell a formula."""

import codecs
import csv
import datetime
import io
import json
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import Any, BinaryIO

import xlsxwriter

from portal.tabular.cells import csv_safe
from portal.tabular.columns import Column
from portal.tabular.sheets import LAST_ROW

NOTES_SHEET = "填写说明"

_BATCH = 500
_LONGEST_CELL = 32_000
_CUT = "…（这一格太长，全文见CSV或JSON）"
_NARROWEST, _WIDEST = 10, 60
_WIDTH_SAMPLE = 100
# A spreadsheet keeps 15 digits; a longer number stands as text, whole.
_EXACT_DIGITS = 15
_FIRST_DAY = datetime.date(1900, 3, 1)


def write_csv(columns: Sequence[Column], rows: Iterable, *, bom: bool = True) -> Iterator[bytes]:
    """Yield a CSV file of the rows under Chinese headings; `bom` lets Excel know it for UTF-8."""
    if bom:
        yield codecs.BOM_UTF8
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([csv_safe(column.label) for column in columns])
    rows = iter(rows)
    while True:
        batch = list(islice(rows, _BATCH))
        writer.writerows([_csv_cell(column.cell(row)) for column in columns] for row in batch)
        yield buffer.getvalue().encode()
        if not batch:
            return
        buffer.seek(0)
        buffer.truncate()


def _csv_cell(value) -> str:
    if isinstance(value, float | Decimal):
        return _digits(value)
    return "" if value is None else csv_safe(value)


def _digits(value: float | Decimal) -> str:
    """Return a number's digits without an exponent. Raises ValueError for one that is not finite."""
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value}")
    return format(number, "f")


def write_json(columns: Sequence[Column], rows: Iterable) -> Iterator[bytes]:
    """Yield a JSON list of objects, by the columns' keys, with what is stored: dates as ISO, numbers exact."""
    keys = [json.dumps(column.key) for column in columns]
    opening = "["
    for row in rows:
        pairs = (
            f"{key}:{_json(column.of(row))}" for key, column in zip(keys, columns, strict=True)
        )
        yield f"{opening}\n{{{','.join(pairs)}}}".encode()
        opening = ","
    yield b"[]" if opening == "[" else b"\n]"


def _json(value: Any) -> str:
    if isinstance(value, float | Decimal):
        return _digits(value)
    if value is None or isinstance(value, str | bool | int):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime.date):
        return json.dumps(value.isoformat())
    return json.dumps(str(value), ensure_ascii=False)


def write_xlsx(
    columns: Sequence[Column], rows: Iterable, *, sheet: str = "数据", notes: bool = False
) -> BinaryIO:
    """Return a temporary file, at its start, with a workbook of the rows; whoever takes it closes it.

    The heading row is frozen, dates are dates, texts are never formulas. With `notes`, a second sheet says
    what each column holds. Raises ValueError for more rows than a sheet has.
    """
    rows = iter(rows)
    sample = list(islice(rows, _WIDTH_SAMPLE))
    # The file is handed on; it is closed by whoever sends it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
            page = book.add_worksheet(sheet)
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            _write_heading(
                book, page, [column.label for column in columns], _widths(columns, sample)
            )
            for number, row in enumerate(chain(sample, rows), 1):
                if number >= LAST_ROW:
                    raise ValueError(f"more than {LAST_ROW - 1} rows")
                for index, column in enumerate(columns):
                    _write_cell(page, number, index, column.cell(row), day)
            if notes:
                _write_notes(book, columns)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _write_heading(book, page, labels, widths):
    bold = book.add_format({"bold": True, "bottom": 1})
    page.freeze_panes(1, 0)
    for index, (label, width) in enumerate(zip(labels, widths, strict=True)):
        page.set_column(index, index, width)
        page.write_string(0, index, label, bold)


def _write_notes(book, columns):
    page = book.add_worksheet(NOTES_SHEET)
    _write_heading(book, page, ["列名", "必填", "填什么", "说明"], [18, 8, 30, 60])
    wanted = [column for column in columns if not column.computed]
    for number, column in enumerate(wanted, 1):
        words = (column.label, "必填" if column.required else "", column.expected, column.help)
        for index, text in enumerate(words):
            page.write_string(number, index, text)


def _widths(columns, sample):
    return [
        min(
            _WIDEST,
            2
            + max(
                [_NARROWEST, _width(column.label)] + [_width(column.cell(row)) for row in sample]
            ),
        )
        for column in columns
    ]


def _width(value) -> int:
    """Return how many narrow characters wide a cell's longest line is."""
    lines = "" if value is None else str(value)
    return max(
        (sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line[:_WIDEST]))
        for line in lines.split("\n")
    )


def _write_cell(page, row, index, value, day):
    if value is None:
        return
    if isinstance(value, int | float | Decimal):
        digits = _digits(Decimal(value) if isinstance(value, int) else value)
        if _is_kept_whole(digits):
            page.write_number(row, index, float(value))
        else:
            page.write_string(row, index, digits)
    elif isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        if value >= _FIRST_DAY:
            page.write_datetime(row, index, value, day)
        else:
            page.write_string(row, index, value.isoformat())
    elif text := str(value):
        cut = text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - len(_CUT)] + _CUT
        page.write_string(row, index, cut)


def _is_kept_whole(digits: str) -> bool:
    """Whether a spreadsheet keeps a number of these digits as it is."""
    whole, _, fraction = digits.lstrip("-").partition(".")
    return len(whole) <= _EXACT_DIGITS and len((whole + fraction).strip("0")) <= _EXACT_DIGITS
