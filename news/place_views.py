"""The page of one place, and its share card. Thin: what they show is gathered by `news.places`."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indices.quotable.profiles import profiles_of
from news.heads import place_head
from news.places import card_words, known_at_of, known_places, place_context
from portal.cards import card_response
from portal.models import SiteIdentity


@require_safe
def place(request, code):
    """Show what is known of a place, now or at the instant `known_at`; 404 where nothing was."""
    known_at = known_at_of(request.GET)
    shown = _known(code, known_at)
    context = place_context(request, shown, known_at)
    site = SiteIdentity.for_request(request).name
    words = card_words(shown, context["page"].paginator.object_list, site=site)
    context["head"] = place_head(shown, words)
    return render(request, "news/place.html", context)


@require_safe
def card(request, code):
    """Answer the share card of a place."""
    shown = _known(code, None)
    site = SiteIdentity.for_request(request).name
    return card_response(request, card_words(shown, profiles_of(shown), site=site))


def _known(code, known_at):
    return get_object_or_404(known_places(known_at).select_related("parent"), code=code)
