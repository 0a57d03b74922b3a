"""Single statements, asked for by public codes: what an edition says of a place in a dimension.

Knows how an edition and a dimension that are left out are understood: the latest public edition, the overall
dimension. Hides the queries: their number does not grow with what is asked.
"""

from collections import defaultdict
from dataclasses import dataclass

from indices.editions import age
from indices.models import Edition, EditionDimension, Score


@dataclass(frozen=True)
class Asked:
    """One cell, by codes: '' as the dimension is the overall one."""

    edition: Edition
    dimension: str
    place: str


@dataclass(frozen=True)
class Statement:
    """What is stated in one cell; `score` brings its place and its release along."""

    edition: Edition
    dimension: EditionDimension
    score: Score


def in_order(editions):
    """Return editions of one index, the oldest first: by year, by the day of release, by code."""
    return sorted(editions, key=age)


def public_editions(codes, known_at=None):
    """Return {code of an index: its public editions, the oldest first}; one query."""
    rows = Edition.objects.public(known_at).filter(index__code__in=set(codes)).order_by()
    found = defaultdict(list)
    for row in rows.select_related("index").defer("method", "index__description"):
        found[row.index.code].append(row)
    return {code: in_order(editions) for code, editions in found.items()}


def statements_of(asked, known_at=None):
    """Return {Asked: Statement} for the cells in which something is stated; two queries."""
    asked = list(dict.fromkeys(asked))
    dimensions = dimensions_by_code({one.edition.pk for one in asked})
    wanted = {one: dimensions.get((one.edition.pk, one.dimension)) for one in asked}
    keys = {row.pk for row in wanted.values() if row is not None}
    rows = Score.objects.public(known_at).filter(
        dimension__in=keys, place__code__in={one.place for one in asked}
    )
    scores = {
        (row.dimension_id, row.place.code): row
        for row in rows.select_related("place", "release").defer("release__explanation")
    }
    return {
        one: Statement(one.edition, dimension, scores[dimension.pk, one.place])
        for one, dimension in wanted.items()
        if dimension is not None and (dimension.pk, one.place) in scores
    }


def dimensions_by_code(editions):
    """Return {(edition, code): EditionDimension} of these editions (primary keys); one query.

    The overall dimension stands under the code '' too.
    """
    rows = EditionDimension.objects.filter(edition__in=editions).select_related("dimension")
    found = {}
    for row in rows:
        found[row.edition_id, row.dimension.code] = row
        if row.is_root:
            found[row.edition_id, ""] = row
    return found
