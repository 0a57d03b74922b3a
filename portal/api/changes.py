"""The feed of changes for machines: every act that readers could see, in order, with what it opened and closed.

Knows that sequence order is commit order and has no gaps, so that `since` the last sequence one has loses
nothing. A page holds fewer changes when those are heavy, but at least one whole one.
"""

from dataclasses import dataclass
from itertools import accumulate

from portal.api import asking
from portal.api.conditions import last_change
from portal.api.effects import Effects, effects_of, weights_of
from portal.api.resources import Resource, register
from portal.models import Change
from portal.references import describe_many
from portal.tabular import Column

# Facts of one page: some megabytes of JSON.
HEAVIEST = 5000
HIGHEST = 10**15


@dataclass(frozen=True)
class ToldChange:
    """One change, what it was about as far as readers can still see it, and its effects."""

    change: Change
    title: str
    url: str
    effects: Effects


COLUMNS = (
    Column(
        "sequence",
        "序号",
        value="change.sequence",
        kind="integer",
        help="从 1 起，没有空号，次序就是发生的次序。",
        always=True,
        example=128,
    ),
    Column(
        "at",
        "时间",
        value="change.at",
        kind="instant",
        computed=True,
        always=True,
        example="2026-08-22T04:00:00.123456Z",
    ),
    Column(
        "act",
        "动作",
        value="change.act",
        choices=tuple(Change.Act.choices),
        always=True,
        example="publish",
    ),
    Column(
        "reference",
        "对象",
        value="change.reference",
        help="类型:代码，如 notice:7、institution:x1、article:12。",
        always=True,
        example="notice:7",
    ),
    Column(
        "title",
        "标题",
        help="对象现在的标题；读者现在看不到它时为空。",
        example="关于公布定点机构的通知",
    ),
    Column("url", "网页", help="对象的网页在本站的路径。", example="/institutions/notices/7/"),
    Column(
        "opened_count",
        "新增记录数",
        value=lambda row: len(row.effects.opened),
        kind="integer",
        always=True,
        example=0,
    ),
    Column(
        "closed_count",
        "停用记录数",
        value=lambda row: len(row.effects.closed),
        kind="integer",
        always=True,
        example=0,
    ),
    Column(
        "closed",
        "停用的记录",
        value="effects.closed",
        kind="records",
        computed=True,
        help="从此不再作数的记录：resource 为数据名，id 为编号。只在 json 中。",
    ),
    Column(
        "opened",
        "新增的记录",
        value="effects.opened",
        kind="records",
        computed=True,
        help="从此作数的记录：resource 为数据名，其余字段与该数据相同。只在 json 中。",
    ),
)


@dataclass(frozen=True)
class ChangeFilter:
    """One question to the feed: after which sequence."""

    since: int = 0

    @classmethod
    def read(cls, given):
        """Return the filter that parameters give."""
        return cls(int(given.get("since", 0)))

    def rows(self):
        """Return the changes asked for."""
        return Change.objects.since(self.since)


def _light(changes):
    """Return the first of these changes that together open and close no more than HEAVIEST facts."""
    sums = accumulate(_each(weights_of, changes))
    light = [change for change, total in zip(changes, sums, strict=True) if total <= HEAVIEST]
    return light or changes[:1]


def _told(changes, asked):
    targets = describe_many(change.reference for change in changes)
    for change, effects in zip(changes, _each(effects_of, changes), strict=True):
        target = targets.get(change.reference)
        title, url = (target.title, target.url) if target else ("", "")
        yield ToldChange(change, title, url, effects)


def _each(question, changes):
    """Return the answers of `question`, which takes changes oldest first, in the order of `changes`."""
    backwards = len(changes) > 1 and changes[0].sequence > changes[-1].sequence
    answers = question(changes[::-1] if backwards else changes)
    return answers[::-1] if backwards else answers


CHANGES = Resource(
    name="changes",
    title="变更",
    description="每一次发布、更新、更正、撤下，以及它使哪些记录作数、哪些不再作数。"
    "从头依次执行（先去掉 closed，再加上 opened），得到的就是现在作数的全部记录；"
    "之后用 since 只取新的。",
    columns=COLUMNS,
    parameters=(
        asking.number("since", "只要这个序号之后的；省略为从头开始。", 0, HIGHEST, example=0),
    ),
    read=ChangeFilter.read,
    rows=ChangeFilter.rows,
    key="sequence",
    key_path="sequence",
    key_pattern="[1-9][0-9]{0,14}",
    orderings={"sequence": "sequence"},
    cut=_light,
    finish=_told,
    modified=last_change,
)


def register_all():
    """Give the feed its addresses; called once when the app is ready."""
    register(CHANGES)
