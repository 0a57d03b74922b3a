"""The register as a table: ONE column list for its CSV, XLSX, JSON and for the sheet that imports it.

One row is one period of one institution and kind; an institution without any has one row without. What
was exported imports again without a difference.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from institutions.models import Designation, Institution, InstitutionName, Interruption
from institutions.models.institutions import Datum, Level, Ownership
from portal.tabular import Column

BETWEEN = "；"
# Institutions whose designations and names are fetched at once while an export streams.
CHUNK = 1000

COLUMNS = (
    Column(
        "code",
        "机构代码",
        value="institution.code",
        max_length=64,
        help="导出时都有。新机构留空；与已有机构名称相近而确是另一家的，写“新”。",
    ),
    Column(
        "name",
        "名称",
        value="institution.name",
        required=True,
        max_length=200,
        help="正式名称，照执照写全。",
    ),
    Column("aliases", "别名", help=f"多个别名用“{BETWEEN}”隔开。"),
    Column("credit_code", "统一社会信用代码", value="institution.credit_code", help="18 位。"),
    Column("level", "等级", value="institution.level", choices=tuple(Level.choices)),
    Column(
        "ownership", "办医主体", value="institution.ownership", choices=tuple(Ownership.choices)
    ),
    Column(
        "place_code",
        "所在地代码",
        value="institution.place.code",
        help="六位行政区划代码，功能区用本站代码；留空则按所在地认。",
    ),
    Column(
        "place",
        "所在地",
        value="institution.place.name",
        help="区、县（市）或功能区的名称，须在适用地区之内。",
    ),
    Column("address", "地址", value="institution.address", max_length=200),
    Column("phone", "电话", value="institution.phone", max_length=60, help="对外公布的座机。"),
    Column("longitude", "经度", value="institution.longitude", kind="decimal", unit="度"),
    Column("latitude", "纬度", value="institution.latitude", kind="decimal", unit="度"),
    Column(
        "datum",
        "坐标系",
        value="institution.datum",
        choices=tuple(Datum.choices),
        help="有经纬度时必填。",
    ),
    Column("kind", "类别代码", value="designation.kind.code", help="留空则按定点类别认。"),
    Column("kind_name", "定点类别", value="designation.kind", help="类别的名称或通知中的叫法。"),
    Column(
        "valid_from",
        "起始日",
        value="designation.valid_from",
        kind="date",
        help="没有载明就留空，不要填印发日期。",
    ),
    Column(
        "valid_to", "截止日", value="designation.valid_to", kind="date", help="含当日；没有就留空。"
    ),
    Column("status", "当日状态", computed=True),
    Column("basis", "起始日依据", computed=True),
    Column("source", "依据文件", value="designation.opened_by.notice.title", computed=True),
)

BASES = {
    "line": "名单条目",
    "notice": "通知生效日期",
    "agreement": "协议期限",
    "editor": "编辑认定",
    "issued_only": "只有印发日期",
    "none": "未载明",
}
ENDS = {
    "open": "没有终止",
    "expires": "期满",
    "revoked": "取消",
    "continued": "由起始日有载明的记录接续",
}


@dataclass(frozen=True)
class RegisterRow:
    """One row of the table, of the register as of one day."""

    institution: Institution
    designation: Designation | None
    on: date
    interruptions: tuple[Interruption, ...] = ()

    @property
    def aliases(self):
        return BETWEEN.join(sorted(row.name for row in self.institution.alias_rows))

    @property
    def status(self):
        """Where the day asked lies in this period, in words; '' without a period."""
        if self.designation is None:
            return ""
        first, last = self.designation.valid_from, self.designation.valid_to
        if first is not None and self.on < first:
            return "尚未开始"
        if last is not None and last < self.on:
            return "已经终止"
        for gap in self.interruptions:
            if gap.kind_id == self.designation.kind_id and gap.includes(self.on):
                return gap.get_nature_display()
        return "有效" if first is not None else "已列入，起始日未载明"

    @property
    def basis(self):
        return BASES[self.designation.basis] if self.designation else ""


def register_rows(institutions, *, on, known_at=None, kinds=None):
    """Yield the rows of `institutions` (a QuerySet) as known at `known_at`, in its order; `on` is the day of 当日状态.

    `kinds`, when given, leaves out the periods of other kinds and institutions without one. Four
    queries for each 1,000 institutions, and never more than that many in memory.
    """
    held = Designation.objects.known(known_at).select_related("kind__scheme", "opened_by__notice")
    gaps = Interruption.objects.known(known_at)
    if kinds is not None:
        held, gaps = held.filter(kind__in=kinds), gaps.filter(kind__in=kinds)
    names = InstitutionName.objects.known(known_at).filter(kind=InstitutionName.Kind.ALIAS)
    fetched = institutions.select_related("place").prefetch_related(
        Prefetch("names", names.filter(line=None), to_attr="alias_rows"),
        Prefetch(
            "designations",
            held.order_by("kind__scheme__position", "kind__position", "kind", "valid_from"),
            to_attr="periods",
        ),
        Prefetch("interruptions", gaps, to_attr="gaps"),
    )
    for institution in fetched.iterator(chunk_size=CHUNK):
        for period in institution.periods:
            yield RegisterRow(institution, period, on, tuple(institution.gaps))
        if not institution.periods and kinds is None:
            yield RegisterRow(institution, None, on)
