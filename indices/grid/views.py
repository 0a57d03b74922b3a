"""The grid's screen: shown, filled from a pasted block, saved into a draft release.

Thin. Whatever is refused comes back with all that was typed; nothing is saved then.
"""

import re
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import registry
from wagtail.permission_policies import ModelPermissionPolicy

from indices.grid.cellwords import BOTH, RANK, SCORE
from indices.grid.filling import Filler, told_unknown
from indices.grid.posted import BROKEN, Posted
from indices.grid.saving import Overtaken, needs_reason, save_cells
from indices.grid.table import Grid
from indices.models import Edition, Release
from indices.standings import dimension_tree
from portal.accounts import shown_name
from portal.models import Place
from portal.sources import AlreadyPublished

_policy = ModelPermissionPolicy(Release)
_BOXES = {BOTH: "得分和位次", RANK: "只填位次", SCORE: "只填得分"}
_START = re.compile(r"([sr])-([0-9]{1,18})(?:-([0-9]{1,18}))?")
_MOST_DRAFTS = 20


def grid_addresses():
    """Return the addresses of the grid, for the `register_admin_urls` hook."""
    return [path("indices/editions/<int:pk>/grid/", grid, name="indices_grid")]


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request, pk):
    """Show an edition's table, or do with it what was posted."""
    edition = get_object_or_404(Edition.objects.select_related("index"), pk=pk)
    if not _policy.user_has_any_permission(request.user, ["add", "change"]):
        raise PermissionDenied
    return _Desk(request, edition).answer()


