"""Founding a site: what stands afterwards, and that a second founding changes nothing."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Page, Site

from news.founding import address_of, found_site
from news.models import HomePage, NewsIndexPage, PlainPage, SectionPage
from news.roles import Role
from portal.models import SiteIdentity
from tests.tables import contents

pytestmark = pytest.mark.django_db


def found(**address):
    return found_site(**{"hostname": "news.example", "port": 443, **address})


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("http://news.example/", ("news.example", 80)),
        ("https://news.example", ("news.example", 443)),
    ],
)
def test_the_address_of_a_url(url, address):
    assert address_of(url) == address


def test_a_fresh_database_becomes_a_site():
    home = found()
    assert list(Page.objects.order_by("path").values_list("depth", "slug", "title", "live"))[
        1:
    ] == [
        (2, "youju", "首页", True),
        (3, "news", "新闻", True),
        (4, "yaowen", "要闻", True),
        (4, "minsheng", "民生", True),
        (4, "shuju", "数据", True),
        (4, "shuoming", "说明", True),
        (3, "about", "关于有据", True),
        (3, "corrections-policy", "更正制度", True),
        (3, "privacy", "隐私", True),
    ]
    site = Site.objects.get()
    assert (site.root_page_id, site.hostname, site.port) == (home.pk, "news.example", 443)
    assert SiteIdentity.objects.get().name == "有据"
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


def test_a_second_founding_changes_nothing():
    found()
    before = contents()
    found()
    assert contents() == before


def test_what_editors_removed_or_rewrote_stays_so():
    found()
    SectionPage.objects.get(slug="shuoming").delete()
    page = PlainPage.objects.get(slug="about")
    page.title = "关于本报"
    page.save_revision().publish()
    PlainPage.objects.get(slug="privacy").delete()
    before = contents()
    found()
    assert contents() == before


def test_only_the_address_follows_the_call():
    home = found()
    assert found(hostname="127.0.0.1", port=8000) == home
    assert list(Site.objects.values_list("hostname", "port")) == [("127.0.0.1", 8000)]


def test_a_missing_page_of_all_news_is_made_again():
    found()
    NewsIndexPage.objects.get().delete()
    found()
    assert (NewsIndexPage.objects.count(), SectionPage.objects.count()) == (1, 4)


def test_no_second_front_page(home):
    assert found() == HomePage.objects.get() == home


def test_the_plain_pages_can_be_read(client):
    found(hostname="testserver", port=80)
    titles = {slug: PlainPage.objects.get(slug=slug).title for slug in ("about", "privacy")}
    for slug, title in titles.items():
        response = client.get(f"/{slug}/")
        assert response.status_code == 200
        assert f"<h1>{title}</h1>" in response.content.decode()


def test_the_command_says_where_the_site_is():
    out = StringIO()
    call_command("found_site", hostname="news.example", port=8080, stdout=out)
    assert out.getvalue() == "网站已建好：http://news.example:8080/\n"
