"""Places side by side in a story: up to five places over the dimensions of one edition.

Hides that all comparisons of a story are asked together.
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from indices.models import Edition, EditionDimension, Score
from indices.pages.drawings import point_of
from indices.quotable.drawing import MOST_BARS, drawable, whose
from indices.standings import Cell, Row
from portal.charts import DotChart, Series
from portal.models import Place


@dataclass(frozen=True)
class Asked:
    """Which comparison: edition and places by primary keys, dimensions by codes (none: all)."""

    edition: int
    places: tuple[int, ...]
    dimensions: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Comparison:
    """The rows of the places, in the order asked, over the dimensions, in the order of the edition."""

    edition: Edition
    dimensions: tuple[EditionDimension, ...]
    rows: tuple[Row, ...]
    title: str

    @property
    def lines(self):
        """The same by dimension: (dimension, the cells of the places)."""
        return [
            (dimension, [row.cells[number] for row in self.rows])
            for number, dimension in enumerate(self.dimensions)
        ]

    @property
    def source(self):
        """Publishers and report in words."""
        return whose(self.edition)

    @property
    def url(self):
        """The same comparison on its own page."""
        told = [("index", self.edition.index.code), ("edition", self.edition.code)]
        told += [("place", row.place.code) for row in self.rows]
        return f"/indices/compare/?{urlencode(told)}"

    @cached_property
    def chart(self):
        """The same rows drawn; None where tiers or memberships are all there is."""
        measure = drawable([cell for row in self.rows for cell in row.cells])
        if measure is None:
            return None
        return DotChart(
            title=self.title,
            unit=self.edition.unit if measure == "score" else "位",
            dimensions=tuple(row.label for row in self.dimensions),
            series=tuple(
                Series(row.place.label, tuple(point_of(cell, measure) for cell in row.cells))
                for row in self.rows
            ),
            measure=measure,
            source=self.source,
        )


def comparisons_of(asked):
    """Return {Asked: Comparison} for those whose edition is public and has one of the dimensions; six queries."""
    asked = list(dict.fromkeys(asked))
    public = Edition.objects.public().filter(pk__in={one.edition for one in asked})
    rows = public.select_related("index").prefetch_related("publishers__organisation")
    editions = {row.pk: row for row in rows.defer("method")}
    dimensions = _dimensions(asked, editions)
    places = Place.objects.in_bulk({place for one in asked for place in one.places})
    stated = Score.objects.public().filter(
        dimension__in={row.pk for found in dimensions.values() for row in found},
        place__in=places,
    )
    scores = {(row.place_id, row.dimension_id): row for row in stated}
    return {
        one: Comparison(
            editions[one.edition],
            found,
            tuple(
                Row(places[place], _cells(place, found, scores, editions[one.edition].unit))
                for place in one.places
                if place in places
            ),
            one.title or str(editions[one.edition]),
        )
        for one, found in dimensions.items()
        if found
    }


def _dimensions(asked, editions):
    """Return {Asked: its EditionDimensions, the overall one first}; one query."""
    rows = EditionDimension.objects.filter(edition__in=editions).select_related("dimension")
    by_edition = {}
    for row in rows.order_by("position", "pk"):
        by_edition.setdefault(row.edition_id, []).append(row)
    return {
        one: tuple(
            row
            for row in sorted(by_edition.get(one.edition, ()), key=lambda row: not row.is_root)
            if not one.dimensions or row.dimension.code in one.dimensions
        )[:MOST_BARS]
        for one in asked
    }


def _cells(place, dimensions, scores, unit):
    return tuple(Cell(row, scores.get((place, row.pk)), unit) for row in dimensions)
