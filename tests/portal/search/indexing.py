"""Documents of no model in the index, and what is found of them, by their keys."""

from wagtail.search.models import IndexEntry

from portal.search.entries import Document
from portal.search.tokens import phrase
from portal.search.writing import write

KIND = 1


def index(**documents):
    """Index documents given by key: as a Document, or as the text of a body."""
    write(
        KIND,
        {
            key: each if isinstance(each, Document) else Document(bodies=(each,))
            for key, each in documents.items()
        },
    )


def found(condition, typed):
    """Return the keys of the entries that meet `condition` for a phrase, in order."""
    entries = IndexEntry.objects.filter(condition(phrase(typed)))
    return sorted(entries.values_list("object_id", flat=True))
