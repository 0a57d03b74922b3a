"""The search library's own tests of a backend, run with ours or with its own: `python -m tests.portal.search.stockrun`.

Prints as JSON which tests ran and which failed. The package brings the tests and their models, not the rows that
they speak of: these are facts about well-known books, written here and given to the tests as the file that they
load. A process and a database of its own, because the tests' models are no models of the house.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

AUTHORS = {
    1: ("George R.R. Martin", "1948-09-20"),
    2: ("J. R. R. Tolkien", "1892-01-03"),
    4: ("Isaac Asimov", "1920-01-02"),
    5: ("David Ascher", None),
    6: ("Mark Lutz", None),
    7: ("Daniel Roy Greenfeld", None),
    8: ("Audrey Roy Greenfeld", None),
    9: ("Douglas Crockford", None),
    10: ("David Flanagan", None),
    11: ("Steve Klabnik", None),
    12: ("Carol Nichols", None),
    13: ("Jim Blandy", None),
    14: ("Jason Orendorff", None),
}
# Number: title, authors, day of publication, pages, and where a novel is set or of what a guide tells.
NOVELS = {
    1: ("A Game of Thrones", [1], "1996-08-01", 694, "Westeros"),
    2: ("A Clash of Kings", [1], "1998-01-01", 768, "Westeros"),
    3: ("A Storm of Swords", [1], "2000-01-01", 973, "Westeros"),
    4: ("The Fellowship of the Ring", [2], "1954-07-29", 423, "Middle Earth"),
    5: ("The Two Towers", [2], "1954-11-11", 352, "Middle Earth"),
    6: ("The Return of the King", [2], "1955-10-20", 440, "Middle Earth"),
    7: ("The Hobbit", [2], "1937-09-21", 320, "Middle Earth"),
    10: ("Foundation", [4], "1951-01-01", 255, "Galactic Empire"),
}
GUIDES = {
    11: ("Learning Python", [5, 6], "1999-01-01", 1160, "py"),
    12: ("Two Scoops of Django 1.11", [7, 8], "2017-04-26", 556, "py"),
    13: ("JavaScript: The good parts", [9], "2008-05-18", 172, "js"),
    14: ("JavaScript: The Definitive Guide", [10], "1998-06-11", 792, "js"),
    15: ("The Rust Programming Language", [11, 12], "2018-05-22", 440, "rs"),
    16: ("Programming Rust", [13, 14], "2017-12-01", 622, None),
}
CHARACTERS = {
    1: ("Daenerys Targaryen", "Jon Snow", "Eddard Stark"),
    2: ("Daenerys Targaryen", "Jon Snow"),
    3: ("Daenerys Targaryen", "Jon Snow"),
    4: ("Frodo Baggins", "Bilbo Baggins", "Gandalf"),
    5: ("Frodo Baggins", "Bilbo Baggins", "Gandalf"),
    6: ("Frodo Baggins", "Bilbo Baggins", "Gandalf"),
    7: ("Bilbo Baggins", "Thorin Oakenshield"),
    10: ("Hari Seldon", "Salvor Hardin"),
}
# The first one named is the hero in these.
HEROES = (4, 5, 6, 7)
MEETINGS = (("Breakfast yoga", "08:00"), ("Stand-up meeting", "10:00"), ("Evening yoga", "19:30"))
UNINDEXED = (1, 2, 3, 4)
# Who speaks at the second meeting.
SPEAKER = "Doyle"
# A tree in both of its forms: name, path, children, and the places of its beginning and its end.
ANIMALS = (
    ("Animal", "0001", 2, 1, 10),
    ("Mammal", "00010001", 2, 2, 7),
    ("Dog", "000100010001", 0, 3, 4),
    ("Cat", "000100010002", 0, 5, 6),
    ("Reptile", "00010002", 0, 8, 9),
)


def _row(model, key, **fields):
    return {"model": f"searchtests.{model}", "pk": key, "fields": fields}


def rows():
    """Yield the rows of which the tests speak, as Django's fixtures write them."""
    for key, (name, born) in AUTHORS.items():
        yield _row("author", key, name=name, date_of_birth=born)
    for key, (title, authors, day, pages, _) in (NOVELS | GUIDES).items():
        book = {"title": title, "publication_date": day, "number_of_pages": pages}
        yield _row("book", key, authors=authors, **book)
        if key in UNINDEXED:
            yield _row("unindexedbook", key, **book | {"title": f"{title} U"})
    number, heroes = 0, {}
    for novel, names in CHARACTERS.items():
        for name in names:
            number += 1
            heroes.setdefault(novel, number)
            yield _row("character", number, name=name, novel=novel)
    for key, (*_, setting) in NOVELS.items():
        hero = heroes[key] if key in HEROES else None
        yield _row("novel", key, setting=setting, protagonist=hero)
    for key, (*_, language) in GUIDES.items():
        if language:
            yield _row("programmingguide", key, programming_language=language)
    for key, (name, begins) in enumerate(MEETINGS, 1):
        yield _row("meeting", key, name=name, start_time=begins)
    yield _row("agendaitem", 1, meeting=2, topic="Plans")
    yield _row("speaker", 1, agenda_item=1, name=SPEAKER)
    for key, (name, path, children, begins, ends) in enumerate(ANIMALS, 1):
        depth = len(path) // 4
        yield _row("mpanimal", key, name=name, path=path, depth=depth, numchild=children)
        yield _row("nsanimal", key, name=name, lft=begins, rgt=ends, tree_id=1, depth=depth)


