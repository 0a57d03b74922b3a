"""Which saves of a story readers can see, and the change each writes."""

import datetime

import pytest
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import LogContext
from wagtail.models import Page
from wagtail.signals import page_published

from news.publication import act_between
from portal.models import Change
from tests.factories import UserFactory, a_draft, a_section, an_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "after", "act"),
    [
        ((False,), (False, None, None, "/a/"), None),
        ((False,), (True, None, None, "/a/"), "publish"),
        ((False, 1, None, "/a/"), (True, 2, None, "/a/"), "publish"),
        ((True, 1, None, "/a/"), (True, 1, None, "/a/"), None),
        ((True, 1, None, "/a/"), (True, 2, None, "/a/"), "update"),
        ((True, None, 1, "/a/"), (True, None, 2, "/a/"), "update"),
        ((True, 1, None, "/a/"), (True, 1, None, "/b/"), "update"),
        ((True, 1, None, "/a/"), (False, None, None, "/a/"), "withdraw"),
    ],
)
def test_what_readers_see_between_two_states(before, after, act):
    assert act_between(before, after) == act


def acts():
    return list(Change.objects.since(0).values_list("act", flat=True))


def test_publishing_updating_and_withdrawing_write_one_change_each(section):
    user = UserFactory()
    article = a_draft(section)
    assert Change.objects.count() == 0
    with LogContext(user=user):
        article.save_revision().publish()
        article.refresh_from_db()
        article.title = "改过的标题"
        article.save_revision().publish()
        article.refresh_from_db()
        article.unpublish()
    reference = f"article:{article.pk}"
    assert list(Change.objects.since(0).values_list("sequence", "act", "reference", "by")) == [
        (1, "publish", reference, user.pk),
        (2, "update", reference, user.pk),
        (3, "withdraw", reference, user.pk),
    ]


def test_a_plan_to_publish_later_is_no_change(section):
    article = a_draft(section)
    article.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    article.save_revision().publish()
    article.refresh_from_db()
    assert (article.live, Change.objects.count()) == (False, 0)


def test_replacing_a_live_story_later_is_no_change_yet(section):
    article = an_article(section)
    article.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    article.save_revision().publish()
    assert list(Change.objects.values_list("act", flat=True)) == ["publish"]


def test_deleting_a_live_story_withdraws_it(section):
    article = an_article(section)
    article.delete()
    assert list(Change.objects.values_list("act", flat=True)) == ["withdraw", "publish"]


def test_withdrawing_a_draft_is_no_change(section):
    a_draft(section).unpublish()
    assert Change.objects.count() == 0


def test_a_story_that_went_live_has_its_change_even_when_what_follows_fails(section):
    article = a_draft(section)

    def fail(**kwargs):
        raise RuntimeError

    page_published.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            article.save_revision().publish()
    finally:
        page_published.disconnect(fail)
    article.refresh_from_db()
    assert (article.live, acts()) == (True, ["publish"])


def test_withdrawing_the_plain_page_is_seen_too(section):
    article = an_article(section)
    UnpublishPageAction(Page.objects.get(pk=article.pk)).execute(skip_permission_checks=True)
    assert acts() == ["publish", "withdraw"]


def test_deleting_a_section_withdraws_its_live_stories(section):
    an_article(section)
    an_article(section)
    a_draft(section)
    section.refresh_from_db()
    section.delete()
    assert acts() == ["publish", "publish", "withdraw", "withdraw"]


def test_saving_a_draft_of_a_live_story_is_no_change(section):
    article = an_article(section)
    article.title = "还没有发布的标题"
    article.save_revision()
    assert acts() == ["publish"]


def test_moving_a_live_story_to_another_section_updates_it(section):
    article, draft = an_article(section), a_draft(section)
    other = a_section()
    for story in (article, draft):
        story.move(other, pos="last-child")
        story.refresh_from_db()
    assert list(Change.objects.since(0).values_list("act", "reference")) == [
        ("publish", article.reference),
        ("update", article.reference),
    ]


def test_changing_the_order_of_stories_is_no_change(section):
    article = an_article(section)
    an_article(section).move(article, pos="left")
    assert acts() == ["publish", "publish"]


def test_an_alias_is_updated_with_the_story_that_it_repeats(section):
    article = an_article(section)
    alias = article.create_alias(parent=a_section())
    article.title = "改过的标题"
    article.save_revision().publish()
    assert sorted(Change.objects.values_list("reference", "act")) == sorted(
        [
            (article.reference, "publish"),
            (alias.reference, "publish"),
            (article.reference, "update"),
            (alias.reference, "update"),
        ]
    )
