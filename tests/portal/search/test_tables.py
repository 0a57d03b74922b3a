"""The tables beside Wagtail's entries: a temporary copy, and the way back."""

import pytest
from django.db import connection
from wagtail.search.models import IndexEntry

from portal.search import tables
from portal.search.matching import contains
from tests.portal.search.indexing import found, index


@pytest.mark.django_db
def test_a_temporary_index_hides_the_sites_and_leaves_it_alone():
    index(site="郑州")
    with tables.temporary():
        assert found(contains, "郑州") == []
        index(passing="郑州")
        assert found(contains, "郑州") == ["passing"]
    assert found(contains, "郑州") == ["site"]


@pytest.mark.django_db
def test_a_temporary_index_goes_when_something_fails():
    index(site="郑州")
    with pytest.raises(ValueError, match="made up"), tables.temporary():
        raise ValueError("made up")
    assert found(contains, "郑州") == ["site"]


@pytest.mark.django_db
def test_an_emptied_index_can_be_filled_again():
    index(one="郑州")
    IndexEntry.objects.all()._raw_delete("default")
    tables.clear()
    tables.hasten()
    index(two="郑州")
    tables.compact()
    assert found(contains, "郑州") == ["two"]


@pytest.mark.django_db(transaction=True)
def test_the_migration_can_be_undone_and_done_again():
    with connection.schema_editor() as editor:
        tables.release(editor)
    with connection.schema_editor() as editor:
        tables.adopt(editor)
    index(one="郑州")
    assert found(contains, "郑州") == ["one"]
