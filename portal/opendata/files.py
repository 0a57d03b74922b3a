"""A dataset as it is now, as a file for people: Chinese headings and words, times as clocks in China show them.

Its columns are those of the API's resource; what only machines can use (rows within rows) is left out of sheets.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils import timezone

from portal.api.encoding import encoded
from portal.api.formats import BETWEEN, value_of
from portal.api.pages import whole_of
from portal.api.questions import question_of
from portal.api.resources import Resource
from portal.downloads import download, streamed
from portal.tabular import Column

FORMS = ("csv", "xlsx", "json")
_PARTS_OF = 500


def file_for_people(resource: Resource, form: str):
    """Return the response that hands out all rows of a resource as they are now; ValueError for too many for a sheet."""
    question = question_of(resource, QueryDict())
    rows, name = whole_of(question), f"{resource.name}-{timezone.localdate():%Y%m%d}"
    if form == "json":
        return streamed(name, form, _json_parts(question.columns, rows))
    return download(name, form, for_people(question.columns), rows, sheet=resource.title)


def for_people(columns: Sequence[Column]) -> list[Column]:
    """Return the columns of a sheet for people: several texts in one cell, an instant as local time."""
    return [
        replace(one, value=_Shown(one)) if one.kind in ("texts", "instant") else one
        for one in columns
        if one.kind != "records"
    ]


@dataclass(frozen=True)
class _Shown:
    """How a column's value stands in a sheet for people."""

    column: Column

    def __call__(self, row):
        value = self.column.of(row)
        if isinstance(value, datetime.datetime):
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
        if isinstance(value, list | tuple):
            return BETWEEN.join(value)
        return value


def _json_parts(columns, rows: Iterable) -> Iterator[bytes]:
    opening, lines = "[\n", []
    for row in rows:
        lines.append(encoded({one.key: value_of(one, row) for one in columns}))
        if len(lines) == _PARTS_OF:
            yield (opening + ",\n".join(lines)).encode()
            opening, lines = ",\n", []
    if lines:
        yield (opening + ",\n".join(lines)).encode()
        opening = ",\n"
    yield b"[]" if opening == "[\n" else b"\n]"
