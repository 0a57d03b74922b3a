"""The page check itself: each fault is found, and a sound page has none."""

import pytest

from tests.htmlcheck import faults

PAGE = (
    '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>有据</title></head>'
    "<body><main><h1>郑州</h1>{}</main></body></html>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>第七位</p>", []),
        ('<a href="#b">去</a><h2 id="b">新增</h2>', []),
        ('<label>姓名 <input name="q"></label>', []),
        ('<label for="q">检索</label><input id="q" name="q">', []),
        ('<input name="q">', ["input q has no label"]),
        ('<input type="hidden" name="q">', []),
        ('<p id="a">一</p><p id="a">二</p>', ["id a stands 2 times"]),
        ('<label for="q">检索</label>', ["for points at q, which is not there"]),
        ('<a href="#b">去</a>', ["link to #b, which is not there"]),
        ('<a href="/news/"></a>', ["a has no name: /news/"]),
        ('<a href="/news/"><img src="a.png" alt="新闻"></a>', []),
        ('<a href="/" aria-hidden="true" tabindex="-1"><img src="a.png" alt=""></a>', []),
        ('<img src="a.png">', ["img without alt: a.png"]),
        ('<img src="a.png" alt="">', []),
        ("<h1>又一个</h1>", ["2 h1 elements"]),
        ("<h3>跳级</h3>", ["h1 is followed by h3: 跳级"]),
        ("<h2></h2>", ["empty h2"]),
    ],
)
def test_faults_of_a_body(body, expected):
    assert faults(PAGE.format(body)) == expected


def test_a_div_in_a_paragraph_is_a_parse_error():
    assert len(faults(PAGE.format("<p><div>一</div></p>"))) == 1


def test_a_page_without_its_frame():
    assert faults("<!DOCTYPE html><p>一</p>".encode()) == [
        "html has no lang",
        "no title",
        "0 main elements",
        "0 h1 elements",
    ]
