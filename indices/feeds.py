"""The feed of one index: its editions as they come out, and every later release with its reason."""

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from indices.models import Edition, Index, Release
from portal.feeds import MOST_ENTRIES, Author, Entry, Feed, feed_response
from portal.models import SiteIdentity


@require_safe
def index(request, index):
    """The latest releases into the public editions of one index."""
    found = get_object_or_404(Index.objects.public(), code=index)
    site = SiteIdentity.for_request(request).name
    marked = f"{found.name}（演示数据）" if found.is_demonstration else found.name
    feed = Feed(
        kind="index",
        key=found.code,
        title=f"{marked} - {site}",
        subtitle=found.description,
        path=request.path,
        page=found.get_absolute_url(),
        entries=tuple(_entry(release) for release in _releases(found)),
    )
    return feed_response(request, feed)


def _releases(index):
    """Return the published releases of the index's public editions, the latest first; three queries."""
    editions = Edition.objects.public().filter(index=index).order_by()
    rows = Release.objects.published().filter(edition__in=editions).annotate(count=Count("lines"))
    rows = rows.select_related("edition__index", "replaced_by").prefetch_related(
        "edition__publishers__organisation"
    )
    return rows.order_by("-published_at", "-pk")[:MOST_ENTRIES]


def _entry(release):
    edition = release.edition
    ended_at, ending = _end_of(release)
    reason = f"理由：{release.explanation.rstrip('。；;. ')}。" if release.explanation else ""
    return Entry(
        kind="release",
        key=str(release.pk),
        title=str(release),
        path=release.get_absolute_url(),
        published=release.published_at,
        updated=ended_at or release.published_at,
        authors=tuple(Author(one.organisation.name) for one in edition.publishers.all()),
        summary=f"{ending}{release.count} 行。{reason}依据：{release.source_words}",
        categories=((f"edition-{edition.code}", edition.label),),
    )


def _end_of(release):
    """Return when and how the release was taken back: (None, '') while it stands."""
    if release.withdrawn_at is not None:
        return release.withdrawn_at, f"这次发布已撤回（{release.reason}）。"
    successor = getattr(release, "replaced_by", None)
    if successor is not None and successor.published_at is not None:
        return successor.published_at, "这次发布已由后来的更正撤销。"
    return None, ""
