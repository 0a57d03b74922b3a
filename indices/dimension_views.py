"""The desk's screen for an edition's dimensions: one table, saved at once.

An edition without any is shown those of the one before it, to be corrected and saved; weights are facts of
an edition and are not taken over.
"""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from wagtail.permission_policies import ModelPermissionPolicy

from indices.dimension_forms import BLANK_ROWS, MOST_ROWS, DimensionFormSet, initial_of
from indices.dimensioning import set_dimensions
from indices.editions import preceding
from indices.models import Edition
from portal.sources import StaleVersion

_policy = ModelPermissionPolicy(Edition)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_dimensions(request, pk):
    """Show and take the dimensions of one edition."""
    if not _policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    edition = get_object_or_404(Edition.objects.select_related("index"), pk=pk)
    rows = _rows(edition)
    if request.method != "POST":
        formset, like = _begun(edition, rows)
        return _show(request, edition, formset, like=like)
    edition.version = _number(request, "version")
    formset = DimensionFormSet(_told(request), rows=rows, root=_number(request, "root"))
    if "more" in request.POST:
        return _show(request, edition, formset, checked=False)
    if not formset.is_valid():
        return _show(request, edition, formset)
    try:
        set_dimensions(edition, formset.wanted, formset.dropped, by=request.user)
    except StaleVersion as stale:
        edition.version = stale.theirs.version if stale.theirs else edition.version
        return _show(request, edition, formset, standing=_rows(edition), status=409)
    messages.success(request, "维度已保存。")
    # The next thing to do with an edition that has no data is to fill it.
    filled = edition.releases.exists()
    return redirect("edition:edit" if filled else "indices_grid", pk)


def _rows(edition):
    rows = edition.dimensions.select_related("dimension", "parent")
    return list(rows.order_by("position", "pk"))


def _begun(edition, rows):
    """Return the table to begin with, and the edition from which it was taken over, or None."""
    like = None
    if not rows and (like := preceding(edition)) is not None:
        taken = _rows(like)
        initial = [
            _initial(row, taken) | {"pk": None, "weight": None, "decimals": None} for row in taken
        ]
    else:
        taken = rows
        initial = [_initial(row, rows) for row in rows]
    root = next((at for at, row in enumerate(taken) if row.is_root), 0)
    return DimensionFormSet(initial=initial, rows=rows, root=root), like if taken else None


def _initial(row, rows):
    return initial_of(row, {one.pk: place for place, one in enumerate(rows)})


def _told(request):
    """Return what was sent, with more blank rows when they are asked for."""
    told = request.POST.copy()
    if "more" in told:
        number = _number(request, "form-TOTAL_FORMS") + BLANK_ROWS
        told["form-TOTAL_FORMS"] = str(min(number, MOST_ROWS))
    return told


def _number(request, name):
    given = request.POST.get(name, "")
    if not (given.isascii() and given.isdigit() and len(given) <= 9):
        raise BadRequest("表单不完整，请重新打开这一版的维度。")
    return int(given)


def _show(request, edition, formset, *, like=None, checked=True, standing=(), status=200):
    edit = reverse("edition:edit", args=[edition.pk])
    context = {
        "edition": edition,
        "formset": formset,
        "like": like,
        "checked": checked,
        "standing": standing,
        "may_grow": formset.total_form_count() < MOST_ROWS,
        "header_title": "维度",
        "header_icon": "list-ul",
        "breadcrumbs_items": [
            {"url": reverse("edition:index"), "label": "版次"},
            {"url": edit, "label": str(edition)},
            {"url": "", "label": "维度"},
        ],
    }
    return render(request, "indices/admin/dimensions.html", context, status=status)
