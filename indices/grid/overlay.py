"""What a cell of the grid holds now: what stands, with an open draft laid over it. Two queries for any number of cells."""

from dataclasses import dataclass

from indices.grid.cellwords import Content
from indices.models import ReleaseLine, Score


@dataclass(frozen=True)
class Held:
    """One cell: the current score (or None) and the draft's line (or None) about it."""

    score: Score | None = None
    line: ReleaseLine | None = None

    @property
    def content(self):
        """What would stand if the draft were published: a Content, or None for nothing."""
        if self.line is not None:
            return None if self.line.retracts else Content.of(self.line)
        return self.standing

    @property
    def standing(self):
        """What stands now, whatever the draft says."""
        return None if self.score is None else Content.of(self.score)

    @property
    def mark(self):
        """Which score stands, as a number that no later one has; 0 for none."""
        return 0 if self.score is None else self.score.pk


NOTHING = Held()


def held_cells(dimensions, places, draft=None):
    """Return {(dimension, place): Held} by primary keys, for the cells of which anything is held."""
    scores = Score.objects.current().filter(dimension__in=dimensions, place__in=places)
    standing = {(row.dimension_id, row.place_id): row for row in scores}
    lines = {}
    if draft is not None:
        rows = draft.lines.filter(dimension__in=dimensions, place__in=places)
        lines = {(row.dimension_id, row.place_id): row for row in rows}
    return {key: Held(standing.get(key), lines.get(key)) for key in standing.keys() | lines.keys()}
