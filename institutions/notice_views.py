"""Public pages of notices: the list, one notice with what each of its lines did, its file and its text.

Only published notices are shown, withdrawn and replaced ones too; a correction that is still a draft is
nowhere mentioned. Private persons' numbers are masked wherever words of a notice are shown.
"""

from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from institutions.counting import counts_as_printed
from institutions.heads import notice_head, notices_head
from institutions.models import Notice, NoticeLine
from institutions.noticetext import privacy
from institutions.pages.noticeeffects import effects_of
from institutions.pages.quotations import quotations
from portal.figures import quoted_by
from portal.paging import page_of
from portal.references import format_reference

NOTICES_PER_PAGE = 50
LINES_PER_PAGE = 100
# Characters of the text on the page; the whole of a longer one has an address of its own.
SHOWN_TEXT = 20_000


@require_safe
def notices(request):
    """Show the published notices, the latest first."""
    rows = Notice.objects.published().order_by("-published_at", "-pk")
    rows = rows.select_related("issuer", "scheme", "area", "replaced_by")
    rows = rows.defer("text", "warnings", "stated_counts", "replaced_by__text")
    page = page_of(request, rows, NOTICES_PER_PAGE)
    page.object_list = list(page.object_list)
    numbers = _numbers_of(page.object_list)
    for notice in page.object_list:
        notice.shown_title = privacy.mask(notice.title)
        notice.numbers = numbers.get(notice.pk)
        notice.successor = _successor_of(notice)
    context = {"page": page, "head": notices_head(page)}
    return render(request, "institutions/notices.html", context)


def _numbers_of(found):
    """Return {notice: how many lines it has, and how many institutions they name}; one query."""
    lines = NoticeLine.objects.filter(notice__in=[notice.pk for notice in found]).order_by()
    counted = lines.values("notice").annotate(
        lines=Count("pk"), institutions=Count("institution", distinct=True)
    )
    return {row["notice"]: row for row in counted}


def _successor_of(notice):
    """Return the published notice that replaced this one, or None: a draft replaces nothing."""
    successor = getattr(notice, "replaced_by", None)
    return successor if successor is not None and successor.published_at else None


@require_safe
def notice(request, pk):
    """Show one published notice with a page of its lines."""
    rows = Notice.objects.published().select_related("issuer", "scheme", "area", "replaces")
    shown = get_object_or_404(rows.select_related("replaced_by"), pk=pk)
    successor = _successor_of(shown)
    lines = shown.lines.select_related("kind__scheme", "institution", "into").order_by("number")
    page = page_of(request, lines, LINES_PER_PAGE)
    page.object_list = _shown_lines(page.object_list, shown, successor)
    text, title = privacy.mask(shown.text), privacy.mask(shown.title)
    reference = format_reference("notice", shown.pk)
    return render(
        request,
        "institutions/notice.html",
        {
            "notice": shown,
            "title": title,
            "head": notice_head(request, shown, title, page, successor),
            "successor": successor,
            "replaces": shown.replaces,
            "counts": counts_as_printed(shown),
            "page": page,
            "text": text[:SHOWN_TEXT],
            "text_is_cut": len(text) > SHOWN_TEXT,
            "text_length": len(text),
            "reference": reference,
            "stories": quoted_by(reference),
        },
    )


def _shown_lines(lines, shown, successor):
    """Return [(Quotation or the bare line's words, effects)] of a page of lines."""
    lines = list(lines)
    for line in lines:
        line.notice = shown
    stands = shown.withdrawn_at is None and successor is None
    effects = effects_of(lines, stands)
    dated = {one.line.pk: one for one in quotations(line for line in lines if line.institution_id)}
    return [
        {
            "line": line,
            "name": privacy.mask(line.name),
            "quote": privacy.mask(line.quote),
            "dated": dated.get(line.pk),
            "effects": effects[line.pk],
        }
        for line in lines
    ]


@require_safe
def notice_file(request, pk):
    """Hand out the file of a published notice, byte for byte; one that is kept private is not there."""
    rows = Notice.objects.published().filter(file_is_private=False).exclude(file="")
    shown = get_object_or_404(rows.only("file", "file_name", "file_sha256"), pk=pk)
    try:
        data = shown.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("原文件不在。") from error
    response = FileResponse(
        data,
        as_attachment=True,
        filename=shown.file_name,
        content_type="application/octet-stream",
    )
    response["ETag"] = f'"{shown.file_sha256}"'
    return response


@require_safe
def notice_text(request, pk):
    """Hand out the whole text of a published notice, private persons' numbers masked."""
    shown = get_object_or_404(Notice.objects.published().only("text"), pk=pk)
    return HttpResponse(privacy.mask(shown.text), content_type="text/plain; charset=utf-8")
