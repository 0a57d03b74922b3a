"""The state to which the database returns after a test that has committed: the migrations' rows.

Django's own way (`serialized_rollback`) saves each object anew, and the signals of those saves make
content types before theirs are restored. This copies rows from table to table and sends no signal.
"""

from django.core.management import call_command
from django.db import connection, transaction

from portal import guards


def read_tables():
    """Return {table: (columns, rows)} of every model's table that holds anything."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows = cursor.fetchall()
            if rows:
                found[table] = ([column[0] for column in cursor.description], rows)
    return found


def return_to(contents):
    """Empty every table, then write `contents`; the guards are lifted meanwhile."""
    quote = connection.ops.quote_name
    with guards.lifted():
        # The sequences go on: restarted, they would give out the keys of the rows put back.
        call_command(
            "flush",
            verbosity=0,
            interactive=False,
            inhibit_post_migrate=True,
            reset_sequences=False,
        )
        with transaction.atomic(), connection.cursor() as cursor:
            for table, (columns, rows) in contents.items():
                names = ", ".join(map(quote, columns))
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(
                    f"INSERT INTO {quote(table)} ({names}) VALUES ({places})",  # noqa: S608
                    rows,
                )


def tables():
    """Return the tables that a flush empties, in a fixed order."""
    return sorted(
        connection.introspection.django_table_names(only_existing=True, include_views=False)
    )
