"""A story's body as plain text: which words of each block, and that anything stored is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.models import ArticlePage
from news.plaintext import text_of, words_of

BODY = ArticlePage._meta.get_field("body")


def of(*blocks):
    stored = [{"type": kind, "value": value} for kind, value in blocks]
    return text_of(BODY.to_python(stored))


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>一段。</p><p>又一段。</p>", "一段。\n\n又一段。"),
        ("<p>上<br/>下</p>", "上\n\n下"),
        ("<p>1 &lt; 2 &amp;amp; <b>粗</b>体</p>", "1 < 2 &amp; 粗体"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n\n乙"),
        ("<p>  空\n 白&nbsp;</p><p></p>", "空 白"),
        ("", ""),
    ],
)
def test_words_of_rich_text(markup, words):
    assert words_of(markup) == words


def item(**value):
    return {"type": "item", "id": "x", "value": value}


PICTURE = {"picture": 1, "alt": "天际线", "decorative": False, "caption": "图说", "credit": "某摄"}
TABLE = {
    "columns": [{"type": "text", "heading": "城市"}, {"type": "number", "heading": "位次"}],
    "rows": [{"values": ["郑州", 7]}, {"values": ["西安", None]}],
    "caption": "",
}


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("paragraph", "<p>一段。</p>", "一段。"),
        ("heading", {"kicker": "小引", "text": "小标题"}, "小引\n小标题"),
        ("heading", {"kicker": "", "text": "小标题"}, "小标题"),
        ("picture", PICTURE, "图说（某摄）"),
        ("gallery", {"title": "组图", "pictures": [item(**PICTURE)]}, "组图\n图说（某摄）"),
        (
            "quote",
            {"text": "宁可空着", "speaker": "编辑部", "title": "守则"},
            "宁可空着\n——编辑部，守则",
        ),
        (
            "key_figures",
            {
                "title": "",
                "figures": [item(value="18", unit="家次", label="新增")],
                "source": "通知",
            },
            "新增：18家次\n数据来源：通知",
        ),
        (
            "table",
            {"caption": "表", "table": TABLE, "source": ""},
            "表\n城市\t位次\n郑州\t7\n西安\t",
        ),
        ("related", {"title": "延伸阅读", "stories": []}, ""),
        ("video", {"video": "https://a.example", "caption": "片"}, ""),
    ],
)
def test_the_words_of_each_block(kind, value, words):
    assert of((kind, value)) == words


def test_blocks_are_parted_by_an_empty_line():
    heading = ("heading", {"kicker": "", "text": "小标题"})
    related = ("related", {"title": "延伸", "stories": []})
    assert of(("paragraph", "<p>一</p>"), related, heading) == "一\n\n小标题"
    assert of() == ""


@given(st.text())
def test_any_text_is_answered_without_markup_of_ours(text):
    assert words_of(text) == words_of(f"<p>{text}</p>")
