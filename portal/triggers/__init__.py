"""Triggers of both databases: what is refused, and how each database is told.

Hides the two databases' trigger languages and catalogues from `portal.guards`, which says only what is
refused on which table. Both raise an integrity error with our words.
"""

from portal.triggers.conditions import (
    PREFIX,
    Always,
    Refusal,
    UnderPublished,
    UnlessFirstSetting,
    WhenChanged,
    WhenFuture,
    WhenOverlapping,
    WhenSet,
)
from portal.triggers.postgres import Postgres
from portal.triggers.sqlite import Sqlite

__all__ = [
    "PREFIX",
    "Always",
    "Refusal",
    "UnderPublished",
    "UnlessFirstSetting",
    "WhenChanged",
    "WhenFuture",
    "WhenOverlapping",
    "WhenSet",
    "language",
]


def language(connection):
    """Return the trigger language of this connection's database."""
    return {"sqlite": Sqlite, "postgresql": Postgres}[connection.vendor](connection)
