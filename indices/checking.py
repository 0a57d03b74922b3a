"""Published ranks against computed ones, for one edition: the check that never overwrites.

What stands, or what would stand when a draft is published, read dimension by dimension; the arithmetic is
`indices.ranking`'s. Never more than one dimension in memory.
"""

from dataclasses import dataclass

from indices.models import EditionDimension, Score, Status
from indices.ranking import Outcome, Row, Verdict, check
from portal.models import Place

_FIELDS = ("place", "value", "rank", "rank_from", "rank_to", "tied", "status")


@dataclass(frozen=True)
class Checked:
    """The verdicts on one dimension: how many of each outcome, and those in conflict, each with its place."""

    dimension: EditionDimension
    counts: dict[str, int]
    conflicts: tuple[tuple[Place, Verdict], ...]


def check_edition(edition, *, release=None, known_at=None):
    """Yield a Checked for each dimension of the edition, in its order.

    `release` is a draft laid over what stands; `known_at` asks what stood then. The list is whole when as
    many places have a score as the universe holds, or, where its size is not known, as the worst rank says;
    otherwise only the order among the known is checked.
    """
    for dimension in edition.dimensions.select_related("dimension").order_by("position", "pk"):
        rows = _rows(dimension, release, known_at)
        valued = sum(row.value is not None or row.zero_by_rule for row in rows)
        worst = max((row.rank or row.rank_to or 0 for row in rows), default=0)
        size = edition.universe_size
        verdicts = check(
            rows,
            method=edition.rank_method,
            lower_is_better=dimension.lower_is_better,
            decimals=dimension.decimals,
            complete=valued >= (worst if size is None else size),
            universe=size,
        )
        counts = {outcome.value: 0 for outcome in Outcome}
        for verdict in verdicts:
            counts[verdict.outcome] += 1
        wrong = [verdict for verdict in verdicts if verdict.outcome == Outcome.CONFLICT]
        places = Place.objects.in_bulk([verdict.key for verdict in wrong])
        conflicts = tuple((places[verdict.key], verdict) for verdict in wrong)
        yield Checked(dimension, counts, conflicts)


def _rows(dimension, release, known_at):
    """Return the ranking.Rows of one dimension; places outside the universe take no part."""
    stated = Score.objects.known(known_at).filter(dimension=dimension).order_by("place__code")
    names = ("place__name", *_FIELDS)
    rows = {told[1]: told for told in stated.values_list(*names).iterator(chunk_size=2000)}
    if release is not None:
        lines = release.lines.filter(dimension=dimension).order_by("place__code")
        for told in lines.values_list(*names, "retracts").iterator(chunk_size=2000):
            if told[-1]:
                rows.pop(told[1], None)
            else:
                rows[told[1]] = told[:-1]
    return [
        Row(
            key=place,
            name=name,
            value=value,
            rank=rank,
            rank_from=rank_from,
            rank_to=rank_to,
            tied=tied,
            zero_by_rule=status == Status.ZERO_BY_RULE,
        )
        for name, place, value, rank, rank_from, rank_to, tied, status in rows.values()
        if status != Status.NOT_IN_UNIVERSE
    ]
