"""What the catalogue says of the stories: as many and as old as readers can see, and no hidden one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.datasets import DATASETS, correction_coverage, story_coverage
from news.models import ArticlePage
from portal.models import Change
from portal.opendata.datasets import LISTING, OPEN
from tests.factories import a_draft, a_section, a_site, an_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_stories_are_counted_as_readers_see_them(count, django_assert_num_queries):
    a_site()
    section, now = a_section(), timezone.now()
    for days in range(count):
        story = an_article(section)
        at = now - timedelta(days=days)
        ArticlePage.objects.filter(pk=story.pk).update(first_published_at=at)
    a_draft(section, first_published_at=now - timedelta(days=99))
    with django_assert_num_queries(1):
        told = story_coverage()
    today = timezone.localdate(now)
    assert told.held == (f"{count} 篇读者现在看得到的稿件",)
    assert (told.first, told.last) == (today - timedelta(days=count - 1), today)


def test_without_stories_nothing_is_held():
    assert (story_coverage().held, story_coverage().interval) == ((), "")
    assert (correction_coverage().held, correction_coverage().interval) == ((), "")


def test_corrections_are_held_from_the_first_change_on():
    Change.objects.record(act="publish", reference="article:1")
    told, today = correction_coverage(), timezone.localdate()
    assert (told.first, told.last, len(told.held)) == (today, today, 1)


def test_stories_are_given_away_as_a_listing():
    assert {one.name: one.licence for one in DATASETS} == {
        "articles": LISTING,
        "sections": LISTING,
        "people": LISTING,
        "topics": LISTING,
        "corrections": OPEN,
    }
