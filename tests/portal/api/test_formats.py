"""Sheets for programs: what is stored under English keys, from the columns that people's files have."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from portal.api.formats import for_programs, json_rows
from portal.tabular import Column, write_csv

COLUMNS = (
    Column("name", "名称"),
    Column("level", "等级", choices=(("3a", "三级甲等"),)),
    Column("on", "日期", kind="date"),
    Column("change", "变化", kind="decimal"),
    Column("at", "时间", kind="instant", computed=True),
    Column("last", "末日", kind="boolean", computed=True),
    Column("names", "别名", kind="texts", computed=True),
    Column("opened", "新增", kind="records", computed=True),
)
ROW = SimpleNamespace(
    name="=1+1",
    level="3a",
    on=date(2020, 9, 1),
    change=Decimal("-1.50"),
    at=datetime(2026, 8, 22, 4, 0, tzinfo=UTC),
    last=True,
    names=["甲", "乙"],
    opened=[{"id": 1}],
)
EMPTY = SimpleNamespace(
    name="", level="", on=None, change=None, at=None, last=False, names=[], opened=[]
)


def test_json_has_what_is_stored():
    assert json_rows(COLUMNS, [ROW, EMPTY]) == (
        '[\n{"name":"=1+1","level":"3a","on":"2020-09-01","change":-1.50,"at":"2026-08-22T04:00:00Z",'
        '"last":true,"names":["甲","乙"],"opened":[{"id":1}]},\n'
        '{"name":null,"level":null,"on":null,"change":null,"at":null,"last":false,"names":[],"opened":[]}\n]'
    )
    assert json_rows(COLUMNS, []) == "[]"


def test_csv_for_programs_and_for_people_come_from_the_same_columns():
    programs = b"".join(write_csv([*for_programs(COLUMNS)], [ROW, EMPTY], bom=False)).decode()
    assert programs == (
        "name,level,on,change,at,last,names\r\n"
        "'=1+1,3a,2020-09-01,-1.50,2026-08-22T04:00:00Z,true,甲；乙\r\n"
        ",,,,,false,\r\n"
    )
    people = b"".join(write_csv(COLUMNS[:4], [ROW, EMPTY])).decode()
    assert people == "\ufeff名称,等级,日期,变化\r\n'=1+1,三级甲等,2020-09-01,-1.50\r\n,,,\r\n"


@pytest.mark.parametrize("kind", ["instant", "boolean", "texts", "records"])
def test_what_only_the_api_gives_out_is_never_imported(kind):
    with pytest.raises(ValueError, match=f"no such kind of column: {kind}"):
        Column("at", "时间", kind=kind)
