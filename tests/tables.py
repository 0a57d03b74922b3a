"""All rows of all tables, to be compared before and after what must change nothing."""

from django.db import connection


def contents():
    """Return {table: its rows in a fixed order}, as the database holds them."""
    tables = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            tables[table] = sorted(cursor.fetchall(), key=repr)
    return tables
