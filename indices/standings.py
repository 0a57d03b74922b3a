"""An edition's table as readers see it: places in rows, dimensions in columns, every cell in words.

The one object behind the edition's page, the place's page, the comparison, the blocks and the charts; what
it says is `indices.wording`'s. Hides the order of rows and how few queries it takes.
"""

from dataclasses import dataclass, field
from functools import cached_property

from indices.models import EditionDimension, Score
from indices.wording import rank_words, score_words, statement_words
from portal.models import Place


@dataclass(frozen=True)
class Cell:
    """What is stated of one place in one dimension; `score` None: nothing is, which is 未披露 and never 0."""

    dimension: EditionDimension
    score: Score | None
    unit: str = ""

    @property
    def rank(self):
        """The published rank as one number, or None."""
        return self.score.rank if self.score else None

    @cached_property
    def rank_text(self):
        """The standing in words."""
        return rank_words(self.score)

    @cached_property
    def score_text(self):
        """The score in words, with its unit."""
        return score_words(self.score, self.dimension, self.unit)

    @cached_property
    def text(self):
        """Both in one phrase."""
        return statement_words(self.score, self.dimension, self.unit)


@dataclass(frozen=True)
class Row:
    """One place with its cells, in the order of the dimensions."""

    place: Place
    cells: tuple[Cell, ...]

    @property
    def overall(self):
        """The cell of the overall dimension; None in an edition that has none."""
        return next((cell for cell in self.cells if cell.dimension.is_root), None)

    @property
    def name_as_published(self):
        """How the report calls the place, where it differs from the name that we show."""
        printed = (cell.score.name_as_published for cell in self.cells if cell.score)
        name = next((name for name in printed if name), "")
        return "" if name in (self.place.name, self.place.short_name) else name


@dataclass
class Nested:
    """A dimension with its depth under the overall one, 0 for that itself."""

    dimension: EditionDimension
    depth: int
    children: list = field(default_factory=list)


def dimension_tree(edition):
    """Return the edition's dimensions as Nested, each before those below it; one query."""
    rows = list(edition.dimensions.select_related("dimension").order_by("position", "pk"))
    below = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    nested = []

    def walk(parent, depth):
        for row in below.get(parent, ()):
            nested.append(Nested(row, depth))
            walk(row.pk, depth + 1)

    walk(None, 0)
    return nested


def order_key(score):
    """Return by what a row is sorted: rank, then interval, then membership, then the unknown ones last."""
    if score is None:
        return (3, 0, 0)
    if score.rank is not None:
        return (0, score.rank, 0)
    if score.rank_from is not None:
        return (0, score.rank_from, 1)
    if score.top_n is not None:
        return (1, score.top_n, 0)
    return (2, 0, 0)


def places_in_order(edition, dimension, *, known_at=None, descending=False):
    """Return the primary keys of the places of which the edition states anything, by their standing in `dimension`.

    By rank; places without one come last in either direction, by their codes; where no rank is
    published at all, by score, the better first. Two queries.
    """
    scores = Score.objects.public(known_at)
    everywhere = scores.filter(dimension__edition=edition).order_by("place__code")
    places = list(dict.fromkeys(everywhere.values_list("place", flat=True).distinct()))
    here = {row.place_id: row for row in scores.filter(dimension=dimension)}
    ranked = any(order_key(row)[0] == 0 for row in here.values())
    if ranked:
        keys = {pk: order_key(here.get(pk)) for pk in places}
        known = [pk for pk in places if keys[pk][0] < 2]
        known.sort(key=lambda pk: keys[pk])
    else:
        known = [pk for pk in places if pk in here and here[pk].value is not None]
        known.sort(key=lambda pk: here[pk].value, reverse=not dimension.lower_is_better)
    if descending:
        known.reverse()
    kept = set(known)
    return known + [pk for pk in places if pk not in kept]


def rows_of(edition, places, dimensions, *, known_at=None):
    """Return the Rows of these places (primary keys, in this order) with these EditionDimensions; two queries."""
    found = {row.pk: row for row in Place.objects.filter(pk__in=places)}
    stated = Score.objects.public(known_at).filter(dimension__in=dimensions, place__in=places)
    scores = {(row.place_id, row.dimension_id): row for row in stated}
    return [
        Row(
            found[pk],
            tuple(
                Cell(dimension, scores.get((pk, dimension.pk)), edition.unit)
                for dimension in dimensions
            ),
        )
        for pk in places
    ]
