"""The same documents on both databases: those in whose flat form the phrase stands."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.search.models import IndexEntry

from portal.search.entries import Document
from portal.search.matching import completes, contains, entitles, worth
from portal.search.tokens import phrase
from tests.portal.search.indexing import found, index
from tests.portal.search.texts import questions, stories

pytestmark = pytest.mark.django_db


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.tuples(stories, stories, stories), min_size=1, max_size=8),
    st.lists(questions, min_size=1, max_size=12),
)
def test_found_is_what_contains_the_phrase(texts, asked):
    IndexEntry.objects.all().delete()
    documents = {
        str(number): Document((title,), (lead,), (body,))
        for number, (title, lead, body) in enumerate(texts)
    }
    index(**documents)
    for each in filter(None, map(phrase, asked)):
        naive = [
            key
            for key, document in documents.items()
            if each.stands_in(document.head) or each.stands_in(document.body)
        ]
        assert found(contains, str(each)) == naive


def test_any_character_is_found():
    characters = "郑𠮷𫝆々〇ーé½Ⅻ"
    index(**{str(n): f"前{character}后" for n, character in enumerate(characters)})
    assert [found(contains, character) for character in characters] == [
        [str(n)] for n in range(len(characters))
    ]


def test_a_text_of_any_length_is_searched_to_its_end():
    index(long="郑州医院，" * 9_000 + "终了的颐和医院")
    assert found(contains, "颐和医院") == ["long"]
    assert found(contains, "颐州医院") == []


@pytest.fixture
def stories_of_all_parts():
    index(
        title=Document(titles=("地铁1号线",), bodies=("正文",)),
        lead=Document(titles=("标题",), leads=("地铁1号线",)),
        body=Document(titles=("标题",), bodies=("郑州地铁1号线",)),
        none=Document(titles=("地铁",), leads=("1号线",), bodies=("地铁11号线",)),
    )


def test_where_a_phrase_stands_is_its_worth(stories_of_all_parts):
    one = phrase("地铁1号线")
    rows = IndexEntry.objects.filter(contains(one)).annotate(worth=worth(one))
    assert dict(rows.values_list("object_id", "worth")) == {"title": 4, "lead": 2, "body": 0}


def test_a_phrase_in_a_title(stories_of_all_parts):
    assert found(entitles, "地铁1号线") == ["title"]
    assert found(entitles, "地") == ["none", "title"]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("颐和", ["yihe"]),
        ("郑", ["metro", "yihe"]),
        ("地铁1号", ["metro"]),
        ("地铁1", ["metro"]),
        ("zhengz", ["yihe"]),
        ("医院郑", []),
    ],
)
def test_while_typing_the_last_word_may_go_on(typed, keys):
    index(
        yihe=Document(names=("郑州颐和医院", "zhengzhouyihe")),
        metro=Document(names=("郑州地铁1号线",)),
        body=Document(bodies=("郑州颐和医院地铁1号线",)),
    )
    assert found(completes, typed) == keys
