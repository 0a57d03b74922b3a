"""Sources of words that stand in tables: names of small ones, and what changes only with the log of changes.

Knows how to see cheaply that a table's words have changed, whoever changed them and however: a digest of the
words themselves, made by the database; or the last change that readers could see.
"""

from collections.abc import Callable, Iterable

from django.db.models import Aggregate, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from portal.models import Change

_BETWEEN = "\x1f"


class _Digest(Aggregate):
    """All values of a column as one: two that are equal hold the same values.

    SQLite reads them in the table's order; PostgreSQL keeps none, so there they are a sum.
    """

    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="GROUP_CONCAT(%(expressions)s)")

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template="SUM(HASHTEXTEXTENDED(%(expressions)s, 0))::text"
        )


class Words:
    """Words of one table or several: each of `tables()` is a QuerySet with the columns that hold them.

    `groups` gives them as `portal.search.vocabulary.Source` says.
    """

    def __init__(
        self,
        tables: Callable[[], Iterable[tuple[QuerySet, tuple[str, ...]]]],
        groups: Callable[[], Iterable[tuple[str, ...]]],
        *,
        names: bool = True,
    ):
        self._tables, self.groups, self.names = tables, groups, names

    def stamp(self):
        """Return a digest of each table's words; one query each."""
        return tuple(_digest(rows, columns) for rows, columns in self._tables())


def _digest(rows, columns):
    parts = [Value(_BETWEEN)]
    for column in columns:
        parts += [Cast(column, TextField()), Value(_BETWEEN)]
    words = Concat(*parts, output_field=TextField())
    return rows.order_by().aggregate(digest=_Digest(words))["digest"]


class PublicNames:
    """Names that readers see come and go only with changes in the log, of all references but `without`."""

    names = True

    def __init__(self, groups: Callable[[], Iterable[tuple[str, ...]]], *, without: str):
        self.groups, self._without = groups, without
        self._seen = self._stamp = None

    def stamp(self):
        """Return the last change but one of `without` that this process knows of; one query when there is none new."""
        last = Change.objects.order_by("-sequence").values_list("sequence", "at").first()
        if last != self._seen:
            if self._seen is None or last is None or self._concerns(self._seen):
                self._stamp = last
            self._seen = last
        return self._stamp

    def _concerns(self, seen):
        """Say whether a change since `seen` tells of such names, or `seen` itself was never committed."""
        sequence, at = seen
        if not Change.objects.filter(sequence=sequence, at=at).exists():
            return True
        since = Change.objects.filter(sequence__gt=sequence)
        return since.exclude(reference__startswith=f"{self._without}:").exists()
