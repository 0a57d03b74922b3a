"""One cell: what its text says as a date or a number, how it is written, and what would make it a formula.

Pure. The rule for formulas follows OWASP's page on CSV injection: a spreadsheet may compute a cell that
begins with one of these signs, whatever the file's author meant. A text that begins so is written with an
apostrophe before it, and reading takes that one apostrophe away again.
"""

import datetime
import re
import unicodedata
from decimal import Decimal, InvalidOperation

_STARTS = r"=+\-@\t\r\n＝＋－＠"
_TO_PROTECT = re.compile(rf"'*[{_STARTS}]")
_PROTECTED = re.compile(rf"'+[{_STARTS}]")
_FORMULA = re.compile(r"=[^=\s]")

_DATE = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日")
_MIDNIGHT = re.compile(r"[ T]0?0:00(:00)?$")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_LONGEST_NUMBER = 40


def column_letter(index: int) -> str:
    """Return the letters over the column of that index, counted from 0: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the index of the column under those letters, counted from 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def csv_safe(value):
    """Return a CSV cell that no spreadsheet computes: texts are protected, numbers stay numbers."""
    if isinstance(value, str) and _TO_PROTECT.match(value):
        return f"'{value}"
    return value


def unprotected(text: str) -> str:
    """Return the text that `csv_safe` was given."""
    return text[1:] if _PROTECTED.match(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute the text of this CSV cell where it stands without protection."""
    return bool(_FORMULA.match(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()


def as_date(text: str) -> datetime.date:
    """Return the day that a cell names: 2020-08-19, 2020/8/19, 2020.8.19 or 2020年8月19日.

    Raises ValueError, in Chinese, for anything else, a day that does not exist, or a time of day.
    """
    plain = _MIDNIGHT.sub("", _plain(text))
    found = _DATE.fullmatch(plain)
    if not found:
        raise ValueError(f"“{shown(text)}”不是日期，应写成 2020-08-19。")
    year, month, day = found.group(1, 3, 4) if found[1] else found.group(5, 6, 7)
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValueError(f"没有“{shown(text)}”这一天。") from error


def as_decimal(text: str) -> Decimal:
    """Return the number that a cell states, grouping commas allowed; ValueError, in Chinese, for none."""
    plain = _plain(text)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _NUMBER.fullmatch(plain) or len(plain) > _LONGEST_NUMBER:
        raise ValueError(f"“{shown(text)}”不是数字。")
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(f"“{shown(text)}”不是数字。") from error


def as_integer(text: str) -> int:
    """Return the whole number that a cell states; ValueError, in Chinese, for anything else."""
    number = as_decimal(text)
    if number != number.to_integral_value():
        raise ValueError(f"“{shown(text)}”不是整数。")
    return int(number)


def shown(text: str, longest: int = 30) -> str:
    """Return a cell's text on one line, short enough for a message."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}…"
