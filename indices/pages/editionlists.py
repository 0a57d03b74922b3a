"""The public editions of a series in their order, and how far neighbours may be compared.

The order of editions is that of (year, release date, code); one whose date is unknown stands before the
dated ones of its year.
"""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery

from indices.models import Comparability, Edition
from indices.movements import UNDECLARED


@dataclass(frozen=True)
class Neighbours:
    """Two editions that follow each other, and the declaration about them or None."""

    earlier: Edition
    later: Edition
    declaration: Comparability | None

    @property
    def is_full(self):
        """Whether ranks may be compared."""
        return self.declaration is not None and self.declaration.extent == Comparability.Extent.FULL

    def allows(self, measure):
        """Return whether the editions may be compared by "rank" or by "score"."""
        if measure == "rank" or self.declaration is None:
            return self.is_full
        return self.declaration.extent != Comparability.Extent.NONE

    @property
    def words(self):
        """How far they may be compared and why, in one sentence."""
        if self.declaration is None:
            return UNDECLARED
        return f"{self.declaration.get_extent_display()}：{self.declaration.reason}"


def editions_of(code, known_at=None):
    """Return the public editions of the series with this code as a QuerySet, the oldest first."""
    rows = Edition.objects.public(known_at).filter(index__code=code).select_related("index")
    return rows.order_by("year", F("released_on").asc(nulls_first=True), "code")


def edition_and_neighbours(index, code, known_at=None):
    """Return the public edition with this code, its Neighbours with the edition before it or None, and all.

    The edition is None when no reader may see it. One query: the declaration comes with the list.
    """
    told = Comparability.objects.filter(
        earlier=OuterRef("pk"), later__index=OuterRef("index"), later__code=code
    )
    rows = editions_of(index, known_at).annotate(
        declared_extent=Subquery(told.values("extent")[:1]),
        declared_reason=Subquery(told.values("reason")[:1]),
    )
    editions = list(rows)
    at = next((at for at, row in enumerate(editions) if row.code == code), None)
    if at is None:
        return None, None, editions
    if at == 0:
        return editions[0], None, editions
    return editions[at], _neighbours(editions[at - 1], editions[at]), editions


def _neighbours(earlier, later):
    declaration = None
    if earlier.declared_extent is not None:
        declaration = Comparability(
            earlier=earlier,
            later=later,
            extent=earlier.declared_extent,
            reason=earlier.declared_reason,
        )
    return Neighbours(earlier, later, declaration)
