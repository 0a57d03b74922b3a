"""What is written replaces what stood there; what is deleted by anyone is no longer found."""

import pytest
from django.db import connection
from wagtail.search.models import IndexEntry

from portal.search import tables
from portal.search.entries import Document
from portal.search.matching import completes, contains
from portal.search.writing import write
from tests.portal.search.indexing import KIND, found, index

pytestmark = pytest.mark.django_db


def pairs_left():
    """Return how many rows SQLite's table of pairs holds, after checking it; None on PostgreSQL."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {tables.PAIRS}({tables.PAIRS}) VALUES ('integrity-check')")  # noqa: S608
        cursor.execute(f"SELECT count(*) FROM {tables.PAIRS}_docsize")  # noqa: S608
        return cursor.fetchone()[0]


def test_a_document_written_again_is_found_by_its_new_words_alone():
    index(one=Document(bodies=("郑州",), names=("郑州",)), two="郑州")
    index(one=Document(bodies=("开封",), names=("开封",)))
    assert (found(contains, "郑州"), found(contains, "开封")) == (["two"], ["one"])
    assert (found(completes, "郑州"), found(completes, "开封")) == ([], ["one"])
    assert pairs_left() in (None, 2)


@pytest.mark.parametrize(
    "delete",
    [
        lambda: IndexEntry.objects.filter(object_id="one").delete(),
        lambda: IndexEntry.objects.filter(object_id="one")._raw_delete("default"),
    ],
)
def test_a_deleted_entry_is_not_found(delete):
    index(one="郑州", two="郑州")
    delete()
    assert found(contains, "郑州") == ["two"]
    index(three="开封")
    assert pairs_left() in (None, 2)


def test_the_day_is_kept():
    index(one=Document(day=737_000))
    assert IndexEntry.objects.get().title_norm == 737_000


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_is_written_in_few_statements(count, django_assert_num_queries):
    documents = {str(n): Document(bodies=("郑州",)) for n in range(count)}
    # A savepoint and its end; on SQLite also what is gone, and the pairs by the entries' keys.
    sqlite = connection.vendor == "sqlite"
    with django_assert_num_queries(6 if sqlite else 3):
        write(KIND, documents)
    with django_assert_num_queries(8 if sqlite else 3):
        write(KIND, documents)


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        write(KIND, {})
