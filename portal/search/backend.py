"""The portal's search as Wagtail's search backend: `"BACKEND": "portal.search.backend"`.

Takes the life of the index (rebuilding, stale entries, deletion) from the search library's backend of the
database in use, and changes what is indexed and how a query is compiled. The library's module for one
database cannot be imported on another, so it is chosen when the first backend is made.
"""

from functools import cache
from importlib import import_module

from django.db import connection
from django.utils.encoding import force_str
from modelsearch.utils import get_content_type_pk

from portal.search.entries import document_of
from portal.search.querying import CompletionCompiler, QueryCompiler, Results
from portal.search.tables import clear, compact, hasten
from portal.search.writing import write

_STOCK = {
    "sqlite": ("modelsearch.backends.database.sqlite.sqlite", "SQLite"),
    "postgresql": ("modelsearch.backends.database.postgres.postgres", "Postgres"),
}


@cache
def _backend_class(vendor):
    module, prefix = _STOCK[vendor]
    stock = import_module(module)

    class Index(getattr(stock, f"{prefix}Index")):
        """Wagtail's entries, written as `portal.search.writing` says."""

        def add_items(self, model, objs):
            if model.get_search_fields():
                documents = {force_str(obj.pk): document_of(obj) for obj in objs}
                write(get_content_type_pk(model), documents)

        def delete_stale_entries(self):
            """Begin a full build, as the rebuilder does with this."""
            super().delete_stale_entries()
            hasten()

        def _refresh_title_norms(self, full=False):
            """Leave the column alone: it holds each document's day. After a full build, make it compact."""
            if full:
                compact()

        def reset(self):
            super().reset()
            clear()

    class Backend(getattr(stock, f"{prefix}SearchBackend")):
        """The stock backend of the database with our index, queries and results."""

        index_class = Index
        query_compiler_class = QueryCompiler
        autocomplete_query_compiler_class = CompletionCompiler
        results_class = Results

    return Backend


def SearchBackend(params):  # noqa: N802  (the name by which Wagtail asks for a backend)
    """Return the search backend of the database in use."""
    return _backend_class(connection.vendor)(params)
