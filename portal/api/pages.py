"""The rows that a question gives: one page of them, all of them one after the other, or the one of an address.

Knows that all pages of a list are of one state of the records: the first page settles the instant of
knowledge, which is that of the last change, and its cursor carries it on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import F
from django.utils import timezone

from portal.api.conditions import last_change
from portal.api.cursors import Mark, after, mark_of, values_of
from portal.api.encoding import instant_text
from portal.api.questions import DEFAULT_LIMIT, Question
from portal.parameters import instant_of

# Rows held at once while a whole list streams.
CHUNK = 1000


@dataclass(frozen=True)
class Page:
    """One page: its rows, and the cursor of the next one ('' after the last)."""

    rows: list
    cursor: str


def page_of(question: Question) -> Page:
    """Return the page that a question asks for; raises BadParameter for a cursor that is not this question's."""
    resource, order = question.resource, question.resource.order(question.ordering)
    mark = mark_of(question.cursor, question.sense) if question.cursor else None
    known_at = mark.known_at if mark else _settled(question)
    asked, rows = _rows(question, known_at)
    if mark:
        rows = rows.filter(after(order, mark.values))
    limit = question.limit or DEFAULT_LIMIT
    found = list(_ordered(rows, order)[: limit + 1])
    kept = list(resource.cut(found[:limit]))
    cursor = ""
    if len(kept) < len(found):
        cursor = Mark(values_of(kept[-1], order), known_at).text(question.sense)
    return Page(list(resource.finish(kept, asked)), cursor)


def whole_of(question: Question) -> Iterator:
    """Yield all rows of a question, never more than CHUNK of them in memory.

    What is wrong with the question is raised at once, before the first row is asked for.
    """
    asked, rows = _rows(question, _settled(question))
    return _streamed(question, asked, rows)


def _streamed(question, asked, rows):
    resource = question.resource
    found = _ordered(rows, resource.order(question.ordering)).iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        while chunk:
            kept = resource.cut(chunk)
            yield from resource.finish(kept, asked)
            chunk = chunk[len(kept) :]


def one_of(question: Question, key: str):
    """Return the row that an address names, or None when no reader can see such a row."""
    resource, asked = question.resource, question.asked()
    rows = (resource.one or resource.rows)(asked).filter(**{resource.key_path: key})
    return next(iter(resource.finish(list(rows[:1]), asked)), None)


def _rows(question, known_at):
    asked = question.asked(**({"known_at": known_at} if known_at else {}))
    return asked, question.resource.rows(asked)


def _ordered(rows, order):
    return rows.order_by(
        *(F(path).desc() if descending else F(path).asc() for path, descending in order)
    )


def _settled(question):
    """Return the instant of knowledge of a list's first page: what is asked, or the last change if that is earlier.

    Nothing is known later than by the last change, so answers are the same until there is another one. ''
    where rows are not asked as known at an instant, or where nothing was ever published.
    """
    if not question.resource.takes_knowledge:
        return ""
    last = last_change()
    if last is None:
        return question.given.get("known_at", "")
    given = question.given.get("known_at")
    wanted = instant_of("known_at", given) if given else timezone.now()
    return instant_text(min(wanted, last))
