"""Numbers of private persons in a notice: mobile phones and identity cards.

Knows their shapes, however a typist spaces them, and which numbers only look like them. It hides the widths. A warning names
the place and never the number; what is masked keeps its length, so that every span stays where it was.
"""

import re
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric, uscc

from institutions.noticetext.folding import fold
from institutions.noticetext.notice import ReadingWarning

_ALONE = r"(?:(?<![\dA-Za-z])|(?<=[Tt][Ee][Ll]))"
_MOBILE = re.compile(rf"{_ALONE}(?:(?:\+|00)?86[ -]{{0,2}})?(1[3-9]\d(?:[ -]{{0,2}}\d){{8}})(?!\d)")
_IDENTITY = re.compile(r"(?<![\dA-Za-z])([1-9](?:[ -]{0,2}\d){16}[ -]{0,2}[\dXx])(?![\dA-Za-z])")
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_MANY_DIGITS = re.compile(r"\d(?:\D{0,2}\d){10}")
_SHORTEST_GROUP = 3


@dataclass(frozen=True, slots=True)
class PrivateNumber:
    """One number: `mobile_number` or `identity_number`, where it stands, how many digits at its ends may be shown."""

    code: str
    start: int
    end: int
    head: int
    tail: int


def private_numbers(text: str) -> list[PrivateNumber]:
    """The numbers in their order; none overlaps another.

    A mobile is eleven digits in groups of three or more. An identity number (GB 11643) has a province, a day of birth and
    eighteen characters; one that is a sound credit code (GB 32100) and no sound identity number is none. Landlines,
    document numbers and the codes of institutions, which begin with a letter, are left alone.
    """
    if not _MANY_DIGITS.search(text):
        return []
    folded = fold(text)
    found = [
        PrivateNumber("identity_number", *match.span(1), head=3, tail=2)
        for match in _IDENTITY.finditer(folded)
        if _is_identity(re.sub("[ -]", "", match[1]))
    ]
    taken = {place for one in found for place in range(one.start, one.end)}
    found += [
        PrivateNumber("mobile_number", *match.span(1), head=3, tail=4)
        for match in _MOBILE.finditer(folded)
        if match.start(1) not in taken and _is_grouped(match[1])
    ]
    return sorted(found, key=lambda one: one.start)


def spans(text: str) -> list[tuple[int, int]]:
    """Where the private numbers of the text stand."""
    return [(one.start, one.end) for one in private_numbers(text)]


def mask(text: str) -> str:
    """The text with the middle of each private number as asterisks; its length never changes."""
    characters = list(text)
    for one in private_numbers(text):
        digits = [at for at in range(one.start, one.end) if not _is_gap(characters[at])]
        for place in digits[one.head : len(digits) - one.tail]:
            characters[place] = "*"
    return "".join(characters)


def warnings_of(text: str) -> list[ReadingWarning]:
    """A warning for each private number, without the number."""
    kinds = {"mobile_number": "手机号码", "identity_number": "身份证号码"}
    return [
        ReadingWarning(
            one.code, f"文中有{kinds[one.code]}，属个人信息，不公开。", one.start, one.end
        )
        for one in private_numbers(text)
    ]


def _is_gap(character: str) -> bool:
    return fold(character) in " -"


def _is_grouped(printed: str) -> bool:
    """Whether no digit stands alone, as the days of a date and the numbers of a table's rows do."""
    return all(len(group) >= _SHORTEST_GROUP for group in re.split("[ -]+", printed))


def _is_identity(digits: str) -> bool:
    if not _PROVINCE.match(digits) or digits[6:8] not in ("19", "20"):
        return False
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    sound = ric.calc_check_digit(digits) == digits[-1].upper()
    return sound or not uscc.is_valid(digits)
