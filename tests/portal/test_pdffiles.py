"""PDF files: what is read of them and how it is laid out in lines."""

import pytest

from portal.decoding import UnreadableFile
from portal.pdffiles import pdf_text
from portal.pdflayout import joined_lines
from portal.pdftables import Rule, ruled_tables
from portal.pdftext import MAX_PAGES
from tests.portal.hostile import line, pdf, pdf_page, words

BODY = "各县区人力资源和社会保障局：现将云泽市第一医院等三家医疗机构名单予以公布"


def a_table(rows, xs, ys):
    """Return the operators that draw a full grid and show each row's texts in its cells."""
    drawn = b"".join(line(xs[0], y, xs[-1], y) for y in ys)
    drawn += b"".join(line(x, ys[0], x, ys[-1]) for x in xs)
    for y, row in zip(ys, rows, strict=False):
        for x, text in zip(xs, row, strict=False):
            drawn += words(text, x + 4, y - 16)
    return drawn


def test_a_line_that_the_margin_breaks_is_joined_and_a_new_paragraph_is_not():
    content = (
        words(BODY, 90, 700)
        + words("，请认真执行。", 90, 680)
        + words("一、名单如下", 90, 660)
        + words(BODY, 90, 640)
        + words("二、其他", 90, 620)
        + words("　　本通知自发布之日起施行。", 90, 600)
    )
    assert pdf_text(pdf_page(content)).split("\n") == [
        f"{BODY}，请认真执行。",
        "一、名单如下",
        BODY,
        "二、其他",
        "本通知自发布之日起施行。",
    ]


def test_page_numbers_are_left_out_and_a_paragraph_goes_on_over_them():
    content = words(BODY, 90, 700) + words("— 2 —", 280, 40)
    assert pdf_text(pdf_page(content, pages=2)) == BODY + BODY


def test_ruled_tables_become_rows_with_tabs():
    rows = [
        ["序号", "机构名称", "区"],
        ["1", "云泽市第一医院", "东湖"],
        ["2", "云泽市骨科医院", ""],
    ]
    content = words("附件：名单", 90, 760) + a_table(
        rows, [90, 140, 340, 440], [740, 715, 690, 665]
    )
    assert pdf_text(pdf_page(content + words("（此件公开发布）", 90, 600))).split("\n") == [
        "附件：名单",
        "序号\t机构名称\t区",
        "1\t云泽市第一医院\t东湖",
        "2\t云泽市骨科医院\t",
        "（此件公开发布）",
    ]


def test_cells_that_run_over_rows_and_lines_are_one():
    content = (
        b"".join(line(90, y, 440, y) for y in (740, 660))
        + line(190, 700, 440, 700)
        + b"".join(line(x, 660, x, 740) for x in (90, 190, 440))
        + words("东湖区", 94, 695)
        + words("云泽市第一", 194, 724)
        + words("人民医院", 194, 706)
        + words("云泽市骨科医院", 194, 670)
    )
    assert pdf_text(pdf_page(content)) == "东湖区\t云泽市第一人民医院\n东湖区\t云泽市骨科医院"


def test_columns_without_lines_are_told_by_their_gaps():
    content = words("1", 90, 700) + words("云泽市第一医院", 140, 700) + words("东湖区", 340, 700)
    assert pdf_text(pdf_page(content)) == "1\t云泽市第一医院\t东湖区"


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [
        (0, b"1 0 0 1 0 0"),
        (90, b"0 1 -1 0 595 0"),
        (180, b"-1 0 0 -1 595 842"),
        (270, b"0 -1 1 0 0 842"),
    ],
)
def test_turned_pages_are_read_as_they_are_seen(turn, matrix):
    rows = [["序号", "名称"], ["1", "云泽市第一医院"]]
    drawn = a_table(rows, [60, 140, 340], [500, 475, 450])
    content = matrix + b" cm\n" + drawn
    assert pdf_text(pdf_page(content, turn=turn)) == "序号\t名称\n1\t云泽市第一医院"


def test_a_cells_lines_are_joined_as_each_script_wants():
    assert joined_lines("云泽市\r\n第一医院") == "云泽市第一医院"
    assert joined_lines("Yunze First\nHospital") == "Yunze First Hospital"
    assert joined_lines("") == ""


def test_a_frame_is_no_table():
    frame = [Rule(0, 0, 100, 0), Rule(0, 50, 100, 50), Rule(0, 0, 0, 50), Rule(100, 0, 100, 50)]
    assert ruled_tables(frame) == []
    (table,) = ruled_tables([*frame, Rule(50, 0, 50, 50)])
    assert (table.xs, table.ys, [list(row) for row in table.rows()]) == (
        [0, 50, 100],
        [0, 50],
        [[0, 1]],
    )


def test_two_grids_are_two_tables():
    def grid(top):
        return [
            *(Rule(0, y, 100, y) for y in (top, top + 20)),
            *(Rule(x, top, x, top + 20) for x in (0, 50, 100)),
        ]

    assert [table.ys for table in ruled_tables([*grid(200), *grid(0)])] == [[0, 20], [200, 220]]


TEXT = words("名单", 90, 700)
REFUSED = {
    "other": (b"text", "文件内容不是PDF，与扩展名不符。"),
    "truncated": (pdf_page(TEXT)[:200], "PDF文件不完整或已损坏，无法读取。"),
    "scan": (
        pdf_page(b"0 0 100 100 re f"),
        "PDF文件中没有文字，可能是扫描件；请上传文字版，或粘贴文字。",
    ),
    "pages": (
        pdf_page(TEXT, pages=MAX_PAGES + 1),
        f"PDF文件超过{MAX_PAGES}页，请拆分后再上传。",
    ),
    "ring": (
        pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 9>>"),
        "PDF文件不完整或已损坏，无法读取。",
    ),
    "locked": (
        pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[]/Count 0>>",
            extra=b"/Encrypt<</Filter/Standard/V 1/R 2/O(%b)/U(%b)/P -4>>/ID[(1)(1)]"
            % (b"a" * 32, b"b" * 32),
        ),
        "PDF文件已加密，请解除密码后再上传。",
    ),
    "bomb": (
        pdf_page(bytes(300_000_000), packed=2),
        "PDF文件的内容过长或过于复杂，请拆分后再上传。",
    ),
    "shapes": (
        pdf_page(b"0 0 m 10 10 l S\n" * 1_000_000, packed=1),
        "PDF文件的内容过长或过于复杂，请拆分后再上传。",
    ),
    "characters": (
        pdf_page(b"".join(words("长" * 40, 60, 20 * y) for y in range(1, 41)), pages=199),
        "PDF文件的内容过长或过于复杂，请拆分后再上传。",
    ),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_with_its_reason(data, message):
    with pytest.raises(UnreadableFile) as refusal:
        pdf_text(data)
    assert str(refusal.value) == message
