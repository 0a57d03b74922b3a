"""What a release changes, row by row: what stood before and what it states, in words.

For a draft "before" is what stands now, for a published release what stood just before it. Knows how many
rows do what; hides the two queries of a page of rows.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from indices.models import ReleaseLine, Score
from indices.wording import statement_words

# What is compared beside the score and the standing, which one phrase tells.
_BESIDE = ("top_n", "name_as_published", "locator", "quote")
ACTS = {"new": "新增", "changed": "改动", "removed": "撤去", "unchanged": "不变"}


@dataclass(frozen=True)
class Difference:
    """One row: `act` of ACTS, both states in words, and [(label, before, after)] for what else differs."""

    line: ReleaseLine
    act: str
    before: str
    after: str
    beside: tuple

    @property
    def label(self):
        """The act in words."""
        return ACTS[self.act]


def before(release):
    """Return the scores against which the lines of this release are shown."""
    if release.published_at is None:
        return Score.objects.current()
    return Score.objects.known_just_before(release.published_at)


def lines_by_act(release):
    """Return {act: lines} of a release, a draft or a published one."""
    lines = release.lines.all()
    if release.published_at is None:
        return {act: getattr(lines, act)() for act in ACTS}
    stood = Exists(before(release).filter(dimension=OuterRef("dimension"), place=OuterRef("place")))
    return {
        "new": lines.filter(~stood, retracts=False),
        "changed": lines.filter(stood, retracts=False),
        "removed": lines.filter(retracts=True),
    }


def in_order(lines):
    """Return these lines with their places, dimension after dimension."""
    rows = lines.select_related("place", "dimension").order_by(
        "dimension__position", "dimension", "place__code"
    )
    return rows


def differences(release, lines):
    """Return the Difference of each of these lines (a bounded list) of the release; one query."""
    stood = {
        (score.dimension_id, score.place_id): score
        for score in before(release).filter(
            dimension__in={line.dimension_id for line in lines},
            place__in={line.place_id for line in lines},
        )
    }
    unit = release.edition.unit
    return [
        _difference(line, stood.get((line.dimension_id, line.place_id)), unit) for line in lines
    ]


def _difference(line, score, unit):
    if line.retracts:
        act, after = ("removed" if score else "unchanged"), "撤去"
    else:
        after = statement_words(line, line.dimension, unit)
        same = score is not None and score.content == line.content
        act = "unchanged" if same else "changed" if score else "new"
    was = statement_words(score, line.dimension, unit) if score else "没有记录"
    beside = tuple(
        (
            line._meta.get_field(name).verbose_name,
            getattr(score, name) or "（空）",
            getattr(line, name) or "（空）",
        )
        for name in _BESIDE
        if act == "changed" and getattr(score, name) != getattr(line, name)
    )
    return Difference(line, act, was, after, beside)


@dataclass(frozen=True)
class Overtaken:
    """A row of a draft about which another release has been published since: mine, now, and that release."""

    line: ReleaseLine
    mine: str
    now: Score
    words: str


def overtaken(release, most):
    """Return ([Overtaken, …], how many there are), at most so many rows of them."""
    lines = release.lines.overtaken()
    rows = list(in_order(lines)[:most])
    if not rows:
        return [], 0
    number = len(rows) if len(rows) < most else lines.count()
    standing = {
        (score.dimension_id, score.place_id): score
        for score in Score.objects.current()
        .filter(
            dimension__in={row.dimension_id for row in rows},
            place__in={row.place_id for row in rows},
        )
        .select_related("release__published_by")
    }
    unit = release.edition.unit
    found = []
    for row in rows:
        now = standing[row.dimension_id, row.place_id]
        mine = "撤去" if row.retracts else statement_words(row, row.dimension, unit)
        found.append(Overtaken(row, mine, now, statement_words(now, row.dimension, unit)))
    return found, number
