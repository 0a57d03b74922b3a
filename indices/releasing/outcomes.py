"""What becomes of a release: compared anew, published, discarded; a published one looked at and reversed."""

from django.contrib import messages as plain
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from indices.models import Release, Score
from indices.publishing import NotPublishable, compare_anew, problems_of, publish, reverse
from indices.releasing.access import address, as_seen, number_told, policy, release_for
from indices.releasing.checks import short_report
from indices.releasing.forms import ReversalForm
from indices.releasing.screens import counts_of, last_published, show, show_draft, show_published
from portal.models import Change
from portal.sources import AlreadyPublished, StaleVersion

REVERSED = "indices.reverse"


def open_release(request, pk):
    """Show a draft with all that stands for and against it, or a published release with what it changed."""
    release = release_for(request, pk, "view")
    if release.published_at:
        return show_published(request, release)
    if not policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    return show_draft(request, release)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_release(request, pk):
    """Show what publishing would do, and do it when that is confirmed."""
    release = release_for(request, pk, "publish")
    if release.published_at:
        return redirect(address(release))
    problems = None
    if request.method == "POST":
        try:
            publish(as_seen(request, release), by=request.user)
        except NotPublishable as refused:
            problems = refused.problems
            release = release_for(request, pk, "publish")
            if release.published_at:
                plain.error(request, "这份草稿已由他人发布。")
                return redirect(address(release))
        except (StaleVersion, AlreadyPublished) as refused:
            plain.error(request, str(refused))
            return redirect(address(release))
        else:
            button = messages.button(release.get_absolute_url(), "查看公开页面")
            messages.success(request, f"“{release}”已发布。", buttons=[button])
            return redirect(address(release))
    problems = problems_of(release) if problems is None else problems
    context = {
        "problems": problems,
        "report": short_report(release),
        "counts": counts_of(release),
    }
    return show(request, "release_publish", release, "发布", **context)


@require_POST
def compare(request, pk):
    """Let a draft stand against what is published now, if that is what the editor has seen."""
    release = as_seen(request, release_for(request, pk))
    if release.published_at:
        return redirect(address(release))
    try:
        with transaction.atomic():
            Change.objects.queue()
            if last_published(release.edition) != number_told(request, "standing"):
                plain.error(request, "又有新的发布，没有重新对照。请看过下面的两种写法再定。")
                return redirect(address(release))
            compare_anew(release)
            log(release, "wagtail.edit", user=request.user, content_changed=True)
    except (StaleVersion, AlreadyPublished) as refused:
        plain.error(request, str(refused))
    else:
        plain.success(request, "已按现在的数据重新对照。发布时以这份草稿为准。")
    return redirect(address(release))


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request, pk):
    """Delete a draft with its rows."""
    release = release_for(request, pk, "delete")
    if release.published_at:
        plain.error(request, "已经发布，不能删除；可以撤销这次发布。")
        return redirect(address(release))
    if request.method == "POST":
        with transaction.atomic():
            Change.objects.queue()
            # Somebody may have published it since it was asked for; then it stays.
            if Release.objects.select_for_update().filter(pk=pk, published_at=None).first() is None:
                plain.error(request, "这份草稿已被发布或删除。")
                return redirect("release:index")
            log(release, "wagtail.delete", user=request.user)
            release.delete()
        plain.success(request, f"草稿“{release}”已删除。")
        return redirect("release:index")
    return show(request, "release_discard", release, "删除草稿", rows=release.lines.count())


@require_http_methods(["GET", "HEAD", "POST"])
def reverse_release(request, pk):
    """Undo a published release by one correction, published at once."""
    release = release_for(request, pk, "publish")
    if release.published_at is None or hasattr(release, "replaced_by"):
        return redirect(address(release))
    form = ReversalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data["explanation"]
        try:
            with transaction.atomic():
                correction = reverse(release, by=request.user, explanation=told)
                log(release, REVERSED, user=request.user, data={"reason": told})
        except NotPublishable as refused:
            for problem in refused.problems:
                form.add_error(None, problem)
        else:
            plain.success(request, "已撤销：恢复到这次发布之前的数据，并作为更正发布。")
            return redirect(address(correction))
    standing = Score.objects.current().filter(release=release).count()
    stated = release.lines.filter(retracts=False).count()
    context = {"form": form, "standing": standing, "restated": stated - standing}
    return show(request, "release_reverse", release, "撤销这次发布", **context)
