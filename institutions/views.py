"""Public pages of institutions: the finder with its downloads, one institution, everything stated of it.

Thin: what is asked is read by `institutions.filters`; what is shown is gathered by the modules named
after the pages.
"""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from institutions.filters import RegisterFilter
from institutions.heads import finder_head, history_head, institution_head
from institutions.models import Institution
from institutions.pages.finderpage import finder_context
from institutions.pages.profile import profile_context, whole_on
from institutions.pages.statements import COLUMNS as STATEMENT_COLUMNS
from institutions.pages.statements import statements_of
from institutions.tables import COLUMNS, register_rows
from portal.downloads import download
from portal.paging import page_of
from portal.parameters import BadParameter

STATEMENTS_PER_PAGE = 100


@require_safe
def finder(request):
    """Show who is designated on a day, in both units, or hand the same list out as a file."""
    asked = RegisterFilter.read(request.GET)
    form = _format_of(request, ("csv", "xlsx", "json"))
    if form:
        listed = asked.listed()
        on, known_at, kinds = asked.day, asked.known_at, asked.kind_keys
        rows = register_rows(listed, on=on, known_at=known_at, kinds=kinds)
        return download(f"institutions-{on.isoformat()}", form, COLUMNS, rows, sheet="机构")
    context = finder_context(request, asked)
    context["head"] = finder_head(context["page"])
    return render(request, "institutions/finder.html", context)


@require_safe
def institution(request, code):
    """Show one institution; from the day of a merge its address leads to the one that it is part of."""
    asked = _moment(request)
    rows = Institution.objects.public().named(asked.day, asked.known_at)
    shown = get_object_or_404(rows.select_related("place__parent"), code=code)
    whole = whole_on(shown, asked)
    if whole is not None:
        query = asked.query(**{"from": shown.code})
        return HttpResponseRedirect(f"{whole.get_absolute_url()}?{query}")
    context = profile_context(shown, asked)
    came_from = request.GET.get("from", "")
    context["came_from"] = next(
        (part for part in context["parts"] if part.institution.code == came_from), None
    )
    context["head"] = institution_head(request, shown, context["names"])
    return render(request, "institutions/institution.html", context)


@require_safe
def history(request, code):
    """Show everything that the portal has stated of one institution, or hand it out as a CSV file."""
    shown = get_object_or_404(Institution.objects.public(), code=code)
    statements = statements_of(shown)
    if _format_of(request, ("csv",)):
        return download(f"{shown.code}-history", "csv", STATEMENT_COLUMNS, statements, sheet="机构")
    page = page_of(request, statements, STATEMENTS_PER_PAGE)
    context = {"institution": shown, "page": page, "head": history_head(shown, page)}
    return render(request, "institutions/history.html", context)


def _moment(request):
    """Return the filter of a page that is asked for a day and an instant of knowledge only."""
    return RegisterFilter.read({name: request.GET.get(name, "") for name in ("as_of", "known_at")})


def _format_of(request, offered):
    form = request.GET.get("format", "")
    if form and form not in offered:
        raise BadParameter("format", f" {'、'.join(offered)}", form)
    return form
