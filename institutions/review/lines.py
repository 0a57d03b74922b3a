"""The screens for the head of a draft, for one of its lines, and for a line that the reader missed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from wagtail.log_actions import log

from institutions.models import NoticeLine
from institutions.review.access import address, as_seen, notice_for, trail
from institutions.review.deciding import add_line, amend
from institutions.review.forms import HeadForm, LineForm, MissedLineForm
from portal.editing import words_of
from portal.sources import AlreadyPublished, StaleVersion


def _show(request, notice, form, title, **context):
    context |= {
        "notice": notice,
        "form": form,
        "header_title": title,
        "header_icon": "doc-full",
        "breadcrumbs_items": trail(notice, title),
    }
    return render(request, "institutions/desk/line_form.html", context)


def _only_draft(request, notice):
    """Return a redirect when the notice is no draft any more, else None."""
    if notice.published_at is None:
        return None
    messages.error(request, "通知已经发布，不能再改；请另发更正。")
    return redirect(address(notice))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_head(request, pk):
    """Edit who issued the notice, when, for which scheme and area; an old version is refused, both are shown."""
    notice = notice_for(request, pk)
    if refused := _only_draft(request, notice):
        return refused
    form = HeadForm(request.POST or None, instance=notice, for_user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            changed = form.save()
        except StaleVersion as stale:
            form.add_error(None, words_of(stale))
        else:
            log(changed, "wagtail.edit", user=request.user, content_changed=form.has_changed())
            messages.success(request, "已保存。")
            return redirect(address(notice))
    return _show(request, notice, form, "通知的基本信息")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_line(request, pk, number):
    """Edit one line of a draft."""
    notice = notice_for(request, pk)
    if refused := _only_draft(request, notice):
        return refused
    line = get_object_or_404(NoticeLine, notice=notice, number=number)
    form = LineForm(request.POST or None, instance=line, notice=notice, for_user=request.user)
    if request.method == "POST" and form.is_valid():
        changed = form.save(commit=False)
        changed.needs_review = False
        if _kept(request, notice, form, lambda: amend(changed, notice, by=request.user)):
            return redirect(f"{address(notice)}#t-{number}")
    title = f"第 {number} 条"
    return _show(request, notice, form, title, line=line, version=notice.version)


@require_http_methods(["GET", "HEAD", "POST"])
def add_missed_line(request, pk):
    """Add a line that the reader missed: `quote` and `near` in the address fill the form in."""
    notice = notice_for(request, pk)
    if refused := _only_draft(request, notice):
        return refused
    marked, near = request.GET.get("quote", "").strip(), _place(request)
    above = notice.lines.filter(start__lte=near).order_by("-start").first()
    like = above or notice.lines.order_by("number").first()
    initial = {"quote": marked, "name": " ".join(marked.split())[:200]}
    if like is not None:
        initial |= {"action": like.action, "kind": like.kind_id}
    form = MissedLineForm(
        request.POST or None, initial=initial, notice=notice, for_user=request.user
    )
    if request.method == "POST" and form.is_valid():
        line = form.missed_line(near)
        if _kept(request, notice, form, lambda: add_line(line, notice, by=request.user)):
            messages.success(request, f"已补充第 {line.number} 条。")
            return redirect(f"{address(notice)}#g-{line.number}")
    return _show(request, notice, form, "补充一条", version=notice.version)


def _place(request):
    near = request.GET.get("near", "")
    return int(near) if near.isascii() and near.isdigit() and len(near) <= 9 else 0


def _kept(request, notice, form, save):
    """Do `save` on the draft as the editor saw it; return whether it was kept, else tell why in the form."""
    now = notice.version
    try:
        as_seen(request, notice)
        save()
    except (StaleVersion, AlreadyPublished) as refused:
        notice.version = now
        form.add_error(None, f"{refused}下面是您填写的内容；保存会覆盖现在的内容，请先核对。")
        return False
    return True
