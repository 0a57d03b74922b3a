"""The feeds of stories: who gets what, at what cost, and that nothing hidden is in them."""

import pytest
from wagtail.models import Site

from news.models import ArticleCredit
from portal.models import SiteIdentity
from tests.atomcheck import ATOM, first, sound_feed, titles
from tests.factories import (
    PersonFactory,
    PictureFactory,
    PlaceFactory,
    TopicFactory,
    an_article,
    paragraphs,
)
from tests.indices.factories import EditionFactory, a_dimension, a_ranking, released
from tests.institutions.factories import KindFactory, a_notice, an_institution, published
from tests.test_public_pages import HIDDEN, SECRET, list_block, picture_block, related_block

pytestmark = pytest.mark.django_db
FEEDS = [
    "/feeds/news.atom",
    "/feeds/sections/minsheng.atom",
    "/feeds/topics/topic.atom",
    "/feeds/people/person.atom",
    "/feeds/places/410100.atom",
]


@pytest.fixture(autouse=True)
def public_host(settings):
    settings.PUBLIC_URL = "https://youju.example"


@pytest.fixture
def in_full(home):
    """A site whose feeds give full texts."""
    identity = SiteIdentity.for_site(Site.objects.get())
    identity.feeds_in_full = True
    identity.save()


@pytest.fixture
def zhengzhou(db):
    """A place in whose area a notice has been published, and that notice."""
    place = PlaceFactory(code="410100", name="郑州市")
    hospital = an_institution(place=place)
    return published(a_notice(hospital, kind=KindFactory(), area=place))


def a_story(section, notice, **fields):
    """A story that is in every feed: of the topic, by the person, about the notice's place."""
    topic = TopicFactory._meta.model.objects.filter(slug="topic").first() or TopicFactory(
        slug="topic"
    )
    person = PersonFactory._meta.model.objects.filter(slug="person").first()
    person = person or PersonFactory(slug="person", name="李娜")
    body = fields.pop("body", paragraphs("第一段。"))
    story = an_article(section, topics=[topic], body=[*body, list_block(notice)], **fields)
    story.credits = [
        ArticleCredit(person=person, name="李娜"),
        ArticleCredit(name="王五", role=ArticleCredit.Role.PHOTOGRAPHER),
        ArticleCredit(name="赵六", role=ArticleCredit.Role.PROOFREADER),
    ]
    story.save_revision().publish()
    story.refresh_from_db()
    return story


def rich_body(story):
    """A body with several of what asks the database."""
    link = f'<p>见<a linktype="page" id="{story.pk}">前稿</a>。</p>'
    return [
        *({"type": "paragraph", "value": link} for _ in range(2)),
        picture_block(PictureFactory(size=(60, 40))),
        picture_block(PictureFactory(size=(60, 40))),
        related_block(story),
    ]


@pytest.mark.parametrize("path", FEEDS)
def test_every_feed_is_sound_and_holds_its_stories(section, zhengzhou, client, path):
    story = a_story(section, zhengzhou, title="郑州第七", display_title="短标题")
    a_story(section, zhengzhou, title="后来的一篇")
    response = client.get(path)
    root = sound_feed(response.content)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert titles(root) == ["后来的一篇", "短标题"]
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == f"https://youju.example{path}"
    entry = root.findall(f"{ATOM}entry")[1]
    assert entry.find(f"{ATOM}id").text == f"tag:youju.example,2026:article/{story.pk}"
    assert entry.find(f"{ATOM}link").get("href") == f"https://youju.example{story.get_url()}"
    assert [name.text for name in entry.iter(f"{ATOM}name")] == ["李娜", "王五"]
    assert next(entry.iter(f"{ATOM}category")).get("label") == "民生"


@pytest.mark.parametrize("path", FEEDS)
def test_a_page_leads_to_its_feed_and_the_feed_to_the_page(section, zhengzhou, client, path):
    a_story(section, zhengzhou)
    root = sound_feed(client.get(path).content)
    page = next(one for one in root.findall(f"{ATOM}link") if one.get("rel") == "alternate")
    text = client.get(page.get("href").removeprefix("https://youju.example")).content.decode()
    link = f'href="https://youju.example{path}">'
    assert text.count('<link rel="alternate" type="application/atom+xml" title=') == 1
    assert text.count(link) == 1
    assert text.count(f'href="{path}" type="application/atom+xml">订阅</a>') >= 1


def test_a_summary_is_all_unless_the_site_gives_full_texts(section, zhengzhou, client):
    a_story(section, zhengzhou, summary="摘要在此。", body=paragraphs("正文在此。"))
    root = sound_feed(client.get("/feeds/news.atom").content)
    assert first(root, "summary").text == "摘要在此。"
    assert first(root, "content") is None


def test_a_full_text_stands_anywhere(in_full, section, zhengzhou, client):
    other = an_article(section, title="前稿")
    a_story(section, zhengzhou, body=rich_body(other), dateline="本报讯")
    text = first(sound_feed(client.get("/feeds/news.atom").content), "content").text
    link = f'<a href="https://youju.example{other.get_url()}">前稿</a>'
    assert text.startswith(f"<p><b>本报讯</b>见{link}。</p><p>见{link}。</p>")
    assert text.count('<img alt="一张图" src="https://youju.example/media/images/') == 2
    assert f"https://youju.example/institutions/notices/{zhengzhou.pk}/" in text
    assert "延伸阅读" not in text


