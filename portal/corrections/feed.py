"""The feed of corrections: what was put right or taken back on every floor."""

from django.urls import reverse
from django.views.decorators.http import require_safe

from portal import corrections
from portal.feeds import MOST_ENTRIES, Entry, Feed, feed_response
from portal.models import SiteIdentity


@require_safe
def latest(request):
    """The latest corrections and withdrawals."""
    site = SiteIdentity.for_request(request).name
    feed = Feed(
        kind="corrections",
        key="all",
        title=f"更正 - {site}",
        subtitle="本站的数据错过什么、撤回过什么、为什么。",
        path=request.path,
        page=reverse("corrections"),
        entries=tuple(_entry(one) for one in corrections.recent(MOST_ENTRIES)),
    )
    return feed_response(request, feed)


def _entry(correction):
    told = correction.told
    reason = f"理由：{told.reason}" if told.reason else ""
    earlier = f"取代：{told.earlier.title}" if told.earlier else ""
    return Entry(
        kind="correction",
        key=str(correction.sequence),
        title=f"{correction.act_label}：{told.title}",
        path=told.url or f"{reverse('corrections')}#correction-{correction.sequence}",
        published=correction.at,
        updated=correction.at,
        summary=" ".join(filter(None, (correction.kind.label, reason, earlier))),
        categories=((correction.kind.name, correction.kind.label),),
    )
