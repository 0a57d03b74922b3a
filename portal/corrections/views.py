"""The page of corrections: what was put right or taken back on every floor, the newest first."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal import corrections
from portal.heads import Head
from portal.heads.linkeddata import collection
from portal.heads.publictags import Column
from portal.paging import page_of
from portal.parameters import BadParameter

CORRECTIONS_PER_PAGE = 50
TITLE = "更正"
DESCRIPTION = "本站的数据错过什么、撤回过什么、为什么。"


@require_safe
def listing(request):
    """Show a numbered page of them, of one kind when the address names it."""
    kinds = corrections.kinds()
    kind = request.GET.get("kind", "")
    if kind and kind not in dict(kinds):
        raise BadParameter("kind", f"以下之一：{'、'.join(name for name, _ in kinds)}", kind)
    rows = corrections.changes(kind=kind).order_by("-sequence")
    page = page_of(request, rows, CORRECTIONS_PER_PAGE)
    page.object_list = corrections.told(list(page.object_list))
    context = {
        "page": page,
        "kinds": kinds,
        "kind": kind,
        "kind_label": dict(kinds).get(kind, ""),
        "description": DESCRIPTION,
        "head": _head(page, kind),
    }
    return render(request, "portal/corrections.html", context)


def _head(page, kind):
    path = reverse("corrections")
    asked = [f"kind={kind}"] if kind else []
    asked += [f"page={page.number}"] if page.number > 1 else []
    items = [(one.told.title, one.told.url or path) for one in page.object_list]
    node = collection(
        name=TITLE,
        path=path,
        description=DESCRIPTION,
        items=items,
        first=page.start_index() if items else 1,
    )
    return Head(
        title=TITLE,
        description=DESCRIPTION,
        path=f"{path}?{'&'.join(asked)}" if asked else path,
        keywords=(TITLE, "撤回"),
        trail=((TITLE, path),),
        nodes=(node,),
        column=Column(TITLE, "数据发布", DESCRIPTION),
    )
