"""What of a page's HTML reaches readers of feeds."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.feeds.html import ATTRIBUTES, KEPT, feed_html

BASE = "https://youju.example/news/a/"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>郑州<b>第七</b></p>", "<p>郑州<b>第七</b></p>"),
        ("", ""),
        ('<p class="x" onclick="y" style="z">文</p>', "<p>文</p>"),
        ("<p>甲</p><script>alert(1)</script><style>p{}</style>", "<p>甲</p>"),
        (
            "<figure><svg><text>画</text></svg><figcaption>图说</figcaption></figure>",
            "<div><div>图说</div></div>",
        ),
        (
            '<a href="/places/410100/">郑州</a>',
            '<a href="https://youju.example/places/410100/">郑州</a>',
        ),
        ('<a href="#b">下</a>', '<a href="https://youju.example/news/a/#b">下</a>'),
        ('<a href="javascript:x()">点</a>', "点"),
        (
            '<img src="/media/a.webp" alt="图" class="c" width="1">',
            '<img alt="图" src="https://youju.example/media/a.webp"/>',
        ),
        (
            '<img src="/480" srcset="/480 480w, /800 800w, /1600 1600w" alt="">',
            '<img alt="" src="https://youju.example/800"/>',
        ),
        ('<img src="data:image/png;base64,AA" alt="图">', ""),
        ("<p>甲<!-- 旁注 -->乙</p>", "<p>甲乙</p>"),
        ('<time datetime="2020-08-18">8月18日</time>', "8月18日"),
        ("<details><summary>表</summary><p>数</p></details>", "<div><p>表</p><p>数</p></div>"),
        ("1 < 2 &amp;&lt;b&gt;", "1 &lt; 2 &amp;&lt;b&gt;"),
        ('<div><iframe src="https://v.example/"></iframe></div>', "<div></div>"),
    ],
)
def test_it_is_plain_and_absolute(html, shown):
    assert feed_html(html, BASE) == shown


pieces = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<a href='",
        "'>",
        "</a>",
        "<img src=x>",
        "<svg/onload=a>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "&#0;",
        "&lt;",
        "<b ",
        "郑",
        "\x00",
        '"',
        "<?xml ?>",
        "<iframe>",
    ]
)


@given(st.lists(pieces, max_size=12).map("".join))
def test_whatever_comes_nothing_but_what_is_kept_leaves(html):
    tree = html5lib.parseFragment(feed_html(html, BASE), namespaceHTMLElements=False)
    found = [element for element in tree.iter() if isinstance(element.tag, str)][1:]
    assert {element.tag for element in found} <= {*KEPT, "tbody"}
    assert all({*one.attrib} <= {*ATTRIBUTES.get(one.tag, ())} for one in found)
