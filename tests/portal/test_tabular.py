"""Rows from and to CSV, XLSX and JSON, by one description of their columns."""

import datetime
import io
import json
import zipfile
from dataclasses import dataclass
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.tabular import (
    Column,
    Problem,
    Row,
    Sheet,
    UnreadableFile,
    as_date,
    as_decimal,
    as_integer,
    column_letter,
    csv_safe,
    read_sheets,
    read_table,
    sheets_text,
    write_csv,
    write_json,
    write_xlsx,
)
from portal.tabular.cells import column_index, unprotected
from portal.tabular.tables import MAX_PROBLEMS
from tests.portal.hostile import workbook


@dataclass
class Hospital:
    """One row to be exported."""

    name: str = ""
    level: str = ""
    since: datetime.date | None = None
    beds: int | None = None
    score: Decimal | None = None
    place: object = None


COLUMNS = (
    Column("name", "名称", required=True, max_length=200),
    Column("level", "级别", choices=(("3a", "三级甲等"), ("", "未定级"))),
    Column("since", "起始日期", kind="date"),
    Column("beds", "床位", kind="integer"),
    Column("score", "得分", kind="decimal"),
    Column("place", "地方", value="place.name", computed=True),
)
ROWS = [
    Hospital("云泽市第一医院", "3a", datetime.date(2020, 8, 19), -5, Decimal("88.10")),
    Hospital("=1+1"),
]


def csv_of(text, encoding="utf-8"):
    return text.encode(encoding)


def problems(text, columns=COLUMNS, name="a.csv"):
    return [str(one) for one in read_table(name, csv_of(text), columns).problems]


def values(table):
    assert table.problems == []
    return [row.values for row in table.rows]


def xlsx_of(columns, rows, **options):
    with write_xlsx(columns, rows, **options) as file:
        return file.read()


def test_csv_is_written_for_excel():
    assert b"".join(write_csv(COLUMNS, ROWS)).decode() == (
        "\ufeff名称,级别,起始日期,床位,得分,地方\r\n"
        "云泽市第一医院,三级甲等,2020-08-19,-5,88.10,\r\n"
        "'=1+1,未定级,,,,\r\n"
    )
    assert next(write_csv(COLUMNS[:1], [], bom=False)) == "名称\r\n".encode()


def test_json_is_written_with_what_is_stored():
    text = b"".join(write_json(COLUMNS, ROWS)).decode()
    assert '"score":88.10' in text
    assert json.loads(text) == [
        {
            "name": "云泽市第一医院",
            "level": "3a",
            "since": "2020-08-19",
            "beds": -5,
            "score": 88.1,
            "place": None,
        },
        {"name": "=1+1", "level": "", "since": None, "beds": None, "score": None, "place": None},
    ]
    assert b"".join(write_json(COLUMNS, [])) == b"[]"


