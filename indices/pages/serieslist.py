"""What the list of all series shows: of each its latest public edition, who publishes it, and what is held of it."""

from dataclasses import dataclass

from django.db.models import Count, Q

from indices.models import Edition, EditionPublisher, Index, Score, Status
from indices.pages.wordings import extent_words, names_of
from portal.paging import page_of

PER_PAGE = 50


@dataclass(frozen=True)
class Series:
    """One series in the list."""

    index: Index
    latest: Edition
    count: int
    publishers: str
    extent: str


def series_context(request):
    """Return what the list shows, a page of it; five queries however many series and editions there are."""
    page = page_of(request, Index.objects.public(), PER_PAGE)
    editions = {}
    rows = Edition.objects.public().filter(index__in=list(page.object_list))
    for row in rows.order_by("-year", "-released_on", "-code"):
        editions.setdefault(row.index_id, []).append(row)
    latest = [found[0].pk for found in editions.values()]
    publishers = _publishers(latest)
    held = _held(latest)
    page.object_list = [
        _series(index, editions[index.pk], publishers, held)
        for index in page.object_list
        if index.pk in editions
    ]
    return {"page": page}


def _series(index, editions, publishers, held):
    latest = editions[0]
    latest.index = index
    return Series(
        index=index,
        latest=latest,
        count=len(editions),
        publishers=names_of(publishers.get(latest.pk, ())),
        extent=extent_words(latest, held.get(latest.pk, 0)),
    )


def _publishers(editions):
    rows = EditionPublisher.objects.filter(edition__in=editions).select_related("organisation")
    found = {}
    for row in rows.order_by("sort_order", "pk"):
        found.setdefault(row.edition_id, []).append(row)
    return found


def _held(editions):
    """Return {edition: of how many places anything is stated}; one query."""
    rows = Score.objects.public().filter(dimension__edition__in=editions).order_by()
    rows = rows.values("dimension__edition").annotate(
        held=Count("place", distinct=True, filter=~Q(status=Status.NOT_IN_UNIVERSE))
    )
    return {row["dimension__edition"]: row["held"] for row in rows}
