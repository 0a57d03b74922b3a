"""What the page of one place shows: its standing in every index, its institutions, what lies inside it, its stories.

Knows of which places anything is known, so that a page is there; what an index says is `indices`', what is
designated is `institutions`'. Keeps the number of queries the same however many indices and editions there are.
"""

from dataclasses import dataclass

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.utils.http import urlencode

from indices.models import Score
from indices.quotable.profiles import Profile, profiles_of
from institutions.filters import RegisterFilter
from institutions.models import Institution
from portal.figures import quoted_by
from portal.models import Place
from portal.paging import page_of
from portal.parameters import instant_of
from portal.references import format_reference

# Indices whose charts are drawn on one page.
DETAILED = 5
MOST_INSIDE = 100
MOST_ON_CARD = 5
# How many levels a place may have above it: a county is in a city, a province, a country.
_LEVELS = 4


@dataclass(frozen=True)
class Listed:
    """One row of the overview: a profile, and the address of its details."""

    profile: Profile
    url: str


def known_places(at=None):
    """Return the places of which readers could know anything at the instant `at` (now when None).

    An index states something of it or of a place inside it, or an institution in it has been named in a
    published notice.
    """
    return Place.objects.filter(_is_known(at))


def _is_known(at):
    stated = Score.objects.public(at)
    known = Exists(stated.filter(place=OuterRef("pk")))
    known |= Exists(stated.filter(place__parent=OuterRef("pk")))
    named = Institution.objects.public(at)
    for step in range(_LEVELS):
        known |= Exists(named.filter(**{f"place{'__parent' * step}": OuterRef("pk")}))
    return known


def known_at_of(parameters):
    """Return the instant of knowledge that an address gives, None for now; BadParameter for a wrong one."""
    given = parameters.get("known_at", "").strip()
    return instant_of("known_at", given) if given else None


def place_context(request, place, known_at=None):
    """Return what the page of `place` shows as known at an instant (now when None)."""
    profiles = profiles_of(place, known_at)
    page = page_of(request, profiles, DETAILED)
    register = RegisterFilter(district=place, known_at=known_at)
    tally = register.tally()
    return {
        "place": place,
        "known_at": known_at,
        "overview": _overview(profiles, known_at) if len(profiles) > 1 else [],
        "page": page,
        "counts": tally.counts if tally.listed else None,
        "finder": f"/institutions/?{register.query()}",
        "inside": _inside(place, known_at),
        "known_query": _query(known_at),
        "stories": quoted_by(format_reference("place", place.code)),
    }


def _query(known_at):
    """Return the query string that keeps the instant of knowledge from page to page; '' for now."""
    return f"?{urlencode({'known_at': known_at.isoformat()})}" if known_at else ""


def _overview(profiles, known_at):
    listed = []
    for number, profile in enumerate(profiles):
        page = number // DETAILED + 1
        asked = {"page": page if page > 1 else "", "known_at": known_at and known_at.isoformat()}
        query = urlencode({name: value for name, value in asked.items() if value})
        anchor = f"#{profile.edition.index.code}"
        listed.append(Listed(profile, f"?{query}{anchor}" if query else anchor))
    return listed


def _inside(place, known_at):
    """Return the places directly inside, by their codes, each with whether it has a page of its own."""
    known = ExpressionWrapper(_is_known(known_at), output_field=BooleanField())
    return list(Place.objects.within(place).annotate(has_page=known)[:MOST_INSIDE])


def card_words(place, profiles, *, site):
    """Return what the share card of a place says, as the arguments of `portal.sharecards`."""
    told = [one for one in profiles if one.overall is not None and one.overall.score is not None]
    told.sort(key=lambda one: one.edition.index.is_demonstration)
    rows = tuple(
        (_named(one.edition.index), one.edition.label, one.overall.rank_text)
        for one in told[:MOST_ON_CARD]
    )
    return {"title": f"{place.name}的位次和定点机构", "site": site, "rows": rows}


def _named(index):
    return f"{index.name}（演示数据）" if index.is_demonstration else index.name
