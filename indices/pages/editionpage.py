"""What the page of one edition shows: the ranking, dimensions, method, releases, charts, and how to cite it.

Keeps the number of queries the same however many places, dimensions and releases there are.
"""

from dataclasses import dataclass
from datetime import UTC

from indices.pages.cards import card_address, card_words
from indices.pages.corrections import closed_by, first_lines, releases_of, told
from indices.pages.drawings import bar_chart, dot_chart
from indices.pages.rankingtable import ranking_table
from indices.pages.wordings import (
    citation,
    counted,
    extent_words,
    names_of,
    source_of,
    title_of,
)
from indices.wording import value_text
from portal.figures import quoted_by
from portal.models import SiteIdentity
from portal.references import format_reference

# Levels of dimensions that are set in one step further; deeper ones stand with the last.
DEEPEST = 4


def edition_context(request, asked, neighbours, editions):
    """Return what the page shows for a ScoreFilter; `neighbours` is about the edition before, or None.

    `editions` are the public editions of the series, the oldest first.
    """
    edition = asked.edition
    publishers = publishers_of(edition)
    releases = releases_of(edition, asked.known_at)
    lines = first_lines(releases)
    table, closed = ranking_table(request, asked, neighbours, closed_by(releases, lines))
    source = source_of(edition, publishers)
    reference = format_reference("edition", edition.pk)
    site = SiteIdentity.for_request(request).name
    is_whole = not request.GET.keys() - {"place"}
    words = card_words(asked, table.rows, table.held, source, site=site) if is_whole else None
    all_told = told(releases, lines, closed, edition.unit)
    return {
        "asked": asked,
        "edition": edition,
        "title": title_of(edition),
        "editions": editions[::-1],
        "publishers": publishers,
        "publisher_names": names_of(publishers),
        "extent": extent_words(edition, table.held),
        "counted": counted(edition),
        "neighbours": neighbours,
        "table": table,
        "page": table.page,
        "dimensions": _dimensions(asked, table),
        "releases": all_told,
        "corrections": [one for one in all_told if one.is_correction],
        "download": f"?{query}&format=" if (query := asked.query(sort=None)) else "?format=",
        "present": f"?{asked.query(known_at=None)}",
        "citation": _citation(request, asked, publishers, releases, site),
        "card": _card(edition, words, asked),
        "card_words": words,
        "reference": reference,
        "stories": quoted_by(reference),
    } | _charts(asked, table, source)


def publishers_of(edition):
    """Return the edition's publishers in the report's order; one query."""
    return list(edition.publishers.select_related("organisation").order_by("sort_order", "pk"))


@dataclass(frozen=True)
class DimensionLine:
    """One dimension in the list: what this edition calls it, what the series does, how much it weighs."""

    label: str
    series_name: str
    depth: int
    weight: str
    lower_is_better: bool
    is_unstated: bool


def _dimensions(asked, table):
    return [
        DimensionLine(
            label=one.dimension.label,
            series_name=""
            if one.dimension.dimension.name == one.dimension.label
            else one.dimension.dimension.name,
            depth=min(one.depth, DEEPEST),
            weight=_percent(one.dimension.weight),
            lower_is_better=one.dimension.lower_is_better,
            is_unstated=one.dimension in table.unstated,
        )
        for one in asked.tree
    ]


def _percent(weight):
    return "" if weight is None else f"{value_text(weight)}%"


def _charts(asked, table, source):
    """Return the charts of the first page; later pages show the table alone."""
    if table.page.number > 1:
        return {"bars": None, "dots": None}
    chosen = [row for row in table.rows if row.place in asked.places]
    stated = [row for row in table.rows if row.overall and row.overall.score is not None]
    dimensions = [column.dimension for column in table.columns]
    return {
        "bars": bar_chart(asked, table.rows, source),
        "dots": dot_chart(asked.edition, chosen or stated, dimensions, source),
    }


def _citation(request, asked, publishers, releases, site):
    updated_at = releases[0].published_at
    stamp = updated_at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    path = f"{asked.edition.get_absolute_url()}?known_at={stamp}"
    return citation(
        asked.edition,
        publishers,
        site=site,
        address=request.build_absolute_uri(path),
        updated_at=updated_at,
    )


def _card(edition, words, asked):
    if words is None:
        return f"{edition.get_absolute_url()}card.png"
    return card_address(edition, words, asked.places[0] if asked.places else None)