def test_workbook_has_a_frozen_heading_true_dates_and_no_formula():
    data = xlsx_of(COLUMNS, ROWS, notes=True)
    assert read_sheets("a.xlsx", data) == [
        Sheet(
            "数据",
            [
                Row(1, ("名称", "级别", "起始日期", "床位", "得分", "地方")),
                Row(2, ("云泽市第一医院", "三级甲等", "2020-08-19", "-5", "88.1")),
                Row(3, ("=1+1", "未定级")),
            ],
        ),
        Sheet(
            "填写说明",
            [
                Row(1, ("列名", "必填", "填什么", "说明")),
                Row(2, ("名称", "必填", "文字")),
                Row(3, ("级别", "", "三级甲等、未定级")),
                Row(4, ("起始日期", "", "日期")),
                Row(5, ("床位", "", "整数")),
                Row(6, ("得分", "", "数字")),
            ],
        ),
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        sheet = container.read("xl/worksheets/sheet1.xml").decode()
    assert (sheet.count("<f>"), sheet.count('state="frozen"')) == (0, 1)


def test_numbers_that_a_spreadsheet_would_shorten_stand_as_text():
    columns = [Column("beds", "床位", kind="integer"), Column("score", "得分", kind="decimal")]
    row = Hospital(beds=410100199001011234, score=Decimal("0.1234567890123456789"))
    assert values(read_table("a.xlsx", xlsx_of(columns, [row]), columns)) == [
        {"beds": row.beds, "score": row.score}
    ]


def test_a_text_longer_than_a_cell_is_cut_in_a_workbook_and_says_so():
    columns = [Column("name", "名称")]
    sheet = read_sheets("a.xlsx", xlsx_of(columns, [Hospital("长" * 40_000)]))[0]
    assert (len(sheet.rows[1].cells[0]), sheet.rows[1].cells[0][-20:]) == (
        32_000,
        "长长长…（这一格太长，全文见CSV或JSON）"[-20:],
    )


def test_a_number_that_is_none_is_refused():
    with pytest.raises(ValueError, match="finite"):
        list(write_csv([Column("score", "得分", kind="decimal")], [Hospital(score=Decimal("NaN"))]))


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t"),
    max_size=30,
).map(str.strip)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14)
HOSPITALS = st.builds(
    Hospital,
    name=TEXTS.filter(bool),
    level=st.sampled_from(["3a", ""]),
    since=st.none() | st.dates(min_value=datetime.date(1000, 1, 1)),
    beds=st.none() | st.integers(-(10**18), 10**18),
    score=st.none() | NUMBERS.map(lambda number: round(number, 6)),
)


def stored(row):
    return {column.key: column.of(row) for column in COLUMNS if not column.computed}


@settings(deadline=None, max_examples=60)
@given(st.lists(HOSPITALS, max_size=5))
@example([Hospital("''=1"), Hospital("'"), Hospital("-"), Hospital("_x000D_"), Hospital("＝甲")])
@example([Hospital("a\tb"), Hospital("甲\n乙"), Hospital("1.0"), Hospital('"')])
def test_what_was_exported_imports_again_unchanged(rows):
    expected = [stored(row) for row in rows]
    for bom in (True, False):
        data = b"".join(write_csv(COLUMNS, rows, bom=bom))
        assert values(read_table("a.csv", data, COLUMNS)) == expected
    assert values(read_table("a.xlsx", xlsx_of(COLUMNS, rows, notes=True), COLUMNS)) == expected


@given(st.text(st.sampled_from("'=+-@\t\r\n甲1＝")))
def test_protection_is_undone_by_reading_and_leaves_no_formula(text):
    safe = csv_safe(text)
    assert unprotected(safe) == text
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


def test_protection_leaves_numbers_alone():
    assert [csv_safe(value) for value in (-5, Decimal("-1.5"), "-5", "甲-")] == [
        -5,
        Decimal("-1.5"),
        "'-5",
        "甲-",
    ]


@given(st.integers(0, 20_000))
def test_letters_and_indices_of_columns_agree(index):
    assert column_index(column_letter(index)) == index


def test_letters_of_columns():
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2020-08-19",
        "2020/8/19",
        "2020.8.19",
        "2020年8月19日",
        "２０２０－８－１９",
        "2020-08-19 00:00:00",
    ],
)
def test_dates_as_they_are_written(text):
    assert as_date(text) == datetime.date(2020, 8, 19)


@pytest.mark.parametrize("text", ["2020-8", "20200819", "2020-8/19", "昨天", "2020-08-19 05:00"])
def test_no_date_is_guessed(text):
    with pytest.raises(ValueError, match=r"^“.*”不是日期，应写成 2020-08-19。$"):
        as_date(text)


def test_a_day_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match=r"^没有“2021-02-29”这一天。$"):
        as_date("2021-02-29")


