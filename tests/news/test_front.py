"""The front page: chosen slots, and the rule that fills the rest."""

import datetime
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from news.front import fill_slots, front_page, size_of_top
from news.models import FrontSlot
from tests.factories import a_draft, a_section, an_article

STORIES = st.lists(st.integers(1, 9).map(lambda pk: SimpleNamespace(pk=pk)))


@given(STORIES, STORIES, st.integers(0, 6))
def test_no_story_stands_twice_and_no_place_stays_empty_without_need(chosen, newest, size):
    filled = [story.pk for story in fill_slots(chosen, newest, size)]
    different = list(dict.fromkeys(story.pk for story in [*chosen, *newest]))
    assert filled == different[:size]


@pytest.mark.parametrize(
    ("chosen", "size"),
    [
        ([], 3),
        ([1], 3),
        ([1, 2, 3], 3),
        ([1, 2, 3, 4], 4),
        ([1, 2, 3, 4, 5, 6], 5),
        ([1, 1, 1, 1], 3),
    ],
)
def test_the_top_is_as_large_as_editors_make_it_within_bounds(chosen, size):
    assert size_of_top([SimpleNamespace(pk=pk) for pk in chosen]) == size


def show(home):
    context = front_page(home, RequestFactory().get("/"))
    return [story.title for story in [context["lead"], *context["beside_lead"]] if story]


@pytest.mark.django_db
def test_an_empty_site_has_an_empty_front_page(home):
    context = front_page(home, RequestFactory().get("/"))
    assert context == {"lead": None, "beside_lead": [], "newest": [], "by_section": []}


@pytest.mark.django_db
def test_slots_come_first_and_the_newest_fill_up(home, section):
    stories = [an_article(section, title=f"稿{n}") for n in range(4)]
    home.slots = [FrontSlot(article=stories[0]), FrontSlot(article=stories[2])]
    home.save_revision().publish()
    assert show(home) == ["稿0", "稿2", "稿3"]
    context = front_page(home, RequestFactory().get("/"))
    assert [story.title for story in context["newest"]] == ["稿1"]
    assert [[s.title for s in entry["stories"]] for entry in context["by_section"]] == [["稿1"]]


@pytest.mark.django_db
def test_an_expired_slot_and_a_hidden_story_give_way(home, section):
    now = timezone.now()
    old, hidden, kept = (an_article(section, title=t) for t in ("过期", "撤下", "保留"))
    draft = a_draft(section, title="草稿")
    an_article(section, title="最新")
    hidden.unpublish()
    home.slots = [
        FrontSlot(article=old, expires_at=now - datetime.timedelta(seconds=1)),
        FrontSlot(article=hidden),
        FrontSlot(article=draft),
        FrontSlot(article=kept, expires_at=now + datetime.timedelta(hours=1)),
    ]
    home.save_revision().publish()
    assert show(home) == ["保留", "最新", "过期"]


@pytest.mark.django_db
def test_each_section_shows_its_four_newest_that_do_not_stand_on_top(home):
    one, other, top, empty = (a_section(title=t) for t in ("甲", "乙", "头版", "空"))
    for n in range(6):
        an_article(one, title=f"甲{n}")
    an_article(other, title="乙0")
    a_draft(other, title="草稿")
    for _ in range(3):
        an_article(top)
    assert empty.live is True
    context = front_page(home, RequestFactory().get("/"))
    assert [
        (entry["section"].title, [s.title for s in entry["stories"]])
        for entry in context["by_section"]
    ] == [("甲", ["甲5", "甲4", "甲3", "甲2"]), ("乙", ["乙0"])]
    assert {s.section.title for entry in context["by_section"] for s in entry["stories"]} == {
        "甲",
        "乙",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_front_page_costs_the_same_at_any_length(
    home, section, count, django_assert_num_queries
):
    home.slots = [FrontSlot(article=an_article(section)) for _ in range(count)]
    home.save_revision().publish()
    for _ in range(count):
        an_article(a_section())
    request = RequestFactory().get("/")
    home.refresh_from_db()
    front_page(home, request)
    with django_assert_num_queries(4):
        front_page(home, RequestFactory().get("/"))
