"""The desk's first screen: a notice's file or text becomes a draft, and its review opens."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from institutions.review.access import address, require, trail
from institutions.review.drafting import draft_notice
from institutions.review.forms import IntakeForm

TITLE = "录入通知"


@require_http_methods(["GET", "HEAD", "POST"])
def give_notice(request):
    """Take a notice and lead to its review; one that stands already is linked, and nothing is made."""
    require(request, "add")
    form = IntakeForm(request.POST or None, request.FILES or None)
    taken = None
    if request.method == "POST" and form.is_valid():
        taken = draft_notice(
            form.cleaned_data["read"],
            source_words=form.cleaned_data["source_words"],
            url=form.cleaned_data["url"],
            file=form.cleaned_data["given"],
            by=request.user,
        )
        if taken.is_new:
            _tell(request, taken.notice.lines.count())
            return redirect(address(taken.notice))
    return render(
        request,
        "institutions/desk/intake.html",
        {
            "form": form,
            "known": taken.notice if taken else None,
            "header_title": TITLE,
            "header_icon": "doc-full",
            "breadcrumbs_items": trail(last=TITLE),
        },
    )


def _tell(request, number):
    if number:
        messages.success(request, f"已读取，共 {number} 条。请逐条核对。")
    else:
        messages.warning(
            request,
            "没有读出机构名单。请核对左边的原文：名单若在附件里，请删除草稿，改为上传附件；"
            "若就在原文里，请选中文字逐条补充。",
        )
