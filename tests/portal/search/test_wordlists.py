"""Words from tables: their stamp changes whenever they do, and costs one query."""

import pytest
from django.db import transaction

from news.models import Person
from portal.models import Change
from portal.search.wordlists import PublicNames, Words
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def people():
    return Words(
        lambda: ((Person.objects.all(), ("name", "affiliation")),),
        lambda: [(name,) for name in Person.objects.values_list("name", flat=True)],
    )


def test_every_change_of_a_table_changes_its_stamp():
    source = people()
    stamps = [source.stamp()]
    person = PersonFactory(name="李明")
    stamps.append(source.stamp())
    Person.objects.update(name="王明")
    stamps.append(source.stamp())
    # The same characters in other columns are other words.
    Person.objects.update(name="王", affiliation="明")
    stamps.append(source.stamp())
    assert len(set(stamps)) == 4
    person.delete()
    assert source.stamp() == stamps[0]


@pytest.mark.parametrize("count", [1, 3])
def test_a_stamp_is_one_query(count, django_assert_num_queries):
    for _ in range(count):
        PersonFactory()
    source = people()
    with django_assert_num_queries(1):
        source.stamp()


def test_what_changes_not_has_the_same_stamp():
    PersonFactory()
    source = people()
    assert source.stamp() == source.stamp()
    assert source.names is True


def record(reference):
    Change.objects.record(act=Change.Act.PUBLISH, reference=reference)


def test_only_changes_of_such_names_count(django_assert_num_queries):
    source = PublicNames(list, without="article")
    assert source.stamp() is None
    record("notice:1")
    first = source.stamp()
    record("article:1")
    assert source.stamp() == first
    with django_assert_num_queries(1):
        assert source.stamp() == first
    record("institution:a")
    record("article:2")
    assert source.stamp() != first


def test_a_change_that_was_undone_counts_as_one():
    source = PublicNames(list, without="article")
    record("notice:1")
    source.stamp()
    with transaction.atomic():
        record("notice:2")
        seen = source.stamp()
        transaction.set_rollback(True)
    record("article:2")
    assert source.stamp() != seen
