"""Editions for machines: one report each, with its dimensions, its releases and with what it may be compared."""

from decimal import Decimal

from django.db.models import Prefetch, Q

from indices.api import vocabulary
from indices.api.vocabulary import Narrowed
from indices.models import Comparability, Edition, EditionDimension, EditionPublisher, Release
from indices.ranking import Method
from indices.wording import value_text
from portal.api import Resource, asking
from portal.api.encoding import instant_text
from portal.models import Place
from portal.tabular import Column


def _dimensions(row):
    """Return the dimensions in their order; `parent` names the one above."""
    return [
        {
            "code": one.dimension.code,
            "label": one.label,
            "parent": one.parent.dimension.code if one.parent_id else None,
            "weight": one.weight if one.weight is None else Decimal(value_text(one.weight)),
            "decimals": one.decimals,
            "lower_is_better": one.lower_is_better,
        }
        for one in row.dimensions_read
    ]


def _dimension_words(row):
    told = []
    for one in row.dimensions_read:
        weight = "" if one.weight is None else f"（{value_text(one.weight)}%）"
        told.append(f"{one.dimension.code} {one.label}{weight}")
    return told


def _comparability(row):
    return [
        {"edition": key, "extent": one.extent, "reason": one.reason} for key, one in row.compared
    ]


def _comparability_words(row):
    return [f"{key} {one.get_extent_display()}：{one.reason}" for key, one in row.compared]


def _releases(row):
    return [
        {
            "id": one.pk,
            "nature": one.nature,
            "published_at": instant_text(one.published_at),
            "source": one.source_words,
            "explanation": one.explanation or None,
            "sha256": one.file_sha256 or None,
            "url": f"{row.get_absolute_url()}releases/{one.pk}/",
        }
        for one in row.releases_read
    ]


_NAMES = (
    Column(
        "code",
        "代码",
        value="key",
        help="指数代码.版次代码，永不改变。",
        always=True,
        example="digital-governance.2020",
    ),
    Column(
        "index",
        "指数",
        value="index.code",
        help="指数代码。",
        always=True,
        example="digital-governance",
    ),
    Column("label", "版次", help="照封面。", always=True, example="2020"),
    Column("title", "报告名称", example="中国城市数字治理报告（2020）"),
    Column("year", "版次年份", kind="integer", always=True, example=2020),
    Column(
        "reference_year",
        "参考年份",
        kind="integer",
        help="数据所属的年份；没有载明的没有。",
        example=2019,
    ),
    Column("released_on", "发布日期", kind="date", help="报告公布的日期。", example="2020-08-18"),
)
_MEASURE = (
    Column("universe", "评估对象", help="照报告。", example="2019年度GDP排名前100位的城市"),
    Column("universe_size", "评估对象数量", kind="integer", example=100),
    Column("place_level", "评估对象的级别", choices=tuple(Place.Level.choices)),
    Column("unit", "得分单位", example="分"),
    Column(
        "rank_method",
        "并列的排法",
        choices=tuple((one.value, one.label) for one in Method),
        always=True,
    ),
    Column("method", "方法", help="指标和算法，照报告扼要写。"),
    Column(
        "publishers",
        "发布机构",
        value=lambda row: [one.organisation.name for one in row.publishers_read],
        kind="texts",
        computed=True,
        help="照报告的次序。",
        example=["中国社会科学院"],
    ),
    Column("source", "来源说明", value="source_words", always=True, example="报告正文第 12 页"),
    Column("source_url", "原文网址", value="url"),
)
_PARTS = (
    Column(
        "dimensions",
        "维度",
        value=_dimensions,
        kind="records",
        computed=True,
        help="本版各维度：code 代码、label 名称、parent 上级维度的代码（总指数没有）、weight 权重（%）、"
        "decimals 得分印到几位小数、lower_is_better 数值越小越好。只在 json 中。",
        always=True,
    ),
    Column(
        "dimension_words",
        "维度概要",
        value=_dimension_words,
        kind="texts",
        computed=True,
        help="每个维度一项：代码、名称、权重。",
        example=["overall 总指数"],
    ),
    Column(
        "comparability",
        "可比性",
        value=_comparability,
        kind="records",
        computed=True,
        help="编辑声明过的：edition 另一版，extent 可比范围（full 得分和位次都可比，scores 只有得分可比，"
        "none 不可比），reason 理由。没有声明的就是不可比。只在 json 中。",
        always=True,
    ),
    Column(
        "comparability_words",
        "可比性概要",
        value=_comparability_words,
        kind="texts",
        computed=True,
        help="与每一版一项：版次、可比范围、理由。",
        example=["digital-governance.2019 只有得分可比：评估对象由 100 个城市改为 35 个"],
    ),
    Column(
        "releases",
        "数据发布",
        value=_releases,
        kind="records",
        computed=True,
        help="得分由它们记入：id 编号，nature 性质，published_at 发布时间，source 来源，"
        "explanation 更正理由，sha256 原文件的校验值，url 网页。只在 json 中。",
        always=True,
    ),
    Column(
        "is_demonstration",
        "演示数据",
        value="index.is_demonstration",
        kind="boolean",
        computed=True,
        help="是否为演示而编的数据。",
        always=True,
        example=False,
    ),
    Column(
        "scores",
        "得分",
        value=lambda row: f"/api/v1/scores/?edition={row.key}",
        help="在本站的路径。",
        always=True,
        example="/api/v1/scores/?edition=digital-governance.2020",
    ),
    Column(
        "url",
        "网页",
        value=lambda row: row.get_absolute_url(),
        help="网页在本站的路径。",
        always=True,
        example="/indices/digital-governance/2020/",
    ),
)
COLUMNS = (*_NAMES, *_MEASURE, *_PARTS)


