"""Institutions for machines: each under its code, with the name that it bore on the day asked."""

from dataclasses import replace

from django.db.models import Prefetch

from institutions import tables
from institutions.api import vocabulary
from institutions.filters import RegisterFilter
from institutions.models import InstitutionName
from portal.api import Resource, asking
from portal.tabular import Column

_OF_THE_TABLE = {column.key: column for column in tables.COLUMNS}


def _shared(key, help="", **more):
    """Return the register table's column of an institution, as this resource has it."""
    column = _OF_THE_TABLE[key]
    value = column.value.removeprefix("institution.")
    return replace(column, value=value, help=help, required=False, **more)


COLUMNS = (
    _shared("code", "永不改变。", always=True, example="zzsrmyy"),
    _shared("name", "现用名称。", always=True, example="郑州市人民医院"),
    Column(
        "name_on",
        "当日名称",
        help="as_of 那一天的正式名称。",
        always=True,
        example="郑州市人民医院",
    ),
    replace(
        _shared("aliases", "别名。"),
        value=lambda row: sorted(one.name for one in row.alias_rows),
        kind="texts",
        computed=True,
        example=["郑州人民医院"],
    ),
    _shared("credit_code", "18 位。", example=None),
    _shared("level", example="3a"),
    _shared("ownership", example="public"),
    _shared("place_code", "地方的代码。", example="410102"),
    _shared("place", example="中原区"),
    _shared("address"),
    _shared("phone", "对外公布的电话。"),
    _shared("longitude", "度。", example=113.63),
    _shared("latitude", "度。", example=34.75),
    _shared("datum", example="wgs84"),
    Column(
        "url",
        "网页",
        value=lambda row: row.get_absolute_url(),
        help="网页在本站的路径。",
        always=True,
        example="/institutions/zzsrmyy/",
    ),
)


def _listed(asked):
    by_day = asked.scheme or asked.kind or asked.on
    return _told(asked.listed() if by_day else asked.public(), asked)


def _any(asked):
    return _told(asked.public(), asked)


def _told(rows, asked):
    names = InstitutionName.objects.known(asked.known_at).filter(kind=InstitutionName.Kind.ALIAS)
    aliases = Prefetch("names", names.filter(line=None), to_attr="alias_rows")
    return rows.named(asked.day, asked.known_at).select_related("place").prefetch_related(aliases)


INSTITUTIONS = Resource(
    name="institutions",
    title="机构",
    description="已发布的通知提到过的机构。给出 scheme、kind、as_of 中任何一项，"
    "就只列那一天在名单上的（省略 as_of 为今天），含起始日未载明的和中止的；都不给则全部列出。"
    "名称随 as_of 和 known_at，等级、地址、电话等只有现在的。"
    "某一天有没有资格，请用 institutions/check/ 查：不在名单上不等于“否”。",
    columns=COLUMNS,
    parameters=(
        vocabulary.SCHEME,
        vocabulary.KIND,
        vocabulary.DISTRICT,
        vocabulary.LEVEL,
        vocabulary.NAME,
        asking.AS_OF,
        asking.KNOWN_AT,
    ),
    moment=("as_of", "known_at"),
    read=RegisterFilter.read,
    rows=_listed,
    one=_any,
    orderings={"code": "code", "name": "pinyin"},
)
