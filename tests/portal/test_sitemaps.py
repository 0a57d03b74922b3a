"""The sitemap's files and robots.txt: the protocol, the limits, and the site's one host."""

import pytest
from defusedxml import ElementTree

from portal import sitemaps
from portal.sitemaps import KEPT_OUT, PROTOCOL
from tests.factories import an_article

pytestmark = pytest.mark.django_db
SPACE = f"{{{PROTOCOL}}}"


@pytest.fixture(autouse=True)
def public_host(settings):
    settings.PUBLIC_URL = "https://youju.example"


def addresses(response):
    return [found.text for found in ElementTree.fromstring(response.content).iter(f"{SPACE}loc")]


def test_robots_are_told_the_sitemap_and_kept_from_no_style(client):
    response = client.get("/robots.txt", headers={"host": "localhost"})
    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines == [
        "User-agent: *",
        *(f"Disallow: {path}" for path in KEPT_OUT),
        "",
        "Sitemap: https://youju.example/sitemap.xml",
        "Sitemap: https://youju.example/sitemap-news.xml",
    ]
    assert not [path for path in KEPT_OUT if path.startswith(("/static", "/display.css"))]


def test_the_index_lists_the_files_that_hold_anything(section, client):
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert addresses(response) == [
        "https://youju.example/sitemap-pages-1.xml",
        "https://youju.example/sitemap-fixed-1.xml",
    ]
    an_article(section)
    assert addresses(client.get("/sitemap.xml")) == [
        "https://youju.example/sitemap-pages-1.xml",
        "https://youju.example/sitemap-fixed-1.xml",
        "https://youju.example/sitemap-articles-1.xml",
        "https://youju.example/sitemap-news.xml",
    ]


def test_every_file_of_the_index_is_there(section, client):
    an_article(section)
    for address in addresses(client.get("/sitemap.xml")):
        assert len(addresses(client.get(address))) > 0


def test_a_long_list_is_cut_into_files_that_hold_each_row_once(section, client, monkeypatch):
    stories = [an_article(section) for _ in range(5)]
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)
    files = [address for address in addresses(client.get("/sitemap.xml")) if "articles" in address]
    assert files == [f"https://youju.example/sitemap-articles-{n}.xml" for n in (1, 2, 3)]
    told = [addresses(client.get(address)) for address in files]
    assert [len(rows) for rows in told] == [2, 2, 1]
    assert [row for rows in told for row in rows] == [
        f"https://youju.example{story.get_url()}" for story in stories
    ]


@pytest.mark.parametrize(
    "path",
    ["articles-0", "articles-2", "articles-99999999999999999999", "none-1", "articles"],
)
def test_a_file_that_is_not_listed_is_not_there(section, client, path):
    an_article(section)
    assert client.get(f"/sitemap-{path}.xml").status_code == 404


def test_who_has_a_file_is_not_sent_it_again(home, client):
    etag = client.get("/sitemap.xml")["ETag"]
    again = client.get("/sitemap.xml", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head("/sitemap.xml").status_code == 200
    assert client.post("/sitemap.xml").status_code == 405
