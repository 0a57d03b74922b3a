"""Where the next page begins: an opaque, signed mark of the last row that was given.

Knows that a page continues after the values of the row before it, not after a count of rows, so that rows
inserted meanwhile neither shift nor repeat any other; and the instant of knowledge at which the first page
was answered, so that all pages are of one state. A mark is bound to its question and cannot be made up.
"""

import datetime
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db.models import Q

from portal.parameters import BadParameter

_SALT = "portal.api.cursor"


@dataclass(frozen=True)
class Mark:
    """The last row's values in the order of the list, and the `known_at` of the first page ('' without)."""

    values: tuple
    known_at: str = ""

    def text(self, question):
        """Return the mark as a cursor of `question`, a string that stands for all that was asked."""
        return _signer(question).sign_object([*map(_plain, self.values), self.known_at])


def mark_of(cursor, question):
    """Return the Mark that a cursor carries; raises BadParameter for one that this question never gave out."""
    try:
        *values, known_at = _signer(question).unsign_object(cursor)
    except (BadSignature, ValueError, TypeError, UnicodeError) as error:
        raise BadParameter(
            "cursor", "上一页 next 中的值，其余参数须与上一页相同", cursor
        ) from error
    return Mark(tuple(values), known_at)


def _signer(question):
    return Signer(salt=f"{_SALT}:{question}")


def _plain(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


def after(order, values):
    """Return the condition that a row comes after `values` in `order`, (path, descending) pairs."""
    condition = Q()
    for (path, descending), value in reversed(list(zip(order, values, strict=True))):
        beyond = Q(**{f"{path}__{'lt' if descending else 'gt'}": value})
        condition = beyond | Q(**{path: value}) & condition if condition else beyond
    # Said twice, so that an index can be entered at the first column's value.
    path, descending = order[0]
    return Q(**{f"{path}__{'lte' if descending else 'gte'}": values[0]}) & condition


def values_of(row, order):
    """Return the values of a row in the paths of `order`."""
    found = []
    for path, _ in order:
        value = row
        for name in path.split("__"):
            value = getattr(value, name)
        found.append(value)
    return tuple(found)
