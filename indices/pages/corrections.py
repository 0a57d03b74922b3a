"""What an edition's page tells of its releases: when, why, and which values a correction changed from what to what."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from indices.models import Release, ReleaseLine, Score
from indices.wording import statement_words
from portal.models import Place

# Releases told on the edition's page, and rows of each correction; the rest has a page of its own.
MOST_RELEASES = 50
MOST_ROWS = 10
UNHELD, TAKEN_BACK = "此前未收录", "撤去"


@dataclass(frozen=True)
class Change:
    """One row of a release in words: what stood before, and what it states."""

    place: Place
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """A release with its Changes, all of them or the first; `count` is how many rows it has."""

    release: Release
    count: int
    changes: tuple[Change, ...]

    @property
    def is_correction(self):
        """Whether it changed what had been published."""
        return self.release.nature == Release.Nature.CORRECTION


def releases_of(edition, known_at=None):
    """Return the published releases of an edition with their `count` of lines, the latest first; one query."""
    rows = edition.releases.published(known_at).annotate(count=Count("lines"))
    return list(rows.order_by("-published_at", "-pk")[:MOST_RELEASES])


def first_lines(releases):
    """Return the first lines of each correction among these releases; one query, none without corrections."""
    corrections = [row for row in releases if row.nature == Release.Nature.CORRECTION]
    if not corrections:
        return []
    numbered = ReleaseLine.objects.filter(release__in=corrections).annotate(
        number=Window(RowNumber(), partition_by="release", order_by=F("pk").asc())
    )
    return list(numbered.filter(number__lte=MOST_ROWS).select_related("place", "dimension"))


def closed_by(releases, lines):
    """Return the condition of the scores that these lines closed; None when there are no lines."""
    if not lines:
        return None
    published = {row.pk: row.published_at for row in releases}
    return Q(
        known_to__in={published[line.release_id] for line in lines},
        dimension__in={line.dimension_id for line in lines},
        place__in={line.place_id for line in lines},
    )


def told(releases, lines, closed, unit=""):
    """Return a Told for each release; `closed` are the scores that `closed_by` asks for."""
    of_release = {}
    for line in lines:
        of_release.setdefault(line.release_id, []).append(line)
    return [
        Told(row, row.count, changes_of(row, of_release.get(row.pk, ()), closed, unit))
        for row in releases
    ]


def changes_of(release, lines, closed, unit=""):
    """Return the Changes that these lines of one release made."""
    before = {
        (score.dimension_id, score.place_id): score
        for score in closed
        if score.known_to == release.published_at
    }
    return tuple(_change(line, before, unit) for line in lines)


def scores_closed_by(release, lines):
    """Return the scores that these lines of one release closed; one query."""
    condition = closed_by([release], lines)
    return list(Score.objects.filter(condition)) if condition is not None else []


def _change(line, before, unit):
    old = before.get((line.dimension_id, line.place_id))
    return Change(
        place=line.place,
        label=line.dimension.label,
        before=statement_words(old, line.dimension, unit) if old is not None else UNHELD,
        after=TAKEN_BACK if line.retracts else statement_words(line, line.dimension, unit),
    )
