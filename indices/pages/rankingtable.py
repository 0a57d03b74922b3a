"""The ranking table of an edition's page: places in rows, dimensions in columns, in the order that was asked for.

Two queries however many places there are: their order, and every statement about those of the page, with what
the edition before says of them overall. A dimension in which nothing is stated of the places shown gets no
column; the page names it.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from indices.models import EditionDimension, Score
from indices.movements import Movement, movement
from indices.standings import Cell, Row, order_of
from indices.wording import UNSTATED
from portal.datums import address_of
from portal.paging import page_of
from portal.references import format_reference

ALL_ON_ONE_PAGE = 300
PER_PAGE = 100


@dataclass(frozen=True)
class Column:
    """One dimension of the table; `address` sorts by it, `direction` is how it is sorted now ('' when not)."""

    dimension: EditionDimension
    address: str
    direction: str


def shown_cells(cells):
    """Return the cells of one dimension as shown: (standing, score or '', whether a number is known) of each.

    What none of them has, ranks or scores, is left out; what only some lack is said to be not disclosed.
    """
    scores = [cell.score for cell in cells if cell.score is not None]
    has_ranks = any(_is_ranked(score) for score in scores)
    has_scores = any(score.value is not None for score in scores)
    return [(*_words(cell, has_ranks, has_scores), _states_number(cell.score)) for cell in cells]


def _words(cell, has_ranks, has_scores):
    rank, score = cell.rank_text, cell.score_text
    if rank == score or not has_scores:
        return rank, ""
    if not has_ranks:
        return score, "" if rank == UNSTATED else rank
    rank = "位次未披露" if rank == UNSTATED else rank
    return rank, "得分未披露" if score == UNSTATED else score


def _states_number(score):
    return score is not None and (score.value is not None or _is_ranked(score))


def _is_ranked(score):
    return bool(score.rank or score.rank_from or score.top_n or score.tier)


@dataclass(frozen=True)
class Line:
    """One place of the table: its cells, its movement or None, and whether the reader chose it.

    A cell is (standing, score or '', whether a number is known, the address of the statement): only the column by
    which the table is sorted has addresses, so that a long table is no thicket of links.
    """

    row: Row
    cells: tuple[tuple[str, str, bool, str], ...]
    movement: Movement | None
    highlighted: bool


@dataclass(frozen=True)
class RankingTable:
    """One page of the table, and what is left out of it."""

    page: object
    held: int
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    unstated: tuple[EditionDimension, ...]

    @cached_property
    def is_moving(self):
        """Whether movement may be told."""
        return any(line.movement is not None for line in self.lines)


def ranking_table(request, asked, neighbours, closed=None):
    """Return (RankingTable, the closed scores that `closed`, a Q, asks for) of a ScoreFilter; two queries.

    `neighbours` is about the edition before, or None.
    """
    order = order_of(
        asked.edition, asked.order, known_at=asked.known_at, descending=asked.descending
    )
    per_page = max(len(order.places), 1)
    page = page_of(request, order.places, per_page if per_page <= ALL_ON_ONE_PAGE else PER_PAGE)
    places = list(page.object_list)
    earlier = neighbours.earlier if neighbours is not None and neighbours.is_full else None
    stated, before, old = _scores(asked, places, earlier, closed)
    rows = _rows(asked, places, stated)
    columns, unstated = _columns(asked, rows)
    lines = _lines(asked, rows, columns, neighbours, before)
    return RankingTable(page, order.held, rows, columns, lines, unstated), old


def _scores(asked, places, earlier, closed):
    """Return ({place: {dimension: score}}, {place: overall score before}, closed scores); one query."""
    wanted = Q(dimension__edition=asked.edition, place__in=places)
    if earlier is not None:
        wanted |= Q(dimension__edition=earlier, dimension__parent__isnull=True, place__in=places)
    scores = Score.objects.public(asked.known_at).filter(wanted)
    if closed is not None:
        scores = scores | Score.objects.filter(closed)
    at = asked.known_at
    stated, before, old = {}, {}, []
    for score in scores.select_related("place", "dimension"):
        if score.known_to is not None and (at is None or score.known_to <= at):
            old.append(score)
        elif score.dimension.edition_id == asked.edition.pk:
            stated.setdefault(score.place_id, {})[score.dimension_id] = score
        else:
            before[score.place_id] = score
    return stated, before, old


def _rows(asked, places, stated):
    rows = []
    for pk in places:
        scores = stated.get(pk)
        if scores:
            place = next(iter(scores.values())).place
            cells = (
                Cell(one.dimension, scores.get(one.dimension.pk), asked.edition.unit)
                for one in asked.tree
            )
            rows.append(Row(place, tuple(cells)))
    return tuple(rows)


def _columns(asked, rows):
    """Return the columns of the dimensions asked for, and those in which nothing is stated of these rows."""
    columns, unstated = [], []
    for at, one in enumerate(asked.tree):
        dimension = one.dimension
        if dimension not in asked.shown:
            continue
        is_stated = any(row.cells[at].score is not None for row in rows)
        if not is_stated and dimension != asked.order:
            unstated.append(dimension)
            continue
        direction, sort = _sorting(asked, dimension)
        columns.append(
            Column(
                dimension=dimension,
                address=f"?{asked.query(sort=sort)}",
                direction=direction,
            )
        )
    return tuple(columns), tuple(unstated)


def _sorting(asked, dimension):
    """Return how the table is sorted by this dimension now, and what `sort` its heading asks for."""
    code = dimension.dimension.code
    if dimension != asked.order:
        return "", code
    return ("descending", code) if asked.descending else ("ascending", f"-{code}")


def _lines(asked, rows, columns, neighbours, before):
    """Return the Lines of these rows."""
    at = {one.dimension.pk: at for at, one in enumerate(asked.tree)}
    shown = [
        shown_cells([row.cells[at[column.dimension.pk]] for row in rows]) for column in columns
    ]
    return tuple(
        Line(
            row=row,
            cells=tuple(
                (*cells[number], _datum(row.cells[at[column.dimension.pk]], column))
                for cells, column in zip(shown, columns, strict=True)
            ),
            movement=_moved(row, neighbours, before),
            highlighted=row.place in asked.places,
        )
        for number, row in enumerate(rows)
    )


def _datum(cell, column):
    if cell.score is None or not column.direction:
        return ""
    return address_of(format_reference("score", cell.score.pk))


def _moved(row, neighbours, before):
    if neighbours is None or not neighbours.is_full or row.overall is None:
        return None
    return movement(row.overall.score, before.get(row.place.pk), neighbours.declaration)
