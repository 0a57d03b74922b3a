"""The share cards of institutions and notices: their words, where they stand, and who may see them.

No card says whether an institution is designated: that is an answer for one day, and a card outlives it.
"""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.views.decorators.http import require_safe

from institutions.models import Institution, Notice
from institutions.noticetext import privacy
from portal.cards import card_at, card_response
from portal.models import SiteIdentity


def institution_card(institution, identity):
    """Return the Card of an institution with its place, under its name of the day."""
    words = _institution_words(institution, identity)
    return card_at(f"{institution.get_absolute_url()}card.png", words)


def notice_card(notice, title, identity):
    """Return the Card of a notice under its masked title."""
    return card_at(f"{notice.get_absolute_url()}card.png", _notice_words(notice, title, identity))


def _institution_words(institution, identity):
    place = institution.place
    area = f"{place.parent.name if place.parent else ''}{place.name}" if place else ""
    return {
        "title": institution.name_on,
        "kicker": _joined("定点机构", area, institution.get_level_display()),
        "site": identity.name,
    }


def _notice_words(notice, title, identity):
    issued = format_date(notice.issued_on, "Y年n月j日") if notice.issued_on else ""
    return {
        "title": title,
        "kicker": _joined("通知", notice.doc_number, issued and f"{issued}印发"),
        "source": notice.issuer.name,
        "site": identity.name,
    }


def _joined(*words):
    return " · ".join(filter(None, words))


@require_safe
def card_of_institution(request, code):
    """Answer the card of an institution that any reader may see."""
    rows = Institution.objects.public().named(timezone.localdate())
    shown = get_object_or_404(rows.select_related("place__parent"), code=code)
    return card_response(request, _institution_words(shown, SiteIdentity.for_request(request)))


@require_safe
def card_of_notice(request, pk):
    """Answer the card of a published notice."""
    shown = get_object_or_404(Notice.objects.published().select_related("issuer"), pk=pk)
    words = _notice_words(shown, privacy.mask(shown.title), SiteIdentity.for_request(request))
    return card_response(request, words)
