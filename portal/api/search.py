"""Search for machines: the same matches in the same order as on the search page, strict ones before near ones.

Knows the parameters and the parts of an answer; what is found is `portal.search`'s. Passages are plain text.
"""

from html import unescape

from django.http import HttpResponse
from django.urls import reverse

from portal.api.encoding import encoded
from portal.api.problems import unknown_parameter
from portal.api.questions import single
from portal.api.reading import Reading, conditional
from portal.api.searchwords import DEFAULT_LIMIT, LAST_PAGE, parameters, search_operation
from portal.parameters import BadParameter
from portal.search.asking import Asked
from portal.search.pages import Narrowed, narrowed, rows_of
from portal.search.vocabulary import current


class SearchView(Reading):
    """What is found for some words, a page at a time."""

    def get(self, request):
        """Return a page of matches; a Problem for a parameter that is missing, unknown or wrong."""
        given = _read(request.GET)
        limit = int(given.pop("limit", DEFAULT_LIMIT))
        number = int(given.pop("page", 1))
        asked = Asked(given.pop("q"), sort=given.pop("sort", "relevance"), chosen=given)
        answer = narrowed(asked, current())
        body = _answer(request, answer, limit, number)
        return conditional(
            request, HttpResponse(encoded(body).encode(), content_type="application/json")
        )

    def operation(self, registry):
        """Return this address as OpenAPI describes it."""
        return search_operation(registry)


def _read(given):
    known = {one.name: one for one in parameters()}
    for name in given:
        if name not in known:
            raise unknown_parameter(name, known)
    if "q" not in given:
        raise BadParameter("q", "要找的词", "")
    return {name: known[name].read(single(given, name)) for name in given}


def _answer(request, answer: Narrowed, limit, number):
    """Return the page as plain values: first the strict matches, then the near ones."""
    listed = [*((hit, "strict") for hit in answer.strict), *((hit, "near") for hit in answer.near)]
    page = listed[(number - 1) * limit : number * limit]
    rows = rows_of([hit for hit, _ in page], answer.found.pieces)
    more = len(listed) > number * limit and number < LAST_PAGE
    absolute = request.build_absolute_uri
    return {
        "count": len(answer.strict),
        "near": len(answer.near),
        "next": absolute(_next(request, number + 1)) if more else None,
        "results": [
            _result(rows[hit.entry], hit, match, absolute)
            for hit, match in page
            if hit.entry in rows
        ],
    }


def _next(request, number):
    asked = request.GET.copy()
    asked["page"] = number
    return f"{reverse('api_search')}?{asked.urlencode()}"


def _result(row, hit, match, absolute):
    return {
        "type": row.kind.name,
        "match": match,
        "score": hit.score,
        "title": _plain(row.title),
        "passage": _plain(row.passage) or None,
        "day": row.day.isoformat() if row.day else None,
        "about": list(row.facts),
        "url": absolute(row.url),
    }


def _plain(passage):
    """Return the words of a passage: its only elements are marks."""
    return unescape(passage.replace("<mark>", "").replace("</mark>", ""))
