"""Corrections for machines: every act of putting right or taking back, with its reason, oldest first."""

from dataclasses import dataclass
from datetime import datetime

from portal import corrections
from portal.api import asking
from portal.api.resources import Resource, register
from portal.parameters import BadParameter, instant_of
from portal.tabular import Column

COLUMNS = (
    Column(
        "id",
        "编号",
        value="sequence",
        kind="integer",
        help="与变更（changes）中的序号相同。",
        always=True,
        example=128,
    ),
    Column(
        "at",
        "时间",
        kind="instant",
        computed=True,
        always=True,
        example="2026-08-22T04:00:00.123456Z",
    ),
    Column(
        "act",
        "动作",
        value="change.act",
        choices=corrections.ACTS,
        always=True,
        example="withdraw",
    ),
    Column("kind", "类型", value="kind.name", help="代码。", always=True, example="notice"),
    Column(
        "reference",
        "对象",
        value="change.reference",
        help="更正后的文件，或撤回的文件，写作“类型:代码”。",
        always=True,
        example="notice:7",
    ),
    Column("title", "标题", value="told.title", always=True, example="关于公布定点机构的通知"),
    Column(
        "url",
        "网页",
        value="told.url",
        help="对象的网页在本站的路径。",
        example="/institutions/notices/7/",
    ),
    Column("reason", "理由", value="told.reason", help="对外写明的理由。", example="误传"),
    Column(
        "replaces",
        "被取代的",
        value="told.replaces",
        help="被更正的文件，写作“类型:代码”；不是整份取代的没有。",
    ),
)


def _kinds():
    return [name for name, _ in corrections.kinds()]


@dataclass(frozen=True)
class CorrectionFilter:
    """One question about corrections: of which act, of which kind, known when."""

    act: str = ""
    kind: str = ""
    known_at: datetime | None = None

    @classmethod
    def read(cls, given):
        """Return the filter that parameters give; raises BadParameter for a kind that does not exist."""
        kind, known_at = given.get("kind", ""), given.get("known_at")
        if kind and kind not in _kinds():
            raise BadParameter("kind", "一种对象的代码", kind)
        at = instant_of("known_at", known_at) if known_at else None
        return cls(given.get("act", ""), kind, at)

    def rows(self):
        """Return the changes asked for."""
        return corrections.changes(act=self.act, kind=self.kind, known_at=self.known_at)


CORRECTIONS = Resource(
    name="corrections",
    title="更正",
    description="本站更正和撤回过什么、为什么，一行一次。只列读者现在看得到的对象；"
    "known_at 只决定列到哪一刻为止。稿件撤下不在其中，见变更。",
    columns=COLUMNS,
    parameters=(
        asking.choice("act", "只要这种动作：", corrections.ACTS),
        asking.coded_choice(
            "kind", "只要这一类对象的。", "一种对象的代码", _kinds, example="notice"
        ),
        asking.KNOWN_AT,
    ),
    moment=("known_at",),
    read=CorrectionFilter.read,
    rows=CorrectionFilter.rows,
    key="id",
    key_path="sequence",
    key_pattern="[1-9][0-9]{0,14}",
    orderings={"id": "sequence"},
    finish=lambda rows, asked: corrections.told(rows),
)


def register_all():
    """Give the corrections their addresses; called once when the app is ready."""
    register(CORRECTIONS)
