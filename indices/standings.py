"""An edition's table as readers see it: places in rows, dimensions in columns, every cell in words.

The one object behind the edition's page, the place's page, the comparison, the blocks and the charts; what
it says is `indices.wording`'s. Hides the order of rows and how few queries it takes.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Max, Q

from indices.models import EditionDimension, Score, Status
from indices.wording import rank_words, score_words, statement_words
from portal.models import Place

_KEYS = ("rank", "rank_from", "top_n", "value")


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


@dataclass(frozen=True)
class Order:
    """The primary keys of places in their order, and how many of them are in the universe that is measured."""

    places: tuple[int, ...]
    held: int


@dataclass(frozen=True, slots=True)
class _Standing:
    place: int
    rank: int | None
    rank_from: int | None
    top_n: int | None
    value: object


def order_of(edition, dimension, *, known_at=None, descending=False):
    """Return the Order of the places of which the edition states anything, by their standing in `dimension`.

    By rank; where no rank is published at all, by score, the better first. Those without one come last in
    either direction, by their codes. One query.
    """
    here = Q(dimension=dimension)
    rows = Score.objects.public(known_at).filter(dimension__edition=edition)
    rows = rows.values("place").annotate(
        held=Count("pk", filter=~Q(status=Status.NOT_IN_UNIVERSE)),
        **{f"here_{name}": Max(name, filter=here) for name in _KEYS},
    )
    standings, held = [], 0
    for row in rows.order_by("place__code"):
        standings.append(_Standing(row["place"], *(row[f"here_{name}"] for name in _KEYS)))
        held += bool(row["held"])
    return Order(tuple(one.place for one in _sorted(standings, dimension, descending)), held)


def _sorted(standings, dimension, descending):
    keys = {one.place: order_key(one) for one in standings}
    if any(key[0] == 0 for key in keys.values()):
        known = [one for one in standings if keys[one.place][0] < 2]
        known.sort(key=lambda one: keys[one.place])
    else:
        known = [one for one in standings if one.value is not None]
        known.sort(key=lambda one: one.value, reverse=not dimension.lower_is_better)
    if descending:
        known.reverse()
    kept = {one.place for one in known}
    return known + [one for one in standings if one.place not in kept]


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
