"""A dataset as a file for people: Chinese headings and words, local times, and what a program would get beside it."""

import io
import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook

from portal.api.places import PLACES
from portal.models import Place, PlaceName
from portal.opendata.files import file_for_people, for_people
from portal.tabular import Column, write_csv
from tests.factories import PlaceFactory

AT = datetime(2026, 8, 22, 20, 0, 0, 123456, tzinfo=UTC)
COLUMNS = (
    Column("name", "名称"),
    Column("at", "时间", kind="instant", computed=True),
    Column("tied", "并列", kind="boolean", computed=True),
    Column("others", "其他名称", kind="texts", computed=True),
    Column("rows", "记录", kind="records", computed=True),
    Column("act", "动作", choices=(("publish", "发布"),)),
    Column("score", "得分", kind="decimal"),
)


def test_a_sheet_for_people():
    row = SimpleNamespace(
        name="郑州", at=AT, tied=True, others=["商都", "=绿城"], rows=[{}], act="publish", score=-3
    )
    empty = SimpleNamespace(name="", at=None, tied=False, others=[], rows=[], act="", score=None)
    assert b"".join(write_csv(for_people(COLUMNS), [row, empty])).decode() == (
        "\ufeff名称,时间,并列,其他名称,动作,得分\r\n"
        "郑州,2026-08-23 04:00:00,是,商都；=绿城,发布,-3\r\n"
        ",,否,,,\r\n"
    )


@pytest.fixture
def places(db):
    city = PlaceFactory(code="410100", name="郑州市", short_name="郑州", level="prefecture")
    PlaceFactory(code="410102", name="中原区", level="county", parent=city)
    PlaceName.objects.create(place=city, name="商都", kind=PlaceName.Kind.ALIAS)
    return Place.objects.filter(code__startswith="41")


def test_csv_is_what_a_spreadsheet_opens(places):
    Place.objects.exclude(pk__in=places).delete()
    response = file_for_people(PLACES, "csv")
    assert response["Content-Disposition"].startswith('attachment; filename="places-20')
    assert response.getvalue().decode() == (
        "\ufeff代码,名称,简称,级别,上级,其他名称\r\n"
        "410100,郑州市,郑州,地级,,商都\r\n"
        "410102,中原区,,县级,410100,\r\n"
    )
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(file_for_people(PLACES, "xlsx").getvalue())
    ).get_sheet_by_index(0)
    assert book.to_python()[1] == ["410100", "郑州市", "郑州", "地级", "", "商都"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_a_list_of_rows(db, count):
    Place.objects.all().delete()
    for number in range(count):
        PlaceFactory(code=f"x-{number}", name=f"第{number}区")
    told = json.loads(file_for_people(PLACES, "json").getvalue())
    assert [row["code"] for row in told] == [f"x-{number}" for number in range(count)]
