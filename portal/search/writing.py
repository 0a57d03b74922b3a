"""Documents into the index: entries with their flat forms, and the pairs by which they are found.

On SQLite the pairs are told to the full-text table here, in the transaction of the entries; pairs of entries
that were changed or deleted by anyone since are taken out first (triggers lay their texts aside).
"""

import json

from django.db import connection, transaction

from portal.search.entries import Document
from portal.search.matching import on_sqlite
from portal.search.tables import ENTRIES, GONE, PAIRS
from portal.search.tokens import BREAK, TITLES_END, tokens_of

# PostgreSQL's limit for the places in a vector.
_MOST_PLACES = 16_000
_NO_TOKENS = {BREAK, TITLES_END}
_KEY = "content_type_id, object_id, title_norm"
_ONCE = "ON CONFLICT (content_type_id, object_id) DO UPDATE SET"


def _renewed(columns):
    return ", ".join(f"{column} = EXCLUDED.{column}" for column in ("title_norm", *columns))


def _placed(tokens):
    """Return a vector's literal that knows where each token stands; a BREAK takes a place too."""
    return " ".join(
        f"'{token}':{place}"
        for place, token in enumerate(tokens[:_MOST_PLACES], start=1)
        if token not in _NO_TOKENS
    )


def _pairs_row(head, body, completions):
    """Return (text, completions) as SQLite's table of pairs takes them, the same for the same texts."""
    text = dict.fromkeys([*tokens_of(head), *tokens_of(body)])
    return " ".join(text), " ".join(dict.fromkeys(tokens_of(completions)))


def _write_to_sqlite(cursor, content_type, documents):
    columns = ("autocomplete", "title", "body")
    statement = (
        f"INSERT INTO {ENTRIES} ({_KEY}, {', '.join(columns)}) VALUES (%s, %s, %s, %s, %s, %s) "  # noqa: S608
        f"{_ONCE} {_renewed(columns)}"
    )
    texts = {key: (each.completions, each.head, each.body) for key, each in documents.items()}
    rows = [[content_type, key, float(documents[key].day), *texts[key]] for key in documents]
    cursor.executemany(statement, rows)
    _forget_what_is_gone(cursor)
    # The keys as one parameter: there may be more than a statement takes.
    cursor.execute(
        f"SELECT id, object_id FROM {ENTRIES} WHERE content_type_id = %s "  # noqa: S608
        "AND object_id IN (SELECT value FROM json_each(%s))",
        [content_type, json.dumps(list(documents))],
    )
    pairs = [
        [entry, *_pairs_row(head, body, completions)]
        for entry, key in cursor.fetchall()
        for completions, head, body in (texts[key],)
    ]
    cursor.executemany(f"INSERT INTO {PAIRS} (rowid, text, completions) VALUES (%s, %s, %s)", pairs)  # noqa: S608


def _forget_what_is_gone(cursor):
    cursor.execute(f"SELECT entry, title, body, autocomplete FROM {GONE}")  # noqa: S608
    rows = [[entry, *_pairs_row(*texts)] for entry, *texts in cursor.fetchall()]
    if not rows:
        return
    forget = (
        f"INSERT INTO {PAIRS} ({PAIRS}, rowid, text, completions) VALUES ('delete', %s, %s, %s)"  # noqa: S608
    )
    cursor.executemany(forget, rows)
    cursor.execute(f"DELETE FROM {GONE}")  # noqa: S608


def _write_to_postgres(cursor, content_type, documents):
    columns = ("autocomplete", "title", "body", "title_text", "body_text")
    statement = (
        f"INSERT INTO {ENTRIES} ({_KEY}, {', '.join(columns)}) "  # noqa: S608
        f"VALUES (%s, %s, %s, %s::tsvector, '', '', %s, %s) {_ONCE} {_renewed(columns)}"
    )
    rows = [
        [
            content_type,
            key,
            float(document.day),
            _placed(tokens_of(document.completions)),
            document.head,
            document.body,
        ]
        for key, document in documents.items()
    ]
    cursor.executemany(statement, rows)


def write(content_type: int, documents: dict[str, Document]) -> None:
    """Index the documents of one content type, by the objects' keys; what stood under a key is replaced."""
    if documents:
        write_rows = _write_to_sqlite if on_sqlite() else _write_to_postgres
        with transaction.atomic(), connection.cursor() as cursor:
            write_rows(cursor, content_type, documents)
