"""`manage.py read_notice`: JSON for machines, a summary for people, a clear refusal; nothing is saved."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from docx import Document

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


def test_a_file_that_cannot_be_read_is_refused_in_chinese(tmp_path):
    path = tmp_path / "notice.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError, match="只支持"):
        told(str(path))
    with pytest.raises(CommandError, match="读不到文件"):
        told(str(tmp_path / "nothing.txt"))
