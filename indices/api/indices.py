"""Index series for machines: those of which readers can see an edition, with the latest one."""

from dataclasses import dataclass
from datetime import datetime

from indices.api import vocabulary
from indices.editions import age
from indices.filters import known_at_of
from indices.models import Edition, Index
from portal.api import Resource, asking
from portal.records import instant
from portal.tabular import Column

COLUMNS = (
    Column("code", "代码", help="永不改变。", always=True, example="digital-governance"),
    Column("name", "名称", always=True, example="数字治理指数"),
    Column("description", "说明", help="量的是什么。"),
    Column(
        "compilers",
        "编制机构",
        value=lambda row: sorted(one.name for one in row.compilers.all()),
        kind="texts",
        computed=True,
        help="各版的发布机构在版次中。",
        example=["中国社会科学院"],
    ),
    Column("source_url", "原始网址", value="url", help="编制机构的网址。"),
    Column(
        "is_demonstration",
        "演示数据",
        kind="boolean",
        computed=True,
        help="是否为演示而编的数据。",
        always=True,
        example=False,
    ),
    Column(
        "edition_count",
        "版数",
        value=lambda row: len(row.editions_seen),
        kind="integer",
        help="本站已发布几版。",
        always=True,
        example=3,
    ),
    Column(
        "latest_edition",
        "最新一版",
        value=lambda row: vocabulary.key_of(row.editions_seen[-1]),
        help="版次代码。",
        always=True,
        example="digital-governance.2020",
    ),
    Column(
        "url",
        "网页",
        value=lambda row: row.get_absolute_url(),
        help="网页在本站的路径。",
        always=True,
        example="/indices/digital-governance/",
    ),
)


@dataclass(frozen=True)
class IndexFilter:
    """One question about series: known when."""

    known_at: datetime

    @classmethod
    def read(cls, given):
        """Return the filter that parameters give."""
        return cls(instant(known_at_of(given)))

    def rows(self):
        """Return the series of which an edition was public."""
        return Index.objects.public(self.known_at).prefetch_related("compilers")


def _with_editions(rows, asked):
    """Give the series their public editions, the latest last; one query."""
    seen = {}
    editions = Edition.objects.public(asked.known_at).filter(index__in=rows)
    for edition in sorted(editions.select_related("index").defer("method"), key=age):
        seen.setdefault(edition.index_id, []).append(edition)
    for row in rows:
        row.editions_seen = seen[row.pk]
    return rows


INDICES = Resource(
    name="indices",
    title="指数",
    description="本站收录的指数；一个指数有若干版，得分和位次都属于某一版。"
    "名称和说明只有现在的；known_at 只决定列哪些、有几版。",
    columns=COLUMNS,
    parameters=(asking.KNOWN_AT,),
    moment=("known_at",),
    read=IndexFilter.read,
    rows=IndexFilter.rows,
    orderings={"code": "code", "name": "name"},
    finish=_with_editions,
)
