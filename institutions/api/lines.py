"""Lines of published notices for machines, as printed, private persons' numbers masked."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from institutions.api import vocabulary
from institutions.filters import RegisterFilter
from institutions.models import Institution, Kind, Notice, NoticeLine
from institutions.noticetext import privacy
from portal.api import Resource, asking
from portal.api.conditions import last_change
from portal.tabular import Column


def _masked(name):
    return lambda line: privacy.mask(getattr(line, name))


def _not_adopted(line):
    return privacy.mask(line.decision_reason) if line.institution_id is None else ""


COLUMNS = (
    Column("id", "编号", kind="integer", always=True, example=52),
    Column(
        "notice",
        "通知",
        value="notice_id",
        kind="integer",
        help="通知编号。",
        always=True,
        example=7,
    ),
    Column("number", "序号", kind="integer", help="在通知中的次序。", always=True, example=1),
    Column("name", "名称（照原文）", value=_masked("name"), always=True, example="郑州市人民医院"),
    Column("quote", "原文", value=_masked("quote"), always=True, example="1. 郑州市人民医院"),
    Column("category", "类别（照原文）", value=_masked("category")),
    Column("kind", "定点类别", value="kind.code", help="代码；更名和合并没有。", example="yiliao"),
    Column("action", "动作", choices=tuple(NoticeLine.Action.choices), example="designate"),
    Column("action_as_printed", "动作（照原文）", value=_masked("action_as_printed")),
    Column(
        "institution",
        "机构代码",
        value="institution.code",
        help="这一条说的是哪家机构；没有采用的条目没有。",
        example="zzsrmyy",
    ),
    Column("not_adopted", "没有采用的理由", value=_not_adopted, help="采用了的条目没有。"),
    Column("on", "日期", kind="date", help="这一条自己的日期。"),
    Column(
        "on_is_last_day",
        "日期是最后一天",
        kind="boolean",
        computed=True,
        help="取消的日期当天是否仍有效。",
        always=True,
        example=False,
    ),
    Column("term_from", "期限起", kind="date"),
    Column("term_to", "期限止", kind="date", help="含当日。"),
    Column("new_name", "新名称", value=_masked("new_name")),
    Column("into", "并入", value="into.code", help="并入的机构的代码。"),
)


# What the columns show and no more: a list of all lines is long.
_READ = (
    "notice_id",
    "number",
    "name",
    "quote",
    "category",
    "kind__code",
    "action",
    "action_as_printed",
    "institution__code",
    "decision_reason",
    "on",
    "on_is_last_day",
    "term_from",
    "term_to",
    "new_name",
    "into__code",
)


@dataclass(frozen=True)
class LineFilter:
    """One question about lines: of which notice, about which institution, for which kind, known when."""

    known_at: datetime | None = None
    kind: Kind | None = None
    notice: Notice | None = None
    institution: Institution | None = None

    @classmethod
    def read(cls, given):
        """Return the filter that parameters give; raises BadParameter for what does not exist."""
        register = RegisterFilter.read(
            {name: given[name] for name in ("kind", "known_at") if name in given}
        )
        at = register.known_at
        notice = vocabulary.notice_of(given, at)
        return cls(at, register.kind, notice, vocabulary.institution_of(given, at))

    def rows(self):
        """Return the lines of the notices published by the instant asked."""
        # Asked of each line, so that a page is read in the lines' own order.
        published = Notice.objects.published(self.known_at).filter(pk=OuterRef("notice"))
        rows = NoticeLine.objects.filter(Exists(published))
        if self.notice is not None:
            rows = rows.filter(notice=self.notice)
        if self.institution is not None:
            rows = rows.filter(institution=self.institution)
        if self.kind is not None:
            rows = rows.filter(kind=self.kind)
        return rows.select_related("kind", "institution", "into").only(*_READ)


LINES = Resource(
    name="notice-lines",
    title="名单条目",
    description="已发布通知中的条目，照原文；个人号码已遮去。通知撤回或被更正后条目仍在，是否作数看通知。",
    columns=COLUMNS,
    parameters=(vocabulary.NOTICE, vocabulary.INSTITUTION, vocabulary.KIND, asking.KNOWN_AT),
    moment=("known_at",),
    read=LineFilter.read,
    rows=LineFilter.rows,
    key="id",
    key_path="id",
    key_pattern="[1-9][0-9]{0,17}",
    orderings={"id": "id"},
    modified=last_change,
)
