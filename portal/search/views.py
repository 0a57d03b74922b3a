"""The search page and what is offered while someone types. Thin: `portal.search.pages` and `.offering` gather.

Neither keeps what was asked for, and the page is for readers, not for search engines.
"""

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.api import AddressThrottle, Reading
from portal.heads import Head
from portal.search.asking import Asked
from portal.search.offering import offers
from portal.search.pages import search_context

_DESCRIPTION = "稿件、定点机构、通知、指数、地方、人物和专题，一次全部搜索。"


@require_safe
def search(request):
    """Show the box, and what answers the question in the address; any address gets an answer."""
    context = search_context(Asked.read(request.GET))
    context["head"] = Head(title="搜索", description=_DESCRIPTION, path=request.path)
    return render(request, "portal/search.html", context)


class SuggestThrottle(AddressThrottle):
    """As many letters as a few readers behind one address type in a minute."""

    scope = "search_suggest"


class SuggestView(Reading):
    """What is offered for the beginning of a query, as JSON for the search box."""

    throttle_classes = (SuggestThrottle,)
    # What is public can change with the next act of the desk, and what someone types is nobody else's.
    cache_control = "private, no-store"
    # No part of the API: the box's own address.
    schema = None

    def get(self, request):
        """Return the offers, an empty list for nothing typed."""
        offered = [
            {"text": offer.text, "label": offer.label, "url": offer.url}
            for offer in offers(request.GET.get("q", ""))
        ]
        return JsonResponse({"suggestions": offered}, json_dumps_params={"ensure_ascii": False})
