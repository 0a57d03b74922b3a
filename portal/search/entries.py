"""One document as the index holds it, made from an object's search fields.

Knows which field is title, lead or body: by name and boost, as Wagtail declares them. A field called
`title`, or with a boost of 2 and more, is title; a boost above 1 makes a lead; all other fields are body.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Manager
from django.utils.encoding import force_str
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from portal.search.tokens import TITLES_END, flat_of_fields

TITLE_BOOST = 2
# Characters of flat forms; PostgreSQL holds the pairs of so many in one vector (1 MiB).
LONGEST_BODY, LONGEST_HEAD = 120_000, 5_000
_TITLE, _LEAD, _BODY, _NAMES = range(4)


@dataclass(frozen=True)
class Document:
    """What can be found of one object, as original texts; `day` is its date as an ordinal, 0 when it has none."""

    titles: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    day: int = 0

    @cached_property
    def head(self) -> str:
        """The flat form of the titles, TITLES_END, and that of the leads."""
        titles, leads = (flat_of_fields(texts).strip() for texts in (self.titles, self.leads))
        return f" {titles[:LONGEST_HEAD]} {TITLES_END} {leads[:LONGEST_HEAD]} "

    @cached_property
    def body(self) -> str:
        """The flat form of the bodies."""
        return flat_of_fields(self.bodies)[:LONGEST_BODY]

    @cached_property
    def completions(self) -> str:
        """The flat form of what is offered while typing."""
        return flat_of_fields(self.names)


def _texts(value):
    """Yield the texts of a field's value; the parts of a list stay apart, so that no phrase crosses them."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple | set):
        for part in value:
            yield from _texts(part)
    elif value not in (None, ""):
        yield force_str(value)


def _values(obj, field):
    """Yield (part, text) for one search field of `obj`, following it into related objects."""
    if isinstance(field, RelatedFields):
        related = field.get_value(obj)
        if isinstance(related, Manager):
            related = related.all()
        elif callable(related):
            related = related()
        several = related if hasattr(related, "__iter__") else [related]
        for single in several:
            if single is not None:
                for inner in field.fields:
                    yield from _values(single, inner)
    elif isinstance(field, AutocompleteField):
        yield from ((_NAMES, text) for text in _texts(field.get_value(obj)))
    elif isinstance(field, SearchField):
        boost = field.boost or 1
        title = field.field_name == "title" or boost >= TITLE_BOOST
        part = _TITLE if title else _LEAD if boost > 1 else _BODY
        yield from ((part, text) for text in _texts(field.get_value(obj)))


def _day_of(obj):
    """Return the ordinal of the object's day: its own `search_day`, or when a page was first published."""
    day = getattr(obj, "search_day", None) or getattr(obj, "first_published_at", None)
    if isinstance(day, datetime):
        day = day.date()
    return day.toordinal() if isinstance(day, date) else 0


def document_of(obj) -> Document:
    """Return the document of an indexed object."""
    parts = ([], [], [], [])
    for field in obj.get_search_fields():
        for part, text in _values(obj, field):
            parts[part].append(text)
    return Document(*map(tuple, parts), day=_day_of(obj))
