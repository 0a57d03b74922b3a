"""The desk's screens for importing a page: give the text, correct what was read, see what was made."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from news.importing.drafting import changed_roles, draft_of, drafts_known, save_drafts
from news.importing.forms import (
    MAX_STORIES,
    PageTextForm,
    PlacementForm,
    StoryFormSet,
    initial_of,
)
from news.models import ArticlePage
from news.sections import sections_open_to

TITLE = "从版面导入"


def _sections(request):
    """Return the sections in which this account may begin stories; refuse an account that has none."""
    sections = sections_open_to(request.user)
    if not sections:
        raise PermissionDenied
    return sections


def _show(request, template, **context):
    return render(
        request,
        f"news/desk/{template}.html",
        {"page_title": TITLE, "header_title": TITLE, "header_icon": "doc-empty", **context},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def give_page(request):
    """Take a page's text, and answer with the stories read from it; nothing is saved."""
    sections = _sections(request)
    if request.method != "POST":
        only = sections[0] if len(sections) == 1 else None
        form = PageTextForm(sections=sections, initial={"section": only})
        return _show(request, "import_page", form=form)
    form = PageTextForm(request.POST, request.FILES, sections=sections)
    if not form.is_valid():
        return _show(request, "import_page", form=form)
    drafts = [draft_of(story) for story in form.cleaned_data["stories"]]
    known = drafts_known(drafts)
    initial = [
        initial_of(draft, story, changed_roles(draft), known=draft.digest in known)
        for draft, story in zip(drafts, form.cleaned_data["stories"], strict=True)
    ]
    placement = PlacementForm(
        sections=sections,
        initial={name: form.cleaned_data[name] for name in ("section", "printed_on")},
    )
    stories = StoryFormSet(prefix="story", initial=initial)
    for story, draft in zip(stories, drafts, strict=True):
        story.page_of_then = known.get(draft.digest)
    return _show(request, "import_stories", placement=placement, stories=stories)


@require_POST
def save_stories(request):
    """Save the corrected stories as drafts, all or none."""
    sections = _sections(request)
    placement = PlacementForm(request.POST, sections=sections)
    stories = StoryFormSet(request.POST, prefix="story")
    # Both are asked, so that all errors show at once.
    if not all([placement.is_valid(), stories.is_valid()]):
        return _show(request, "import_stories", placement=placement, stories=stories)
    chosen = [story.draft() for story in stories if story.cleaned_data["include"]]
    if not chosen:
        error = "一篇也没有选。"
        return _show(request, "import_stories", placement=placement, stories=stories, error=error)
    saved = save_drafts(
        chosen,
        section=placement.cleaned_data["section"],
        printed_on=placement.cleaned_data["printed_on"],
        by=request.user,
    )
    numbers = {"new": [], "old": []}
    for one in saved:
        numbers["new" if one.created else "old"].append(one.page.pk)
    return redirect(f"{reverse('import_page_done')}?{urlencode(numbers, doseq=True)}")


@require_GET
def show_saved(request):
    """List the drafts that were made and the stories that were there before, with links to their forms."""
    _sections(request)
    return _show(
        request,
        "import_done",
        created=_pages(request, "new"),
        known=_pages(request, "old"),
    )


def _pages(request, parameter):
    """Return the stories that the address names, in its order, of those that this account may edit."""
    asked = request.GET.getlist(parameter)[:MAX_STORIES]
    keys = [int(key) for key in asked if key.isascii() and key.isdigit() and len(key) < 10]
    found = ArticlePage.objects.in_bulk(keys)
    return [
        found[key]
        for key in dict.fromkeys(keys)
        if key in found and found[key].permissions_for_user(request.user).can_edit()
    ]
