"""What a file of places may look like, and how each fault is named."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.placefile import OtherName, PlaceRow, RefusedFile, read_places
from portal.textfiles import MAX_BYTES

HEADING = "code,name,short_name,level,parent,other_names"


def file_of(*lines, heading=HEADING):
    return "\n".join([heading, *lines]).encode()


def refusal(data):
    with pytest.raises(RefusedFile) as caught:
        read_places(data)
    return caught.value.errors


CITY = PlaceRow(
    number=2,
    code="990100",
    name="云泽市",
    short_name="云泽",
    level="prefecture",
    parent="990000",
    other_names=(OtherName("泽城"), OtherName("云州", "former")),
)
CITY_LINE = "990100,云泽市,云泽,prefecture,990000,泽城；曾用名：云州"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encodings_say_the_same(encoding):
    data = f"{HEADING}\r\n{CITY_LINE}\r\n".encode(encoding)
    assert read_places(data) == ([CITY], [])


def test_chinese_headings_levels_and_any_order_of_columns():
    data = file_of(
        "泽城|曾用名:云州,９９００００,地级,云泽,云泽市,990100",
        heading="其他名称,上级,级别,简称,名称,代码",
    )
    assert read_places(data) == ([CITY], [])


def test_empty_lines_are_passed_over_and_rows_keep_their_numbers():
    rows, errors = read_places(file_of("", CITY_LINE, ",,,,,", "cn,中国,,country,,"))
    assert [(row.number, row.code) for row in rows] == [(3, "990100"), (5, "cn")]
    assert errors == []


def test_one_name_in_two_widths_is_one_other_name():
    rows, _ = read_places(file_of("x-a,甲（东）区,,zone,,东区(新)；东区（新）"))
    assert rows[0].other_names == (OtherName("东区(新)"),)


def test_columns_unknown_missing_and_double_are_all_named_at_once():
    assert refusal(file_of(heading="code,name,name,level,parent,人口")) == [
        "第 1 行：不认识列“人口”。",
        "第 1 行：列“名称”（name）出现了 2 次。",
        "第 1 行：缺少列“简称”（short_name）。",
        "第 1 行：缺少列“其他名称”（other_names）。",
    ]


def test_every_fault_of_the_rows_is_named_with_row_and_column():
    rows, errors = read_places(
        file_of(
            "99,云泽市,,村级,,",
            "990200,,,county,",
            f"990300,{'长' * 101},{'长' * 51},county,,{'长' * 101}；别名：",
            "990400,丁\x00县,,county,,",
            "990300,丙县,,county,,",
        )
    )
    levels = "country（国家或地区）、province（省级）、prefecture（地级）、county（县级）、zone（功能区）"
    assert errors == [
        "第 2 行“代码”：“99”须为六位数字、两至三个小写字母，或以 x- 开头。",
        f"第 2 行“级别”：不认识“村级”，可用：{levels}。",
        "第 3 行：有 5 格，应为 6 格。",
        "第 4 行“名称”：超过 100 个字。",
        "第 4 行“简称”：超过 50 个字。",
        f"第 4 行“其他名称”：“{'长' * 10}…”超过 100 个字。",
        "第 4 行“其他名称”：有一个名称只有类型没有名字。",
        "第 5 行“名称”：含有控制字符。",
        "第 6 行“代码”：“990300”与第 4 行重复。",
    ]
    assert [row.number for row in rows] == [2, 4, 5, 6]


def test_a_place_without_a_name_is_refused():
    assert read_places(file_of("x-a, ,,zone,,"))[1] == ["第 2 行“名称”：不能为空。"]


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        (b"", ["文件是空的。"]),
        (b"\xff\xff\xff", ["无法识别文件编码，请另存为UTF-8后再上传。"]),
        (b"PK\x03\x04", ["文件内容不是纯文本，与扩展名不符。"]),
        (b"x" * (MAX_BYTES + 1), ["文件超过5MB，请拆分后再上传。"]),
    ],
)
def test_what_is_no_table_is_refused(data, errors):
    assert refusal(data) == errors


def test_an_unfinished_quotation_is_refused():
    assert refusal(file_of('x-a,"甲区,,zone,,')) == [
        "文件不是完整的 CSV：引号没有成对，或有一格太长。"
    ]


@given(st.lists(st.text(max_size=20), min_size=6, max_size=6), st.binary(max_size=100))
def test_anything_is_read_or_refused(cells, rubbish):
    for data in (rubbish, file_of(",".join(cells)), file_of() + b"\n" + rubbish):
        with suppress(RefusedFile):
            rows, errors = read_places(data)
            assert [row for row in rows if not row.level or not row.name] == [] or errors != []
