"""What pasting leaves behind, and its removal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.pasting import tidy_html, tidy_line

VISIBLE = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]))


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("<p>　　本报讯　昨日</p>", "<p>本报讯　昨日</p>"),
        ("<p>&nbsp;&nbsp;甲&nbsp;乙</p>", "<p>甲 乙</p>"),
        ("<p>甲\u200b乙\ufeff\u00ad</p>", "<p>甲乙</p>"),
        ("<p>甲</p><p>　</p><p><br/></p><p>乙</p>", "<p>甲</p><p>乙</p>"),
        ('<p data-block-key="k">　甲</p>', '<p data-block-key="k">甲</p>'),
        ("<ul><li>　甲 </li></ul>", "<ul><li>甲</li></ul>"),
        ("<p>“甲”<b>乙</b></p>", "<p>“甲”<b>乙</b></p>"),
        ("", ""),
        (None, ""),
    ],
)
def test_html_arrives_clean(pasted, clean):
    assert tidy_html(pasted) == clean


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("　甲　 乙\n", "甲 乙"),
        ("\u202a甲\u202c", "甲"),
        ("甲\x00\x07乙", "甲乙"),
        (None, ""),
    ],
)
def test_a_line_arrives_clean(pasted, clean):
    assert tidy_line(pasted) == clean


@given(VISIBLE)
def test_tidying_twice_changes_nothing_more(text):
    assert tidy_line(tidy_line(text)) == tidy_line(text)
    html = f"<p>{text}</p>"
    assert tidy_html(tidy_html(html)) == tidy_html(html)


@given(VISIBLE)
def test_no_word_is_lost(text):
    def letters(s):
        return [c for c in s if c.isalnum()]

    assert letters(tidy_line(text)) == letters(text)
