"""Scores as a table: ONE column list for their CSV, XLSX and JSON and for the sheet that imports them.

One row is one statement about one place in one dimension of one edition. What was exported imports again
without a difference.
"""

from decimal import Decimal

from indices.models import Status
from indices.wording import value_text
from portal.tabular import Column

# Scores fetched at once while an export streams.
CHUNK = 2000


def _value(score):
    """The score with the decimals that the report prints: 4.00 is not 4."""
    if score.value is None:
        return None
    return Decimal(value_text(score.value, score.dimension.decimals))


def _tied(score):
    return "yes" if score.tied else "no"


COLUMNS = (
    Column("index", "指数代码", value="dimension.edition.index.code", computed=True),
    Column("edition", "版次", value="dimension.edition.label"),
    Column(
        "place_code",
        "地方代码",
        value="place.code",
        max_length=32,
        help="六位行政区划代码，或国家代码；留空则按名称认。",
    ),
    Column("place", "地方", value="place.name", computed=True),
    Column(
        "name_as_published", "来源中的写法", max_length=100, help="报告里怎么写就怎么填，如“杭州”。"
    ),
    Column("dimension", "维度代码", value="dimension.dimension.code", max_length=50),
    Column("dimension_label", "维度", value="dimension.label", computed=True),
    Column(
        "score",
        "得分",
        value=_value,
        kind="decimal",
        unit="版次所定",
        help="没有公布就留空，不要填 0。",
    ),
    Column(
        "rank_published", "位次", value="rank", kind="integer", unit="位", help="报告公布的位次。"
    ),
    Column("rank_from", "位次区间起", kind="integer", unit="位"),
    Column("rank_to", "位次区间止", kind="integer", unit="位"),
    Column("tied", "并列", value=_tied, choices=(("yes", "是"), ("no", "否"))),
    Column("tier", "梯队", max_length=50),
    Column("top_n", "入围前几", kind="integer"),
    Column("status", "披露", choices=tuple(Status.choices)),
    Column("locator", "出处", max_length=200),
    Column("quote", "原文", max_length=500),
    Column("source", "依据", value="release.source_words", computed=True),
    Column("known_from", "记入时间", value="known_from", computed=True),
)


def score_rows(scores, dimensions):
    """Yield the rows of a QuerySet of scores in these EditionDimensions, which know their editions, in their order.

    One dimension after another, so that the first row comes before the last is sorted; places by their
    codes. Never more than CHUNK scores in memory; each dimension and each release is read once.
    """
    releases = {}
    for dimension in dimensions:
        rows = scores.filter(dimension=dimension).order_by("place__code").select_related("place")
        for score in rows.iterator(chunk_size=CHUNK):
            if score.release_id not in releases:
                releases[score.release_id] = score.release
            score.dimension, score.release = dimension, releases[score.release_id]
            yield score
