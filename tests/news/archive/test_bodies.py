"""Old story texts as blocks."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.archive.bodies import read_body


def paragraph(html):
    return {"type": "paragraph", "value": html}


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("第一段。\n\n　　第二段。\r\n", [paragraph("<p>第一段。</p><p>第二段。</p>")]),
        ("甲 < 乙 & 丙", [paragraph("<p>甲 &lt; 乙 &amp; 丙</p>")]),
        ("<p>第一段。</p><p>第二段。</p>", [paragraph("<p>第一段。</p><p>第二段。</p>")]),
        ("甲<br/>乙", [paragraph("<p>甲</p><p>乙</p>")]),
        ("甲&nbsp;&lt;b&gt;乙", [paragraph("<p>甲 &lt;b&gt;乙</p>")]),
        ("<p>甲<strong>乙<i>丙</strong>丁</p>", [paragraph("<p>甲<b>乙<i>丙</i></b>丁</p>")]),
        ("<p>甲<b>乙</p><p>丙</b></p>", [paragraph("<p>甲<b>乙</b></p><p>丙</p>")]),
        (
            '<a href="https://a.example/?x=1&y=2">甲</a><a href="javascript:alert(1)">乙</a>',
            [paragraph('<p><a href="https://a.example/?x=1&amp;y=2">甲</a>乙</p>')],
        ),
        ("<ul><li>甲<li>乙</ul>丙", [paragraph("<ul><li>甲</li><li>乙</li></ul><p>丙</p>")]),
        (
            "<p>甲</p><h2>小 &amp; 标题</h2><p>乙</p>",
            [
                paragraph("<p>甲</p>"),
                {"type": "heading", "value": {"kicker": "", "text": "小 & 标题"}},
                paragraph("<p>乙</p>"),
            ],
        ),
        ("<p>甲</p><script>alert(1)</script><style>p{}</style>", [paragraph("<p>甲</p>")]),
        ('<p style="x" onclick="y">甲<span>乙</span></p>', [paragraph("<p>甲乙</p>")]),
        ("<p>&nbsp;</p><p></p>", []),
        (" \n ", []),
    ],
)
def test_a_body_becomes_blocks(text, blocks):
    assert read_body(text).blocks == blocks


def test_a_heading_too_long_for_one_is_a_paragraph():
    assert read_body(f"<h2>{'长' * 61}</h2>").blocks == [paragraph(f"<p>{'长' * 61}</p>")]


def test_what_cannot_come_along_is_counted():
    body = read_body('<p>甲<img src="a.jpg"></p><img src="b.jpg"><table><tr><td>乙</table>')
    assert (body.blocks, body.lost) == ([paragraph("<p>甲</p><p>乙</p>")], {"图片": 2, "表格": 1})


class Balance(HTMLParser):
    """Fails on an element that is not allowed, or is not closed in order."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        assert tag in {"p", "b", "i", "sup", "sub", "a", "ul", "ol", "li"}
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<ul>",
        "</ul>",
        "<li>",
        "<ol>",
        "</ol>",
        "<h2>",
        "</h2>",
        "<a\thref='https://a.cn/'>",
        "</a>",
        "<script>",
        "</script>",
        "<table>",
        "<td>",
        "<br>",
        "甲",
        "乙。",
        "&lt;",
        "<",
        ">",
        "&",
        '"',
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_comes_in_what_goes_out_is_balanced_and_allowed(text):
    for block in read_body(text).blocks:
        if block["type"] == "paragraph":
            checker = Balance()
            checker.feed(block["value"])
            checker.close()
            assert checker.open == []
