"""What PostgreSQL is told of tables that have just been filled; SQLite needs nothing."""

import pytest
from django.db import connection

from portal.databases import learn_sizes
from portal.models import Place
from tests.factories import PlaceFactory


@pytest.mark.django_db
def test_a_table_that_was_filled_is_looked_at(django_assert_num_queries):
    PlaceFactory.create_batch(3)
    is_postgres = connection.vendor == "postgresql"
    with django_assert_num_queries(1 if is_postgres else 0):
        learn_sizes(Place)
    if is_postgres:
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'portal_place'")
            assert cursor.fetchone() == (3.0,)
