"""What a trigger refuses, and when: the conditions, in no database's language.

Knows which statements a guard can tell apart. How a refusal is written and found again is in
`portal.triggers.sqlite` and `portal.triggers.postgres`.
"""

from dataclasses import dataclass

PREFIX = "guard_"

# How far the clocks of application and database may differ before an instant counts as future.
CLOCK_TOLERANCE = "1 minute"


@dataclass(frozen=True)
class Always:
    """Refuse every such statement."""


@dataclass(frozen=True)
class WhenSet:
    """Refuse when `column` of the old row has a value."""

    column: str


@dataclass(frozen=True)
class UnlessFirstSetting:
    """Refuse an update unless it gives `column` its first value and alters nothing but `together`.

    `columns` are all columns of the table. With `once_set`, rows whose `once_set` is NULL are free.
    """

    column: str
    columns: tuple[str, ...]
    together: tuple[str, ...] = ()
    once_set: str = ""

    @property
    def changeable(self):
        """The columns that the one permitted update may alter."""
        return (self.column, *self.together)


@dataclass(frozen=True)
class WhenFuture:
    """Refuse when an instant in `columns` of the new row lies after now (and the tolerance)."""

    columns: tuple[str, ...]


@dataclass(frozen=True)
class UnderPublished:
    """Refuse when the parent (`column` → `table`.`key`) is published, before or after the write."""

    table: str
    key: str
    column: str


@dataclass(frozen=True)
class WhenChanged:
    """Refuse an update that gives one of `columns` another value."""

    columns: tuple[str, ...]


@dataclass(frozen=True)
class WhenOverlapping:
    """Refuse a current row whose valid interval meets that of another with the same `keys`.

    A missing bound is without limit. For SQLite alone: PostgreSQL has exclusion constraints, which also
    hold between transactions.
    """

    keys: tuple[str, ...]


@dataclass(frozen=True)
class Refusal:
    """One trigger: which event on which table is refused, when, and in which words."""

    name: str
    table: str
    event: str
    when: object
    message: str


def literal(text):
    """Return `text` as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def read_guards(connection, query):
    """Return the rows of a catalogue `query` about triggers that are ours."""
    with connection.cursor() as cursor:
        cursor.execute(query, [PREFIX, PREFIX])
        return cursor.fetchall()
