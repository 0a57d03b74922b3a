"""`manage.py read_notice`: JSON for machines, a summary for people, a clear refusal; nothing is saved."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from xlsxwriter import Workbook

LINES = [
    "许昌市人力资源和社会保障局",
    "关于取消部分工伤保险定点医疗机构的通知",
    "1.示例医院",
    "2.魏都区示例门诊部",
]
KEYS = [
    "issuer",
    "issuer_as_printed",
    "city",
    "title",
    "doc_number",
    "published_date",
    "effective_date",
    "extent",
    "list_complete",
    "stated_counts",
    "entries",
    "warnings",
]
SUMMARY = """发文机关：许昌市人力资源和社会保障局
标题：关于取消部分工伤保险定点医疗机构的通知
文号：未写明
发布日期：未写明
生效日期：未写明
名单范围：变动名单
本文名单列全：是
读到 2 家次，2 家（按印出的名称）

工伤保险定点医疗机构 · 取消（2）
  示例医院
  魏都区示例门诊部 魏都区
"""


def told(*arguments, **options):
    out = io.StringIO()
    call_command("read_notice", *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text("\n".join(LINES), "utf-8")
    return str(path)


def test_json_has_the_agreed_fields_and_nothing_else(notice):
    read = json.loads(told(notice, json=True))
    assert list(read) == KEYS
    assert [(entry["name_as_printed"], entry["action"]) for entry in read["entries"]] == [
        ("示例医院", "revoke"),
        ("魏都区示例门诊部", "revoke"),
    ]


def test_the_summary_is_in_chinese(notice):
    assert told(notice) == SUMMARY


def test_a_word_file_reads_like_its_text(tmp_path, notice):
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    path = tmp_path / "notice.docx"
    document.save(path)
    assert told(str(path)) == SUMMARY


def test_a_sheet_with_a_title_above_its_headings_is_read(tmp_path):
    path = tmp_path / "notice.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "许昌市新增工伤保险定点医疗机构名单")
        sheet.write_row("A2", ["所在区", "序号", "机构名称", "签约日期"])
        sheet.write_row("A3", ["魏都区", 1, "示例医院", "2021/4/8"])
        sheet.write_row("B4", [2, "示例门诊部", "2021/4/9"])
    entries = json.loads(told(str(path), json=True))["entries"]
    fields = ("name_as_printed", "category", "action", "district", "effective_date")
    assert [tuple(entry[field] for field in fields) for entry in entries] == [
        ("示例医院", "工伤保险定点医疗机构", "designate", "魏都区", "2021-04-08"),
        ("示例门诊部", "工伤保险定点医疗机构", "designate", "魏都区", "2021-04-09"),
    ]


def test_a_file_that_cannot_be_read_is_refused_in_chinese(tmp_path):
    path = tmp_path / "notice.bin"
    path.write_bytes(b"notice")
    with pytest.raises(CommandError, match="只支持"):
        told(str(path))
    with pytest.raises(CommandError, match="读不到文件"):
        told(str(tmp_path / "nothing.txt"))
