"""The story: its address, its publication and the change it writes, reprints, credits, dates."""

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from news.models import ArticleCredit, ArticlePage, DaySequence
from tests.factories import (
    PersonFactory,
    TopicFactory,
    a_draft,
    a_section,
    an_article,
    paragraphs,
)

pytestmark = pytest.mark.django_db
DAY = datetime.date(2020, 8, 19)
COMPLETE_SOURCE = {
    "source_name": "某日报",
    "source_headline": "原来的标题",
    "source_author": "王五",
    "source_url": "https://example.com/a",
}


def test_slugs_count_the_stories_of_a_day():
    assert [DaySequence.take(DAY) for _ in range(3)] == ["20200819-1", "20200819-2", "20200819-3"]
    assert DaySequence.take(DAY + datetime.timedelta(days=1)) == "20200820-1"


@pytest.mark.django_db
def test_many_numbers_of_several_days_are_taken_at_once(django_assert_num_queries):
    next_day = DAY + datetime.timedelta(days=1)
    DaySequence.take(DAY)
    with django_assert_num_queries(5):
        taken = DaySequence.take_many({next_day: 1, DAY: 3})
    assert taken == {
        DAY: ["20200819-2", "20200819-3", "20200819-4"],
        next_day: ["20200820-1"],
    }
    assert DaySequence.take(DAY) == "20200819-5"


@pytest.mark.django_db(transaction=True)
def test_two_journalists_never_get_the_same_slug():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an in-memory database has one connection; PostgreSQL runs this test")
    taken, together = [], threading.Barrier(4)

    def take():
        together.wait()
        taken.extend(DaySequence.take(DAY) for _ in range(5))
        connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(f"20200819-{n}" for n in range(1, 21))


def test_a_story_names_its_own_address(section):
    today = f"{timezone.localdate():%Y%m%d}"
    first, second = a_draft(section), a_draft(section)
    assert [first.slug, second.slug] == [f"{today}-1", f"{today}-2"]
    assert first.get_url() == f"/news/minsheng/{today}-1/"


def test_a_section_is_addressed_in_pinyin(home):
    assert [a_section(title=t, slug="").slug for t in ("重庆", "厦门", "重庆")] == [
        "chongqing",
        "xiamen",
        "chongqing-2",
    ]


def test_a_changed_address_leaves_a_redirect(section, client, django_capture_on_commit_callbacks):
    article = an_article(section)
    old = article.get_url()
    article.slug = "digital-city"
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision().publish()
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, "/news/minsheng/digital-city/")
    assert Redirect.objects.count() == 1


def test_only_public_stories_are_published_newest_first(section):
    shown = [an_article(section) for _ in range(3)]
    a_draft(section)
    withdrawn = an_article(section)
    withdrawn.unpublish()
    embargoed = a_draft(section)
    embargoed.go_live_at = timezone.now() + datetime.timedelta(days=1)
    embargoed.save_revision().publish()
    private = an_article(section)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert list(ArticlePage.objects.published()) == shown[::-1]


def test_stories_of_a_section_a_topic_and_a_person(home):
    one, other = a_section(), a_section()
    topic, person = TopicFactory(), PersonFactory()
    first = an_article(one, topics=[topic])
    second = an_article(other)
    second.credits = [
        ArticleCredit(person=person, name=person.name),
        ArticleCredit(person=person, name=person.name, role="photographer"),
    ]
    second.save_revision().publish()
    stories = ArticlePage.objects.published()
    assert list(stories.in_section(one)) == [first]
    assert list(stories.about(topic)) == [first]
    assert list(stories.by(person)) == [second]


def test_a_complete_reprint_is_stored(section):
    article = an_article(section, is_reprint=True, **COMPLETE_SOURCE)
    article.full_clean()
    assert ArticlePage.objects.get(is_reprint=True) == article


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("source_name", "来源媒体"),
        ("source_headline", "原标题"),
        ("source_author", "原作者"),
        ("source_url", "原文网址"),
    ],
)
def test_a_reprint_that_lacks_its_source_is_refused(section, field, label):
    article = a_draft(section)
    ArticlePage.objects.filter(pk=article.pk).update(**COMPLETE_SOURCE)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticlePage.objects.filter(pk=article.pk).update(is_reprint=True, **{field: ""})
    article.is_reprint = True
    for name, value in COMPLETE_SOURCE.items():
        setattr(article, name, "" if name == field else value)
    with pytest.raises(ValidationError) as caught:
        article.full_clean()
    assert caught.value.message_dict[field] == [f"转载稿须填写{label}。"]


def test_a_credit_names_a_person_or_a_name(section):
    article = a_draft(section)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleCredit.objects.create(page=article)
    assert ArticleCredit.objects.create(page=article, name="肖雅文").role == "reporter"


def test_a_credit_takes_name_and_affiliation_from_its_person(section):
    person = PersonFactory(name="李娜", affiliation="郑报全媒体")
    credit = ArticleCredit(page=a_draft(section), person=person)
    credit.full_clean()
    assert (credit.name, credit.affiliation, credit.belongs_to_desk) == (
        "李娜",
        "郑报全媒体",
        False,
    )
    assert ArticleCredit(role="responsible_editor", name="张三").belongs_to_desk is True


def test_the_list_title_defaults_to_the_headline():
    assert ArticlePage(title="主题").list_title == "主题"
    assert ArticlePage(title="主题", display_title="短题").list_title == "短题"


def test_the_standfirst_is_the_summary_or_the_opening(section):
    article = an_article(section, body=paragraphs("甲" * 100, "乙"))
    assert article.standfirst == "甲" * 90 + "…"
    assert an_article(section, summary="一句话。").standfirst == "一句话。"


@pytest.mark.parametrize(("seconds", "shown"), [(0, False), (59, False), (60, True), (86400, True)])
def test_an_update_is_shown_when_it_came_after_the_first_publication(seconds, shown):
    first = timezone.now()
    last = first + datetime.timedelta(seconds=seconds)
    article = ArticlePage(first_published_at=first, last_published_at=last)
    assert article.updated_at == (last if shown else None)
