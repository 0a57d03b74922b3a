"""Rows handed out as files: the kind, the name, and the bytes of each format."""

import json

import pytest

from portal.downloads import download, streamed
from portal.tabular import Column

COLUMNS = (Column("name", "名称"), Column("count", "数", kind="integer"))


class Row:
    """One row of the table."""

    def __init__(self, name, count):
        self.name, self.count = name, count


ROWS = [Row("郑州", 7), Row("=1+1", -3)]


@pytest.mark.parametrize(
    ("form", "kind", "body"),
    [
        (
            "csv",
            "text/csv; charset=utf-8",
            "\ufeff名称,数\r\n郑州,7\r\n'=1+1,-3\r\n".encode(),
        ),
        (
            "json",
            "application/json",
            '[\n{"name":"郑州","count":7},\n{"name":"=1+1","count":-3}\n]'.encode(),
        ),
    ],
)
def test_a_file_that_is_streamed(form, kind, body):
    response = download("places-2020", form, COLUMNS, ROWS, sheet="地方")
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"] == f'attachment; filename="places-2020.{form}"'
    assert response.getvalue() == body
    if form == "json":
        assert len(json.loads(body)) == 2


def test_a_workbook():
    response = download("places-2020", "xlsx", COLUMNS, ROWS, sheet="地方")
    assert response["Content-Type"] == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    assert response["Content-Disposition"] == 'attachment; filename="places-2020.xlsx"'
    assert response.getvalue()[:2] == b"PK"


def test_parts_that_are_at_hand():
    response = streamed("chart", "csv", [b"a,b\r\n", b"1,2\r\n"])
    assert response.getvalue() == b"a,b\r\n1,2\r\n"