def _rows(asked):
    publishers = EditionPublisher.objects.select_related("organisation").order_by(
        "sort_order", "pk"
    )
    dimensions = EditionDimension.objects.select_related("dimension", "parent__dimension")
    dimensions = dimensions.order_by("position", "pk")
    releases = Release.objects.published(asked.known_at).order_by("published_at", "pk")
    return (
        vocabulary.with_key(asked.editions)
        .select_related("index")
        .prefetch_related(
            Prefetch("publishers", publishers, to_attr="publishers_read"),
            Prefetch("dimensions", dimensions, to_attr="dimensions_read"),
            Prefetch("releases", releases, to_attr="releases_read"),
        )
    )


def _with_compared(rows, asked):
    """Give the editions what was declared of each and another one that readers see; one query."""
    public = Edition.objects.public(asked.known_at).order_by().values("pk")
    declared = Comparability.objects.among(public).filter(Q(earlier__in=rows) | Q(later__in=rows))
    by_edition = {}
    for one in declared.select_related("earlier__index", "later__index"):
        for mine, other in ((one.earlier, one.later), (one.later, one.earlier)):
            by_edition.setdefault(mine.pk, []).append((vocabulary.key_of(other), one))
    for row in rows:
        row.compared = sorted(by_edition.get(row.pk, ()), key=lambda pair: pair[0])
    return rows


EDITIONS = Resource(
    name="editions",
    title="版次",
    description="一个指数的一版，即一份报告。版次年份、参考年份、发布日期是三件事，后两件可能没有载明。"
    "说明文字只有现在的；known_at 只决定列哪些版次和数据发布。",
    columns=COLUMNS,
    parameters=(vocabulary.INDEX, vocabulary.YEAR, asking.KNOWN_AT),
    moment=("known_at",),
    read=Narrowed.read,
    rows=_rows,
    key_path="key",
    key_pattern=vocabulary.EDITION_KEY,
    orderings={"code": "key", "year": "year"},
    finish=_with_compared,
)
