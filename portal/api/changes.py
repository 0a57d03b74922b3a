"""The feed of changes for machines: every act that readers could see, in order, with what it opened and closed.

Knows that sequence order is commit order and has no gaps, so that `since` the last sequence one has loses
nothing. A page holds fewer changes when those are heavy, but at least one. The facts of a change with more than
HEAVIEST of them are not in its row: they are on pages of their own (`portal.api.changefacts`). What is not
asked for (`fields=`, and any file) is not read. It tells no Last-Modified: a title goes with what readers can
still see, and a restriction stands in no log.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from django.urls import reverse

from portal.api import asking
from portal.api.effects import Effects, Weight, effects_of, weights_of
from portal.api.resources import Resource, register
from portal.models import Change
from portal.references import describe_many
from portal.tabular import Column

# Facts of one page: some megabytes of JSON.
HEAVIEST = 5000
HIGHEST = 10**15


@dataclass(frozen=True)
class ToldChange:
    """One change, what it was about as far as readers can still see it, and its effects; None when too heavy."""

    change: Change
    title: str
    url: str
    weight: Weight
    batch: "_Batch"

    @property
    def effects(self) -> Effects | None:
        """What it opened and closed."""
        return self.batch.effects[self.change.sequence] if _is_light(self.weight) else None

    @property
    def facts(self):
        """The address of its facts, page by page."""
        return f"{reverse('api_changes')}{self.change.sequence}/facts/"


class _Batch:
    """The light ones of consecutive changes: their effects, read together when the first is asked for."""

    def __init__(self, changes):
        self.changes = changes

    @cached_property
    def effects(self):
        """The Effects of each change, by its sequence."""
        return {
            change.sequence: effects
            for change, effects in zip(self.changes, _each(effects_of, self.changes), strict=True)
        }


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
        value="weight.opened",
        kind="integer",
        always=True,
        example=0,
    ),
    Column(
        "closed_count",
        "停用记录数",
        value="weight.closed",
        kind="integer",
        always=True,
        example=0,
    ),
    Column(
        "facts",
        "逐条取用",
        help="这次变更停用和新增的记录，逐页列出；地址在本站的路径。",
        always=True,
        example="/api/v1/changes/128/facts/",
    ),
    Column(
        "closed",
        "停用的记录",
        value="effects.closed",
        kind="records",
        computed=True,
        help="从此不再作数的记录：resource 为数据名，id 为编号。只在 json 中；"
        f"与新增的合计超过 {HEAVIEST} 条时为 null，改从 facts 取。",
    ),
    Column(
        "opened",
        "新增的记录",
        value="effects.opened",
        kind="records",
        computed=True,
        help="从此作数的记录：resource 为数据名，其余字段与该数据相同，只少 known_to。只在 json 中；"
        f"与停用的合计超过 {HEAVIEST} 条时为 null，改从 facts 取。",
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


def _is_light(weight):
    return weight.total <= HEAVIEST


def _light(changes):
    """Return the first of these changes that together open and close no more than HEAVIEST facts."""
    sums = accumulate(weight.total for weight in _weights(changes))
    light = [change for change, total in zip(changes, sums, strict=True) if total <= HEAVIEST]
    return light or changes[:1]


def _told(changes, asked):
    """Yield the changes as they are told; consecutive ones, which are light together or one alone."""
    targets = describe_many(change.reference for change in changes)
    batch = _Batch(changes)
    for change, weight in zip(changes, _weights(changes), strict=True):
        target = targets.get(change.reference)
        title, url = (target.title, target.url) if target else ("", "")
        yield ToldChange(change, title, url, weight, batch)


def _weights(changes):
    """Return the Weight of each change; each change is weighed once."""
    if not all(hasattr(change, "weight") for change in changes):
        for change, weight in zip(changes, _each(weights_of, changes), strict=True):
            change.weight = weight
    return [change.weight for change in changes]


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
    f"之后用 since 只取新的。一次变更的记录超过 {HEAVIEST} 条时，closed 和 opened 为 null，"
    "其记录逐页列在 facts 所指的地址，次序也是先停用、后新增。",
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
)


def register_all():
    """Give the feed its addresses; called once when the app is ready."""
    register(CHANGES)
