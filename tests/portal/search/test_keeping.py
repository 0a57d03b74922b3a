"""Objects are found as soon as their rows stand, however these were written, and as long as they stand."""

import pytest
from django.db import connection
from wagtail.search.models import IndexEntry

from news.models import Person
from portal.models import Place, PlaceName
from portal.search.keeping import reindex, reindexed
from portal.search.querying import offered
from tests.factories import PersonFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def names_found(model, typed):
    return sorted(str(each) for each in offered(model.objects.all(), typed))


def test_rows_written_in_bulk_are_found_once_they_are_indexed():
    Person.objects.bulk_create([Person(name=name, slug=f"p{n}") for n, name in enumerate("甲乙丙")])
    assert names_found(Person, "乙") == []
    reindex(Person, Person.objects.values_list("pk", flat=True))
    assert names_found(Person, "乙") == ["乙"]


def test_what_is_indexed_is_told():
    told = []

    def listen(sender, keys, **kwargs):
        told.append((sender, keys))

    person = PersonFactory()
    reindexed.connect(listen)
    try:
        reindex(Person, [person.pk, person.pk])
        reindex(Person, [])
    finally:
        reindexed.disconnect(listen)
    assert told == [(Person, [person.pk])]


def test_an_object_follows_rows_that_belong_to_it():
    place = PlaceFactory(name="郑州市", short_name="郑州")
    other = PlaceName.objects.create(place=place, name="绿城")
    assert names_found(Place, "绿城") == ["郑州市"]
    other.name = "商都"
    other.save()
    assert (names_found(Place, "绿城"), names_found(Place, "商都")) == ([], ["郑州市"])
    other.delete()
    assert names_found(Place, "商都") == []


def test_a_deleted_object_leaves_nothing():
    place = PlaceFactory()
    PlaceName.objects.create(place=place, name="绿城")
    assert IndexEntry.objects.count() == 1
    place.delete()
    assert IndexEntry.objects.count() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_any_number(number, django_assert_num_queries):
    keys = [PersonFactory().pk for _ in range(number)]
    reindex(Person, keys)
    with django_assert_num_queries({"sqlite": 9, "postgresql": 4}[connection.vendor]):
        reindex(Person, keys)
