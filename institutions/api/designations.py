"""Designations for machines: one row a period, with both its times and the lines that state it.

No column ever changes but `known_to`, so that the feed of changes can be replayed to the same rows.
"""

from institutions.api import vocabulary
from institutions.api.facts import FactFilter
from institutions.models import Designation
from institutions.noticetext import privacy
from institutions.tables import BASES, ENDS
from portal.api import KNOWN, Resource, Tracked, asking
from portal.api.conditions import last_change
from portal.tabular import Column

COLUMNS = (
    Column("id", "编号", kind="integer", always=True, example=31),
    Column("institution", "机构代码", value="institution.code", always=True, example="zzsrmyy"),
    Column(
        "name_as_printed",
        "通知中的名称",
        value=lambda row: privacy.mask(row.opened_by.name),
        always=True,
        example="郑州市人民医院",
    ),
    Column(
        "scheme",
        "定点制度",
        value="kind.scheme.code",
        help="代码。",
        always=True,
        example="gongshang",
    ),
    Column("kind", "定点类别", value="kind.code", help="代码。", always=True, example="yiliao"),
    Column(
        "valid_from",
        "起始日",
        kind="date",
        help="空为没有载明，不是“一直有效”。",
        example="2020-09-01",
    ),
    Column("valid_to", "截止日", kind="date", help="含当日；空为没有载明截止。"),
    Column("basis", "起始日依据", choices=tuple(BASES.items()), always=True, example="notice"),
    Column("state", "终止方式", choices=tuple(ENDS.items()), always=True, example="open"),
    Column(
        "notice",
        "依据的通知",
        value="opened_by.notice_id",
        kind="integer",
        help="通知编号。",
        always=True,
        example=7,
    ),
    Column(
        "line",
        "依据的条目",
        value="opened_by.number",
        kind="integer",
        help="在通知中的序号。",
        always=True,
        example=1,
    ),
    Column(
        "closing_notice",
        "终止依据的通知",
        value="closed_by.notice_id",
        kind="integer",
        help="通知编号。",
    ),
    Column(
        "closing_line",
        "终止依据的条目",
        value="closed_by.number",
        kind="integer",
        help="在通知中的序号。",
    ),
    *KNOWN,
)


def _with_lines(rows):
    """Give the rows what the columns show, and no more: a list of all is long."""
    rows = rows.select_related("institution", "kind__scheme", "opened_by", "closed_by")
    own = ("valid_from", "valid_to", "basis", "state", "known_from", "known_to")
    printed = ("opened_by__notice_id", "opened_by__number", "opened_by__name")
    closing = ("closed_by__notice_id", "closed_by__number")
    return rows.only(
        *own, "institution__code", "kind__code", "kind__scheme__code", *printed, *closing
    )


def _ever_public():
    return _with_lines(Designation.objects.all())


DESIGNATIONS = Resource(
    name="designations",
    title="定点记录",
    description="一家机构在一种类别下的一段定点期间，由已发布通知的条目得出；计数单位是“家次”。"
    "给出 as_of 只列那一天不能排除的：含起始日未载明的和中止的。",
    columns=COLUMNS,
    parameters=(
        vocabulary.SCHEME,
        vocabulary.KIND,
        vocabulary.INSTITUTION,
        vocabulary.DISTRICT,
        vocabulary.LEVEL,
        vocabulary.NAME,
        asking.AS_OF,
        asking.KNOWN_AT,
        asking.HISTORY,
    ),
    moment=("known_at", "history"),
    read=FactFilter.read,
    rows=lambda asked: asked.among(_ever_public()),
    key="id",
    key_path="id",
    key_pattern="[1-9][0-9]{0,17}",
    orderings={"id": "id", "known_from": "known_from"},
    modified=last_change,
)

TRACKED = Tracked(
    "designations", _ever_public, tuple(column for column in COLUMNS if column.key != "known_to")
)
