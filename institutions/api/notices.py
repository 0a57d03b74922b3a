"""Notices for machines: published ones, withdrawn and replaced ones too, as they stood at the instant asked."""

from dataclasses import dataclass
from datetime import datetime

from institutions.api import vocabulary
from institutions.filters import RegisterFilter
from institutions.models import Institution, Notice, NoticeLine, Scheme
from institutions.noticetext import privacy
from portal.api import Resource, asking
from portal.models import Place
from portal.records import instant
from portal.tabular import Column

STATUSES = (("standing", "作数"), ("withdrawn", "已撤回"), ("replaced", "已被更正取代"))


@dataclass(frozen=True)
class ToldNotice:
    """One published notice as it stood at an instant: what came later is not told."""

    notice: Notice
    at: datetime

    @property
    def withdrawn_at(self):
        withdrawn = self.notice.withdrawn_at
        return withdrawn if withdrawn is not None and withdrawn <= self.at else None

    @property
    def reason(self):
        return privacy.mask(self.notice.reason) if self.withdrawn_at else ""

    @property
    def successor(self):
        found = getattr(self.notice, "replaced_by", None)
        published = found.published_at if found is not None else None
        return found if published is not None and published <= self.at else None

    @property
    def status(self):
        if self.withdrawn_at:
            return "withdrawn"
        return "replaced" if self.successor else "standing"


def _masked(name):
    return lambda row: privacy.mask(getattr(row.notice, name))


def _file(row):
    kept = row.notice.file and not row.notice.file_is_private
    return f"{row.notice.get_absolute_url()}file/" if kept else ""


COLUMNS = (
    Column("id", "编号", value="notice.pk", kind="integer", always=True, example=7),
    Column("title", "标题", value=_masked("title"), always=True, example="关于公布定点机构的通知"),
    Column(
        "nature",
        "文件性质",
        value="notice.nature",
        choices=tuple(Notice.Nature.choices),
        always=True,
    ),
    Column(
        "issuer", "发文机关", value="notice.issuer.name", always=True, example="郑州市社会保险局"
    ),
    Column("doc_number", "文号", value="notice.doc_number", example="郑社险〔2020〕1号"),
    Column("issued_on", "印发日期", value="notice.issued_on", kind="date", example="2020-08-17"),
    Column(
        "effective_on", "生效日期", value="notice.effective_on", kind="date", example="2020-09-01"
    ),
    Column("stated_on", "编辑认定的起始日", value="notice.stated_on", kind="date"),
    Column("stated_basis", "认定依据", value=_masked("stated_basis")),
    Column(
        "scheme",
        "定点制度",
        value="notice.scheme.code",
        help="代码。",
        always=True,
        example="gongshang",
    ),
    Column(
        "area",
        "适用地区",
        value="notice.area.code",
        help="地方代码。",
        always=True,
        example="410100",
    ),
    Column(
        "extent",
        "名单范围",
        value="notice.extent",
        choices=tuple(Notice.Extent.choices),
        help="“全部名单”也不等于收录完整。",
        always=True,
        example="additions",
    ),
    Column(
        "source",
        "来源说明",
        value=_masked("source_words"),
        always=True,
        example="机关网站通知公告栏",
    ),
    Column("source_url", "原文网址", value="notice.url"),
    Column("status", "状态", choices=STATUSES, always=True, example="standing"),
    Column(
        "published_at",
        "发布时间",
        value="notice.published_at",
        kind="instant",
        computed=True,
        help="本站发布的时刻。",
        always=True,
        example="2026-08-22T04:00:00.123456Z",
    ),
    Column("withdrawn_at", "撤回时间", kind="instant", computed=True),
    Column("reason", "撤回理由"),
    Column(
        "replaces",
        "取代的通知",
        value="notice.replaces_id",
        kind="integer",
        help="被它更正的通知的编号。",
    ),
    Column(
        "replaced_by",
        "取代它的通知",
        value="successor.pk",
        kind="integer",
        help="更正它的通知的编号。",
    ),
    Column("sha256", "SHA-256", value="notice.file_sha256", help="原文件的校验值。"),
    Column("file", "原文件", value=_file, help="在本站的路径；不公开的没有。"),
    Column(
        "text",
        "全文",
        value=lambda row: f"{row.notice.get_absolute_url()}text/",
        help="在本站的路径。",
        always=True,
        example="/institutions/notices/7/text/",
    ),
    Column(
        "lines",
        "名单条目",
        value=lambda row: f"/api/v1/notice-lines/?notice={row.notice.pk}",
        help="在本站的路径。",
        always=True,
        example="/api/v1/notice-lines/?notice=7",
    ),
    Column(
        "url",
        "网页",
        value=lambda row: row.notice.get_absolute_url(),
        help="在本站的路径。",
        always=True,
        example="/institutions/notices/7/",
    ),
)


@dataclass(frozen=True)
class NoticeFilter:
    """One question about notices: of which scheme, for which area, naming which institution, known when."""

    known_at: datetime
    scheme: Scheme | None = None
    area: Place | None = None
    institution: Institution | None = None

    @classmethod
    def read(cls, given):
        """Return the filter that parameters give; raises BadParameter for what does not exist."""
        register = RegisterFilter.read(
            {name: given[name] for name in ("scheme", "known_at") if name in given}
        )
        institution = vocabulary.institution_of(given, register.known_at)
        return cls(
            instant(register.known_at), register.scheme, vocabulary.area_of(given), institution
        )

    def rows(self):
        """Return the notices published by the instant asked."""
        rows = Notice.objects.published(self.known_at)
        if self.scheme is not None:
            rows = rows.filter(scheme=self.scheme)
        if self.area is not None:
            rows = rows.filter(area=self.area)
        if self.institution is not None:
            lines = NoticeLine.objects.filter(institution=self.institution)
            rows = rows.filter(pk__in=lines.order_by().values("notice"))
        rows = rows.select_related("issuer", "scheme", "area", "replaced_by")
        return rows.defer("text", "warnings", "stated_counts", "replaced_by__text")


def _told(rows, asked):
    return [ToldNotice(row, asked.known_at) for row in rows]


NOTICES = Resource(
    name="notices",
    title="通知",
    description="公布定点机构的文件；每一条定点记录都出自其中的条目。撤回的和被更正的照样列出，见 status。",
    columns=COLUMNS,
    parameters=(vocabulary.SCHEME, vocabulary.AREA, vocabulary.INSTITUTION, asking.KNOWN_AT),
    moment=("known_at",),
    read=NoticeFilter.read,
    rows=NoticeFilter.rows,
    key="id",
    key_path="id",
    key_pattern="[1-9][0-9]{0,17}",
    orderings={"id": "id", "published_at": "published_at"},
    finish=_told,
)
