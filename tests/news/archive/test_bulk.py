"""Many stories published at once are what stories published one by one are."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Page

from news.archive.bulk import publish_many
from news.models import ArticleCredit, ArticlePage, DaySequence
from portal.models import Change
from tests.factories import UserFactory, a_section, an_article, paragraphs

NOON = timezone.make_aware(datetime(2009, 3, 2, 12))


def a_story(at=NOON, **fields):
    return ArticlePage(
        title="旧闻", first_published_at=at, body=paragraphs("第一段。", "第二段。"), **fields
    )


def publish(*stories, **options):
    publish_many(list(stories), action="news.test", **options)


def test_a_story_has_the_columns_of_one_published_in_the_ordinary_way(section):
    by = UserFactory()
    publish((section, a_story(deck="副题", owner=by)), by=by)
    many = ArticlePage.objects.get()
    ordinary = an_article(section, title="旧闻", deck="副题", owner=by)
    own = {
        *("id", "page_ptr_id", "path", "slug", "url_path", "translation_key", "body"),
        *("first_published_at", "last_published_at"),
        # The first edit at the desk makes a revision.
        *("latest_revision_id", "live_revision_id", "latest_revision_created_at"),
    }
    columns = {field.attname for field in ArticlePage._meta.concrete_fields} - own
    assert {name: getattr(many, name) for name in columns} == {
        name: getattr(ordinary, name) for name in columns
    }
    assert [block.value.source for block in many.body] == [
        block.value.source for block in ordinary.body
    ]
    assert many.url == f"/news/minsheng/{many.slug}/"


def test_the_tree_is_sound_and_takes_more_children(section):
    other = a_section(title="教育")
    an_article(section)
    publish((section, a_story()), (other, a_story()), (section, a_story()))
    publish((section, a_story()))
    an_article(section)
    an_article(other)
    assert Page.find_problems() == ([], [], [], [], [])
    section.refresh_from_db()
    assert (section.numchild, section.get_children().count()) == (5, 5)


def test_each_day_counts_its_own_stories_and_passes_over_what_was_given_by_hand(section):
    an_article(section, slug="20090302-2")
    late = timezone.make_aware(datetime(2009, 3, 2, 23, 59))
    stories = [a_story(), a_story(late), a_story(timezone.make_aware(datetime(2009, 3, 3)))]
    publish(*((section, story) for story in stories))
    assert [story.slug for story in stories] == ["20090302-1", "20090302-3", "20090303-1"]
    assert DaySequence.take(date(2009, 3, 2)) == "20090302-4"


def test_each_story_writes_its_change_in_their_order(section):
    by = UserFactory()
    stories = [a_story(), a_story()]
    publish(*((section, story) for story in stories), by=by)
    assert list(
        Change.objects.order_by("sequence").values_list("sequence", "act", "reference", "by")
    ) == [(number, "publish", story.reference, by.pk) for number, story in enumerate(stories, 1)]


def test_a_public_page_answers_for_each(section, client):
    story = a_story()
    publish((section, story))
    assert client.get(f"/news/minsheng/{story.slug}/").context["page"] == story


def test_nothing_is_left_of_a_batch_that_fails(section):
    nameless = a_story()
    nameless.credits = [ArticleCredit(name="")]
    with pytest.raises(IntegrityError), transaction.atomic():
        publish((section, a_story()), (section, nameless))
    assert (ArticlePage.objects.count(), DaySequence.objects.count()) == (0, 0)
    assert Page.find_problems() == ([], [], [], [], [])
