"""What a reader asks of the register with an address: which institution, which kind, which day, known when.

The check page, its receipt and the API read their addresses here, so that one question has one address.
Hides the defaults and the limits of each parameter.
"""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from institutions.finding import LONGEST
from institutions.models import Kind
from institutions.models.notices import FIRST_DAY, LAST_DAY
from institutions.receipts import check_code, stamp
from portal.parameters import BadParameter, day_of, instant_of

CHECK, RECEIPT = "institution_check", "institution_receipt"
PARAMETERS = ("institution", "kind", "on", "known_at")
RECEIPT_PARAMETERS = (*PARAMETERS, "code")
_WANTED = {
    "institution": "机构代码",
    "kind": "类别代码",
    "on": "日期",
    "known_at": "查询时点",
    "code": "校验码",
}
# No portal stated anything earlier, and no time zone leads out of the calendar from here.
_EARLIEST_KNOWN = 1970


@dataclass(frozen=True)
class Question:
    """One question: `institution` as typed, `known_at` None for what is known now; `kind` can be missing."""

    institution: str
    kind: Kind | None
    on: date
    known_at: datetime | None


def kinds_offered():
    """Return all kinds with their schemes, in the order of the desk; one query."""
    return list(Kind.objects.select_related("scheme"))


def question_of(parameters, kinds):
    """Return the Question of an address's parameters (a QueryDict); `kinds` are those that exist.

    Raises BadParameter for a value that cannot be understood; what is empty is as if it were not there.
    """
    given = {name: _single(parameters, name) for name in PARAMETERS}
    if len(given["institution"]) > LONGEST:
        raise BadParameter(
            "institution", f"不超过 {LONGEST} 个字的名称或代码", given["institution"]
        )
    kind = next((kind for kind in kinds if kind.code == given["kind"]), None)
    if given["kind"] and kind is None:
        raise BadParameter("kind", "已有定点类别的代码", given["kind"])
    return Question(
        given["institution"],
        kind,
        _day(given["on"]) if given["on"] else timezone.localdate(),
        _instant(given["known_at"]) if given["known_at"] else None,
    )


def receipt_question_of(parameters):
    """Return ((institution, kind, on, known_at), check code) of a receipt's address: codes, a date, an instant.

    Nothing may be missing. Raises BadParameter; whether the codes exist is not asked here.
    """
    given = {name: _single(parameters, name) for name in RECEIPT_PARAMETERS}
    for name, wanted in _WANTED.items():
        if not given[name]:
            raise BadParameter(name, f"回执上的{wanted}", "")
    asked = (given["institution"], given["kind"], _day(given["on"]), _instant(given["known_at"]))
    return asked, given["code"]


def _single(parameters, name):
    values = parameters.getlist(name)
    if len(values) > 1:
        raise BadParameter(name, "一个值，不能重复", "”“".join(values))
    return values[0].strip() if values else ""


def _day(given):
    day = day_of("on", given)
    if not FIRST_DAY <= day.isoformat() <= LAST_DAY:
        raise BadParameter("on", f" {FIRST_DAY} 至 {LAST_DAY} 之间的日期", given)
    return day


def _instant(given):
    known_at = instant_of("known_at", given)
    if known_at.year < _EARLIEST_KNOWN:
        raise BadParameter("known_at", f" {_EARLIEST_KNOWN} 年以来的时刻", given)
    return known_at


def address(name, institution, kind, on, known_at=None, **more):
    """Return the address of the view `name` for this question (codes, a date, an instant or None)."""
    asked = {"institution": institution, "kind": kind, "on": on.isoformat()}
    if known_at is not None:
        asked["known_at"] = stamp(known_at)
    return f"{reverse(name)}?{urlencode(asked | more)}"


def receipt_address(checked):
    """Return the address of the receipt of a Checked answer, with its check code."""
    asked = (checked.institution.code, checked.kind.code, checked.on, checked.known_at)
    return address(RECEIPT, *asked, code=check_code(*asked))
