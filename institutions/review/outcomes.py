"""What becomes of a draft and of a published notice: published, discarded; corrected, withdrawn."""

from django.contrib import messages as plain
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from institutions.models import Notice, NoticeLine
from institutions.publishing import (
    NotPublishable,
    draft_correction,
    problems_of,
    publish,
    withdraw,
)
from institutions.review.access import address, as_seen, notice_for, policy, trail
from institutions.review.foreseeing import foresee
from institutions.review.forms import ReasonForm
from institutions.review.linking import proposals
from institutions.review.reviewing import show_review
from portal.accounts import shown_name
from portal.figures import quoted_by
from portal.paging import page_of
from portal.references import format_reference
from portal.sources import AlreadyPublished, AlreadyWithdrawn, StaleVersion

PROBLEMS_SHOWN = 30
LINES_SHOWN = 100
# What the reader says of numbers that differ.
COUNT_WARNING = "count_mismatch"


def open_notice(request, pk):
    """Show the review of a draft, or a published notice as the desk sees it."""
    notice = notice_for(request, pk, "view")
    if notice.published_at is None:
        notice = notice_for(request, pk, "change")
        return show_review(request, notice)
    lines = notice.lines.select_related("kind__scheme", "institution", "into").order_by("number")
    context = {
        "page": page_of(request, lines, LINES_SHOWN),
        "publisher": shown_name(notice.published_by),
        "successor": Notice.objects.filter(replaces=notice).first(),
        "stories": quoted_by(format_reference("notice", str(notice.pk))),
        "may_change": policy.user_has_permission(request.user, "change"),
        "may_publish": policy.user_has_permission(request.user, "publish"),
    }
    return _show(request, "published", notice, notice.title, None, **context)


def _show(request, template, notice, title, last, **context):
    context |= {
        "notice": notice,
        "header_title": title,
        "header_icon": "doc-full",
        "breadcrumbs_items": trail(notice, last),
    }
    return render(request, f"institutions/desk/{template}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_notice(request, pk):
    """Show what publishing would do, and do it when that is confirmed."""
    notice = notice_for(request, pk, "publish")
    if notice.published_at:
        return redirect(address(notice))
    if request.method == "POST":
        try:
            publish(as_seen(request, notice), by=request.user)
        except (NotPublishable, StaleVersion, AlreadyPublished) as refused:
            plain.error(request, str(refused)[:1000])
            return redirect(address(notice, "publish"))
        button = messages.button(notice.get_absolute_url(), "查看公开页面")
        messages.success(request, f"“{notice.title}”已发布。", buttons=[button])
        return redirect(address(notice))
    lines = list(notice.lines.select_related("kind__scheme", "institution").order_by("number"))
    for line in lines:
        line.notice = notice
    problems = problems_of(notice, lines)
    context = {
        "foreseen": foresee(notice, lines),
        "problems": problems[:PROBLEMS_SHOWN],
        "more_problems": max(0, len(problems) - PROBLEMS_SHOWN),
        "kinds": _by_kind(lines),
        "counts": _counts(notice, lines),
        "count_warnings": [one for one in notice.warnings if one["code"] == COUNT_WARNING],
        "twins": _twins(notice, lines),
    }
    return _show(request, "publish", notice, "发布", "发布", **context)


def _by_kind(lines):
    """Return [(kind or action in words, number of lines, number of names)] of the adopted lines."""
    found = {}
    for line in lines:
        if line.decision != NoticeLine.Decision.IGNORED:
            words = f"{line.kind or '不分类别'}·{line.get_action_display() or '动作待定'}"
            found.setdefault(words, []).append(line.matching_key)
    return [(words, len(keys), len(set(keys))) for words, keys in found.items()]


def _counts(notice, lines):
    """Return [(words, stated, read)] for the numbers that the notice prints; read None when it counts no category."""
    read = {}
    for line in lines:
        read[line.category] = read.get(line.category, 0) + 1
    return [(words, stated, read.get(words)) for words, stated in notice.stated_counts.items()]


def _twins(notice, lines):
    """Return the names declared new that the register holds by now, as (line, institution's name)."""
    fresh = [line for line in lines if line.decision == NoticeLine.Decision.NEW]
    if not fresh:
        return []
    told = proposals(notice, fresh)
    by_key = {line.matching_key: line for line in fresh}
    return [(line, told[key].linked.name) for key, line in by_key.items() if told[key].linked]


@require_POST
def correct_notice(request, pk):
    """Begin a correction of a published notice, or open the one that is begun."""
    notice = notice_for(request, pk, "change")
    try:
        draft = draft_correction(notice, by=request.user)
    except ValueError as refused:
        plain.error(request, str(refused))
        return redirect(address(notice))
    return redirect(address(draft))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_notice(request, pk):
    """Withdraw a published notice for a reason that readers see."""
    notice = notice_for(request, pk, "publish")
    if notice.published_at is None or notice.withdrawn_at:
        return redirect(address(notice))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(notice, by=request.user, reason=form.cleaned_data["reason"])
        except AlreadyWithdrawn as refused:
            plain.error(request, str(refused))
        else:
            plain.success(request, f"“{notice.title}”已撤回。")
        return redirect(address(notice))
    return _show(request, "withdraw", notice, "撤回", "撤回", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def discard_draft(request, pk):
    """Delete a draft with its lines and, when no other notice has it, its file."""
    notice = notice_for(request, pk, "delete")
    if notice.published_at:
        plain.error(request, "通知已经发布，不能删除；可以撤回。")
        return redirect(address(notice))
    if request.method == "POST":
        discard(notice, by=request.user)
        plain.success(request, f"草稿“{notice.title}”已删除。")
        return redirect("notice:index")
    return _show(request, "discard", notice, "删除草稿", "删除草稿")


@transaction.atomic
def discard(notice, *, by):
    """Delete this draft; its file goes when the deletion is certain and no other notice has it."""
    log(notice, "wagtail.delete", user=by)
    storage, path = notice.file.storage, notice.file.name
    notice.delete()
    if path and not Notice.objects.filter(file=path).exists():
        transaction.on_commit(lambda: storage.delete(path))
