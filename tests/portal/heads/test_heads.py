"""What stands in a page's head: each tag once, in one line, and the public sites' tags by a setting only."""

from datetime import UTC, datetime

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from portal.cards import Card, site_card
from portal.heads import LONGEST_DESCRIPTION, Head, metas_of, numbered, shortened
from portal.heads.publictags import Column, Content
from portal.models import SiteIdentity
from tests.htmlcheck import faults

HOME = "http://127.0.0.1:8000"
COLUMN = Column("民生", "新闻动态", "与日子有关的消息。", ("民生", "生活"))
CONTENT = Content("主题", datetime(2020, 8, 19, 0, 30, tzinfo=UTC), author="李娜 张三")


def identity(**fields):
    return SiteIdentity(**{"name": "有据", "motto": "每个数字都有出处"} | fields)


def a_head(**fields):
    return Head(**{"title": "题", "description": "说明。", "path": "/news/a/b/"} | fields)


def named(head, **fields):
    """{name: content} of the tags that are no Open Graph."""
    found = [
        (name, content)
        for kind, name, content in metas_of(head, identity(**fields))
        if kind == "name"
    ]
    assert len({name.lower() for name, _ in found}) == len(found), "a name stands once"
    return dict(found)


def properties(head, **fields):
    return [
        (name, content)
        for kind, name, content in metas_of(head, identity(**fields))
        if kind == "property"
    ]


def test_a_shared_page_shows_its_title_words_and_card():
    card = Card("/news/a/b/card.png?v=1", "题")
    more = (("article:section", "民生"), ("article:tag", "甲"), ("article:tag", "乙"))
    assert properties(a_head(kind="article", card=card, properties=more)) == [
        ("og:site_name", "有据"),
        ("og:locale", "zh_CN"),
        ("og:type", "article"),
        ("og:title", "题"),
        ("og:description", "说明。"),
        ("og:url", f"{HOME}/news/a/b/"),
        ("og:image", f"{HOME}/news/a/b/card.png?v=1"),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", "题"),
        *more,
    ]


def test_a_page_without_a_card_shows_the_sites():
    assert dict(properties(a_head()))["og:image"] == f"{HOME}{site_card(identity()).path}"


def test_search_engines_are_told_in_any_case():
    assert named(a_head(column=COLUMN, content=CONTENT)) == {
        "description": "说明。",
        "keywords": "题",
        "twitter:card": "summary_large_image",
    }


def test_the_tags_of_public_sites_come_by_the_setting():
    head = a_head(column=COLUMN, content=CONTENT, keywords=("甲", "乙", "甲"))
    assert named(head, public_site_tags=True, site_code="4101000001", organiser="某报社") == {
        "SiteName": "有据",
        "SiteDomain": "127.0.0.1",
        "SiteIDCode": "4101000001",
        "Description": "说明。",
        "Keywords": "甲,乙",
        "ColumnName": "民生",
        "ColumnDescription": "与日子有关的消息。",
        "ColumnKeywords": "民生,生活",
        "ColumnType": "新闻动态",
        "ArticleTitle": "主题",
        "PubDate": "2020-08-19 08:30",
        "ContentSource": "某报社",
        "Author": "李娜 张三",
        "Url": f"{HOME}/news/a/b/",
        "twitter:card": "summary_large_image",
    }


def test_a_list_bears_no_tags_of_an_article():
    names = set(named(a_head(column=COLUMN), public_site_tags=True))
    assert names == {
        "SiteName",
        "SiteDomain",
        "description",
        "keywords",
        "ColumnName",
        "ColumnDescription",
        "ColumnKeywords",
        "ColumnType",
        "twitter:card",
    }


@pytest.mark.parametrize(("is_on", "names"), [(True, ["SiteName", "SiteDomain"]), (False, [])])
def test_a_page_that_says_nothing_of_itself_says_whose_it_is(is_on, names):
    assert list(named(None, public_site_tags=is_on)) == names


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (Content("题", None, source="新华社"), "新华社"),
        (Content("题", None), "有据"),
    ],
)
def test_content_without_a_source_is_the_sites(content, source):
    found = named(a_head(content=content), public_site_tags=True)
    assert (found["ContentSource"], "PubDate" in found) == (source, False)


class Numbered:
    def __init__(self, number):
        self.number = number


@pytest.mark.parametrize(("number", "path"), [(1, "/news/"), (2, "/news/?page=2")])
def test_the_first_page_of_a_list_has_no_number(number, path):
    assert numbered("/news/", Numbered(number)) == path


@given(st.text())
def test_a_description_is_one_short_line(text):
    line = shortened(text)
    assert (len(line) <= LONGEST_DESCRIPTION, len(line.splitlines()) <= 1) == (True, True)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_no_title_breaks_the_head(title):
    page = engines["django"].from_string(
        '<!doctype html><html lang="zh"><head><title>a</title>{% load heads %}{% page_head %}</head>'
        "<body><main><h1>a</h1></main></body></html>"
    )
    head = a_head(title=title, description=title, trail=((title, "/"),))
    assert faults(page.render({"head": head, "identity": identity()})) == []


def test_a_failure_that_is_answered_without_a_request_says_nothing():
    page = engines["django"].from_string("{% load heads %}{% page_head %}")
    assert page.render({}).strip() == ""
