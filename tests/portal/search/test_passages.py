"""Marked words of the original, whatever its width; the passage that shows most of them; nothing unescaped."""

import re
from html import unescape

import pytest
from hypothesis import given

from portal.search.language import parse
from portal.search.passages import WIDTH, marked, passage
from portal.search.rephrasing import as_typed, pieces_of
from portal.search.vocabulary import Vocabulary
from tests.portal.search.texts import questions, stories


@pytest.mark.parametrize(
    ("typed", "text", "html"),
    [
        ("gdp", "郑州ＧＤＰ<b>&", "郑州<mark>ＧＤＰ</mark>&lt;b&gt;&amp;"),
        ("郑州", "新鄭州站", "新<mark>鄭州</mark>站"),
        ("1号线", "地铁１号线、11号线", "地铁<mark>１号线</mark>、11号线"),
        ("数字 字治", "数字治理", "<mark>数字治</mark>理"),
        ("郑", "郑州新郑", "<mark>郑</mark>州新<mark>郑</mark>"),
        ("颐和", "郑州", "郑州"),
        ("数字的治理", "治理靠数字", "<mark>治理</mark>靠<mark>数字</mark>"),
        ('"数字的治理"', "治理靠数字", "治理靠数字"),
    ],
)
def test_what_was_found_is_marked(typed, text, html):
    assert marked(text, as_typed(parse(typed))) == html


def test_a_synonym_is_marked_too():
    vocabulary = Vocabulary(synonyms=[("停暖", "停止供暖")])
    assert (
        marked("明日停止供暖", pieces_of(parse("停暖"), vocabulary)) == "明日<mark>停止供暖</mark>"
    )


def test_the_passage_shows_most_words_and_begins_with_a_sentence():
    text = (
        "郑州先说别的。"
        + "没有关系的话很长。" * 20
        + "这一句里郑州和颐和都有。"
        + "后面还有话。" * 30
    )
    shown = passage(text, as_typed(parse("郑州 颐和")))
    assert shown.startswith("…这一句里<mark>郑州</mark>和<mark>颐和</mark>都有。")
    assert shown.endswith("…")


def test_a_sentence_is_shown_rather_than_a_table():
    text = "郑州的位次是第七。" + "没有关系的话很长。" * 20 + "郑州 第7位 郑州 第4位 郑州 未知"
    assert passage(text, as_typed(parse("郑州"))).startswith("<mark>郑州</mark>的位次是第七。")


def test_a_short_text_is_shown_whole():
    assert passage("只有 一句\n郑州", as_typed(parse("郑州"))) == "只有 一句 <mark>郑州</mark>"
    assert passage("", as_typed(parse("郑州"))) == ""


def test_without_a_match_the_beginning_is_shown():
    assert passage("开" * (WIDTH + 1), as_typed(parse("郑州"))) == "开" * WIDTH + "…"


@given(stories, questions)
def test_marking_changes_no_word(text, typed):
    html = marked(text, as_typed(parse(typed)))
    assert unescape(re.sub("</?mark>", "", html)) == text