def test_numbers_as_they_are_written():
    assert [as_decimal(text) for text in ("1,234.50", "－5", "−5", "0088")] == [
        Decimal("1234.50"),
        -5,
        -5,
        88,
    ]
    assert as_integer("1,000.0") == 1000


@pytest.mark.parametrize("text", ["1e5", "NaN", "12%", "1,23", "五", "9" * 50, "+5"])
def test_no_number_is_guessed(text):
    with pytest.raises(ValueError, match=r"不是数字。$"):
        as_decimal(text)


def test_headings_are_known_by_label_or_key_whatever_their_width_order_and_place():
    text = "云泽市定点机构统计表\n填表单位：,市医保局\nＢＥＤＳ,名 称,地方\n5,甲医院,云泽\n,,\n6,乙医院,\n"
    table = read_table("a.csv", csv_of(text, "gb18030"), COLUMNS)
    assert [(row.number, row.values) for row in table.rows] == [
        (4, {"beds": 5, "name": "甲医院"}),
        (6, {"beds": 6, "name": "乙医院"}),
    ]
    assert [column.key for column in table.present] == ["beds", "name"]


def test_blank_cells_are_nothing_of_their_kind():
    assert values(
        read_table("a.csv", csv_of("名称,级别,起始日期,床位,得分\n甲,,,,\n"), COLUMNS)
    ) == [{"name": "甲", "level": "", "since": None, "beds": None, "score": None}]


def test_each_faulty_cell_is_named():
    text = "名称,级别,起始日期,床位,得分\n,四级,昨天,1.5,x\n甲,,,,\n" + "长" * 201 + ",,,,\n"
    assert problems(text) == [
        "第 2 行“名称”：不能为空。",
        "第 2 行“级别”：不认识“四级”，可填：三级甲等、未定级。",
        "第 2 行“起始日期”：“昨天”不是日期，应写成 2020-08-19。",
        "第 2 行“床位”：“1.5”不是整数。",
        "第 2 行“得分”：“x”不是数字。",
        "第 4 行“名称”：有 201 个字，最多 200 个。",
    ]


def test_faulty_headings_are_named_and_no_row_is_read():
    table = read_table("a.csv", csv_of("床位,床 位,电话\n1,2,3\n"), COLUMNS)
    assert table.rows == []
    assert [str(one) for one in table.problems] == [
        "第 1 行：不认识列“电话”，请改正列名或删去这一列。",
        "第 1 行：缺少列“名称”。",
        "第 1 行“床位”：这一列出现了 2 次。",
    ]


def test_what_stands_under_no_heading_is_named():
    assert problems("名称,,床位\n甲,丢,1\n,,,末\n") == [
        "第 2 行：B列没有列名，却有内容“丢”。",
        "第 3 行：D列没有列名，却有内容“末”。",
    ]


def test_a_file_without_known_headings_says_which_there_are():
    assert problems("甲,乙\n1,2\n") == [
        "没有找到表头。表头可用的列：名称、级别、起始日期、床位、得分。"
    ]


def test_only_so_many_problems_are_listed():
    found = problems("名称,床位\n" + "甲,x\n" * (MAX_PROBLEMS + 5))
    assert (len(found), found[-1]) == (
        MAX_PROBLEMS + 1,
        f"问题超过{MAX_PROBLEMS}处，其余没有列出。",
    )


def test_two_sheets_that_are_equally_likely_are_not_guessed_between():
    def book(names):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as pages:
            for name, heading in names:
                pages.add_worksheet(name).write_column(0, 0, [heading, "甲"])
        return stream.getvalue()

    twice = read_table("a.xlsx", book([("一", "名称"), ("二", "名称")]), COLUMNS)
    assert twice.problems == [Problem(None, "", "不能确定读哪个工作表（一、二），请只保留一个。")]
    once = read_table("a.xlsx", book([("一", "备注"), ("二", "名称")]), COLUMNS)
    assert values(once) == [{"name": "甲"}]


