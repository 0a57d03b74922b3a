"""Tables that mean harm or are broken: refused with their reason, quickly, and without holding them."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.decoding import UnreadableFile
from portal.tabular import read_sheets
from portal.tabular.sheets import MAX_CELLS, MAX_COLUMNS
from tests.portal.hostile import (
    SHEET,
    cell,
    lying,
    related,
    repacked,
    sheet,
    with_sheet,
    workbook,
)

GOOD = workbook()
DAMAGED = "Excel文件不完整或已损坏，无法读取。"
BROKEN = "Excel文件已损坏，无法读取。"
LINKED = (
    "Excel文件含有指向其他文件的链接，请在“数据—编辑链接”中断开，或把内容粘贴到新文件后再上传。"
)
FORMULA = "是公式。请全选后复制，用“选择性粘贴—数值”粘贴，再保存上传；文字请勿以“=”开头。"
WIDE = f"表格超过{MAX_COLUMNS}列，请删去多余的列后再上传。"
FULL = f"表格超过{MAX_CELLS // 10_000}万格，请拆分后再上传。"


def noise(length):
    """Return digits that hardly pack, the same ones each time."""
    return hashlib.shake_256(b"noise").hexdigest(length // 2)


def row(number, *places):
    return f'<row r="{number}">{"".join(cell(place) for place in places)}</row>'


def grid(rows, columns):
    letters = [chr(ord("A") + index) for index in range(columns)]
    return "".join(
        row(number, *(f"{one}{number}" for one in letters)) for number in range(1, rows + 1)
    )


WORKBOOKS = {
    "ratio": (with_sheet("<row/>" * 2_000_000), "Excel文件的压缩比异常，已拒绝。"),
    "unpacked": (
        repacked(
            GOOD,
            replaced={
                f"xl/media/{n}.bin": bytes(17_000_000) + noise(100_000).encode() * 2
                for n in range(10)
            },
        ),
        "Excel文件解压后超过160MB，已拒绝。",
    ),
    "directory lies": (lying(with_sheet(grid(2000, 5)), SHEET, 1000), DAMAGED),
    "real columns": (
        with_sheet(f"<row>{'<c><v>1</v></c>' * 60_000}</row>"),
        WIDE,
    ),
    "empty columns": (with_sheet(f"<row>{'<c/>' * 200_000}<c><v>1</v></c></row>"), WIDE),
    "named column": (with_sheet(row(1, "A1", "BDWGN1")), WIDE),
    "declared columns": (with_sheet(row(1, "A1"), '<dimension ref="A1:BDWGN1"/>'), WIDE),
    "far corner": (with_sheet(row(1, "A1") + row(1048576, "ZZ1048576")), FULL),
    "beyond the last row": (
        with_sheet(row(1048577, "A1048577")),
        "表格超过1048576行，请拆分后再上传。",
    ),
    "row that lies": (with_sheet(row(1, "A900000")), BROKEN),
    "no place": (with_sheet(row(1, "甲1")), BROKEN),
    "no number": (with_sheet('<row r="x"/>'), DAMAGED),
    "merged": (
        repacked(
            GOOD,
            replaced={
                SHEET: sheet(row(1, "A1")).replace(
                    "</worksheet>",
                    "<mergeCells>"
                    + '<mergeCell ref="A1:A100001"/>' * 2
                    + "</mergeCells></worksheet>",
                )
            },
        ),
        "合并的单元格太多，请取消合并后再上传。",
    ),
    "long tag": (with_sheet(f'<row a="{noise(3_000_000)}"/>'), DAMAGED),
    "entities": (
        repacked(GOOD, replaced={SHEET: '<!DOCTYPE a [<!ENTITY b "c">]>' + sheet("")}),
        "Excel文件含有不允许的文档类型声明，已拒绝。",
    ),
    "broken": (repacked(GOOD, replaced={SHEET: sheet("")[:-5]}), BROKEN),
    "other encoding": (repacked(GOOD, replaced={SHEET: sheet("").encode("utf-16")}), BROKEN),
    "macros": (
        repacked(GOOD, replaced={"xl/vbaProject.bin": b"x"}),
        "不接受带宏的Excel文件，请另存为不带宏的.xlsx后再上传。",
    ),
    "link part": (repacked(GOOD, replaced={"xl/externalLinks/externalLink1.xml": "<a/>"}), LINKED),
    "link": (related("externalLink", "links/link1.xml"), LINKED),
    "connection": (related("connections", "connections.xml"), LINKED),
    "unwatched part": (related("worksheet", "worksheets/sheet1.bin"), BROKEN),
    "formula": (workbook(lambda page: page.write_formula("B7", "=1+1", None, 2)), f"B7{FORMULA}"),
    "formula in a place that is counted": (
        with_sheet("<row><c/><c><f>1+1</f></c></row>"),
        f"B1{FORMULA}",
    ),
    "error": (
        with_sheet('<row r="3"><c r="B3" t="e"><v>#N/A</v></c></row>'),
        "B3是错误值（如#N/A），请改正后再上传。",
    ),
    "lost digits": (
        with_sheet(f'<row r="1">{cell("A1", 410100199001011234)}</row>'),
        "A1是超过15位的数字，Excel没有保存末尾几位；请把这一列设为“文本”格式，重新填写后再上传。",
    ),
    "long text": (
        workbook(lambda page: page.write_string(0, 0, "长" * 32_767)),
        "A1的文字太长，请拆分后再上传。",
    ),
    "encrypted": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
        "文件已加密或是旧版.xls格式，请解除密码并另存为.xlsx后再上传。",
    ),
    "truncated": (GOOD[:-300], DAMAGED),
    "no zip": (b"\x89PNG" + bytes(100), "文件内容不是Excel工作簿，与扩展名不符。"),
    "zip in a zip": (
        repacked(GOOD, without=["xl/workbook.xml"], replaced={"a.zip": GOOD}),
        "文件内容不是Excel工作簿，与扩展名不符。",
    ),
    "two parts of one name": (repacked(GOOD, replaced={SHEET.upper(): "<a/>"}), DAMAGED),
    "nothing": (workbook(lambda page: None), "表格是空的。"),
}
SEPARATED = {
    "columns": (b"a\n" + b"," * 1_000_000, "文件中有一行太长，可能不是表格。"),
    "columns, few": (b"a" + b",a" * MAX_COLUMNS, WIDE),
    "columns over lines": (b"a\n" + b',,,,"\n"' * 10_000, WIDE),
    "cells": ((b"1" + b",1" * 699 + b"\n") * 1800, FULL),
    "rows": (b"a\n" * 200_001, "表格超过200000行，请拆分后再上传。"),
    "blank rows": (b"a\n" + b"\n" * 1_048_576, "表格超过1048576行，请拆分后再上传。"),
    "quotes": (b'a,"b\n', "文件不是完整的CSV：引号没有成对，或有一格太长。"),
    "long cell": (
        b'a,"' + b"b\n" * 70_000 + b'"',
        "文件不是完整的CSV：引号没有成对，或有一格太长。",
    ),
    "no text": (b"a\n\x00", "文件含有控制字符（U+0000），可能不是文本文件。"),
    "encoding": (b"a,b\n\xff\xff", "无法识别文件编码，请另存为UTF-8后再上传。"),
    "workbook": (GOOD, "文件内容不是纯文本，与扩展名不符。"),
    "formula": (b"a,b\n1,=cmd|' /C calc'!A0\n", f"B2{FORMULA}"),
    "empty": (b"", "文件是空的。"),
    "blank": (b"\n,\n", "表格是空的。"),
}
OTHERS = {
    "macro ending": ("a.xlsm", "不接受带宏的Excel文件，请另存为.xlsx后再上传。"),
    "old": ("a.xls", "不支持.xls文件，请另存为.xlsx后再上传。"),
    "no ending": ("xlsx", "只支持.xlsx和.csv文件。"),
}
REFUSED = (
    {f"workbook, {name}": ("a.xlsx", *case) for name, case in WORKBOOKS.items()}
    | {f"separated, {name}": ("a.csv", *case) for name, case in SEPARATED.items()}
    | {name: (file, GOOD, message) for name, (file, message) in OTHERS.items()}
)


@pytest.mark.parametrize(("name", "data", "message"), REFUSED.values(), ids=REFUSED)
def test_a_table_is_refused_with_its_reason(name, data, message):
    with pytest.raises(UnreadableFile) as refusal:
        read_sheets(name, data)
    assert str(refusal.value) == message


def test_a_file_of_twenty_megabytes_is_the_largest():
    with pytest.raises(UnreadableFile, match=r"^文件超过20MB，请拆分后再上传。$"):
        read_sheets("a.csv", b"a" * (20 * 1024 * 1024 + 1))


HEAVY = {
    "cells": with_sheet(grid(121_000, 10)),
    "broken at the end": repacked(GOOD, replaced={SHEET: sheet(grid(119_000, 10))[:-3]}),
    "rows": b"a,b\n" * 300_000,
    "columns": b"a\n" + b"," * 20_000_000,
}
# In a process of its own: what it holds beyond what it held before it read, in MiB.
MEASURE = """
import json, resource, sys
from portal.tabular import UnreadableFile, read_sheets
held = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
name = sys.argv[1]
data = sys.stdin.buffer.read()
before = held()
try:
    read_sheets(name, data)
except UnreadableFile:
    print(json.dumps((held() - before) // 1024))
"""


@pytest.mark.parametrize("name", HEAVY)
def test_a_large_file_is_refused_without_being_held(name):
    ending = "xlsx" if HEAVY[name].startswith(b"PK") else "csv"
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, f"a.{ending}"],
        input=HEAVY[name],
        capture_output=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert json.loads(done.stdout) < 64


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(position, value):
    damaged = bytearray(GOOD)
    damaged[position] = value
    try:
        sheets = read_sheets("a.xlsx", bytes(damaged))
    except UnreadableFile:
        return
    assert all(one.rows for one in sheets)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_as_a_table_or_refused(data):
    try:
        sheets = read_sheets("a.csv", data)
    except UnreadableFile:
        return
    assert all(one.rows for one in sheets)
