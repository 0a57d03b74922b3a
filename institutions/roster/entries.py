"""One row of a roster, read against what the register holds: which institution, which facts, which period.

Knows when a row is wrong and says so by row and column. A name that is only similar to a known one is
never linked: the row asks for a code, or for the word 新. Hides the spelling of places and kinds.
"""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from institutions.creditcodes import tidy_credit_code, validate_credit_code
from institutions.models import Institution, Kind
from institutions.models.notices import FIRST_DAY, LAST_DAY
from institutions.noticetext import privacy
from institutions.tables import BETWEEN
from portal.names import fold
from portal.tabular import Problem

NEW = "新"
_FACTS = ("level", "ownership", "address", "phone", "longitude", "latitude", "datum")
_EARLIEST, _LATEST = date.fromisoformat(FIRST_DAY), date.fromisoformat(LAST_DAY)


@dataclass
class Entry:
    """One sound row. `institution` is None for one that the import makes; equal `key`s mean one institution."""

    row: int
    name: str
    key: tuple
    institution: Institution | None
    facts: dict
    aliases: tuple[str, ...]
    kind: Kind | None
    valid_from: date | None
    valid_to: date | None
    words: str
    problems: list[Problem] = field(default_factory=list)


def read_entry(row, held):
    """Return the Entry of a TableRow; its `problems` say what is wrong with it."""
    told = row.values
    entry = Entry(
        row=row.number,
        name=told["name"].strip(),
        key=(),
        institution=None,
        facts={},
        aliases=tuple(
            word.strip() for word in told.get("aliases", "").split(BETWEEN) if word.strip()
        ),
        kind=None,
        valid_from=told.get("valid_from"),
        valid_to=told.get("valid_to"),
        words="\t".join(str(value) for value in told.values() if value not in ("", None)),
    )
    _read_facts(entry, told, held)
    _read_period(entry, told, held)
    _find_institution(entry, told, held)
    return entry


def _refuse(entry, column, message):
    entry.problems.append(Problem(entry.row, column, message))


def _read_facts(entry, told, held):
    entry.facts = {name: told[name] for name in _FACTS if told.get(name) not in ("", None)}
    for name, column in (("phone", "电话"), ("address", "地址")):
        if privacy.spans(str(entry.facts.get(name, ""))):
            _refuse(entry, column, "像是个人手机号或身份证号，不能公开，请改用对外公布的电话。")
    code = tidy_credit_code(told.get("credit_code", ""))
    if code:
        try:
            validate_credit_code(code)
        except ValidationError as error:
            _refuse(entry, "统一社会信用代码", error.messages[0])
        entry.facts["credit_code"] = code
    if len({name in entry.facts for name in ("longitude", "latitude", "datum")}) > 1:
        _refuse(entry, "坐标系", "经度、纬度和坐标系须一起填写。")
    elif "longitude" in entry.facts and not (
        abs(entry.facts["longitude"]) <= 180 and abs(entry.facts["latitude"]) <= 90
    ):
        _refuse(entry, "经度", "经度须在 -180 到 180 之间，纬度须在 -90 到 90 之间。")
    _read_place(entry, told, held)


def _read_place(entry, told, held):
    column = "所在地代码" if told.get("place_code") else "所在地"
    words = told.get("place_code") or told.get("place") or ""
    if not words:
        return
    found = held.places(words)
    if len(found) == 1:
        entry.facts["place"] = found[0]
    elif not found:
        _refuse(entry, column, f"在{held.area}之内没有“{words}”。")
    else:
        codes = "、".join(place.code for place in found)
        _refuse(entry, column, f"“{words}”不止一个，请填所在地代码：{codes}。")


def _read_period(entry, told, held):
    words = told.get("kind") or told.get("kind_name") or ""
    if words:
        entry.kind = held.kind(words)
        if entry.kind is None:
            column = "类别代码" if told.get("kind") else "定点类别"
            _refuse(entry, column, f"所选的制度中没有“{words}”这一类别。")
    elif entry.valid_from or entry.valid_to:
        _refuse(entry, "定点类别", "有起止日而没有类别。")
    for day, column in ((entry.valid_from, "起始日"), (entry.valid_to, "截止日")):
        if day is not None and not _EARLIEST <= day <= _LATEST:
            _refuse(entry, column, "须在 1949 年 10 月 1 日到 2100 年底之间，请检查年份。")
    if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
        _refuse(entry, "截止日", "截止日不能早于起始日。")


def _find_institution(entry, told, held):
    code = told.get("code", "").strip()
    if code and code != NEW:
        entry.institution = held.by_code.get(code)
        if entry.institution is None:
            _refuse(entry, "机构代码", f"没有代码为“{code}”的机构；新机构请留空。")
        elif not held.bears(entry.institution, entry.name):
            words = f"{code} 登记的名称是“{entry.institution.name}”。更名请发布更名通知。"
            _refuse(entry, "名称", words)
    elif code != NEW:
        _match(entry, held)
    place = entry.facts.get("place")
    entry.key = (
        ("known", entry.institution.pk)
        if entry.institution
        else ("new", fold(entry.name), entry.facts.get("credit_code") or (place and place.pk))
    )


def _match(entry, held):
    place = entry.facts.get("place")
    found = held.matcher.match(
        entry.name,
        resolved=None,
        city=held.city or None,
        district=place.name if place else None,
        credit_code=entry.facts.get("credit_code"),
        aliases=entry.aliases,
    )
    if found.linked is not None:
        entry.institution = held.by_code[found.linked.institution]
    elif found.candidates:
        near = found.candidates[0]
        _refuse(
            entry,
            "名称",
            f"与已有机构“{near.name}”（{near.institution}）相近：{near.reason}。"
            f"是同一家请填机构代码，确是另一家请在机构代码栏写“{NEW}”。",
        )
