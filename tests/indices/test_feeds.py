"""The feed of one index, and what the sitemap tells of this floor."""

from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from indices.models import Edition
from tests.atomcheck import first, sound_feed, titles
from tests.factories import PlaceFactory
from tests.indices.factories import (
    EditionFactory,
    IndexFactory,
    a_dimension,
    a_draft,
    a_ranking,
    released,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(home, settings):
    """An index on a site."""
    settings.PUBLIC_URL = "https://youju.example"
    return IndexFactory(code="shuzi", name="数字指数")


def feed(client):
    return sound_feed(client.get("/feeds/indices/shuzi.atom").content)


def listed(client, name):
    response = client.get(f"/sitemap-{name}-1.xml")
    if response.status_code == 404:
        return []
    return [
        (url[0].text.removeprefix("https://youju.example"), url[1].text)
        for url in ElementTree.fromstring(response.content)
    ]


def instant(at):
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_each_published_release_is_an_entry(index, client):
    edition = EditionFactory(index=index, year=2020)
    overall, place = a_dimension(edition), PlaceFactory()
    released(edition, (overall, place, {"rank": 7}))
    fixed = released(edition, (overall, place, {"rank": 8}), explanation="印错了。")
    root = feed(client)
    assert titles(root) == ["数字指数（2020）·更正", "数字指数（2020）·首次发布"]
    assert first(root, "id").text == f"tag:youju.example,2026:release/{fixed.pk}"
    assert first(root, "summary").text == "1 行。理由：印错了。依据：测试用的报告"
    address = f"https://youju.example/indices/shuzi/2020/#release-{fixed.pk}"
    assert first(root, "link").get("href") == address
    assert first(root, "updated").text == instant(fixed.published_at)
    assert listed(client, "editions") == [("/indices/shuzi/2020/", instant(fixed.published_at))]
    assert listed(client, "indices") == [("/indices/shuzi/", instant(fixed.published_at))]


def test_drafts_and_embargoed_editions_are_nowhere(index, client):
    drafted = EditionFactory(index=index, year=2021)
    a_draft(drafted, (a_dimension(drafted), PlaceFactory(), {"rank": 1}))
    embargoed, _ = a_ranking(index=index, year=2022)
    assert titles(feed(client)) == ["数字指数（2022）·首次发布"]
    later = timezone.now() + timedelta(days=1)
    Edition.objects.filter(pk=embargoed.pk).update(embargoed_until=later)
    assert client.get("/feeds/indices/shuzi.atom").status_code == 404
    assert (listed(client, "indices"), listed(client, "editions")) == ([], [])
    a_ranking(index=index, year=2020)
    assert titles(feed(client)) == ["数字指数（2020）·首次发布"]
    assert [path for path, _ in listed(client, "editions")] == ["/indices/shuzi/2020/"]


def test_made_up_data_say_so(index, client):
    index.is_demonstration = True
    index.save()
    a_ranking(index=index, year=2020)
    text = client.get("/feeds/indices/shuzi.atom").content.decode()
    assert "<title>数字指数（演示数据） - 有据</title>" in text


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/feeds/indices/shuzi.atom", 5),
        ("/sitemap-indices-1.xml", 1),
        ("/sitemap-editions-1.xml", 1),
    ],
)
def test_it_costs_the_same_at_any_length(
    index, client, count, path, queries, django_assert_num_queries
):
    for year in range(2020, 2020 + count):
        a_ranking(index=index, year=year)
    client.get(path)
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/indices/shuzi/", "/indices/shuzi/2020/"])
def test_the_pages_lead_to_the_feed(index, client, path):
    a_ranking(index=index, year=2020)
    text = client.get(path).content.decode()
    feed = "/feeds/indices/shuzi.atom"
    assert text.count(f'title="数字指数" href="https://youju.example{feed}">') == 1
    assert text.count(f'href="{feed}" type="application/atom+xml">订阅</a>') == 1