def settings_of(kind, folder):
    """Return the settings of the house with the tests' models; `kind` is ours or stock."""
    from tests import settings

    given = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    database = given["DATABASES"]["default"]
    vendor = "sqlite" if database["ENGINE"].endswith("sqlite3") else "postgres"
    name = f"{folder}/stock.sqlite3" if vendor == "sqlite" else f"stock_{os.getpid()}"
    backends = {
        "ours": "portal.search.backend",
        "stock": f"modelsearch.backends.database.{vendor}.{vendor}",
    }
    return given | {
        "INSTALLED_APPS": [*given["INSTALLED_APPS"], "modelsearch.test.testapp"],
        "DATABASES": {"default": {**database, "TEST": {"NAME": name}}},
        # The site reads the one, the tests read the other.
        "WAGTAILSEARCH_BACKENDS": {"default": {"BACKEND": backends[kind]}},
        "MODELSEARCH_BACKENDS": {"default": {"BACKEND": backends[kind]}},
        "FIXTURE_DIRS": [folder],
        # Their migrations follow the library's app; Wagtail's stands in its place.
        "MIGRATION_MODULES": {"searchtests": None},
    }


def run(kind):
    """Run the tests with one backend; return how many ran and the names of those that failed."""
    from django.conf import settings
    from django.core import management
    from django.db import connection
    from django.test import TestCase
    from django.test.runner import DiscoverRunner
    from wagtail.search import models

    from portal.search import tables

    # The tests speak of the library's entries and command; the site has Wagtail's app in the library's place.
    sys.modules["modelsearch.models"] = models
    management.get_commands()["rebuild_modelsearch_index"] = "modelsearch"
    from modelsearch.tests.test_backends import BackendTests

    class Runner(DiscoverRunner):
        def setup_databases(self, **kwargs):
            made = super().setup_databases(**kwargs)
            if kind == "stock":
                with connection.schema_editor() as editor:
                    tables.release(editor)
            return made

    class Backend(BackendTests, TestCase):
        backend_path = settings.WAGTAILSEARCH_BACKENDS["default"]["BACKEND"]

    runner = Runner(verbosity=0, interactive=False)
    suite = runner.test_loader.loadTestsFromTestCase(Backend)
    databases = runner.get_databases(suite)
    made = runner.setup_databases(aliases=databases)
    try:
        result = runner.run_suite(suite)
    finally:
        runner.teardown_databases(made)
    failed = {
        test.id().partition(" ")[0].rpartition(".")[2]
        for test, _ in (*result.failures, *result.errors)
    }
    return {"ran": result.testsRun, "failed": sorted(failed)}


def main(kind):
    """Run the tests with the backend of this kind and print what came out."""
    import django
    from django.conf import settings

    with tempfile.TemporaryDirectory(prefix="youju-stock-") as folder:
        Path(folder, "search.json").write_text(json.dumps(list(rows())), encoding="utf-8")
        settings.configure(**settings_of(kind, folder))
        django.setup()
        sys.stdout.write(json.dumps(run(kind)))


if __name__ == "__main__":
    main(sys.argv[1])
