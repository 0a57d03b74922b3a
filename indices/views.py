"""Public pages of the indices: all series, one series, one edition, its card and releases, the comparison.

Thin: what is asked is read by `indices.filters`; what is shown is gathered by the modules of
`indices.pages`. Whatever readers may not see yet is not there.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from indices.filters import ScoreFilter, known_at_of
from indices.heads import compare_head, edition_head, index_head, release_head, series_head
from indices.pages.cards import card_words
from indices.pages.comparison import comparison_context
from indices.pages.corrections import changes_of, scores_closed_by
from indices.pages.editionlists import edition_and_neighbours, editions_of
from indices.pages.editionpage import edition_context, publishers_of
from indices.pages.indexpage import index_context
from indices.pages.rankingtable import ALL_ON_ONE_PAGE
from indices.pages.serieslist import series_context
from indices.pages.wordings import source_of
from indices.standings import order_of, rows_of
from indices.tables import COLUMNS, score_rows
from portal.cards import card_response
from portal.downloads import download, streamed
from portal.models import SiteIdentity
from portal.paging import page_of
from portal.parameters import BadParameter

LINES_PER_PAGE = 100


@require_safe
def series(request):
    """Show every public series with its latest edition."""
    context = series_context(request)
    context["head"] = series_head(context["page"])
    return render(request, "indices/series.html", context)


@require_safe
def index(request, index):
    """Show one series, or hand out its chart's table as a CSV file."""
    editions = list(editions_of(index, known_at_of(request.GET)))
    if not editions:
        raise Http404("没有这个指数。")
    asked = ScoreFilter.read(
        _only(request, "place", "known_at", "format"), edition=editions[-1], formats=("csv",)
    )
    context = index_context(asked, editions)
    if asked.format:
        if context["course"] is None:
            raise Http404("没有可以画成图的数据。")
        return streamed(index, "csv", [context["course"].csv()])
    context["head"] = index_head(context)
    return render(request, "indices/index.html", context)


@require_safe
def edition(request, index, edition):
    """Show one edition, or hand out its scores as a file."""
    known_at = known_at_of(request.GET)
    shown, neighbours, editions = edition_and_neighbours(index, edition, known_at)
    if shown is None:
        raise Http404("没有这一版。")
    asked = ScoreFilter.read(request.GET, edition=shown)
    if asked.format:
        return _scores_file(asked, f"{index}-{edition}")
    context = edition_context(request, asked, neighbours, editions)
    context["head"] = edition_head(request, context)
    return render(request, "indices/edition.html", context)


@require_safe
def card(request, index, edition):
    """Answer the share card of an edition, or of one place in it."""
    shown = _edition(request, index, edition)
    asked = ScoreFilter.read(_only(request, "place", "known_at"), edition=shown)
    order = order_of(shown, asked.root, known_at=asked.known_at)
    places = [place.pk for place in asked.places] or order.places[:ALL_ON_ONE_PAGE]
    rows = rows_of(shown, places, [asked.root], known_at=asked.known_at)
    source = source_of(shown, publishers_of(shown))
    site = SiteIdentity.for_request(request).name
    return card_response(request, card_words(asked, rows, order.held, source, site=site))


@require_safe
def release(request, index, edition, pk):
    """Show every row of one published release: what stood before, and what it states."""
    shown = _edition(request, index, edition)
    releases = shown.releases.published(known_at_of(request.GET))
    told = get_object_or_404(releases, pk=pk)
    lines = told.lines.select_related("place", "dimension").order_by("pk")
    page = page_of(request, lines, LINES_PER_PAGE)
    lines = list(page.object_list)
    page.object_list = changes_of(told, lines, scores_closed_by(told, lines), shown.unit)
    head = release_head(shown, told, page)
    context = {"edition": shown, "release": told, "page": page, "head": head}
    return render(request, "indices/release.html", context)


@require_safe
def compare(request):
    """Show up to five places side by side in one edition, or hand out these scores as a CSV file."""
    asked = ScoreFilter.read(request.GET, formats=("csv",))
    if asked.format and not asked.places:
        raise BadParameter("place", "至少一个地方的代码", "")
    if asked.format and asked.edition is None:
        raise BadParameter("index", "一个指数的代码", "")
    if asked.format:
        return _scores_file(asked, f"{asked.index.code}-{asked.edition.code}-compare")
    context = comparison_context(asked) | {"head": compare_head()}
    return render(request, "indices/compare.html", context)


def _scores_file(asked, name):
    """Return the response that hands out the scores of a ScoreFilter in its format."""
    rows = score_rows(asked.scores(), asked.shown)
    return download(name, asked.format, COLUMNS, rows, sheet="得分")


def _edition(request, index, edition):
    """Return the edition whose page asks, if readers may see it; else 404."""
    rows = editions_of(index, known_at_of(request.GET))
    return get_object_or_404(rows, code=edition)


def _only(request, *names):
    """Return the address's parameters without those that a page does not know."""
    given = request.GET.copy()
    for name in given.keys() - set(names):
        del given[name]
    return given
