"""What the comparison shows: up to five places side by side in the dimensions of one edition, and the form that asks.

Nothing is chosen for the reader but the latest edition; what an edition does not state of a place is said so.
"""

from dataclasses import dataclass

from indices.models import Index
from indices.pages.choices import offered_places, slots_of
from indices.pages.drawings import dot_chart
from indices.pages.editionlists import editions_of
from indices.pages.editionpage import publishers_of
from indices.pages.rankingtable import shown_cells
from indices.pages.wordings import extent_words, source_of
from indices.standings import order_of, rows_of


@dataclass(frozen=True)
class Compared:
    """One dimension of the comparison, with a cell for each place: standing, score or '', whether a number is known."""

    label: str
    depth: int
    cells: tuple[tuple[str, str, bool], ...]


def comparison_context(asked):
    """Return what the page shows for a ScoreFilter; without an edition only the choice of a series."""
    context = {"asked": asked, "indices": list(Index.objects.public(asked.known_at))}
    if asked.edition is None:
        return context
    edition = asked.edition
    order = order_of(edition, asked.root, known_at=asked.known_at)
    keys = [place.pk for place in asked.places]
    rows = rows_of(edition, keys, asked.shown, known_at=asked.known_at)
    source = source_of(edition, publishers_of(edition))
    query = asked.query(index=asked.index.code, edition=edition.code, sort=None)
    return context | {
        "edition": edition,
        "editions": _offered_editions(asked),
        "extent": extent_words(edition, order.held),
        "offered": offered_places(order),
        "slots": slots_of(asked.places),
        "rows": rows,
        "compared": _compared(asked, rows),
        "dots": dot_chart(edition, rows, asked.shown, source) if rows else None,
        "source": source,
        "download": f"?{query}&format=csv",
        "present": "?"
        + asked.query(index=asked.index.code, edition=edition.code, sort=None, known_at=None),
    }


def _offered_editions(asked):
    """Return [(edition, address, whether it is the one shown)], the latest first; places stay chosen."""
    rows = list(editions_of(asked.index.code, asked.known_at))[::-1]
    return [
        (
            row,
            "?" + asked.query(index=asked.index.code, edition=row.code, dimension=None, sort=None),
            row.pk == asked.edition.pk,
        )
        for row in rows
    ]


def _compared(asked, rows):
    depths = {one.dimension.pk: one.depth for one in asked.tree}
    return [
        Compared(
            label=dimension.label,
            depth=depths[dimension.pk],
            cells=tuple(shown_cells([row.cells[at] for row in rows])),
        )
        for at, dimension in enumerate(asked.shown)
    ]
