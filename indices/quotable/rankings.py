"""The head of a ranking in a story: the first places of one dimension of an edition, and those that are highlighted.

Hides that all rankings of a story are asked together.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Count, F, Q, When, Window
from django.db.models.functions import Coalesce, RowNumber

from indices.models import Edition, EditionDimension, Score
from indices.quotable.drawing import about, drawable, ranked_bars, whose
from indices.quotable.statements import dimensions_by_code
from indices.standings import Cell, order_key
from portal.datums import address_of
from portal.figures import FigureReference


@dataclass(frozen=True)
class Asked:
    """Which ranking, by primary key and code ('' the overall one): how many places, and which are highlighted."""

    edition: int
    dimension: str
    size: int
    highlighted: tuple[int, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Ranking:
    """The first places of a dimension, and after them those that are highlighted and stand further down.

    `held` counts the places of which the dimension states anything; `absent` are highlighted ones of which
    it states nothing.
    """

    edition: Edition
    dimension: EditionDimension
    cells: tuple[Cell, ...]
    highlighted: frozenset[int]
    held: int
    title: str

    @property
    def rows(self):
        """The cells with whether they are highlighted."""
        return [(cell, cell.score.place_id in self.highlighted) for cell in self.cells]

    @property
    def url(self):
        """The edition's page, sorted by this dimension unless it is the overall one."""
        address = self.edition.get_absolute_url()
        code = self.dimension.dimension.code
        return address if self.dimension.is_root else f"{address}?sort={code}"

    @property
    def has_scores(self):
        """Whether any of the places shown has a score."""
        return any(cell.score.value is not None for cell in self.cells)

    @property
    def source(self):
        """Publishers, report and edition in words."""
        return whose(self.edition)

    @property
    def about(self):
        """Who was assessed, and how many of them are held here."""
        return about(self.edition, self.held)

    @cached_property
    def chart(self):
        """The same rows drawn; None where tiers or memberships are all there is."""
        if not drawable(self.cells):
            return None
        marked = {number for number, (_, is_marked) in enumerate(self.rows) if is_marked}
        return ranked_bars(
            self.edition,
            self.cells,
            [cell.score.place.label for cell in self.cells],
            title=self.title,
            heading="地方",
            highlighted=marked,
            urls=[self._datum(cell) for cell in self.cells],
            note=self.about,
        )

    def _datum(self, cell):
        """Return the address of what is drawn of one place: its score where it has one, else its rank."""
        told = {
            "place": cell.score.place.code,
            "edition": self.edition.code,
            "dimension": self.dimension.dimension.code,
        }
        name = "index.rank" if cell.score.value is None else "index.score"
        return address_of(FigureReference(name, self.edition.index.code, tuple(told.items())))


def rankings_of(asked):
    """Return {Asked: Ranking} for those whose edition is public and states anything there; six queries."""
    asked = list(dict.fromkeys(asked))
    public = Edition.objects.public().filter(pk__in={one.edition for one in asked})
    rows = public.select_related("index").prefetch_related("publishers__organisation")
    editions = {row.pk: row for row in rows.defer("method")}
    dimensions = dimensions_by_code(editions)
    wanted = {one: dimensions.get((one.edition, one.dimension)) for one in asked}
    keys = {row.pk for row in wanted.values() if row is not None}
    scores = _scores(asked, keys)
    counts = _counts(keys)
    return {
        one: Ranking(
            editions[one.edition],
            dimension,
            _chosen(one, dimension, editions[one.edition].unit, scores[dimension.pk]),
            frozenset(one.highlighted),
            counts[dimension.pk],
            one.title or f"{editions[one.edition]}{dimension.label}",
        )
        for one, dimension in wanted.items()
        if dimension is not None and scores[dimension.pk]
    }


def _scores(asked, dimensions):
    """Return {dimension: its first scores and those of the highlighted places, in order}; one query."""
    most = max((one.size for one in asked), default=0)
    marked = {place for one in asked for place in one.highlighted}
    better_first = Case(When(dimension__lower_is_better=True, then=F("value")), default=-F("value"))
    order = (
        Coalesce("rank", "rank_from").asc(nulls_last=True),
        F("rank").asc(nulls_last=True),
        F("top_n").asc(nulls_last=True),
        better_first.asc(nulls_last=True),
        F("place__code").asc(),
    )
    number = Window(RowNumber(), partition_by="dimension", order_by=order)
    rows = Score.objects.public().filter(dimension__in=dimensions).annotate(number=number)
    rows = rows.filter(Q(number__lte=most) | Q(place__in=marked)).select_related("place")
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.number):
        found[row.dimension_id].append(row)
    return found


def _counts(dimensions):
    rows = Score.objects.public().filter(dimension__in=dimensions).order_by()
    return dict(
        rows.values("dimension").annotate(held=Count("pk")).values_list("dimension", "held")
    )


def _chosen(one, dimension, unit, scores):
    """Return the cells of one ranking; a place without a standing is shown only when it is highlighted."""
    ranked = order_key(scores[0])[0] < 2
    return tuple(
        Cell(dimension, row, unit)
        for row in scores
        if row.place_id in one.highlighted
        or (row.number <= one.size and (order_key(row)[0] < 2 if ranked else row.value is not None))
    )
