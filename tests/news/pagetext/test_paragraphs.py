"""Where a paragraph was broken, and where it only ends."""

import pytest

from news.pagetext.paragraphs import glue, is_broken, is_finished, seam, wrapped_width

TORN = "市水务集团给每一段管线编了号,发展数字经"


@pytest.mark.parametrize(
    "text", ["完。", "他说：“好。”", "开放（见图）。", "开放。（见图）", "如下：", "……", "Done."]
)
def test_finished(text):
    assert is_finished(text) is True


@pytest.mark.parametrize("text", ["数字经", "上线以", "“郑重”", "增长5.", "，"])
def test_unfinished(text):
    assert is_finished(text) is False


@pytest.mark.parametrize(
    ("before", "after", "marked", "broken"),
    [
        (TORN, "济、数字社会。", True, True),
        (TORN, "济、数字社会。", False, True),
        (TORN, "雨水不再白流", False, False),
        (TORN, "雨水不再白流", True, True),
        (TORN + "济。", "另起一段。", True, False),
        ("出行安全", "。同时，", False, True),
        (TORN, "一、总体要求，", True, False),
        (TORN, "甲\t乙", True, False),
        ("清河站", "兴华社区", True, False),
    ],
)
def test_break(before, after, marked, broken):
    assert is_broken(before, after, prose=False, headings_are_marked=marked) is broken


def test_seam_and_glue():
    assert seam("发展数字经", "济、数字社会") == "展数字经|济、数字"
    assert [glue("数字经", "济"), glue("19", "年")] == ["", ""]


@pytest.mark.parametrize(
    ("before", "after", "between"),
    [
        ("手机AP", "P", ""),
        ("iPh", "one", ""),
        ("World", "Bank", " "),
        ("the open", "data", " "),
        ("open", "data portal", " "),
    ],
)
def test_torn_latin_words_are_put_together(before, after, between):
    assert glue(before, after) == between


def test_width_of_a_column():
    column = ["昨晚，过江隧道贯通，记者从", "现场看到，两台盾构机在江底", "会合，误差很小。"]
    assert wrapped_width(column) == 13
    assert wrapped_width(["清河站服务点和图书馆"] * 3) == 0
    assert wrapped_width(column[:2]) == 0
