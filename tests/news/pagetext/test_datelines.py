"""Datelines and bylines at the two ends of a paragraph."""

import pytest

from news.pagetext.credits import Credit
from news.pagetext.datelines import (
    dateline_in_brackets,
    find_dateline,
    is_place_line,
    split_closing,
    split_opening,
)


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("本报讯 昨日，", "本报讯"),
        ("本报讯昨日，", "本报讯"),
        ("本报云泽讯 昨日，", "本报云泽讯"),
        ("据新华社云泽5月11日电 高考", "据新华社云泽5月11日电"),
        ("新华社云泽５月１１日电（记者", "新华社云泽５月１１日电"),
        ("人民网云泽5月11日电 高考", "人民网云泽5月11日电"),
        ("综合新华社电 今年", "综合新华社电"),
        ("央视网消息：今年", "央视网消息"),
        ("新华社发 春运", "新华社发"),
        ("新华社发展中心", ""),
        ("据新华社报道，今年", ""),
        ("本报电话：12345", ""),
        ("本报通讯员 何青", ""),
        ("本报消息，今年", ""),
        ("昨日，本报讯", ""),
    ],
)
def test_dateline_at_the_head(text, dateline):
    assert find_dateline(text) == dateline


def test_opening_with_credits_in_brackets_of_either_width():
    for before, after in ("（）", "()"):
        opening = split_opening(f"本报讯{before}云泽融媒记者何青、周平{after}昨日，")
        assert opening.dateline == "本报讯"
        assert opening.credits == (
            Credit("记者", "云泽融媒", "何青"),
            Credit("记者", "云泽融媒", "周平"),
        )
        assert (opening.rest, opening.dropped) == ("昨日，", f"{before}{after}、")


def test_brackets_without_credits_stay_in_the_prose():
    opening = split_opening("本报讯（以下简称快讯）昨日，")
    assert (opening.credits, opening.rest) == ((), "（以下简称快讯）昨日，")
    assert split_opening("（以下简称快讯）昨日，") is None


@pytest.mark.parametrize(
    ("text", "names", "rest", "dropped"),
    [
        ("本报讯 记者何青 通讯员周平 昨日起，", ["何青", "周平"], "昨日起，", ""),
        ("本报讯 记者 何青 报道：昨日起，", ["何青"], "昨日起，", "报道："),
        ("本报讯 记者何青报道 昨日起，", ["何青"], "昨日起，", "报道"),
        ("本报讯 记者 何青", ["何青"], "", ""),
        ("本报讯 记者昨日从市图书馆获悉，", [], "记者昨日从市图书馆获悉，", ""),
    ],
)
def test_opening_with_credits_without_brackets(text, names, rest, dropped):
    opening = split_opening(text)
    assert [credit.name for credit in opening.credits] == names
    assert (opening.dateline, opening.rest, opening.dropped) == ("本报讯", rest, dropped)


def test_datelines_on_lines_of_their_own():
    assert dateline_in_brackets("（新华社云泽6月8日电）") == "新华社云泽6月8日电"
    assert dateline_in_brackets("（以下简称快讯）") == ""
    assert [is_place_line(text) for text in ("发自云泽、白石", "发自内心的笑，")] == [True, False]


def test_byline_after_a_caption_needs_no_full_stop():
    closing = split_closing("图为亮灯后的艺术中心 本报记者 何青 摄")
    assert closing.prose == "图为亮灯后的艺术中心"
    assert closing.line.credits == (Credit("摄", "本报", "何青"),)


def test_byline_stuck_to_the_tail():
    closing = split_closing("报告昨日发布。 云泽融媒记者 方晓岚")
    assert (closing.prose, closing.bracketed) == ("报告昨日发布。", False)
    assert closing.line.credits == (Credit("记者", "云泽融媒", "方晓岚"),)


def test_byline_in_brackets_at_the_tail():
    closing = split_closing("报告昨日发布（何青 摄）")
    assert (closing.prose, closing.bracketed) == ("报告昨日发布", True)
    assert closing.line.credits == (Credit("摄", "", "何青"),)


@pytest.mark.parametrize(
    "text", ["报告昨日发布。", "报告昨日发布。他说", "发布（第三版）", "记者 何青", ""]
)
def test_tail_without_byline(text):
    assert split_closing(text) is None


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("本报白石讯6月20日夜，大雨。", "本报白石讯"),
        ("据新华社电一名船员获救。", "据新华社电"),
        ("云泽晚报讯昨日，市集开张。", "云泽晚报讯"),
        ("本报通讯员何青昨日到访。", ""),
        ("本报资讯中心昨日成立。", ""),
        ("据新华社电视部的消息，", ""),
        ("本报记者讯问了三个摊主。", ""),
    ],
)
def test_dateline_glued_to_its_prose(text, dateline):
    assert find_dateline(text) == dateline


def test_names_between_a_dateline_and_its_report_need_no_surname():
    opening = split_opening("云泽晚报讯 记者何青、通讯员云港宣报道：市集开张。")
    assert (opening.dateline, opening.credits, opening.rest) == (
        "云泽晚报讯",
        (Credit("记者", "", "何青"), Credit("通讯员", "", "云港宣")),
        "市集开张。",
    )
