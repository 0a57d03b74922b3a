"""Headings without markup, and headlines in parts."""

import pytest

from news.pagetext.headlines import HeadlineParts, arranged, is_heading_like, offered_split


@pytest.mark.parametrize("text", ["菜市场开进了地铁站", "晚高峰怎么走？", "小学门口多了“安心桥”"])
def test_heading(text):
    assert is_heading_like(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "三个字",
        "完。开放",
        "如下：",
        "“太好了！”",
        "1. 总则部分",
        "时间：8月20日",
        "甲" * 41,
        "12345",
        "甲乙\t丙丁",
    ],
)
def test_no_heading(text):
    assert is_heading_like(text) is False


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (["一"], None),
        (["节水第三", "仅次于青浦、白石"], HeadlineParts("", "节水第三", "仅次于青浦、白石")),
        (
            ["管网换新、雨水浇绿地", "节水第三"],
            HeadlineParts("管网换新、雨水浇绿地", "节水第三", ""),
        ),
        (
            ["管网换新", "节水第三", "仅次于青浦"],
            HeadlineParts("管网换新", "节水第三", "仅次于青浦"),
        ),
        (["甲", "乙", "丙", "丁"], None),
    ],
)
def test_lines_become_parts(lines, parts):
    assert arranged(lines) == parts


def test_split_is_offered_for_phrases_and_not_for_broken_lines():
    assert offered_split("老旧管网换新雨水浇绿地 节水指数全省第三") == HeadlineParts(
        "老旧管网换新雨水浇绿地", "节水指数全省第三", ""
    )
    assert offered_split("我市新设6处 流动图书 服务点(站)") is None
    assert offered_split("菜市场开进了地铁站里面去") is None
