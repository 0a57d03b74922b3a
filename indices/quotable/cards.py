"""What a story's card says of one place: its standing in the indices that an editor chose, or in all.

Hides that all cards of a story are answered together.
"""

from dataclasses import dataclass

from indices.models import Edition, EditionDimension, Score
from indices.quotable.statements import in_order
from indices.standings import Cell
from portal.models import Place

# Indices that a card names; the others are on the place's page.
MOST_ROWS = 8


@dataclass(frozen=True)
class Asked:
    """Which card, by primary keys: the place, and the indices (none: all that name it)."""

    place: int
    indices: tuple[int, ...] = ()


@dataclass(frozen=True)
class CardRow:
    """One index: its latest public edition that states the place's overall standing, and that."""

    edition: Edition
    cell: Cell


@dataclass(frozen=True)
class Card:
    """One place with its rows; `hidden` counts those that are left out because there are many."""

    place: Place
    rows: tuple[CardRow, ...]
    hidden: int

    @property
    def url(self):
        """The place's own page."""
        return f"/places/{self.place.code}/"


def cards_of(asked):
    """Return {Asked: Card} for those of which any of the indices states an overall standing; six queries."""
    asked = list(dict.fromkeys(asked))
    places = Place.objects.in_bulk({one.place for one in asked})
    rows = Score.objects.public().filter(place__in=places, dimension__parent=None)
    scores = {(row.place_id, row.dimension_id): row for row in rows}
    keys = {dimension for _, dimension in scores}
    roots = EditionDimension.objects.select_related("dimension").in_bulk(keys)
    public = Edition.objects.public().filter(pk__in={row.edition_id for row in roots.values()})
    public = public.select_related("index").prefetch_related("publishers__organisation")
    editions = {row.pk: row for row in public.defer("method")}
    found = {}
    for one in asked:
        told = [
            (editions[roots[dimension].edition_id], roots[dimension], score)
            for (place, dimension), score in scores.items()
            if place == one.place and roots[dimension].edition_id in editions
        ]
        if shown := _latest(told, one.indices):
            found[one] = Card(places[one.place], shown[:MOST_ROWS], max(0, len(shown) - MOST_ROWS))
    return found


def _latest(told, indices):
    """Return a CardRow for each index, in the order chosen, or that of the indices."""
    by_index = {}
    for edition, root, score in told:
        by_index.setdefault(edition.index, {})[edition] = Cell(root, score, edition.unit)
    order = list(indices) if indices else []
    chosen = [index for index in by_index if not order or index.pk in order]
    chosen.sort(key=lambda row: order.index(row.pk) if order else (row.position, row.code))
    rows = []
    for index in chosen:
        edition = in_order(by_index[index])[-1]
        rows.append(CardRow(edition, by_index[index][edition]))
    return tuple(rows)
