"""Rows from and to CSV, XLSX and JSON, by ONE description of their columns.

Knows encodings, headings, the kinds of cells, the limits of a file, and how a cell is kept from being a
formula. Hides the libraries that read and write workbooks. What the rows mean is the caller's.
"""

from portal.decoding import UnreadableFile
from portal.tabular.cells import as_date, as_decimal, as_integer, column_letter, csv_safe
from portal.tabular.columns import Column
from portal.tabular.reading import read_sheets
from portal.tabular.separated import streamed_rows
from portal.tabular.sheets import MAX_FILE_BYTES, Row, Sheet, sheets_text
from portal.tabular.tables import Problem, Table, TableRow, read_table
from portal.tabular.writing import write_csv, write_json, write_xlsx

__all__ = [
    "MAX_FILE_BYTES",
    "Column",
    "Problem",
    "Row",
    "Sheet",
    "Table",
    "TableRow",
    "UnreadableFile",
    "as_date",
    "as_decimal",
    "as_integer",
    "column_letter",
    "csv_safe",
    "read_sheets",
    "read_table",
    "sheets_text",
    "streamed_rows",
    "write_csv",
    "write_json",
    "write_xlsx",
]
