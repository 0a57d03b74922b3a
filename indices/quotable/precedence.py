"""Which places stand before one in a ranking: 仅次于上海、北京、杭州.

It is said only where all that stand before it are held, and an order among them only where it is published.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from indices.models import Score
from indices.ranking import Method
from portal.models import Place

# Before how many places a standing is no longer said by naming them.
MOST_NAMED = 20


@dataclass(frozen=True)
class Precedence:
    """The places that stand before one, the best first; `ordered` False: the order among them is not known."""

    places: tuple[Place, ...]
    ordered: bool
    tied: bool

    @property
    def words(self):
        """How a sentence says it."""
        if not self.places:
            return "并列居首位" if self.tied else "居首位"
        names = "、".join(place.label for place in self.places)
        return f"仅次于{names}" if self.ordered else f"仅次于{names}（先后未披露）"


def precedences(statements, known_at=None):
    """Return {Statement: Precedence} for those of which all that stand before them are held.

    A place without a published rank, or with more than MOST_NAMED before it, has none. One query, one
    more where an edition counts ties densely.
    """
    ranked = [one for one in statements if one.score.rank and one.score.rank <= MOST_NAMED + 1]
    if not ranked:
        return {}
    ahead = _ahead(ranked, known_at)
    whole = _whole([one for one in ranked if one.edition.rank_method == Method.DENSE], known_at)
    found = {}
    for one in ranked:
        rank = one.score.rank
        before = [row for row in ahead[one.dimension.pk] if _worst(row) < rank]
        dense = one.edition.rank_method == Method.DENSE
        held = one.dimension.pk in whole if dense else len(before) == rank - 1
        if held and len(before) <= MOST_NAMED:
            ordered = all(row.rank is not None for row in before) or len(before) == 1
            places = tuple(row.place for row in before)
            found[one] = Precedence(places, ordered, one.score.tied)
    return found


def _worst(score):
    return score.rank if score.rank is not None else score.rank_to


def _ahead(ranked, known_at):
    """Return {dimension: its scores that stand before the worst rank asked, the best first}; one query."""
    worst = max(one.score.rank for one in ranked)
    rows = Score.objects.public(known_at).filter(
        Q(rank__lt=worst) | Q(rank_to__lt=worst),
        dimension__in={one.dimension.pk for one in ranked},
    )
    found = defaultdict(list)
    for row in sorted(rows.select_related("place"), key=lambda row: (_first(row), row.place.code)):
        found[row.dimension_id].append(row)
    return found


def _first(score):
    return score.rank if score.rank is not None else score.rank_from


def _whole(dense, known_at):
    """Return the dimensions in which every place of the universe has a rank; one query where any is asked."""
    if not dense:
        return set()
    sizes = {one.dimension.pk: one.edition.universe_size for one in dense}
    rows = Score.objects.public(known_at).filter(dimension__in=sizes, rank__isnull=False)
    counts = rows.order_by().values("dimension").annotate(held=Count("pk"))
    return {row["dimension"] for row in counts if row["held"] == sizes[row["dimension"]]}
