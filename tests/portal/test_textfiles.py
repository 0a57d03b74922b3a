"""Text, Word, table and PDF files as plain text, and the ways in which a file is refused."""

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import textfiles, wordfiles
from portal.textfiles import ACCEPTED, UnreadableFile, read_argument, read_text
from tests.portal.hostile import pdf_page, repacked, words, workbook

SENTENCE = "云泽市图书馆新设六处服务点。"


def word_file(build=lambda document: document.add_paragraph(SENTENCE)):
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode(),
        SENTENCE.encode("utf-8-sig"),
        SENTENCE.encode("gb18030"),
        b"\xff\xfe" + SENTENCE.encode("utf-16-le"),
        b"\xfe\xff" + SENTENCE.encode("utf-16-be"),
    ],
)
def test_text_in_each_encoding_is_the_same(data):
    assert read_text("稿件.txt", data) == SENTENCE


def test_line_ends_are_of_one_kind():
    assert read_text("a.MD", b"a\r\nb\rc\n") == "a\nb\nc\n"


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1).filter(str.strip)
)
def test_any_text_with_a_bom_is_read_back(text):
    assert read_text("a.txt", text.encode("utf-8-sig")) == text


def test_word_file_gives_headings_paragraphs_and_table_rows():
    def build(document):
        document.add_heading("老旧管网换新", level=0)
        document.add_heading("漏损率降了一半", level=2)
        document.add_paragraph(SENTENCE)
        document.add_paragraph("第一行").add_run().add_break()
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ["城市", "名次", "云泽", "3"], strict=True):
            cell.text = text
        document.add_paragraph("完。")

    assert read_text("稿件.docx", word_file(build)) == "\n\n".join(
        ["# 老旧管网换新", "## 漏损率降了一半", SENTENCE, "第一行", "城市\t名次", "云泽\t3", "完。"]
    )


def test_tables_become_lines_with_tabs():
    lines = "工伤保险定点机构\n序号\t名称\n1\t云泽市第一医院"
    text = "工伤保险定点机构,\n序号,名称\n1,云泽市第一医院\n"
    assert read_text("名单.csv", text.encode("gb18030")) == lines

    def fill(page):
        page.merge_range(0, 0, 0, 1, "工伤保险定点机构")
        page.write_row(1, 0, ["序号", "名称"])
        page.write_row(2, 0, [1, "云泽市第一医院"])

    assert read_text("名单.xlsx", workbook(fill)) == lines


def test_pdf_files_become_lines():
    content = words("关于公布名单的通知", 72, 700) + words("云泽市第一医院", 72, 660)
    assert read_text("通知.PDF", pdf_page(content)) == "关于公布名单的通知\n云泽市第一医院"


