"""Suspensions and doubts for machines: days on which a designation does not count as in force.

Derived beside the designations from the same lines, with the same two times; no column but `known_to` changes.
"""

from institutions.api import vocabulary
from institutions.api.facts import FactFilter
from institutions.models import Interruption
from institutions.register.periods import FINDINGS
from portal.api import KNOWN, Resource, Tracked, asking
from portal.api.conditions import last_change
from portal.tabular import Column

COLUMNS = (
    Column("id", "编号", kind="integer", always=True, example=5),
    Column("institution", "机构代码", value="institution.code", always=True, example="zzsrmyy"),
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
        "nature",
        "性质",
        choices=tuple(Interruption.Nature.choices),
        help="存疑：各条目合起来看，既不能答“是”也不能答“否”。",
        always=True,
        example="suspended",
    ),
    Column("reason", "情形", value=lambda row: FINDINGS.get(row.code, ""), help="为什么存疑。"),
    Column("valid_from", "起始日", kind="date", example="2021-03-01"),
    Column("valid_to", "截止日", kind="date", help="含当日；空为没有载明截止。"),
    Column(
        "notice",
        "依据的通知",
        value="line.notice_id",
        kind="integer",
        help="通知编号。",
        always=True,
        example=7,
    ),
    Column(
        "line",
        "依据的条目",
        value="line.number",
        kind="integer",
        help="在通知中的序号。",
        always=True,
        example=1,
    ),
    *KNOWN,
)


def _with_lines(rows):
    return rows.select_related("institution", "kind__scheme", "line").defer(
        "line__quote", "line__details"
    )


def _ever_public():
    return _with_lines(Interruption.objects.all())


INTERRUPTIONS = Resource(
    name="interruptions",
    title="中止和存疑",
    description="一家机构在一种类别下中止或存疑的日子；这些日子里它的定点记录不算有效。",
    columns=COLUMNS,
    parameters=(
        vocabulary.SCHEME,
        vocabulary.KIND,
        vocabulary.INSTITUTION,
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
    "interruptions", _ever_public, tuple(column for column in COLUMNS if column.key != "known_to")
)
