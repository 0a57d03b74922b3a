"""Restricted pages: the same answer as Wagtail's own, and the short way to a story is no way around."""

import pytest
from wagtail.models import Page, PageViewRestriction

from news.models import ArticlePage
from news.visibility import public
from tests.factories import a_draft, a_section, an_article


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.django_db
def test_public_is_what_wagtail_calls_public(home):
    shut, open_section = a_section(), a_section()
    an_article(shut)
    hidden, shown = an_article(open_section), an_article(open_section)
    a_draft(open_section)
    restrict(shut)
    restrict(hidden)
    pages = Page.objects.order_by("path")
    assert list(public(pages)) == list(pages.live().public())
    assert list(ArticlePage.objects.published()) == [shown]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_public_asks_once(home, count, django_assert_num_queries):
    for _ in range(count):
        restrict(a_section())
    with django_assert_num_queries(1):
        list(public(Page.objects.all()))


@pytest.mark.django_db
@pytest.mark.parametrize("which", ["story", "section", "news", "home"])
def test_a_restricted_story_is_not_served(home, section, client, which):
    story = an_article(section, title="不公开的标题")
    address = story.get_url()
    pages = {
        "story": story,
        "section": section,
        "news": section.get_parent(),
        "home": home,
    }
    assert client.get(address).status_code == 200
    restrict(pages[which])
    response = client.get(address)
    assert response.status_code == 302
    assert "不公开的标题" not in response.content.decode()


@pytest.mark.django_db
def test_the_story_at_an_address_is_live_and_at_that_address(home, section):
    story, draft = an_article(section), a_draft(section)
    other = a_section()
    stories = ArticlePage.objects
    assert stories.at(story.url_path) == story
    assert stories.at(draft.url_path) is None
    assert stories.at(f"{other.url_path}{story.slug}/") is None
    assert stories.at("/") is None
