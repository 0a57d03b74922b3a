"""How a draft begins at the desk, and how its source, nature and explanation are edited."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.log_actions import log

from indices.publishing import draft_release
from indices.releasing.access import address, release_for, require, trail
from indices.releasing.forms import BeginForm, HeadForm
from indices.releasing.screens import show_draft
from portal.editing import words_of
from portal.sources import AlreadyPublished, StaleVersion


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request):
    """Begin an empty draft; the address may name the edition."""
    require(request, "add")
    form = BeginForm(request.POST or None, initial={"edition": request.GET.get("edition")})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            release = draft_release(by=request.user, **form.cleaned_data)
            log(release, "wagtail.create", user=request.user)
        messages.success(request, "草稿已建立，请填数据。")
        return redirect(f"{reverse('indices_grid', args=[release.edition_id])}?draft={release.pk}")
    context = {
        "form": form,
        "header_title": "新建数据发布",
        "header_icon": "doc-full",
        "breadcrumbs_items": trail(last="新建数据发布"),
    }
    return render(request, "indices/admin/release_new.html", context)


@require_POST
def edit_head(request, pk):
    """Save the head of a draft; an old version is refused and both are shown."""
    release = release_for(request, pk)
    if release.published_at:
        messages.error(request, "已经发布，不能再改；请另发更正。")
        return redirect(address(release))
    form = HeadForm(request.POST, instance=release, for_user=request.user)
    if form.is_valid():
        try:
            with transaction.atomic():
                changed = form.save()
                log(changed, "wagtail.edit", user=request.user, content_changed=form.has_changed())
        except (StaleVersion, AlreadyPublished) as refused:
            stale = isinstance(refused, StaleVersion)
            form.add_error(None, words_of(refused) if stale else str(refused))
        else:
            messages.success(request, "已保存。")
            return redirect(address(release))
    return show_draft(request, release_for(request, pk), form=form)
