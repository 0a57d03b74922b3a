"""Numbers in Chinese and in digits: 一号线 is 1号线, 第十六 is 第16. Used for near matches alone.

Knows numbers up to 9,999 written with 十, 百 and 千, and digits in a row (二〇二〇).
"""

import re

_DIGITS = {"零": 0, "〇": 0, "两": 2, **{c: n for n, c in enumerate("一二三四五六七八九", 1)}}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = re.compile(f"[{''.join(_DIGITS)}{''.join(_UNITS)}]+")
_ARABIC = re.compile(r"(?<![0-9a-z])[1-9][0-9]{0,3}(?![0-9a-z])")


def value(numeral: str) -> int | None:
    """Return the number that a Chinese numeral writes, None when it is none (百千)."""
    if not any(character in _UNITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total, digit, smallest = 0, None, 10_000
    for character in numeral:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
            continue
        unit = _UNITS[character]
        if unit >= smallest or (digit is None and total) or digit == 0:
            return None
        total, digit, smallest = total + (digit or 1) * unit, None, unit
    return total + (digit or 0)


def written(number: int) -> str:
    """Return a number from 1 to 9,999 as one says it: 16 → 十六, 205 → 二百零五."""
    text, pending = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            one_ten = unit == 10 and digit == 1 and not text
            text += (
                ("零" if pending and text else "")
                + ("" if one_ten else "零一二三四五六七八九"[digit])
                + sign
            )
            pending = False
        elif text:
            pending = True
    return text


def variants(text: str) -> list[str]:
    """Return `text` with its Chinese numerals in digits, and with its digits in Chinese, where that differs."""
    in_digits = _CHINESE.sub(
        lambda match: match[0] if value(match[0]) is None else str(value(match[0])), text
    )
    in_chinese = _ARABIC.sub(lambda match: written(int(match[0])), text)
    return [variant for variant in (in_digits, in_chinese) if variant != text]
