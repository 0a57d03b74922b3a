"""Which stories quote editions, releases and series, which are about a place, and what must not be told."""

import pytest

from news.score_quoting import quoting_stories
from portal.figures import quoted_by, quoted_by_many
from portal.references import Target
from tests.factories import PlaceFactory, a_draft, a_section, an_article
from tests.indices.factories import EditionFactory, a_ranking, released
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db


def ranking(edition, *highlighted):
    value = {"title": "", "edition": edition.pk, "dimension": "", "size": 3, "shape": "table"}
    return {"type": "ranking", "value": value | {"highlighted": [row.pk for row in highlighted]}}


def card(place, *indices):
    value = {"place": place.pk, "indices": [index.pk for index in indices]}
    return {"type": "place_card", "value": value}


def of(reference):
    return [target.title for target in quoted_by(reference)]


def test_an_edition_its_release_and_its_series_are_quoted(section):
    edition, _ = a_ranking()
    newer, _ = a_ranking(EditionFactory(index=edition.index))
    other, places = a_ranking()
    older = an_article(section, title="旧稿", body=[ranking(edition)])
    an_article(section, title="新稿", body=[ranking(newer)])
    an_article(section, title="名片", body=[card(places[0], other.index)])
    assert quoted_by(f"edition:{edition.pk}") == [Target("旧稿", older.url)]
    assert of(f"release:{edition.releases.get().pk}") == ["旧稿"]
    assert of(f"index:{edition.index.code}") == ["新稿", "旧稿"]
    assert of(f"index:{other.index.code}") == ["名片"]
    assert of(f"edition:{other.pk}") == []


def test_only_what_readers_see_is_told(section):
    edition, places = a_ranking()
    a_draft(section, title="草稿", body=[ranking(edition, places[0])])
    an_article(section, title="撤稿", body=[ranking(edition, places[0])]).unpublish()
    assert of(f"edition:{edition.pk}") == []
    assert of(f"place:{places[0].code}") == []


def test_a_places_stories_point_at_it_its_institutions_or_its_notices(section):
    edition, (city, other, _) = a_ranking()
    district = PlaceFactory(parent=city)
    hospital = an_institution("甲医院", place=district)
    notice = published(a_notice(hospital, kind=KindFactory(), area=city))
    an_article(section, title="突出", body=[ranking(edition, city)])
    value = {"institution": hospital.pk, "on": None}
    an_article(section, title="机构", body=[{"type": "institution_card", "value": value}])
    value = {"title": "", "notice": notice.pk, "kind": None}
    an_article(section, title="通知", body=[{"type": "notice_list", "value": value}])
    assert of(f"place:{city.code}") == ["通知", "机构", "突出"]
    assert of(f"place:{district.code}") == ["机构"]
    assert of(f"place:{other.code}") == []


@pytest.mark.parametrize(
    "reference", ["edition:99", "edition:x", "release:99", "index:none", "place:none", "notice:1"]
)
def test_what_is_not_there_is_quoted_by_nobody(reference):
    assert quoted_by(reference) == []


def test_other_kinds_cost_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert quoting_stories(["article:1", "notice:1", "institution:none"]) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_the_same_for_any_number(home, count, django_assert_num_queries):
    section, references = a_section(), []
    for _ in range(count):
        edition, places = a_ranking()
        released(edition, (edition.dimensions.get(), PlaceFactory(), {"rank": 4}))
        hospital = an_institution(f"第{len(references)}医院", place=places[0])
        published(a_notice(hospital, kind=KindFactory(), area=places[0]))
        for _ in range(count):
            an_article(section, body=[ranking(edition, places[0])])
        references += [f"edition:{edition.pk}", f"index:{edition.index.code}"]
        references += [f"release:{edition.releases.first().pk}", f"place:{places[0].code}"]
    quoted_by_many(references)  # the addresses of sections are remembered
    with django_assert_num_queries(12):
        found = quoting_stories(references)
    assert {len(targets) for targets in found.values()} == {count}
