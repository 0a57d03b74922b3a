"""On PostgreSQL, no two current periods of one institution and kind overlap, between transactions too.

SQLite keeps the same rule by a trigger (`portal.guards.CloseOnly`). Numbers are compared as ranges of
one number, so that no extension has to be installed.
"""

from django.db import migrations

NAME = "designation_periods_apart"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"ALTER TABLE institutions_designation ADD CONSTRAINT {NAME} EXCLUDE USING gist ("
            "int8range(institution_id, institution_id, '[]') WITH &&,"
            " int8range(kind_id, kind_id, '[]') WITH &&,"
            " daterange(valid_from, valid_to, '[]') WITH &&) WHERE (known_to IS NULL)"
        )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE institutions_designation DROP CONSTRAINT {NAME}")


class Migration(migrations.Migration):
    dependencies = [("institutions", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
