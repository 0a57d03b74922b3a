"""What the reader could not read is a warning at its place, and what nobody printed is not added."""

import pytest

from institutions.noticetext import read_notice


def doubts(text):
    notice = read_notice(text)
    return [(one.code, text[one.start : one.end]) for one in notice.warnings]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("市医保局确定崆峒云鹤斋为职工医保定点单位。", "崆峒云鹤斋"),
        ("日前，崆峒云鹤斋成为职工医保定点单位。", "崆峒云鹤斋"),
        ("近日，崆峒云鹤斋被确定为工伤保险定点单位。", "崆峒云鹤斋"),
    ],
)
def test_a_designation_without_a_name_that_is_known_as_one_is_named(sentence, who):
    assert read_notice(sentence).entries == []
    assert doubts(sentence) == [("unread_name", who)]


@pytest.mark.parametrize(
    "sentence",
    [
        "各医院被确定为工伤保险定点医疗机构后，要加强管理。",
        "我市将更多医院纳入医保定点范围。",
        "确定下列5家医疗机构为工伤保险定点医疗机构。",
    ],
)
def test_a_sentence_about_institutions_in_general_is_no_doubt(sentence):
    assert doubts(sentence) == []


def test_a_row_that_a_line_break_has_torn_beyond_mending_is_no_entry():
    text = (
        "南浔区工伤保险定点医疗机构名单\n序号|机构名称|等级|区域\n"
        "1|湖州市南浔区\n示例中医院\n二级|南浔区\n2|示例医院|三级|南浔区"
    )
    notice = read_notice(text)
    names = [(entry.name_as_printed, entry.needs_review) for entry in notice.entries]
    assert names == [("示例中医院", True), ("示例医院", False)]
    assert doubts(text) == [
        ("unread_row", "1|湖州市南浔区"),
        ("needs_review", "示例中医院"),
        ("unread_row", "二级|南浔区"),
    ]


def test_a_row_of_a_stacked_table_with_a_line_too_many_is_given_back_whole():
    text = "工伤保险定点医院\n序号\n名称\n等级\n1\n湖州\n示例医院\n二级\n2\n第二示例医院\n三级"
    assert [entry.name_as_printed for entry in read_notice(text).entries] == ["第二示例医院"]
    assert doubts(text) == [("unread_row", "1\n湖州\n示例医院\n二级")]


def test_a_notice_without_any_category_gets_none():
    notice = read_notice("示例市医疗保障局\n1.示例第一医院\n2.示例第二医院\n3.示例大药房")
    assert {(entry.category, entry.needs_review) for entry in notice.entries} == {(None, True)}
