"""Scores for machines: one row a statement about one place in one dimension of one edition, with its known times.

No column ever changes but `known_to`, so that the feed of changes can be replayed to the same rows: codes
stand where names could be edited, and the number stands as it is stored, without the decimals that a report
prints (those are the edition's). Rows come in the order of their numbers, so that a million of them stream
without being sorted; what belongs to their dimensions, places and releases is read once and not for each row.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Case, DateTimeField, F, When

from indices import tables
from indices.api import vocabulary
from indices.api.vocabulary import Narrowed
from indices.models import EditionDimension, Release, Score
from indices.wording import value_text
from portal.api import KNOWN, Resource, Tracked, asking
from portal.api.conditions import last_change
from portal.models import Place
from portal.tabular import Column

_OF_THE_TABLE = {column.key: column for column in tables.COLUMNS}


def _shared(key, **more):
    """Return the table's column, as this resource has it."""
    return replace(_OF_THE_TABLE[key], **{"help": "", **more})


def _value(row):
    return None if row.value is None else Decimal(value_text(row.value))


COLUMNS = (
    Column("id", "编号", kind="integer", help="越晚记入，编号越大。", always=True, example=31),
    _shared("index", value="frame.index", always=True, example="digital-governance"),
    _shared(
        "edition",
        value="frame.edition",
        help="版次代码。",
        always=True,
        example="digital-governance.2020",
    ),
    _shared("place_code", value="place_code", help="地方的代码。", always=True, example="410100"),
    _shared("name_as_published", example="郑州"),
    _shared("dimension", value="frame.dimension", always=True, example="overall"),
    _shared(
        "score",
        value=_value,
        help="没有公布的没有，绝不为 0；报告印到几位小数见版次的维度。",
        example=81.2,
    ),
    _shared("rank_published", help="公布成一个数的位次。", example=7),
    _shared("rank_from", help="公布的只是区间时。"),
    _shared("rank_to", help="含这一位。"),
    _shared(
        "tied",
        value="tied",
        kind="boolean",
        computed=True,
        choices=(),
        help="是否与别的地方同一位次。",
        always=True,
        example=False,
    ),
    _shared("tier"),
    _shared("top_n", help="公布的只是“前几名”时。"),
    _shared("status", help="没有数值的缘由。", always=True, example="disclosed"),
    _shared("locator", help="在报告的哪里。"),
    _shared("quote", help="报告的原话。"),
    _shared("source", value="source", always=True, example="报告正文第 12 页"),
    Column(
        "release",
        "数据发布",
        value="release_id",
        kind="integer",
        help="由哪次发布记入，编号见版次。",
        always=True,
        example=7,
    ),
    *KNOWN,
)


@dataclass(frozen=True)
class Frame:
    """What a dimension of an edition gives each of its scores: three codes."""

    index: str
    edition: str
    dimension: str


class Surroundings:
    """What scores show of their dimensions, places and releases: each read once, in three queries at most a call."""

    def __init__(self):
        self.frames, self.places, self.sources = {}, {}, {}

    def give(self, scores):
        """Give each of these scores its `frame`, `place_code` and `source`; return them."""
        self._read_frames(self._missing(self.frames, scores, "dimension_id"))
        if keys := self._missing(self.places, scores, "place_id"):
            self.places |= Place.objects.filter(pk__in=keys).values_list("pk", "code")
        if keys := self._missing(self.sources, scores, "release_id"):
            self.sources |= Release.objects.filter(pk__in=keys).values_list("pk", "source_words")
        for score in scores:
            score.frame = self.frames[score.dimension_id]
            score.place_code = self.places[score.place_id]
            score.source = self.sources[score.release_id]
        return scores

    def _read_frames(self, keys):
        if not keys:
            return
        rows = EditionDimension.objects.filter(pk__in=keys)
        rows = rows.select_related("edition__index", "dimension").defer("edition__method")
        for row in rows:
            edition = row.edition
            self.frames[row.pk] = Frame(
                edition.index.code, vocabulary.key_of(edition), row.dimension.code
            )

    def _missing(self, held, scores, name):
        return {getattr(score, name) for score in scores} - held.keys()


@dataclass(frozen=True)
class ScoreQuestion:
    """One question about scores: in which dimensions, of which place, as stated then or ever."""

    known_at: datetime
    dimensions: list[int] | None = None
    place: Place | None = None
    ever: bool = False
    surroundings: Surroundings = field(default_factory=Surroundings, compare=False, repr=False)

    @classmethod
    def read(cls, given):
        """Return the question that parameters give; raises BadParameter for what does not exist."""
        narrowed = Narrowed.read(given)
        dimensions, place = narrowed.dimensions(given), vocabulary.place_of(given)
        return cls(narrowed.known_at, dimensions, place, given.get("history") == "all")

    def rows(self):
        """Return the scores asked for; `closed_at` is when one was closed, as far as that was known at the instant."""
        at = self.known_at
        rows = Score.objects.ever_public(at) if self.ever else Score.objects.public(at)
        if self.dimensions is not None:
            rows = rows.filter(dimension__in=self.dimensions)
        if self.place is not None:
            rows = rows.filter(place=self.place)
        closed = When(known_to__lte=at, then=F("known_to"))
        return rows.annotate(closed_at=Case(closed, output_field=DateTimeField()))


def _near(rows, name, after, until):
    """Leave out what no release of the stretch can have opened or closed; what is left has an index.

    Only corrections close anything, and only within their editions.
    """
    released = Release.objects.published(until).order_by()
    if after is not None:
        released = released.filter(published_at__gt=after)
    if name == "known_from":
        return rows.filter(release__in=released.values("pk"))
    corrected = released.filter(nature=Release.Nature.CORRECTION).values("edition")
    dimensions = EditionDimension.objects.filter(edition__in=corrected).order_by()
    return rows.filter(dimension__in=dimensions.values("pk"))


SCORES = Resource(
    name="scores",
    title="得分",
    description="一个地方在一版的一个维度上公布的得分和位次，一行一条。得分属于版次，没有自己的起止日，"
    "所以没有 as_of；要看当时所知，用 known_at。公布的位次为准，没有公布的不推算。"
    "地方和维度的名称会改，见地方和版次，此处只有代码。",
    columns=COLUMNS,
    parameters=(
        vocabulary.INDEX,
        vocabulary.EDITION,
        vocabulary.YEAR,
        vocabulary.DIMENSION,
        vocabulary.PLACE,
        asking.KNOWN_AT,
        asking.HISTORY,
    ),
    moment=("known_at", "history"),
    read=ScoreQuestion.read,
    rows=ScoreQuestion.rows,
    key="id",
    key_path="id",
    key_pattern="[1-9][0-9]{0,17}",
    orderings={"id": "id"},
    finish=lambda rows, asked: asked.surroundings.give(rows),
    modified=last_change,
)

TRACKED = Tracked(
    "scores",
    Score.objects.ever_public,
    tuple(column for column in COLUMNS if column.key != "known_to"),
    finish=lambda rows: Surroundings().give(rows),
    near=_near,
)
