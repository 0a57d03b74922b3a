"""The public pages as readers get them: what they cost, what they refuse, and that nothing hidden shows."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from news.models import ArticleCredit, FrontSlot, NewsIndexPage
from tests.factories import (
    DocumentFactory,
    PersonFactory,
    PictureFactory,
    PlainPageFactory,
    TopicFactory,
    a_section,
    an_article,
    paragraphs,
)
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
SECRET = "不该被看到的标题"


def picture_block(picture, alt="一张图"):
    value = {
        "picture": picture.pk,
        "alt": alt,
        "decorative": not alt,
        "caption": "图说",
        "credit": "绘",
    }
    return {"type": "picture", "value": value}


def gallery_block(*pictures):
    items = [picture_block(picture)["value"] for picture in pictures]
    return {"type": "gallery", "value": {"title": "组图", "pictures": items}}


def related_block(*articles):
    return {"type": "related", "value": {"title": "延伸阅读", "stories": [a.pk for a in articles]}}


# --- What a page costs -------------------------------------------------------------------------------


@pytest.fixture
def full_house(home):
    """A function that fills the site with `count` of everything that lists repeat."""

    def fill(count):
        topic, person = TopicFactory(slug="topic"), PersonFactory(slug="person")
        document = DocumentFactory()
        sections = [a_section(slug=f"s{n}") for n in range(count)]
        PlainPageFactory(parent=home)
        stories = [an_article(sections[0])]
        for n in range(count):
            others = list(stories)
            body = [
                *paragraphs("第一段。"),
                *[picture_block(PictureFactory(size=(60, 40))) for _ in range(count)],
                gallery_block(*[PictureFactory(size=(60, 40)) for _ in range(count + 1)]),
                {"type": "document", "value": {"document": document.pk, "note": ""}},
                related_block(*others),
            ]
            story = an_article(
                sections[0],
                body=body,
                cover=PictureFactory(size=(60, 40)),
                topics=[topic],
                summary=f"摘要{n}",
            )
            story.credits = [ArticleCredit(person=person, name="李娜") for _ in range(count)]
            story.save_revision().publish()
            stories.append(story)
        home.refresh_from_db()
        home.slots = [FrontSlot(article=story) for story in stories]
        home.save_revision().publish()
        return stories

    return fill


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/", 12),
        ("/news/", 11),
        ("/news/s0/", 13),
        ("/topics/topic/", 7),
        ("/people/person/", 7),
        ("article", 12),
    ],
)
def test_a_page_costs_the_same_at_any_length(
    full_house, client, count, path, queries, django_assert_num_queries
):
    stories = full_house(count)
    address = stories[-1].get_url() if path == "article" else path
    client.get(address)  # makes the sizes of the pictures, once in a picture's life
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


# --- What a page refuses -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/news/", "/news/minsheng/", "/topics/topic/", "/people/person/"])
def test_a_wrong_page_number_is_named_in_chinese(section, client, path):
    credits = [ArticleCredit(person=PersonFactory(slug="person"))]
    an_article(section, topics=[TopicFactory(slug="topic")], credits=credits)
    response = client.get(path, {"page": "abc"})
    assert response.status_code == 400
    assert "参数 page 应为正整数，收到的是“abc”。" in response.content.decode()
    assert client.get(path, {"page": "2"}).status_code == 404


def test_a_long_list_has_numbered_pages(section, client):
    stories = [an_article(section, title=f"第{n:02}篇") for n in range(21)]
    first, second = (client.get("/news/minsheng/", {"page": n}).content.decode() for n in (1, 2))
    shown = [[s.title for s in stories if f">{s.title}<" in page] for page in (first, second)]
    assert [len(titles) for titles in shown] == [20, 1]
    assert shown[1] == ["第00篇"]
    assert 'href="?page=2"' in first


@pytest.mark.parametrize("path", ["/no-such-page/", "/news/no-such-section/", "/topics/none/"])
def test_what_is_not_there_is_answered_in_chinese_with_ways_on(home, client, path):
    response = client.get(path)
    text = response.content.decode()
    assert response.status_code == 404
    assert re.search(r'<form[^>]*action="/search/"', text)
    assert '<html lang="zh-Hans"' in text


# --- What readers must not see -----------------------------------------------------------------------


def make_draft(story):
    story.live = False
    story.save_revision()
    Page.objects.filter(pk=story.pk).update(live=False)


def make_unpublished(story):
    story.unpublish()


def make_embargoed(story):
    story.unpublish()
    story.refresh_from_db()
    story.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    story.save_revision().publish()


def make_expired(story):
    story.refresh_from_db()
    story.expire_at = timezone.now() - datetime.timedelta(minutes=1)
    story.save_revision().publish()
    call_command("publish_scheduled")


def make_private(story):
    PageViewRestriction.objects.create(page=story, restriction_type="login")


def make_section_private(story):
    PageViewRestriction.objects.create(page=story.get_parent(), restriction_type="login")


HIDDEN = [
    make_draft,
    make_unpublished,
    make_embargoed,
    make_expired,
    make_private,
    make_section_private,
]
SURFACES = [
    "/",
    "/news/",
    "/news/minsheng/",
    "/topics/topic/",
    "/people/person/",
    "/search/?q=正文",
    "related story",
    "own address",
    "error report",
    "institution",
    "notice",
]


def list_block(notice):
    return {"type": "notice_list", "value": {"title": "", "notice": notice.pk, "kind": None}}


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda f: f.__name__)
@pytest.mark.parametrize("surface", SURFACES)
def test_a_hidden_story_shows_nowhere(home, section, client, hide, surface):
    topic, person = TopicFactory(slug="topic"), PersonFactory(slug="person")
    hospital = an_institution()
    notice = published(a_notice(hospital, kind=KindFactory()))
    body = [*paragraphs("正文。"), list_block(notice)]
    story = an_article(section, title=SECRET, topics=[topic], body=body)
    story.credits = [ArticleCredit(person=person, name="李娜")]
    story.save_revision().publish()
    home.slots = [FrontSlot(article=story)]
    home.save_revision().publish()
    other = an_article(
        a_section(), body=[*paragraphs("别的。"), related_block(story)], topics=[topic]
    )
    address = {
        "related story": other.get_url(),
        "own address": story.get_url(),
        "error report": f"/report/?article={story.pk}",
        "institution": hospital.get_absolute_url(),
        "notice": notice.get_absolute_url(),
    }.get(surface, surface)
    assert SECRET in client.get(address).content.decode(), "the row must be able to leak"
    hide(story)
    assert SECRET not in client.get(address, follow=True).content.decode()


def test_an_unpublished_change_of_a_live_story_shows_nowhere(section, client):
    story = an_article(section, title="已发布的标题")
    story.title = SECRET
    story.body = paragraphs(SECRET)
    story.save_revision()
    for address in ["/", "/news/", "/news/minsheng/", "/search/?q=第一段", story.get_url()]:
        text = client.get(address).content.decode()
        assert ("已发布的标题" in text, SECRET in text) == (True, False)


def test_a_hidden_section_and_a_hidden_plain_page_are_in_no_menu(home, client):
    a_section(title="公开栏目")
    a_section(title="筹备中的栏目", live=False)
    PlainPageFactory(parent=home, title="公开页面")
    PlainPageFactory(parent=home, title="未定稿的页面", live=False)
    text = client.get("/").content.decode()
    assert [word in text for word in ("公开栏目", "公开页面")] == [True, True]
    assert [word in text for word in ("筹备中的栏目", "未定稿的页面")] == [False, False]


def test_the_news_index_is_where_the_plan_says(home, client):
    assert NewsIndexPage.objects.get().get_url() == "/news/"
    assert client.get("/news").status_code == 301