def test_a_reprint_names_its_author_and_where_it_is_from(in_full, section, zhengzhou, client):
    a_story(
        section,
        zhengzhou,
        is_reprint=True,
        source_name="某报",
        source_headline="原题",
        source_author="钱七",
        source_url="https://paper.example/1",
    )
    root = sound_feed(client.get("/feeds/news.atom").content)
    assert [name.text for name in first(root, "author")] == ["钱七（某报）"]
    assert first(root, "content").text.startswith("<p>本文转载自某报，原标题《原题》，原作者钱七。")


def test_the_address_may_change_and_the_name_does_not(section, zhengzhou, client, settings):
    story = a_story(section, zhengzhou)
    settings.TAG_AUTHORITY = "youju.example,2026"
    before = first(sound_feed(client.get("/feeds/news.atom").content), "id").text
    story.slug = "renamed"
    story.save_revision().publish()
    settings.PUBLIC_URL = "https://new.example"
    root = sound_feed(client.get("/feeds/news.atom").content)
    assert first(root, "id").text == before
    assert first(root, "link").get("href") == "https://new.example/news/minsheng/renamed/"


def test_a_feed_tells_when_readers_last_saw_a_change(section, zhengzhou, client):
    story = a_story(section, zhengzhou)
    story.save_revision().publish()
    story.refresh_from_db()
    seen = story.last_published_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    story.title = "还没有发布的改动"
    story.save_revision()
    root = sound_feed(client.get("/feeds/news.atom").content)
    assert (first(root, "updated").text, root.find(f"{ATOM}updated").text) == (seen, seen)


def test_who_has_a_feed_is_not_sent_it_again(section, zhengzhou, client):
    story = a_story(section, zhengzhou)
    response = client.get("/feeds/news.atom")
    assert response["Cache-Control"] == "public, no-cache"
    known = {"if-none-match": response["ETag"]}
    again = client.get("/feeds/news.atom", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert client.head("/feeds/news.atom")["ETag"] == response["ETag"]
    story.unpublish()
    assert titles(sound_feed(client.get("/feeds/news.atom", headers=known).content)) == []


def test_a_feed_ends_after_fifty(section, client):
    stories = [an_article(section, title=f"第{n:02}篇") for n in range(51)]
    root = sound_feed(client.get("/feeds/news.atom").content)
    assert titles(root) == [story.title for story in reversed(stories[1:])]


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/sections/none.atom",
        "/feeds/topics/none.atom",
        "/feeds/people/none.atom",
        "/feeds/places/none.atom",
        "/feeds/none.atom",
    ],
)
def test_a_feed_of_nothing_is_not_there(home, client, path):
    assert client.get(path).status_code == 404


def test_a_place_tells_how_it_stands(section, zhengzhou, client):
    place = zhengzhou.area
    edition = EditionFactory(year=2020)
    released(edition, (a_dimension(edition), place, {"rank": 7}))
    root = sound_feed(client.get("/feeds/places/410100.atom").content)
    assert titles(root) == [f"郑州市：{edition.index.name}（2020）第7"]
    assert first(root, "id").text == f"tag:youju.example,2026:standing/{edition.pk}/410100"
    assert first(root, "summary").text == "第7。这是收录的第一版，没有可比的前一版。"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries", "in_full"),
    [
        ("/feeds/news.atom", 6, False),
        ("/feeds/sections/minsheng.atom", 6, False),
        ("/feeds/topics/topic.atom", 7, False),
        ("/feeds/people/person.atom", 7, False),
        ("/feeds/places/410100.atom", 20, False),
        ("/feeds/news.atom", 15, True),
    ],
)
def test_a_feed_costs_the_same_at_any_length(
    section, zhengzhou, client, count, path, queries, in_full, django_assert_num_queries
):
    identity = SiteIdentity.for_site(Site.objects.get())
    identity.feeds_in_full = in_full
    identity.save()
    other = an_article(section)
    for _ in range(count):
        a_story(section, zhengzhou, body=rich_body(other))
        edition, _ = a_ranking(size=1)
        released(edition, (edition.dimensions.get(), zhengzhou.area, {"rank": 2}))
    client.get(path)  # makes the sizes of the pictures, once in a picture's life
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda f: f.__name__)
@pytest.mark.parametrize("path", [*FEEDS, "/sitemap-articles-1.xml", "/sitemap-news.xml"])
def test_a_hidden_story_is_in_no_feed_and_no_sitemap(section, zhengzhou, client, hide, path):
    story = a_story(section, zhengzhou, title=SECRET)
    address = story.get_url()
    assert address in client.get(path).content.decode(), "the row must be able to leak"
    hide(story)
    text = client.get(path).content.decode()
    assert (address in text, SECRET in text) == (False, False)


def test_an_unpublished_change_is_in_no_feed(in_full, section, zhengzhou, client):
    story = a_story(section, zhengzhou, title="已发布的标题")
    story.title = SECRET
    story.body = paragraphs(SECRET)
    story.save_revision()
    text = client.get("/feeds/news.atom").content.decode()
    assert ("已发布的标题" in text, SECRET in text) == (True, False)
