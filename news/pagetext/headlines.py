"""Lines that can be headings, and the three parts of a headline.

Knows what a heading without markup looks like, how 引题, 主题 and 副题 stand as lines of their own, and when a glued headline
can be offered in parts. It hides the lengths by which it judges; it offers, the editor decides.
"""

import re
from dataclasses import dataclass

_ENDS_NO_HEADING = "。；：，、,;:….．"
_HAS_WORDS = re.compile(r"[一-鿿A-Za-z]")
_QUOTED_SPEECH = re.compile(r"[“\"「].*[！？。!?][”\"」]")
_ITEM = re.compile(r"[●◆■•·*\-]|[（(]?\d{1,3}[)）.．、]")
_LABEL = re.compile(r"[^：:]{1,8}[：:]\s?\d|图[一二三四五六七八九十\d]{0,2}[为：:]")
_SHORTEST, _LONGEST = 4, 40
_PART_SHORTEST, _PART_FULL = 6, 11


@dataclass(frozen=True)
class HeadlineParts:
    """引题, 主题 and 副题 of one headline; absent parts are empty."""

    kicker: str
    headline: str
    deck: str


def is_heading_like(text: str) -> bool:
    """A line without markup that can be a heading: short, no sentence, no item of a list, no speech."""
    if not _SHORTEST <= len(text) <= _LONGEST or "\t" in text or "。" in text:
        return False
    if text[-1] in _ENDS_NO_HEADING or not _HAS_WORDS.search(text):
        return False
    return not (_QUOTED_SPEECH.fullmatch(text) or _ITEM.match(text) or _LABEL.match(text))


def arranged(lines: list[str]) -> HeadlineParts | None:
    """Two or three lines at the head of a story as the parts of its headline; None for any other number.

    Three lines are 引题, 主题, 副题. Of two, the shorter is the 主题, and equal ones are 主题 and 副题.
    """
    if len(lines) == 3:
        return HeadlineParts(*lines)
    if len(lines) != 2:
        return None
    first, second = lines
    if len(first) > len(second) and not second.startswith(("—", "-")):
        return HeadlineParts(first, second, "")
    return HeadlineParts("", first, second)


def offered_split(headline: str) -> HeadlineParts | None:
    """A glued headline in its parts, where spaces divide it into two or three phrases; else None.

    When all pieces are short (新增18家 定点 机构), they are lines that the layout broke: no split is offered.
    """
    lengths = [len(piece) for piece in headline.split()]
    if min(lengths) < _PART_SHORTEST or max(lengths) < _PART_FULL:
        return None
    return arranged(headline.split())
