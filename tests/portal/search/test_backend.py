"""Wagtail's own ways to search, with our backend: models' search, autocomplete, queries, rebuilding."""

import pytest
from django.core.management import call_command
from django.db.models import F
from modelsearch.backends.base import FilterFieldError
from modelsearch.query import MATCH_ALL, And, Boost, Not, Or, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from news.models import ArticlePage, Person
from tests.factories import PersonFactory, an_article, paragraphs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def backend(settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.search.backend"}}
    return get_search_backend()


@pytest.fixture
def story(section, backend):
    article = an_article(
        section,
        title="百城数字治理排位",
        deck="郑州第七",
        body=paragraphs("颐和医院在鄭州，ＧＤＰ排第１５。"),
    )
    backend.add(article)
    return article


@pytest.mark.parametrize("typed", ["数字", "治理", "百城 颐和", "郑", "gdp", "第15", '"颐和医院"'])
def test_a_word_in_mid_sentence_is_found(story, backend, typed):
    assert list(backend.search(typed, ArticlePage)) == [story]
    assert [page.pk for page in backend.search(typed, Page.objects.all())] == [story.pk]


@pytest.mark.parametrize("typed", ["字治排", "百城 开封", '"百城排位"', '"', "？", "\x00"])
def test_what_is_not_there_is_not_found(story, backend, typed):
    assert list(backend.search(typed, ArticlePage)) == []
    assert list(backend.autocomplete(typed, ArticlePage)) == []


def test_fields_can_be_chosen(story, backend):
    assert list(backend.search("数字", ArticlePage, fields=["title"])) == [story]
    assert list(backend.search("颐和", ArticlePage, fields=["title"])) == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (PlainText("李 王", operator="or"), ["李明", "王明"]),
        (PlainText("李 明"), ["李明"]),
        (Phrase("王明"), ["王明"]),
        (Or([Phrase("李"), Phrase("张")]), ["张三", "李明"]),
        (And([Phrase("明"), Not(Phrase("李"))]), ["王明"]),
        (Not(Phrase("明")), ["张三"]),
        (Boost(Phrase("张三"), 2), ["张三"]),
        (MATCH_ALL, ["张三", "李明", "王明"]),
        (Or([Phrase("李"), MATCH_ALL]), ["张三", "李明", "王明"]),
        (Not(MATCH_ALL), []),
        (And([MATCH_ALL, Phrase("李")]), ["李明"]),
    ],
)
def test_wagtails_queries(backend, query, names):
    people = [PersonFactory(name=name) for name in ("李明", "王明", "张三")]
    backend.add_bulk(Person, people)
    found = backend.search(query, Person.objects.all())
    assert sorted(person.name for person in found) == names
    assert found.count() == len(names)


@pytest.mark.parametrize(("boost", "first"), [(2.0, "王明"), (0.5, "李明")])
def test_a_boost_says_what_is_worth_more(backend, boost, first):
    backend.add_bulk(Person, [PersonFactory(name=name) for name in ("李明", "王明")])
    found = backend.search(Or([Phrase("李明"), Boost(Phrase("王明"), boost)]), Person)
    assert found[0].name == first


def test_while_typing(backend):
    people = [PersonFactory(name=name) for name in ("李明", "王明", "Ann Lee")]
    backend.add_bulk(Person, people)
    assert list(backend.autocomplete("李", Person)) == [people[0]]
    assert list(backend.autocomplete("明", Person)) == [people[1], people[0]]
    assert list(backend.autocomplete("ann l", Person)) == [people[2]]


def test_pages_counts_and_scores(backend):
    people = [PersonFactory(name=f"李{n}") for n in "一二三"]
    backend.add_bulk(Person, people)
    found = backend.search("李", Person)
    assert (found.count(), list(found), list(found[2:])) == (3, people[::-1], [people[0]])
    ordered = backend.search("李", Person.objects.order_by(F("pk").asc()), order_by_relevance=False)
    assert list(ordered) == people
    assert [person.worth for person in ordered.annotate_score("worth")] == [0, 0, 0]
    assert [person.worth for person in found.annotate_score("worth")] == [4, 4, 4]


def test_a_querysets_own_conditions_count(story, backend):
    assert list(backend.search("数字", ArticlePage.objects.filter(live=True))) == [story]
    assert list(backend.search("数字", ArticlePage.objects.filter(live=False))) == []


def test_facets(story, backend):
    found = backend.search("数字", ArticlePage)
    assert dict(found.facet("printed_on")) == {None: 1}
    with pytest.raises(FilterFieldError, match="FilterField"):
        found.facet("paper")


def test_a_deleted_object_is_not_found(story, backend):
    backend.delete(story)
    assert list(backend.search("数字", ArticlePage)) == []


def test_the_index_can_be_rebuilt(story):
    IndexEntry.objects.all().delete()
    call_command("wagtail_update_index", verbosity=0)
    assert list(get_search_backend().search("颐和", ArticlePage)) == [story]
    get_search_backend().reset_indexes()
    assert list(get_search_backend().search("颐和", ArticlePage)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_for_any_number_of_matches(
    backend, count, django_assert_num_queries
):
    backend.add_bulk(Person, [PersonFactory(name="李明") for _ in range(count)])
    with django_assert_num_queries(2):
        assert len(backend.search("李", Person)) == count
