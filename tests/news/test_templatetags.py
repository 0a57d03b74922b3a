"""Datelines, players, the marked section, the footer's pages, and that related stories are public ones."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from news.templatetags.stories import player, public_stories, with_dateline
from tests.factories import PlainPageFactory, a_draft, a_section, an_article


@pytest.mark.parametrize(
    ("html", "dateline", "set_with"),
    [
        ("<p>第一段。</p><p>二</p>", "", "<p>第一段。</p><p>二</p>"),
        ("<p>一</p><p>二</p>", "本报讯", '<p><b class="dateline">本报讯</b>一</p><p>二</p>'),
        (
            '\n<p data-block-key="a1">一</p>',
            "据新华社北京8月18日电",
            '<p data-block-key="a1"><b class="dateline">据新华社北京8月18日电</b>一</p>',
        ),
        (
            "<ul><li>一</li></ul>",
            "本报讯",
            '<p><b class="dateline">本报讯</b></p><ul><li>一</li></ul>',
        ),
        ("<p>一</p>", "<i>讯", '<p><b class="dateline">&lt;i&gt;讯</b>一</p>'),
    ],
)
def test_a_dateline_stands_at_the_start_of_the_first_paragraph(html, dateline, set_with):
    assert with_dateline(html, dateline) == set_with


def nav(**context):
    request = RequestFactory().get(context.pop("path", "/elsewhere/"))
    html = Template("{% load stories %}{% section_nav %}").render(
        Context({"request": request, **context})
    )
    links = [link.split("</a>")[0] for link in html.split("<a ")[1:]]
    return {
        link.split(">")[1]: link.split('aria-current="')[1].split('"')[0]
        for link in links
        if "aria-current" in link
    }


@pytest.mark.django_db
def test_the_nav_marks_where_the_reader_is(home):
    one, other = a_section(title="要闻"), a_section(title="民生")
    story = an_article(other)
    assert nav(page=home, path="/") == {"首页": "page"}
    assert nav(page=one) == {"要闻": "page"}
    assert nav(page=story, section=other) == {"民生": "true"}
    assert nav() == {}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_nav_and_footer_share_one_query(home, count, django_assert_num_queries):
    for n in range(count):
        a_section(title=f"栏目{n}", slug=f"s{n}")
        PlainPageFactory(parent=home, title=f"关于{n}", in_footer=True)
    PlainPageFactory(parent=home, title="不在页脚", in_footer=False)
    PlainPageFactory(parent=home, title="草稿", in_footer=True, live=False)
    a_section(title="未开的栏目", live=False)
    request = RequestFactory().get("/")
    template = Template(
        "{% load stories %}{% section_nav %}{% footer_pages as pages %}"
        "|{% for page in pages %}{{ page.title }},{% endfor %}"
    )
    with django_assert_num_queries(3):  # and Wagtail's two: the site, and its root path
        html = template.render(Context({"request": request}))
    assert html.split("|")[1] == "".join(f"关于{n}," for n in range(count))
    assert "未开的栏目" not in html


@pytest.mark.django_db
def test_related_stories_keep_their_order_and_lose_what_is_not_public(section):
    first, second, hidden = (an_article(section) for _ in range(3))
    draft = a_draft(section)
    hidden.unpublish()
    assert public_stories([second, hidden, None, draft, first]) == [second, first]


def test_a_video_is_played_without_a_question_to_the_database():
    # This test may not use the database: a query would fail it.
    html = player("https://www.bilibili.com/video/BV1xx411c7mD")
    assert html.startswith(
        '<iframe src="https://player.bilibili.com/player.html?bvid=BV1xx411c7mD&amp;autoplay=0" '
    )
    assert player("https://example.com/video/1") == ""
