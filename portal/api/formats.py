"""Rows as JSON, CSV and XLSX for programs, by the columns that people's files have too.

Knows that programs get the columns' English keys and what is stored (a choice's code, an instant in UTC),
CSV without a byte order mark, and no cell that is a formula. Hides how a format is chosen.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from portal.api.encoding import encoded, instant_text
from portal.api.problems import Problem
from portal.tabular import Column

MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BETWEEN = "；"


def format_of(request, asked):
    """Return the format that `format=` asks for, or else the Accept header; Problem 406 when it is none of ours."""
    if asked:
        return asked
    preferred = request.get_preferred_type(list(MEDIA_TYPES.values()))
    for name, media_type in MEDIA_TYPES.items():
        if media_type == preferred:
            return name
    raise Problem(406, "没有这种格式", f"可用的格式：{'、'.join(MEDIA_TYPES.values())}。")


def value_of(column: Column, row) -> Any:
    """Return what JSON has of an exported row: null for a text that is empty."""
    value = column.of(row)
    return None if value == "" else value


def json_rows(columns: Sequence[Column], rows: Iterable) -> str:
    """Return a JSON list with one row on each line."""
    lines = [encoded({column.key: value_of(column, row) for column in columns}) for row in rows]
    return "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"


@dataclass(frozen=True)
class _Cell:
    """How a column's value stands in a sheet for programs."""

    column: Column

    def __call__(self, row):
        value = self.column.of(row)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, datetime.datetime):
            return instant_text(value)
        if isinstance(value, list | tuple):
            return BETWEEN.join(value)
        return value


def for_programs(columns: Sequence[Column]) -> Iterator[Column]:
    """Yield the columns of a sheet for programs: headed by their keys; rows within rows are left out."""
    for column in columns:
        if column.kind != "records":
            yield Column(column.key, column.key, value=_Cell(column))
