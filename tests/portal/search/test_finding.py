"""Strict first, then near; newer before older at equal worth; only what may be seen."""

import pytest
from django.contrib.contenttypes.models import ContentType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.models import Place
from portal.search.entries import Document
from portal.search.finding import FEW, Found, find
from portal.search.language import parse
from portal.search.vocabulary import Vocabulary
from portal.search.writing import write
from tests.factories import PlaceFactory
from tests.portal.search.indexing import index

pytestmark = pytest.mark.django_db

WORDS = Vocabulary(names=[("郑州大学第五附属医院", "郑大五附院")], synonyms=[("停暖", "停止供暖")])


def keys(typed, **options):
    """Return (strict, near) of the whole index, by key."""
    found = find(parse(typed), None, WORDS, **options)
    return [hit.key for hit in found.strict], [hit.key for hit in found.near]


def test_title_before_lead_before_body():
    index(
        body=Document(bodies=("数字治理",), day=3),
        lead=Document(leads=("数字治理",), day=2),
        title=Document(titles=("数字治理",), day=1),
    )
    assert keys("数字治理") == (["title", "lead", "body"], [])


def test_newer_before_older_at_equal_worth():
    index(old=Document(bodies=("数字",), day=1), new=Document(bodies=("数字",), day=2))
    assert keys("数字") == (["new", "old"], [])


def test_by_day_worth_does_not_count():
    index(old=Document(titles=("数字",), day=1), new=Document(bodies=("数字",), day=2))
    assert keys("数字") == (["old", "new"], [])
    assert keys("数字", newest_first=True) == (["new", "old"], [])


def test_all_words_are_in_a_strict_match():
    index(both="郑州的颐和医院", one="郑州", other="颐和")
    strict, near = keys("郑州 颐和")
    assert (strict, sorted(near)) == (["both"], ["one", "other"])


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("停暖", "停止供暖"),
        ("什么时候停暖", "停止供暖"),
        ("郑大五附院", "郑州大学第五附属医院"),
        ("地铁一号线", "地铁1号线"),
        ("数字治理的指数", "数字治理指数"),
    ],
)
def test_what_is_nearly_there_is_near(typed, text):
    index(near=text, other="毫不相干")
    assert keys(typed) == ([], ["near"])


def test_a_quoted_phrase_is_never_near():
    index(near="停止供暖", half="停暖，郑州")
    assert keys('"停暖"') == (["half"], [])
    assert keys('"停暖" 开封') == ([], ["half"])


def test_with_enough_strict_matches_nothing_is_near():
    index(**{f"s{n}": "停暖" for n in range(FEW)}, near="停止供暖")
    strict, near = keys("停暖")
    assert (len(strict), near) == (FEW, [])


def test_an_empty_question_finds_nothing():
    query = parse("？")
    assert find(query) == Found(query)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=40), st.text(max_size=40))
def test_anything_can_be_written_and_asked(text, typed):
    index(any=Document(titles=(text,), bodies=(typed,), names=(text,)))
    query = parse(typed)
    if query and not any(word.quoted for word in query.words):
        assert [hit.key for hit in find(query, None, WORDS).strict] == ["any"]


def test_what_may_not_be_seen_is_not_found():
    shown, hidden = PlaceFactory(), PlaceFactory()
    kind = ContentType.objects.get_for_model(Place).pk
    write(kind, {str(place.pk): Document(titles=("郑州",)) for place in (shown, hidden)})
    index(**{"1": "郑州"})
    found = find(parse("郑州"), [Place.objects.filter(pk=shown.pk)])
    assert [(hit.content_type, hit.key) for hit in found.strict] == [(kind, str(shown.pk))]
    near = find(parse("郑州 颐和"), [Place.objects.filter(pk=shown.pk)])
    assert [hit.key for hit in near.near] == [str(shown.pk)]


@pytest.mark.parametrize("count", [1, 3])
def test_a_question_costs_the_same_for_any_number_of_matches(count, django_assert_num_queries):
    ContentType.objects.get_for_model(Place)
    kind = ContentType.objects.get_for_model(Place).pk
    places = [PlaceFactory() for _ in range(count)]
    write(kind, {str(place.pk): Document(titles=("郑州",)) for place in places})
    # Matches, which may be seen, their texts; tokens' weights (2), candidates, the entries.
    with django_assert_num_queries(7):
        find(parse("郑州"), [Place.objects.all()])
