"""What the bench measures of the API: list pages at the beginning and far behind it, whole lists as files.

Asks the database that the stages before have filled: stories, institutions, designations, scores.
"""

import json
from urllib.parse import urlsplit

from django.core.wsgi import get_wsgi_application

from tests.bench.measuring import ask, page_figures, stream_figures

LISTS = ("articles", "institutions", "designations", "scores", "places", "changes")
# Pages of a hundred rows that are followed before one is measured.
BEHIND = 20


def _address(name):
    return f"/api/v1/{name}/"


def _far(application, name):
    """Return the query of the page that stands BEHIND pages after the first, or of the last one."""
    query = "limit=100"
    for _ in range(BEHIND):
        link = json.loads(ask(application, _address(name), query))["next"]
        if link is None:
            break
        query = urlsplit(link).query
    return query


def api_pages():
    """Measure a page of a hundred rows of each list: the first one, and one reached by following cursors."""
    application = get_wsgi_application()
    figures = {}
    for name in LISTS:
        figures[name] = page_figures(application, _address(name), "limit=100")
        figures[f"{name}_far"] = page_figures(application, _address(name), _far(application, name))
    return figures


def api_export(name):
    """Take a whole list as CSV; memory is above idle, so each list has a process of its own."""
    application = get_wsgi_application()
    ask(application, "/api/v1/")
    return stream_figures(application, _address(name), "format=csv")


STAGES = {stage.__name__: stage for stage in (api_pages, api_export)}
