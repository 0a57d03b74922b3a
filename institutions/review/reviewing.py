"""The review screen and what its buttons do: each press is one decision, saved at once.

Knows how a decision reaches the verbs of `institutions.review.deciding`, and what an editor is told when
another one was quicker: what was wanted, and what stands now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from institutions.models import Institution, NoticeLine
from institutions.review.access import address, as_seen, notice_for, policy, trail
from institutions.review.deciding import (
    NotDecidable,
    accept_certain,
    choose,
    declare_new,
    declare_rest_new,
    is_alone,
    leave_out,
    name_kinds,
    reopen,
)
from institutions.review.forms import KindsForm
from institutions.review.issuers import found_issuer, issuer_as_read
from institutions.review.linking import proposals
from institutions.review.screen import Screen
from institutions.review.undoing import NothingToUndo, undo
from portal.accounts import shown_name
from portal.sources import AlreadyPublished, StaleVersion

_PLACE = ("page", "show")


@dataclass(frozen=True)
class Act:
    """What a press asks for: `words` name it, `run` does it and returns what the editor is told ('' for nothing)."""

    words: str
    run: Callable[[], str]


def show_review(request, notice, *, conflict=None, status=200, kinds=None):
    """Answer with the review screen of a draft."""
    screen = Screen(notice, request.GET)
    categories = screen.categories
    if kinds is None and categories:
        kinds = KindsForm(categories=categories, scheme=notice.scheme)
    context = {
        "notice": notice,
        "screen": screen,
        "kinds": kinds,
        "conflict": conflict,
        "new_issuer": None if notice.issuer_id else issuer_as_read(notice),
        "may_publish": policy.user_has_permission(request.user, "publish"),
        "may_delete": policy.user_has_permission(request.user, "delete"),
        "here": urlencode({name: request.GET[name] for name in _PLACE if name in request.GET}),
        "header_title": notice.title,
        "header_icon": "doc-full",
        "breadcrumbs_items": trail(notice),
    }
    return render(request, "institutions/desk/review.html", context, status=status)


@require_POST
def act(request, pk):
    """Do what one button of the review screen says, and lead back to it."""
    notice = as_seen(request, notice_for(request, pk))
    wanted = _ACTS.get(request.POST.get("act"))
    if wanted is None:
        raise BadRequest("没有这个操作，请重新打开这份通知。")
    asked = wanted(request, notice)
    try:
        said = asked.run()
    except StaleVersion:
        return _refused(request, pk, asked)
    except (NotDecidable, NothingToUndo, AlreadyPublished, ValueError) as error:
        messages.error(request, str(error))
    else:
        if said:
            messages.success(request, said)
    return redirect(_back(request, notice))


def _back(request, notice):
    place = {name: request.GET[name] for name in _PLACE if name in request.GET}
    number = request.POST.get("number", "")
    anchor = f"#g-{number}" if number.isascii() and number.isdigit() else ""
    return f"{address(notice)}{'?' if place else ''}{urlencode(place)}{anchor}"


def _refused(request, pk, asked):
    """Show the screen as it stands now, with what was wanted and what the other editor did."""
    notice = notice_for(request, pk)
    if notice.published_at:
        messages.error(request, "通知已经发布，不能再改；请另发更正。")
        return redirect(address(notice))
    line = notice.lines.filter(number=_number(request)).select_related("institution").first()
    theirs = ""
    if line is not None:
        theirs = f"“{line.name}”：{line.get_decision_display()}"
        theirs += f"，{line.institution}" if line.institution else ""
    step = notice.steps.select_related("by").first()
    conflict = {"mine": asked.words, "theirs": theirs, "step": step}
    conflict["who"] = shown_name(step.by) if step else ""
    return show_review(request, notice, conflict=conflict, status=409)


def _number(request):
    number = request.POST.get("number", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 9 else 0


def _group(request, notice):
    return get_object_or_404(NoticeLine, notice=notice, number=_number(request))


def _choose(request, notice):
    line = _group(request, notice)
    chosen = get_object_or_404(Institution, code=request.POST.get("institution", ""))
    words = f"“{line.name}”认定为{chosen}"
    return Act(words, lambda: choose(notice, [line.key], chosen, by=request.user))


def _new(request, notice):
    line = _group(request, notice)
    words = f"“{line.name}”认定为新机构"
    return Act(words, lambda: declare_new(notice, [line.key], by=request.user))


def _leave_out(request, notice):
    line = _group(request, notice)
    reason = request.POST.get("reason", "")
    return Act(
        f"“{line.name}”不采用：{reason}",
        lambda: leave_out(notice, [line.key], reason=reason, by=request.user),
    )


def _reopen(request, notice):
    line = _group(request, notice)
    words = f"“{line.name}”改回待定"
    return Act(words, lambda: reopen(notice, [line.key], by=request.user))


def _accept(request, notice):
    def run():
        number = accept_certain(notice, by=request.user)
        return f"已采用确定的匹配 {number} 条。" if number else "没有可以确定的匹配。"

    return Act("采用全部确定的匹配", run)


def _rest_new(request, notice):
    def run():
        return f"已认定为新机构 {declare_rest_new(notice, by=request.user)} 条。"

    return Act("没有相近机构的名称全部新建", run)


def _kinds(request, notice):
    categories = Screen(notice, {}).categories
    form = KindsForm(request.POST, categories=categories, scheme=notice.scheme)

    def run():
        if not form.is_valid() or not form.chosen():
            raise NotDecidable("请先选择类别。")
        remember = form.cleaned_data["remember"]
        number = name_kinds(notice, form.chosen(), remember=remember, by=request.user)
        return f"已为 {number} 条选定类别。"

    return Act("选定类别", run)


def _issuer(request, notice):
    name = request.POST.get("name", "")

    def run():
        return f"发文机关：{found_issuer(name, notice, by=request.user)}。"

    return Act(f"发文机关定为“{name}”", run)


def _undo(request, notice):
    return Act("撤销上一步", lambda: f"已撤销：{undo(notice, by=request.user)}。")


_ACTS = {
    "choose": _choose,
    "new": _new,
    "leave_out": _leave_out,
    "reopen": _reopen,
    "accept": _accept,
    "rest_new": _rest_new,
    "kinds": _kinds,
    "issuer": _issuer,
    "undo": _undo,
}


def confirm_rest_new(request, pk):
    """Show every name that would become a new institution, to be confirmed at once."""
    notice = notice_for(request, pk)
    lines = list(notice.lines.filter(decision=NoticeLine.Decision.UNDECIDED).order_by("number"))
    told = proposals(notice, lines)
    alone = {line.key: line for line in lines if is_alone(told[line.matching_key])}
    doubtful = {line.key: line for line in lines if line.key not in alone}
    context = {
        "notice": notice,
        "alone": list(alone.values()),
        "doubtful": list(doubtful.values()),
        "header_title": "全部新建",
        "header_icon": "doc-full",
        "breadcrumbs_items": trail(notice, "全部新建"),
    }
    return render(request, "institutions/desk/rest_new.html", context)
