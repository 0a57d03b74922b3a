"""Numbered pages of a list, the same way everywhere."""

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404

from portal.parameters import BadParameter


def page_of(request, items, per_page=20, parameter="page"):
    """Return the page of `items` that the address asks for; no number means the first.

    What is no positive whole number is a bad request that names the parameter; a number past the end is not
    found. `items` may be any sliceable list or ordered QuerySet.
    """
    wanted = request.GET.get(parameter, "1")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) <= 9 and int(wanted) > 0):
        raise BadParameter(parameter, "正整数", wanted)
    try:
        return Paginator(items, per_page).page(int(wanted))
    except EmptyPage as error:
        raise Http404(f"没有第 {wanted} 页。") from error