class _Desk:
    """One request of the screen."""

    def __init__(self, request, edition):
        self.request, self.edition = request, edition
        self.given = request.POST if request.method == "POST" else request.GET
        self.nested = dimension_tree(edition)
        rows = edition.releases.filter(published_at=None).select_related("created_by")
        self.drafts = list(rows.order_by("-pk")[:_MOST_DRAFTS])
        self.draft, self.is_gone = self._chosen_draft()
        self.said = {}

    def _chosen_draft(self):
        """Return the draft that is asked for, and whether it is none any more; by default the editor's own."""
        asked = self.given.get("draft", "")
        if not _policy.user_has_permission(self.request.user, "change"):
            return None, False
        if asked:
            found = next((row for row in self.drafts if str(row.pk) == asked), None)
            return found, found is None and asked != "new"
        own = [row for row in self.drafts if row.created_by_id == self.request.user.pk]
        return next(iter(own), None), False

    def answer(self):
        if self.request.method != "POST":
            return self._show(self._grid(self.given.get("boxes")))
        posted = Posted(self.request.POST, [row.dimension for row in self.nested])
        if Place.objects.filter(pk__in=posted.rows).count() != len(posted.rows):
            raise BadRequest(BROKEN)
        shown = self._grid(posted.boxes)
        shown.posted = posted
        if self.request.POST.get("act") == "fill":
            return self._fill(shown)
        return self._save(shown)

    def _grid(self, boxes):
        place = self.given.get("place", "")
        return Grid(
            self.edition,
            self.nested,
            self.draft,
            boxes=boxes if boxes in _BOXES else BOTH,
            words=self.given.get("q", "").strip()[:50],
            page=self.given.get("page"),
            place=int(place) if place.isascii() and place.isdigit() and len(place) < 18 else None,
        )

    def _fill(self, shown):
        names, meant = self.request.POST.getlist("unknown"), self.request.POST.getlist("meaning")
        filler = Filler(
            self.edition,
            shown.posted,
            self.draft,
            start=self._start(),
            meanings=dict(zip(names, meant, strict=False)),
            by=self.request.user,
        )
        text = self.request.POST.get("block", "")
        done = filler.fill(text)
        unknown, count = told_unknown(done.unknown)
        laid = not done.problems and not count
        self.said |= {
            "problems": done.problems[:_MOST_DRAFTS],
            "unknown": unknown,
            "unknown_count": count,
            "pasted": "" if laid else text,
            "filled": done if laid else None,
        }
        return self._show(shown)

    def _start(self):
        found = _START.fullmatch(self.request.POST.get("start", ""))
        if found is None:
            return None, None, None
        box = SCORE if found[1] == "s" else RANK
        return int(found[2]), box, int(found[3]) if found[3] else None

    def _save(self, shown):
        posted = shown.posted
        undecided = posted.yield_to_others()
        changes = posted.changes()
        if self.is_gone:
            self.said["problems"] = [
                "这份草稿已经发布或删除，没有保存。您填的内容还在，再次保存会写入另一份草稿。"
            ]
        elif undecided:
            self.said["problems"] = ["还有几格没有选定用哪一个，没有保存。"]
            self._mark_overtaken(shown, undecided)
        elif any(typed.problem for typed in posted.cells.values()):
            self.said["problems"] = ["有几格写得不对，没有保存。改好后再保存，其余内容都在。"]
        elif not changes:
            self.said["problems"] = ["没有改动，没有保存。"]
        elif self.draft is None and not self.given.get("source_words", "").strip():
            self.said["problems"] = ["请写明来源说明，没有保存。您填的内容都在。"]
        else:
            return self._write(shown, changes)
        return self._show(shown)

    def _write(self, shown, changes):
        act = "add" if self.draft is None else "change"
        if not _policy.user_has_permission(self.request.user, act):
            raise PermissionDenied
        try:
            draft = save_cells(
                self.edition,
                self.draft,
                changes,
                by=self.request.user,
                source_words=self.given.get("source_words", "").strip(),
                explanation=self.given.get("explanation", ""),
            )
        except Overtaken as refused:
            self.said["problems"] = [str(refused)]
            self._mark_overtaken(shown, [change.key for change, _ in refused.cells])
            return self._show(shown, status=409)
        except AlreadyPublished as refused:
            self.said["problems"] = [f"{refused}没有保存，您填的内容还在。"]
            return self._show(shown, status=409)
        return self._saved(draft, len(changes))

    def _mark_overtaken(self, shown, keys):
        """Let these cells show both versions, and say who wrote the other one."""
        wanted = set(keys)
        cells = [
            cell
            for row in shown.rows
            for cell in row.cells
            if (cell.dimension.pk, cell.place.pk) in wanted and cell.typed is not None
        ]
        people = _authors(self.draft, [cell.held for cell in cells])
        for cell, (name, at) in zip(cells, people, strict=True):
            cell.typed.overtaken = cell.held
            cell.typed.theirs_by, cell.typed.theirs_at = name, at

    def _saved(self, draft, count):
        release = reverse("release:edit", args=[draft.pk])
        buttons = [messages.button(release, "预览与发布")]
        messages.success(self.request, f"已把 {count} 格改动存入草稿，尚未发布。", buttons=buttons)
        if not draft.explanation and needs_reason(draft):
            messages.warning(
                self.request, "草稿改动了已经发布的数据：发布之前须写明更正理由，公众可见。"
            )
        kept = {
            name: self.given[name]
            for name in ("boxes", "page", "q", "place")
            if self.given.get(name)
        }
        here = reverse("indices_grid", args=[self.edition.pk])
        return redirect(f"{here}?{urlencode({'draft': draft.pk, **kept})}")

    def _show(self, shown, *, status=200):
        draft = {"draft": self.draft.pk if self.draft else "new"}
        found = {"q": shown.words} if shown.words else {}
        context = {
            "grid": shown,
            "here": urlencode(draft | found | {"boxes": shown.boxes}),
            "without_boxes": urlencode(draft | found),
            "edition": self.edition,
            "draft": self.draft,
            "drafts": [(row, shown_name(row.created_by)) for row in self.drafts],
            "boxes": _BOXES,
            "first": not self.edition.releases.published().exists(),
            "may_add": _policy.user_has_permission(self.request.user, "add"),
            "source_words": self.given.get("source_words", self.edition.source_words),
            "explanation": self.given.get("explanation", ""),
            "locator": self.given.get("locator", ""),
            "header_title": f"{self.edition}：数据表",
            "header_icon": "table",
            "breadcrumbs_items": [
                {"url": reverse("edition:index"), "label": "版次"},
                {
                    "url": reverse("edition:edit", args=[self.edition.pk]),
                    "label": str(self.edition),
                },
                {"url": "", "label": f"{self.edition}：数据表"},
            ],
            **self.said,
        }
        return render(self.request, "indices/admin/grid/grid.html", context, status=status)


def _authors(draft, held):
    """Return of each Held who wrote it last and when, as (name, instant); two queries."""
    last = registry.get_logs_for_instance(draft).select_related("user").first() if draft else None
    published = {one.score.release_id for one in held if one.score is not None}
    releases = Release.objects.select_related("published_by").in_bulk(published)
    found = []
    for one in held:
        if one.line is not None and last is not None:
            found.append((shown_name(last.user), last.timestamp))
        elif one.score is not None:
            release = releases[one.score.release_id]
            found.append((shown_name(release.published_by), release.published_at))
        else:
            found.append(("", None))
    return found
