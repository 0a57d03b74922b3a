"""The tables behind the index, as SQL: what stands beside Wagtail's entries, and a temporary copy of all.

An entry holds the flat forms of a document (`portal.search.matching` says where). An index of their pairs of
characters leads to it. On PostgreSQL it is an index on a function that cuts them; on SQLite a full-text
table that keeps no text, to which `portal.search.writing` tells the pairs, and from which it takes the old
ones that triggers lay aside. Wagtail's own full-text table stays empty. A temporary copy hides the real
tables from its own connection, and ends with it.
"""

from contextlib import contextmanager

from django.db import connection, transaction

ENTRIES = "wagtailsearch_indexentry"
PAIRS = "portal_search_pairs"
GONE = "portal_search_gone"
_STOCK = f"{ENTRIES}_fts"
_EVENTS = ("insert", "update", "delete")


def _sqlite(temporary=""):
    """Return the statements that make SQLite's tables of pairs and of what is gone, with their triggers."""
    schema = "temp." if temporary else ""
    # Split at spaces alone: no Unicode table of SQLite's age decides what a character is.
    yield (
        f"CREATE VIRTUAL TABLE {schema}{PAIRS} USING fts5("
        "text, completions, content='', detail=column, tokenize='ascii')"
    )
    yield (
        f"CREATE {temporary} TABLE {GONE} "
        "(entry integer NOT NULL, autocomplete text, title text NOT NULL, body text)"
    )
    for event in ("update", "delete"):
        yield (
            f"CREATE {temporary} TRIGGER {event}_{PAIRS} AFTER {event.upper()} ON {ENTRIES} BEGIN "  # noqa: S608
            f"INSERT INTO {GONE} VALUES (old.id, old.autocomplete, old.title, old.body); END"
        )


_SQLITE_UNDONE = (
    f"DROP TRIGGER update_{PAIRS}",
    f"DROP TRIGGER delete_{PAIRS}",
    f"DROP TABLE {GONE}",
    f"DROP TABLE {PAIRS}",
)

# The pairs of characters of a text, spaces too; the cost keeps the planner from trying it on every row.
_FUNCTION = """
CREATE OR REPLACE FUNCTION portal_pairs(text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
    SELECT array_to_tsvector(array_agg(one || two))
    FROM unnest(string_to_array($1, NULL), (string_to_array($1, NULL))[2:]) AS pair(one, two)
    WHERE two IS NOT NULL
$$
"""
PAIRS_OF_ENTRY = "portal_pairs(title_text || body_text)"
_POSTGRES = (
    _FUNCTION,
    # Each writer pays for its own pairs: no save waits for those of a hundred others, no search reads a list.
    f"CREATE INDEX {PAIRS} ON {ENTRIES} USING gin (({PAIRS_OF_ENTRY})) WITH (fastupdate = off)",
    # Statistics would cut the pairs of 30,000 texts each time that they are renewed.
    f"ALTER INDEX {PAIRS} ALTER COLUMN 1 SET STATISTICS 0",
)
_POSTGRES_UNDONE = (f"DROP INDEX {PAIRS}", "DROP FUNCTION portal_pairs(text)")


def _stock_triggers():
    """Return the statements by which Wagtail fills its own full-text table."""
    columns = "autocomplete, body, title"
    learn = f"INSERT INTO {_STOCK}({columns}, rowid) VALUES (new.autocomplete, new.body, new.title, new.id);"  # noqa: S608
    gone = f"DELETE FROM {_STOCK} WHERE rowid = old.id;"  # noqa: S608
    for event, acts in zip(_EVENTS, (learn, f"{gone} {learn}", gone), strict=True):
        yield f"CREATE TRIGGER {event}_{_STOCK} AFTER {event.upper()} ON {ENTRIES} BEGIN {acts} END"


def _run(schema_editor, sqlite, postgres):
    statements = sqlite if schema_editor.connection.vendor == "sqlite" else postgres
    for statement in statements:
        schema_editor.execute(statement, None)


def adopt(schema_editor):
    """Make Wagtail's entries ours; what was indexed before must be indexed again."""
    empty = f"DELETE FROM {ENTRIES}"  # noqa: S608
    idle = (f"DROP TRIGGER {event}_{_STOCK}" for event in _EVENTS)
    _run(schema_editor, (empty, *idle, *_sqlite()), (empty, *_POSTGRES))


def release(schema_editor):
    """Give Wagtail's tables back as its own migrations make them, empty."""
    empty = f"DELETE FROM {ENTRIES}"  # noqa: S608
    _run(
        schema_editor,
        (*_SQLITE_UNDONE, empty, *_stock_triggers()),
        (*_POSTGRES_UNDONE, empty),
    )


def clear():
    """Take everything out of the table of pairs on SQLite, when all entries have been deleted."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {PAIRS}({PAIRS}) VALUES ('delete-all')")  # noqa: S608
            cursor.execute(f"DELETE FROM {GONE}")  # noqa: S608


def hasten():
    """Prepare for very many documents: PostgreSQL gathers their pairs and sorts them in, in large parts.

    In the transaction of a full build, which ends with `compact`; it may take longer than a reader's question.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(f"ALTER INDEX {PAIRS} SET (fastupdate = on)")


def compact():
    """End what `hasten` began; on SQLite make the table of pairs as small as it can be."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"INSERT INTO {PAIRS}({PAIRS}) VALUES ('optimize')")  # noqa: S608
        else:
            cursor.execute(f"ALTER INDEX {PAIRS} SET (fastupdate = off)")
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [PAIRS])


_KEYS = "content_type_id integer NOT NULL, object_id varchar(50) NOT NULL, UNIQUE (content_type_id, object_id)"
_TEMPORARY = {
    "sqlite": (
        f"CREATE TEMP TABLE {ENTRIES} (id integer PRIMARY KEY AUTOINCREMENT, title_norm real NOT NULL, "
        f"autocomplete text, title text NOT NULL, body text, {_KEYS})",
        *_sqlite("TEMP"),
    ),
    "postgresql": (
        f"CREATE TEMP TABLE {ENTRIES} (id serial PRIMARY KEY, title_norm double precision NOT NULL, "
        "autocomplete tsvector NOT NULL, title tsvector NOT NULL, body tsvector NOT NULL, "
        f"title_text text NOT NULL, body_text text NOT NULL, {_KEYS})",
        f"CREATE INDEX ON {ENTRIES} USING gin (({PAIRS_OF_ENTRY}))",
    ),
}


@contextmanager
def temporary():
    """Give this connection an empty index of its own; the site's is out of its sight meanwhile, and safe.

    On PostgreSQL the site's migrations must have been applied (they bring the function).
    """
    sqlite = connection.vendor == "sqlite"
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _TEMPORARY[connection.vendor]:
            cursor.execute(statement)
    try:
        yield
    finally:
        schema, tables = ("temp", (GONE, PAIRS, ENTRIES)) if sqlite else ("pg_temp", (ENTRIES,))
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DROP TABLE {schema}.{table}")
