"""Wagtail's search tables as the portal's search uses them (portal.search.tables)."""

from django.db import migrations

from portal.search import tables


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_initial"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: tables.adopt(schema_editor),
            lambda apps, schema_editor: tables.release(schema_editor),
            elidable=False,
        ),
    ]
