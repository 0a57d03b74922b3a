"""The feed of one institution: each published line about it, with what became of its notice."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from institutions.models import Institution, NoticeLine
from institutions.noticetext import privacy
from institutions.pages.quotations import quotations
from institutions.pages.spans import day_words
from portal.feeds import MOST_ENTRIES, Author, Entry, Feed, feed_response
from portal.models import SiteIdentity

# What may end words that are quoted before a full stop of ours.
_STOPS = "。；;. "


@require_safe
def institution(request, code):
    """The latest lines about one public institution."""
    found = get_object_or_404(Institution.objects.public(), code=code)
    page = reverse("institution", args=[found.code])
    site = SiteIdentity.for_request(request).name
    feed = Feed(
        kind="institution",
        key=found.code,
        title=f"{found.name} - {site}",
        subtitle="已发布的通知对它写了什么",
        path=request.path,
        page=page,
        entries=tuple(_entry(told, found) for told in quotations(_lines_about(found))),
    )
    return feed_response(request, feed)


def _lines_about(institution):
    """Return the published lines about it or into it, the latest notice first; one query."""
    rows = NoticeLine.objects.filter(
        Q(institution=institution) | Q(into=institution, institution__isnull=False),
        notice__published_at__isnull=False,
    ).select_related("notice__issuer", "notice__replaced_by", "kind__scheme")
    rows = rows.defer("notice__text", "notice__replaced_by__text")
    return rows.order_by("-notice__published_at", "-notice", "number")[:MOST_ENTRIES]


def _entry(told, institution):
    line, notice = told.line, told.notice
    ended_at, ending = _end_of(notice)
    kind = f"·{line.kind}" if line.kind else ""
    day = (
        f"{day_words(told.day)}起算，依据{told.basis_words}"
        if told.day
        else f"起算日不明：{told.basis_words}"
    )
    return Entry(
        kind="line",
        key=f"{line.pk}/{institution.code}",
        title=f"{line.get_action_display()}{kind}：{told.title}",
        path=notice.get_absolute_url(),
        published=notice.published_at,
        updated=ended_at or notice.published_at,
        authors=(Author(notice.issuer.name),),
        summary=f"{ending}第{line.number}条：{told.words.rstrip(_STOPS)}。{day.rstrip(_STOPS)}。",
    )


def _end_of(notice):
    """Return when and how the notice lost its force: (None, '') while it stands."""
    if notice.withdrawn_at is not None:
        return notice.withdrawn_at, f"这份通知已撤回，不再作数（{privacy.mask(notice.reason)}）。"
    successor = getattr(notice, "replaced_by", None)
    if successor is not None and successor.published_at is not None:
        return successor.published_at, "这份通知已由后来的更正取代。"
    return None, ""