GOOD = word_file()
COMPLEX = "Word文件的内容过长或过于复杂，请拆分后再上传。"
REFUSED = {
    "empty": ("a.txt", b"", "文件是空的。"),
    "blank": ("a.txt", b" \n", "文件中没有文字。"),
    "ending": ("a.odt", b"x", "只支持.txt、.md、.docx、.xlsx、.csv和.pdf文件。"),
    "no ending": ("txt", b"x", "只支持.txt、.md、.docx、.xlsx、.csv和.pdf文件。"),
    "old word": ("a.doc", b"x", "不支持.doc文件，请另存为.docx后再上传。"),
    "macro ending": ("a.docm", GOOD, "不接受带宏的.docm文件，请另存为.docx后再上传。"),
    "encoding": ("a.txt", b"\xff\xff\xff", "无法识别文件编码，请另存为UTF-8后再上传。"),
    "bom lies": ("a.txt", b"\xef\xbb\xbf\xff", "文件开头标明的编码与内容不符。"),
    "control": ("a.txt", b"a\x00b", "文件含有控制字符（U+0000），可能不是文本文件。"),
    "word as text": ("a.txt", GOOD, "文件内容不是纯文本，与扩展名不符。"),
    "text as word": ("a.docx", b"text", "文件内容不是Word文档，与扩展名不符。"),
    "truncated": ("a.docx", GOOD[: len(GOOD) // 2], "Word文件不完整或已损坏，无法读取。"),
    "macros": (
        "a.docx",
        repacked(GOOD, replaced=[("word/vbaProject.bin", b"x")]),
        "不接受带宏的Word文件，请另存为不带宏的.docx后再上传。",
    ),
    "no document": (
        "a.docx",
        repacked(GOOD, without=["word/document.xml"]),
        "文件内容不是Word文档，与扩展名不符。",
    ),
    "broken xml": (
        "a.docx",
        repacked(GOOD, without=["word/document.xml"], replaced=[("word/document.xml", b"<w")]),
        "Word文件已损坏，无法读取。",
    ),
    "entities": (
        "a.docx",
        repacked(GOOD, replaced=[("word/notes.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>')]),
        "Word文件含有不允许的文档类型声明，已拒绝。",
    ),
    "long markup": (
        "a.docx",
        repacked(GOOD, replaced=[("word/notes.xml", bytes(13_000_000))]),
        "Word文件的内容过长，请拆分后再上传。",
    ),
    "many elements": (
        "a.docx",
        repacked(GOOD, replaced=[("word/notes.xml", f"<a>{'<b/>' * wordfiles.MAX_ELEMENTS}</a>")]),
        COMPLEX,
    ),
    "deep elements": (
        "a.docx",
        repacked(GOOD, replaced=[("word/notes.xml", "<a>" * 151 + "</a>" * 151)]),
        COMPLEX,
    ),
    "locked": (
        "a.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "文件已加密或是旧版.doc格式，请解除密码并另存为.docx后再上传。",
    ),
    "bomb": (
        "a.docx",
        repacked(GOOD, replaced=[("word/media/a.bin", bytes(20_000_000))]),
        "Word文件的压缩比异常，已拒绝。",
    ),
    "unpacked": (
        "a.docx",
        repacked(GOOD, replaced=[("word/media/a.bin", bytes(70_000_000))]),
        "Word文件解压后超过60MB，已拒绝。",
    ),
    "entries": (
        "a.docx",
        repacked(GOOD, replaced=[(f"word/media/{n}", b"") for n in range(2001)]),
        "Word文件内部条目超过2000个，已拒绝。",
    ),
}


@pytest.mark.parametrize(("name", "data", "message"), REFUSED.values(), ids=REFUSED)
def test_file_is_refused_with_its_reason(name, data, message):
    with pytest.raises(UnreadableFile) as refusal:
        read_text(name, data)
    assert str(refusal.value) == message


def test_encrypted_entry_is_refused():
    locked = bytearray(GOOD)
    at = GOOD.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    with pytest.raises(UnreadableFile) as refusal:
        read_text("a.docx", bytes(locked))
    assert str(refusal.value) == "文件已加密，请解除密码后再上传。"


def test_size_limit_is_inclusive():
    assert len(read_text("a.txt", b"a" * textfiles.MAX_BYTES)) == textfiles.MAX_BYTES
    with pytest.raises(UnreadableFile) as refusal:
        read_text("a.txt", b"a" * (textfiles.MAX_BYTES + 1))
    assert str(refusal.value) == "文件超过5MB，请拆分后再上传。"


@settings(deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_damaged_word_file_is_read_or_refused_and_nothing_else(position, value):
    damaged = bytearray(GOOD)
    damaged[position] = value
    try:
        text = read_text("a.docx", bytes(damaged))
    except UnreadableFile:
        return
    assert isinstance(text, str)


def test_a_commands_file_is_read_and_a_refusal_names_it(tmp_path):
    page, table = tmp_path / "page.txt", tmp_path / "table.odt"
    page.write_bytes("一段。".encode("gb18030"))
    table.write_bytes(b"x")
    assert read_argument(str(page)) == "一段。"
    for path, refused in [
        (table, f"读不了 {table}：只支持{ACCEPTED}文件。"),
        (tmp_path / "none.txt", f"读不到文件 {tmp_path / 'none.txt'}。"),
        (tmp_path, f"读不到文件 {tmp_path}。"),
    ]:
        with pytest.raises(UnreadableFile) as refusal:
            read_argument(str(path))
        assert str(refusal.value) == refused
