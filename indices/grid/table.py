"""The grid as it is shown: one page of places, every cell as it is held or as it was typed.

Knows the order of the rows (the overall standing, then the order in which a draft names new places) and
how many there are on a page. Its number of queries does not depend on how many there are.
"""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from indices.grid.cellwords import BOTH, RANK, SCORE, Words, words_of
from indices.grid.overlay import NOTHING, Held, held_cells
from indices.grid.posted import Typed, told_as_shown
from indices.models import EditionDimension, ReleaseLine, Score
from indices.wording import statement_words
from portal.models import Place
from portal.viewsets import containing

PER_PAGE = 100
_MOST_CELLS = 2500
_FEWEST_ROWS = 20


@dataclass(frozen=True)
class GridCell:
    """One cell: what is held of it, and what the editor typed (None: nothing)."""

    dimension: EditionDimension
    place: Place
    held: Held
    shown: Words
    typed: Typed | None

    @property
    def key(self):
        """By what the form's fields name it."""
        return f"{self.dimension.pk}-{self.place.pk}"

    @property
    def words(self):
        """What stands in its boxes."""
        return self.typed.words if self.typed else self.shown

    @property
    def changed(self):
        """Whether something is typed that is not saved."""
        return self.typed is not None and self.typed.touched

    @property
    def was(self):
        """What the form carries of what is shown."""
        if self.typed is not None and self.typed.overtaken is None:
            return told_as_shown(self.typed.shown, self.typed.mark)
        return told_as_shown(self.shown, self.held.mark)

    @property
    def mine(self):
        """What the editor typed, in one line."""
        boxes = (self.typed.words.score.strip(), self.typed.words.rank.strip())
        return " / ".join(text for text in boxes if text) or "（不填）"

    @property
    def theirs(self):
        """What is held now, in words."""
        content = self.held.content
        return "（没有数据）" if content is None else statement_words(content, self.dimension)

    @property
    def name(self):
        """How messages call the cell."""
        return f"{self.place.label}·{self.dimension.label}"

    @property
    def stood(self):
        """What is published, where the draft says otherwise; '' elsewhere."""
        if self.held.line is None or self.held.score is None:
            return ""
        return statement_words(self.held.score, self.dimension)


@dataclass(frozen=True)
class GridRow:
    """One place with its cells, in the order of the dimensions."""

    place: Place
    cells: tuple[GridCell, ...]
    printed: str = ""


class Grid:
    """A page of an edition's table. `posted` lays a form's rows and typed cells over it."""

    def __init__(self, edition, nested, draft, *, boxes=BOTH, words="", page=1, place=None):
        self.edition, self.nested, self.draft = edition, nested, draft
        self.boxes, self.words, self.number, self.place = boxes, words, page, place
        self.posted = None

    @cached_property
    def dimensions(self):
        """The EditionDimensions, each before those below it."""
        return [row.dimension for row in self.nested]

    @property
    def columns(self):
        """How many boxes a dimension has: its score, its rank, or both."""
        return [SCORE, RANK] if self.boxes == BOTH else [self.boxes]

    @cached_property
    def page(self):
        """The page of places that are stated in the edition or in the draft."""
        fitting = _MOST_CELLS // max(1, len(self.dimensions))
        size = min(PER_PAGE, max(_FEWEST_ROWS, fitting))
        return Paginator(self._places(), size).get_page(self.number)

    def _places(self):
        pks = [row.pk for row in self.dimensions]
        here = Score.objects.current().filter(place=OuterRef("pk"))
        lines = ReleaseLine.objects.filter(release=self.draft, place=OuterRef("pk")).order_by()
        wanted = Q(Exists(here.filter(dimension__in=pks)))
        if self.draft is not None:
            wanted |= Q(Exists(lines))
        places = Place.objects.filter(wanted)
        if self.words:
            found = containing(Place.objects.all(), self.words, ("name", "short_name", "code"))
            places = places.filter(pk__in=found.order_by().values("pk"))
        if self.place is not None:
            places = Place.objects.filter(pk=self.place)
        overall = here.filter(dimension=pks[0] if pks else 0)
        first = lines.values("place").annotate(first=Min("pk")).values("first")
        return places.annotate(
            standing=Subquery(overall.values(found=Coalesce("rank", "rank_from"))[:1]),
            entered=Subquery(first),
        ).order_by(F("standing").asc(nulls_last=True), F("entered").asc(nulls_last=True), "code")

    @cached_property
    def places(self):
        """The places of the rows, in their order."""
        if self.posted is None:
            return list(self.page)
        found = Place.objects.in_bulk(self.posted.rows)
        return [found[pk] for pk in self.posted.rows if pk in found]

    @cached_property
    def rows(self):
        """The GridRows of this page."""
        held = held_cells(self.dimensions, [place.pk for place in self.places], self.draft)
        printed = self.posted.printed if self.posted else {}
        return [
            GridRow(
                place,
                tuple(self._cell(dimension, place, held) for dimension in self.dimensions),
                printed.get(place.pk, ""),
            )
            for place in self.places
        ]

    def _cell(self, dimension, place, held):
        key = dimension.pk, place.pk
        now = held.get(key, NOTHING)
        shown = words_of(now.content, decimals=dimension.decimals, boxes=self.boxes)
        typed = self.posted.cells.get(key) if self.posted else None
        if typed is not None and not typed.touched:
            typed = None
        return GridCell(dimension, place, now, shown, typed)

    @property
    def changed(self):
        """How many cells are typed and not saved."""
        return sum(cell.changed for row in self.rows for cell in row.cells)

    @property
    def wrong(self):
        """The cells that cannot be read."""
        return [
            cell for row in self.rows for cell in row.cells if cell.typed and cell.typed.problem
        ]

    @property
    def overtaken(self):
        """The cells that another editor changed or published meanwhile."""
        return [
            cell for row in self.rows for cell in row.cells if cell.typed and cell.typed.overtaken
        ]
