"""Every way in which rows leave as a sheet: no text in it is a formula, and what is negative is still a number."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal, InvalidOperation

import pytest
from python_calamine import CalamineWorkbook

from portal.models import Change
from tests.factories import PlaceFactory
from tests.indices.factories import EditionFactory, IndexFactory, a_dimension, released
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
HOSTILE = ("=1+1号", "+86号", "-2+3号", "@SUM(A1)号", "＝HYPERLINK号")
SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NEGATIVE = Decimal("-3.5")
# Every sheet, and whether a negative number stands in it.
WAYS = {
    "/institutions/?format={}": True,
    "/api/v1/institutions/?format={}": True,
    "/api/v1/designations/?format={}": False,
    "/api/v1/notices/?format={}": False,
    "/api/v1/notice-lines/?format={}": False,
    "/data/institutions/current.{}": True,
    "/data/designations/current.{}": False,
    "/data/notice-lines/current.{}": False,
    "/indices/hostile/2020/?format={}": True,
    "/api/v1/indices/?format={}": False,
    "/api/v1/editions/?format={}": False,
    "/api/v1/scores/?format={}": True,
    "/data/scores/current.{}": True,
    "/data/editions/current.{}": False,
}
CSV_ONLY = {
    "/data/designations/{version}.csv": False,
    "/data/notices/{version}.csv": False,
    "/data/notice-lines/{version}.csv": False,
    "/data/scores/{version}.csv": True,
    "/institutions/{code}/history/?format=csv": False,
}


def a_world(text):
    """Let this text stand wherever records hold words, and a negative number wherever they hold one."""
    institution = an_institution(
        text, longitude="-3.5", latitude="34.75", datum="wgs84", address=text
    )
    line = {"institution": institution, "quote": text, "category": text, "on": date(2020, 1, 1)}
    published(a_notice(line, kind=KindFactory(), title=text, source_words=text, doc_number=text))
    edition = EditionFactory(
        index=IndexFactory(code="hostile", name=text, description=text),
        code="2020",
        label=text,
        method=text,
        source_words=text,
    )
    said = {"value": NEGATIVE, "name_as_published": text, "quote": text, "locator": text}
    released(edition, (a_dimension(edition, label=text), PlaceFactory(), said), source_words=text)
    return {"version": Change.objects.count(), "code": institution.code}


def csv_cells(body):
    return [
        cell
        for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
        for cell in row
    ]


def xlsx_cells(body):
    """Return the cells of a workbook that holds no formula at all."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert not [name for name in sheets if b"<f>" in book.read(name)]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0)
    return [cell for row in sheet.to_python() for cell in row]


def is_negative(cell):
    """Whether a cell is the negative number that the world holds."""
    try:
        return Decimal(str(cell)) == NEGATIVE
    except InvalidOperation:
        return False


def sheets(client, world):
    """Yield (way, its cells, whether a formula could stand in them, whether the number is due)."""
    for way, negative in WAYS.items():
        yield way, csv_cells(client.get(way.format("csv")).getvalue()), True, negative
        yield way, xlsx_cells(client.get(way.format("xlsx")).getvalue()), False, negative
    for way, negative in CSV_ONLY.items():
        yield way, csv_cells(client.get(way.format(**world)).getvalue()), True, negative


@pytest.mark.parametrize("text", HOSTILE)
def test_no_way_out_gives_a_formula(client, text):
    for way, cells, computes, negative in sheets(client, a_world(text)):
        assert (f"'{text}" if computes else text) in cells, way
        assert any(map(is_negative, cells)) == negative, way
        begun = [cell for cell in map(str, cells) if cell.startswith(SIGNS)]
        assert [cell for cell in begun if computes and not is_negative(cell)] == [], way
