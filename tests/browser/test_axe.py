"""The axe fixture itself: it must find what is wrong, under a policy as strict as ours."""

from tests.htmlcheck import valid_html

PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>郑州</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:"></head>
<body><main><h1>郑州</h1>{}</main></body></html>"""


def test_axe_finds_a_picture_without_words(page, axe):
    page.set_content(PAGE.format('<img src="data:,">'))
    assert axe(page) == ["image-alt: ['img']"]


def test_axe_finds_nothing_in_a_sound_page(page, axe):
    sound = PAGE.format("<p>第七位</p>")
    page.set_content(sound)
    assert axe(page) == []
    valid_html(sound)
