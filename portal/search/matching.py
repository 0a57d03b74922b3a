"""Which entries of the index contain a phrase, and where: conditions on Wagtail's `IndexEntry`.

Two steps, hidden here: an index of pairs of characters gives the entries that hold all pairs of the phrase,
and of these those count in whose flat form the phrase stands, as `Phrase.stands_in` says. So neither database
keeps places of words, and both find the same, however long a text is.

What the columns hold: the flat form of the head in `title` (PostgreSQL: `title_text`), that of the body in
`body` (`body_text`), what is offered while typing in `autocomplete`, and in `title_norm`, which Wagtail's own
ranking would use, the day of the document.
"""

from itertools import pairwise

from django.db import connection
from django.db.models import BooleanField, Case, Expression, F, FloatField, Q, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact, GreaterThan, LessThan

from portal.search.tables import PAIRS, PAIRS_OF_ENTRY
from portal.search.tokens import TITLES_END, Phrase

IN_TITLE, IN_LEAD = 4.0, 2.0


class _Asking(Expression):
    """A condition on the column of an entry; `asked` are its parameters."""

    conditional = True
    output_field = BooleanField()
    template = ""

    def __init__(self, column, *asked):
        super().__init__()
        self.column = F(column)
        self.asked = asked

    def get_source_expressions(self):
        return [self.column]

    def set_source_expressions(self, expressions):
        (self.column,) = expressions

    def as_sql(self, compiler, database):
        column, parameters = compiler.compile(self.column)
        return self.template % column, [*parameters, *self.asked]


class _InPairs(_Asking):
    """The entry is among those that SQLite's table of pairs finds."""

    template = f"%s IN (SELECT rowid FROM {PAIRS} WHERE {PAIRS} MATCH %%s)"  # noqa: S608


class _HasPairs(_Asking):
    """The entry is among those that PostgreSQL's index of pairs finds; all such conditions make one scan of it."""

    template = f"({PAIRS_OF_ENTRY} @@ %%s::tsquery AND %s IS NOT NULL)"


class _Fits(_Asking):
    """The vector fits what the PostgreSQL query asks."""

    template = "%s @@ %%s::tsquery"


def on_sqlite() -> bool:
    return connection.vendor == "sqlite"


def columns() -> tuple[str, str]:
    """Return the fields of `IndexEntry` that hold the flat forms of head and body."""
    return ("title", "body") if on_sqlite() else ("title_text", "body_text")


def _holds(column, pattern):
    return Q(GreaterThan(StrIndex(F(column), Value(pattern)), 0))


def _match(column, phrase, by_beginning):
    """Return SQLite's query for the tokens of the phrase, in any order."""
    *before, last = (f'"{token}"' for token in phrase.tokens)
    words = " AND ".join([*before, f"{last} *" if by_beginning else last])
    return f"{{{column}}} : ({words})"


def _pairs(pattern):
    """Return PostgreSQL's query for the pairs of characters of a pattern; one character asks for a beginning."""
    if len(pattern) == 1:
        return f"'{pattern}':*"
    return " & ".join(dict.fromkeys(f"'{one}{two}'" for one, two in pairwise(pattern)))


def contains(phrase: Phrase) -> Q:
    """Return the condition that the phrase stands in the title, lead or body."""
    pattern = phrase.pattern
    if on_sqlite():
        found = Q(_InPairs("id", _match("text", phrase, phrase.by_beginning)))
        exact = len(phrase.tokens) == 1
    else:
        found = Q(_HasPairs("id", _pairs(pattern)))
        exact = len(pattern) <= 2
    head, body = columns()
    return found if exact else found & (_holds(body, pattern) | _holds(head, pattern))


def completes(phrase: Phrase) -> Q:
    """Return the condition that the phrase stands in what is offered while typing; its last word may go on."""
    if on_sqlite():
        found = Q(_InPairs("id", _match("completions", phrase, by_beginning=True)))
        return found & _holds("autocomplete", phrase.pattern.rstrip())
    *before, last = (f"'{token}'" for token in phrase.tokens)
    return Q(_Fits("autocomplete", " <-> ".join([*before, f"{last}:*"])))


def _head_places(phrase):
    """Return where the phrase begins in the head, 0 for nowhere, and where the titles end."""
    head, _ = columns()
    return StrIndex(F(head), Value(phrase.pattern)), StrIndex(F(head), Value(f" {TITLES_END} "))


def entitles(phrase: Phrase) -> Q:
    """Return the condition that the phrase stands in a title."""
    begins, end = _head_places(phrase)
    return contains(phrase) & Q(GreaterThan(begins, 0)) & Q(LessThan(begins, end))


def worth(phrase: Phrase) -> Case:
    """Return where the phrase stands, as a number: IN_TITLE, IN_LEAD, or 0 for a body."""
    begins, end = _head_places(phrase)
    return Case(
        When(Exact(begins, 0), then=Value(0.0)),
        When(LessThan(begins, end), then=Value(IN_TITLE)),
        default=Value(IN_LEAD),
        output_field=FloatField(),
    )
