"""What the sitemap tells of the news floor: which pages, since when, and the news of two days."""

from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from news.models import ArticleCredit, ArticlePage
from news.places import known_places
from portal.sitemaps import NEWS
from tests.factories import (
    PersonFactory,
    PlaceFactory,
    PlainPageFactory,
    TopicFactory,
    a_section,
    an_article,
)
from tests.indices.factories import EditionFactory, a_dimension, a_ranking, released
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
HOST = "https://youju.example"


@pytest.fixture(autouse=True)
def public_host(settings):
    settings.PUBLIC_URL = HOST


def listed(client, name):
    """Return [(path, lastmod or None)] of one file of the sitemap; [] where there is none."""
    response = client.get(f"/sitemap-{name}-1.xml")
    if response.status_code == 404:
        return []
    pairs = ([part.text for part in url] for url in ElementTree.fromstring(response.content))
    return [(loc.removeprefix(HOST), rest[0] if rest else None) for loc, *rest in pairs]


def instant(at):
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_pages_of_the_tree(home, section, client):
    plain = PlainPageFactory(parent=home, slug="about", live=False)
    a_section(slug="hidden", live=False)
    private = a_section(slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    public = [("/", None), ("/news/", None), ("/news/minsheng/", None)]
    assert listed(client, "pages") == public
    plain.save_revision().publish()
    plain.refresh_from_db()
    assert listed(client, "pages") == [*public, ("/about/", instant(plain.last_published_at))]


def test_a_story_tells_when_readers_last_saw_a_change(section, client):
    story = an_article(section)
    story.save_revision().publish()
    story.refresh_from_db()
    changed_at = instant(story.last_published_at)
    story.title = "还没有发布的改动"
    story.save_revision()
    assert listed(client, "articles") == [(story.get_url(), changed_at)]


def test_topics_and_people_have_stories(section, client):
    topic, person = TopicFactory(slug="topic"), PersonFactory(slug="person")
    TopicFactory()
    PersonFactory()
    story = an_article(section, topics=[topic])
    story.credits = [ArticleCredit(person=person, name="李娜")]
    story.save_revision().publish()
    assert listed(client, "topics") == [("/topics/topic/", None)]
    assert listed(client, "people") == [("/people/person/", None)]
    story.unpublish()
    assert (listed(client, "topics"), listed(client, "people")) == ([], [])


def test_places_of_which_something_is_known(home, client):
    PlaceFactory()
    country = PlaceFactory(level="country")
    province = PlaceFactory(level="province", parent=country)
    city, other = PlaceFactory(parent=province), PlaceFactory(parent=province)
    district = PlaceFactory(level="county", parent=city)
    hospital = an_institution(place=district)
    draft = a_notice(hospital, kind=KindFactory())
    edition = EditionFactory()
    released(edition, (a_dimension(edition), other, {"rank": 1}))
    paths = [f"/places/{place.code}/" for place in (province, other)]
    assert listed(client, "places") == [(path, None) for path in paths]
    published(draft)
    known = [f"/places/{place.code}/" for place in known_places().order_by("pk")]
    assert len(known) == 5
    assert listed(client, "places") == [(path, None) for path in known]


def test_fixed_pages_are_there(home, client):
    paths = [path for path, _ in listed(client, "fixed")]
    assert [client.get(path).status_code for path in paths] == [200] * len(paths)


def test_news_are_the_stories_of_two_days(section, client):
    old = an_article(section, title="旧闻")
    ago = timezone.now() - timedelta(days=2, minutes=1)
    Page.objects.filter(pk=old.pk).update(first_published_at=ago)
    story = an_article(section, title="长标题<&>]]>", display_title="")
    short = an_article(section, title="长标题", display_title="短标题")
    root = ElementTree.fromstring(client.get("/sitemap-news.xml").content)
    assert [part.text for part in root.iter(f"{{{NEWS}}}title")] == ["短标题", "长标题<&>]]>"]
    assert [part.text for part in root[0].iter()][4:] == [
        "有据",
        "zh-cn",
        instant(ArticlePage.objects.get(pk=short.pk).first_published_at),
        "短标题",
    ]
    assert root[1][0].text == f"{HOST}{story.get_url()}"


def test_without_news_there_is_an_empty_file_that_nobody_is_led_to(home, client):
    assert len(ElementTree.fromstring(client.get("/sitemap-news.xml").content)) == 0
    assert "sitemap-news" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/sitemap.xml", 17),
        ("/sitemap-pages-1.xml", 2),
        ("/sitemap-articles-1.xml", 2),
        ("/sitemap-topics-1.xml", 1),
        ("/sitemap-people-1.xml", 1),
        ("/sitemap-places-1.xml", 3),
        ("/sitemap-news.xml", 4),
    ],
)
def test_it_costs_the_same_at_any_length(
    section, client, count, path, queries, django_assert_num_queries
):
    for number in range(count):
        a_section(slug=f"s{number}")
        story = an_article(section, topics=[TopicFactory()])
        story.credits = [ArticleCredit(person=PersonFactory(), name="李娜")]
        story.save_revision().publish()
        a_ranking(size=1)
    client.get(path)
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/", "/"),
        ("/news/", "/news/"),
        ("/news/minsheng/?utm=1", "/news/minsheng/"),
        ("/topics/topic/", "/topics/topic/"),
        ("/people/person/", "/people/person/"),
        ("/about/", "/about/"),
        ("/indices/", "/indices/"),
        ("/indices/compare/", "/indices/compare/"),
        ("/institutions/", "/institutions/"),
        ("/institutions/check/", "/institutions/check/"),
        ("/institutions/notices/", "/institutions/notices/"),
    ],
)
def test_a_page_names_its_one_address(home, section, client, path, canonical):
    credits = [ArticleCredit(person=PersonFactory(slug="person"))]
    an_article(section, topics=[TopicFactory(slug="topic")], credits=credits)
    PlainPageFactory(parent=home, slug="about")
    text = client.get(path).content.decode()
    assert text.count('rel="canonical"') == 1
    assert f'<link rel="canonical" href="{HOST}{canonical}">' in text


def test_a_story_names_its_one_address(section, client):
    story = an_article(section)
    text = client.get(f"{story.get_url()}?from=feed").content.decode()
    assert text.count('rel="canonical"') == 1
    assert f'<link rel="canonical" href="{HOST}{story.get_url()}">' in text
