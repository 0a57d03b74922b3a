"""Share cards as pages give them: where a card stands, how it is answered, and the site's own card.

A card's address carries the digest of its words, so that it is another one when they change. It is kept for a
day and no longer, because what it says may be withdrawn. Drawing is `portal.sharecards`'; what a card of a story or a record says is each app's.
"""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from portal.models import SiteIdentity
from portal.sharecards import SIZE, card_digest, share_card

SITE_CARD = "/card.png"
_LASTING, _BRIEF = 24 * 3600, 300


@dataclass(frozen=True)
class Card:
    """A card that stands at `path`; `alt` is what it says to those who cannot see it."""

    path: str
    alt: str
    width: int = SIZE[0]
    height: int = SIZE[1]


def card_at(path, words):
    """Return the Card with these words (the arguments of `portal.sharecards`) that `path` answers."""
    return Card(f"{path}?v={card_digest(**words)}", alt_of(words))


def alt_of(words):
    """Return what a card with these words says, in one line."""
    rows = ("，".join(row) for row in words.get("rows", ()))
    figure = " ".join(filter(None, (words.get("figure_label"), words.get("figure"))))
    return "；".join(filter(None, (words["title"], figure, *rows)))


def site_card(identity):
    """Return the Card of pages that have none of their own."""
    return card_at(SITE_CARD, _site_words(identity))


def _site_words(identity):
    return {
        "title": identity.motto or identity.name,
        "kicker": identity.organiser,
        "site": identity.name,
    }


def card_response(request, words):
    """Return the picture, or 304; kept for a day under the address that its words give, else for minutes."""
    digest = card_digest(**words)
    etag = quote_etag(digest)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(share_card(**words), content_type="image/png")
    response["ETag"] = etag
    if request.GET.get("v") == digest:
        patch_cache_control(response, public=True, max_age=_LASTING)
    else:
        patch_cache_control(response, public=True, max_age=_BRIEF)
    return response


@require_safe
def card_of_the_site(request):
    """Answer the site's own card."""
    return card_response(request, _site_words(SiteIdentity.for_request(request)))
