"""Which records a story quotes: of each kind, as published, and only those that readers can see."""

import pytest

from news.quoted import records_quoted_in
from tests.factories import PlaceFactory, an_article
from tests.indices.factories import EditionFactory, a_dimension, a_draft, a_ranking
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db


def listing(notice):
    return {"type": "notice_list", "value": {"title": "", "notice": notice.pk, "kind": None}}


def ranking(edition):
    value = {"title": "", "edition": edition.pk, "dimension": "", "size": 3, "shape": "table"}
    return {"type": "ranking", "value": value}


def card(institution):
    return {"type": "institution_card", "value": {"institution": institution.pk, "on": None}}


def place_card(place, *series):
    value = {"place": place.pk, "indices": [index.pk for index in series]}
    return {"type": "place_card", "value": value}


def quoted(*stories):
    found = records_quoted_in([story.pk for story in stories])
    return [found.get(story.pk, []) for story in stories]


def test_each_kind_of_record_is_named_once(section):
    hospital = an_institution("甲医院")
    notice = published(a_notice(hospital, kind=KindFactory()))
    edition, places = a_ranking(EditionFactory())
    blocks = [listing(notice), listing(notice), card(hospital), ranking(edition)]
    story = an_article(section, body=[*blocks, place_card(places[0], edition.index)])
    other = an_article(section, body=[listing(notice)])
    assert quoted(story, other, an_article(section)) == [
        [
            f"edition:{edition.pk}",
            f"index:{edition.index.code}",
            f"institution:{hospital.code}",
            f"notice:{notice.pk}",
            f"place:{places[0].code}",
        ],
        [f"notice:{notice.pk}"],
        [],
    ]


def test_what_readers_cannot_see_is_not_named(section):
    hospital, place = an_institution("草稿里的医院"), PlaceFactory()
    notice = a_notice(hospital, kind=KindFactory())
    edition = EditionFactory()
    a_draft(edition, (a_dimension(edition), place, {"rank": 1}))
    blocks = [listing(notice), card(hospital), ranking(edition), place_card(place)]
    story = an_article(section, body=blocks)
    assert quoted(story) == [[]]
    published(notice)
    assert quoted(story) == [[f"institution:{hospital.code}", f"notice:{notice.pk}"]]


def test_a_later_draft_says_nothing_yet(section):
    notice = published(a_notice(an_institution(), kind=KindFactory()))
    story = an_article(section)
    story.body = [("notice_list", {"title": "", "notice": notice, "kind": None})]
    story.save_revision()
    assert quoted(story) == [[]]
    story.get_latest_revision().publish()
    assert quoted(story) == [[f"notice:{notice.pk}"]]


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number_of_stories(section, django_assert_num_queries, count):
    stories = []
    for number in range(count):
        hospital = an_institution(f"第{number}医院")
        notice = published(a_notice(hospital, kind=KindFactory()))
        stories.append(an_article(section, body=[listing(notice), card(hospital)]))
    with django_assert_num_queries(6):
        assert [len(one) for one in quoted(*stories)] == [2] * count
