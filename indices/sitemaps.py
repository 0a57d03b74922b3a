"""What the sitemap lists of this floor: series and editions that readers may see.

A series and an edition last changed with their latest release.
"""

from django.db.models import Max, OuterRef, Subquery

from indices.models import Edition, Index, Release
from portal.sitemaps import register


def _series():
    releases = Release.objects.published().filter(
        edition__in=Edition.objects.public().order_by(), edition__index=OuterRef("pk")
    )
    latest = releases.order_by().values("edition__index").annotate(at=Max("published_at"))
    return Index.objects.public().order_by("pk").annotate(changed_at=Subquery(latest.values("at")))


def _editions():
    releases = Release.objects.published().filter(edition=OuterRef("pk"))
    latest = releases.order_by().values("edition").annotate(at=Max("published_at"))
    rows = Edition.objects.public().select_related("index").order_by("pk")
    return rows.defer("method").annotate(changed_at=Subquery(latest.values("at")))


def _rows_of(rows):
    return lambda start, end: [
        (row.get_absolute_url(), row.changed_at) for row in rows()[start:end]
    ]


def register_all():
    """Teach the sitemap this floor's pages; called once when the app is ready."""
    register("indices", count=lambda: _series().count(), rows=_rows_of(_series))
    register("editions", count=lambda: _editions().count(), rows=_rows_of(_editions))
