"""What a line prints about an institution that is new: its district, grade, address and codes.

Knows how printed words become the fields of `Institution`. What is doubtful (an unsound credit code, a
mobile number) is left out: it stays readable in the line.
"""

from django.core.exceptions import ValidationError

from institutions.creditcodes import tidy_credit_code, validate_credit_code
from institutions.models.institutions import Level, Ownership
from institutions.noticetext import privacy
from portal.models import Place
from portal.names import fold

_LEVELS = {fold(label): value for value, label in Level.choices} | {
    fold(short): value
    for short, value in (
        ("三甲", Level.THIRD_A),
        ("三乙", Level.THIRD_B),
        ("三丙", Level.THIRD_C),
        ("二甲", Level.SECOND_A),
        ("二乙", Level.SECOND_B),
        ("二丙", Level.SECOND_C),
        ("一甲", Level.FIRST_A),
        ("一乙", Level.FIRST_B),
        ("未评级", Level.NONE),
        ("无等级", Level.NONE),
    )
}
_OWNERSHIPS = {
    "公立": Ownership.PUBLIC,
    "政府办": Ownership.PUBLIC,
    "民营": Ownership.PRIVATE,
    "社会办": Ownership.PRIVATE,
    "私立": Ownership.PRIVATE,
    "军队": Ownership.MILITARY,
}


def level_of(printed):
    """Return the level that these words name (三级甲等, 三甲), '' when they name none."""
    return _LEVELS.get(fold(printed or ""), "")


def ownership_of(printed):
    """Return the ownership that these words name, '' when they name none."""
    return _OWNERSHIPS.get(fold(printed or ""), "")


def place_of(printed, area, known):
    """Return the place inside `area` that a printed district names; None when none or several do.

    `known` is a dict that the caller keeps between calls: each district is asked for once.
    """
    if not printed or area is None:
        return None
    key = (area.pk, fold(printed))
    if key not in known:
        inside = Place.objects.named(printed).filter(parent=area)
        found = list(inside[:2])
        known[key] = found[0] if len(found) == 1 else None
    return known[key]


def institution_fields(lines, notice, places):
    """Return the fields of the new institution that these lines of one notice, all of one name, describe.

    The first line that prints something is believed. Without a district the notice's area is its place.
    """
    told = {}
    for line in lines:
        for key, value in line.details.items():
            told.setdefault(key, value)
    place = place_of(told.get("district"), notice.area, places) or notice.area
    return {
        "place": place,
        "level": level_of(told.get("grade")),
        "ownership": ownership_of(told.get("ownership")),
        "credit_code": _sound_credit_code(told.get("code")),
        "address": _public(told.get("address"), 200),
        "phone": _public(told.get("phone"), 60),
    }


def _sound_credit_code(printed):
    code = tidy_credit_code(printed or "")
    try:
        validate_credit_code(code)
    except ValidationError:
        return ""
    return code


def _public(words, longest):
    words = (words or "").strip()
    return "" if len(words) > longest or privacy.spans(words) else words
