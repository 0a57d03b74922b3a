"""How one place stands in every index: its latest edition there, dimension by dimension, and its course before.

Knows which edition speaks for an index (the latest public one that states anything of the place) and with
which one it is compared (the public edition before it). Hides the queries: their number grows neither with
indices nor with editions.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, prefetch_related_objects

from indices.models import Comparability, Edition, EditionDimension, Score, Status
from indices.movements import UNDECLARED, Movement, declarations, movement
from indices.pages.drawings import point_of
from indices.pages.wordings import extent_words
from indices.quotable.drawing import drawable, ranked_bars, whose
from indices.quotable.statements import in_order
from indices.standings import Cell
from portal.charts import Break, LineChart, Series
from portal.models import Place

# Columns that a course shows; older editions are on the index's own page.
MOST_COLUMNS = 30


@dataclass(frozen=True)
class Step:
    """One edition in the course: what it states overall, and whether it may be compared with the one before."""

    edition: Edition
    cell: Cell | None
    declaration: Comparability | None

    @property
    def is_comparable(self):
        """Whether ranks may be compared with those of the edition before."""
        return self.declaration is not None and self.declaration.extent == "full"

    @property
    def reason(self):
        """Why they may not, in words."""
        return self.declaration.reason if self.declaration else UNDECLARED


@dataclass(frozen=True)
class Profile:
    """One place in one index; `cells` are of the latest edition that names it, the overall dimension first.

    `earlier` is the public edition before that one and `moved` the movement from it, both None where there
    is none; `newest` the latest public edition of the index, which may not name the place. `held` counts
    the places of which the edition states anything here.
    """

    place: Place
    edition: Edition
    cells: tuple[Cell, ...]
    held: int
    steps: tuple[Step, ...]
    newest: Edition
    earlier: Edition | None
    moved: Movement | None

    @property
    def overall(self):
        """The cell of the overall dimension, None in an edition without one."""
        return next((cell for cell in self.cells if cell.dimension.is_root), None)

    @property
    def extent(self):
        """How many were assessed, and how many of them are held here."""
        return extent_words(self.edition, self.held)

    @property
    def past(self):
        """The editions before that state its overall standing, the newest first."""
        before = [step for step in self.steps if step.edition != self.edition]
        return [step for step in reversed(before) if step.cell is not None and step.cell.score]

    @cached_property
    def bars(self):
        """The chart of the dimensions, the overall one marked; None where tiers or memberships are all there is."""
        if not drawable(self.cells):
            return None
        return ranked_bars(
            self.edition,
            self.cells,
            [cell.dimension.label for cell in self.cells],
            title=f"{self.place.label}：{self.edition.index.name}（{self.edition.label}）各维度",
            heading="维度",
            highlighted={0},
        )

    @cached_property
    def course(self):
        """The chart of the overall rank over the editions; None where fewer than two have one."""
        steps = self.steps[-MOST_COLUMNS:]
        cells = [step.cell for step in steps]
        if sum(cell is not None and cell.rank is not None for cell in cells) < 2:
            return None
        points = tuple(point_of(cell, "rank") for cell in cells)
        return LineChart(
            title=f"{self.place.label}：{self.edition.index.name}历版位次",
            unit="位",
            columns=tuple(step.edition.label for step in steps),
            series=(Series(self.place.label, points, highlighted=True),),
            breaks=tuple(
                Break(number, step.reason)
                for number, step in enumerate(steps)
                if number and not step.is_comparable
            ),
            source=whose(self.edition),
        )


def profiles_of(place, known_at=None):
    """Return the Profiles of a place as known at an instant (now when None), in the order of the indices.

    Eight queries at most.
    """
    stated = Score.objects.public(known_at).filter(place=place).order_by()
    naming = set(stated.values_list("dimension__edition", flat=True).distinct())
    courses = _courses(naming, known_at)
    latest = {
        index: next(row for row in reversed(editions) if row.pk in naming)
        for index, editions in courses.items()
    }
    prefetch_related_objects(list(latest.values()), "publishers__organisation")
    dimensions = _dimensions(courses, latest)
    keys = [row.pk for rows in dimensions.values() for row in rows]
    scores = {row.dimension_id: row for row in stated.filter(dimension__in=keys)}
    declared = declarations([row.pk for rows in courses.values() for row in rows])
    held = _held(latest.values(), known_at)
    return [
        _profile(
            place, latest[index], editions, dimensions, scores, declared, held[latest[index].pk]
        )
        for index, editions in courses.items()
    ]


def _courses(naming, known_at):
    """Return {index: its public editions, the oldest first}, of the indices to which `naming` belong; one query."""
    rows = Edition.objects.public(known_at).filter(
        index__in=Edition.objects.filter(pk__in=naming).order_by().values("index")
    )
    rows = rows.select_related("index").defer("method").order_by("index__position", "index__code")
    courses = {}
    for row in rows:
        courses.setdefault(row.index_id, []).append(row)
    return {index: in_order(editions) for index, editions in courses.items()}


def _dimensions(courses, latest):
    """Return {edition: its dimensions}: all of the latest ones, the overall one first, of others only that."""
    editions = [row.pk for rows in courses.values() for row in rows]
    whole = Q(edition__in=[row.pk for row in latest.values()])
    rows = EditionDimension.objects.filter(whole | Q(edition__in=editions, parent=None))
    found = {}
    for row in rows.select_related("dimension").order_by("position", "pk"):
        found.setdefault(row.edition_id, []).append(row)
    return {edition: _nested(rows) for edition, rows in found.items()}


def _nested(rows):
    """Return the dimensions of one edition, each before those below it."""
    below = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    nested, waiting = [], list(reversed(below.get(None, [])))
    while waiting:
        row = waiting.pop()
        nested.append(row)
        waiting.extend(reversed(below.get(row.pk, [])))
    return nested


def _held(editions, known_at):
    """Return {edition: how many places it states anything of}; one query."""
    rows = Score.objects.public(known_at).filter(dimension__edition__in=list(editions))
    rows = rows.exclude(status=Status.NOT_IN_UNIVERSE).order_by().values("dimension__edition")
    counts = rows.annotate(held=Count("place", distinct=True))
    found = dict(counts.values_list("dimension__edition", "held"))
    return {row.pk: found.get(row.pk, 0) for row in editions}


def _profile(place, latest, editions, dimensions, scores, declared, held):
    steps = []
    for number, edition in enumerate(editions):
        root = next((row for row in dimensions.get(edition.pk, ()) if row.is_root), None)
        cell = Cell(root, scores.get(root.pk), edition.unit) if root else None
        before = editions[number - 1].pk if number else None
        steps.append(Step(edition, cell, declared.get((before, edition.pk))))
    at = editions.index(latest)
    earlier, moved = None, None
    if at:
        earlier = editions[at - 1]
        here, there = (steps[number].cell for number in (at, at - 1))
        pair = (cell.score if cell else None for cell in (here, there))
        moved = movement(*pair, steps[at].declaration)
    cells = tuple(
        Cell(row, scores.get(row.pk), latest.unit) for row in dimensions.get(latest.pk, ())
    )
    return Profile(place, latest, cells, held, tuple(steps), editions[-1], earlier, moved)