def test_cells_of_a_workbook_as_text():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("名单")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(1, 1, [1.0, 0.1 + 0.2, -5, 1e-7, "文字", "甲\n乙"])
        page.write_boolean(1, 7, True)
        page.write_datetime(2, 1, datetime.datetime(2020, 8, 19), day)
        page.write_datetime(2, 2, datetime.datetime(2020, 8, 19, 5, 6), day)
        hidden = book.add_worksheet("隐藏")
        hidden.write(0, 0, "不读")
        hidden.hide()
        book.add_worksheet("空")
    assert read_sheets("a.xlsx", stream.getvalue()) == [
        Sheet(
            "名单",
            [
                Row(2, ("", "1", "0.3", "-5", "0.0000001", "文字", "甲\n乙", "是")),
                Row(3, ("", "2020-08-19", "2020-08-19 05:06:00")),
            ],
        )
    ]


def test_cells_merged_downwards_each_have_the_text():
    def fill(page):
        page.merge_range(0, 0, 0, 2, "名单")
        page.merge_range(1, 0, 3, 0, "东湖区")
        page.write_column(1, 1, ["甲", "乙", "丙", "丁"])

    sheets = read_sheets("a.xlsx", workbook(fill))
    assert [row.cells for row in sheets[0].rows] == [
        ("名单",),
        ("东湖区", "甲"),
        ("东湖区", "乙"),
        ("东湖区", "丙"),
        ("", "丁"),
    ]
    assert sheets_text(sheets) == "名单\n东湖区\t甲\n东湖区\t乙\n东湖区\t丙\n\t丁"


def test_several_sheets_as_text_have_their_names():
    sheets = [Sheet("一", [Row(1, ("甲", "乙\n丙"))]), Sheet("二", [Row(1, ("丁",))])]
    assert sheets_text(sheets) == "# 一\n甲\t乙 丙\n# 二\n丁"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_separated_files_in_each_encoding(encoding):
    rows = [Row(1, ("名称", "级别")), Row(3, ("甲,乙", "三级\n甲等"))]
    data = csv_of('名称,级别\r\n\r\n"甲,乙","三级\n甲等"\r\n', encoding)
    assert read_sheets("a.csv", data) == [Sheet("", rows)]


def test_tabs_separate_where_the_first_line_has_no_comma():
    assert read_sheets("a.csv", csv_of("名称\t级别\n甲,乙\t三级\n"))[0].rows[1] == Row(
        2, ("甲,乙", "三级")
    )


def test_row_limit_is_inclusive():
    assert len(read_sheets("a.csv", b"a\n" * 3, max_rows=3)[0].rows) == 3
    with pytest.raises(UnreadableFile, match=r"^表格超过3行，请拆分后再上传。$"):
        read_sheets("a.csv", b"a\n" * 4, max_rows=3)
    book = workbook(lambda page: page.write_column(0, 0, [1, 2, 3]))
    assert len(read_sheets("a.xlsx", book, max_rows=3)[0].rows) == 3
    with pytest.raises(UnreadableFile, match=r"^表格超过2行，请拆分后再上传。$"):
        read_sheets("a.xlsx", book, max_rows=2)


def test_a_path_that_ends_early_is_nothing():
    assert Column("a", "甲", value="place.name").of(Hospital()) is None
    assert Column("a", "甲", value=lambda row: row.beds).cell(Hospital(beds=3)) == 3
    assert Column("a", "甲", value="name").cell(Hospital(name=True)) == "是"


def test_there_are_no_other_kinds_of_columns():
    with pytest.raises(ValueError, match="no such kind"):
        Column("a", "甲", kind="colour")


DATES = st.dates(min_value=datetime.date(1, 1, 1))


@given(DATES)
def test_every_day_is_read_back(day):
    assert as_date(day.isoformat()) == day
    assert as_date(f"{day.year:04}年{day.month}月{day.day}日") == day
