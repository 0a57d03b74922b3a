"""Text in one width, character for character, so that a place in it is the same place in the original.

Knows which characters the patterns of this package may rely on: full-width Chinese punctuation, half-width digits and
letters, plain spaces. It hides the widths and brackets that typists use.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_FULL = "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ．－＋／｜％＃＊"
_HALF = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-+/|%#*"
_ODD = "(){}:,;?!﹐﹑﹔﹕﹙﹚｡､﹒•∶—–－\u00a0\u3000\u2002\u2003\u2009\ufeff\u200b\x0b\x0c\x85〇│┃┆"
_EVEN = "（）（）：，；？！，、；：（）。、··：---     " + "  " + "\n\n\n" + "零|||"
_TABLE = str.maketrans(_FULL + _ODD, _HALF + _EVEN)

BRACKETS = {
    "（": "）",
    "《": "》",
    "“": "”",
    "【": "】",
    "[": "]",
    "〔": "〕",
    "〈": "〉",
    "「": "」",
}
_BOUND = 400
_DEEPEST = 4


def fold(text: str) -> str:
    """The text with punctuation full-width and digits and letters half-width; the length never changes."""
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the spaces around it: its place in the text and its folded words."""

    start: int
    end: int
    text: str


_MARKS = re.compile(
    r"[ \t]*(?:#{1,6}[ \t]+|[>*·※√\u2190-\u21ff\u25a0-\u2775\u2794-\u27bf\U0001f300-\U0001faff]+\ufe0f?[ \t]*|"
    r"-{1,2}[ \t]*(?=[一-龥“（]))?"
)


def lines_of(folded: str) -> list[Line]:
    """The lines that hold something, without marks of headings and bullets in front."""
    lines = []
    start = 0
    for raw in folded.split("\n"):
        end = start + len(raw.rstrip())
        begin = start + min(_MARKS.match(raw).end(), len(raw.rstrip()))
        if begin < end:
            lines.append(Line(begin, end, folded[begin:end]))
        start += len(raw) + 1
    return lines


def split_top(
    text: str, separators: str, start: int = 0, end: int | None = None
) -> list[tuple[int, int]]:
    """The spans between separators that stand in no bracket. A bracket without its end opens nothing."""
    return list(pieces_top(text, separators, start, len(text) if end is None else end))


def pieces_top(
    text: str, separators: str, start: int, end: int, longest: int | None = None
) -> Iterator[tuple[int, int]]:
    """The same, one after the other, so that a caller that has seen enough does not pay for the rest.

    With `longest` a piece that has no separator within so many characters is the last one.
    """
    begin = resume = start
    stops = _stops(separators)
    while match := stops.search(text, resume, min(end, begin + longest) if longest else end):
        place = match.start()
        if match[0] in separators:
            yield begin, place
            begin = resume = place + 1
        else:
            resume = min(max(closing(text, place), place + 1), end)
    yield begin, end


@cache
def _stops(separators: str) -> re.Pattern:
    return re.compile("[" + re.escape(separators + "".join(BRACKETS)) + "]")


def closing(text: str, place: int) -> int:
    """Where the bracket that opens at `place` ends (after it), on its line, within 400 characters and four levels;
    `place` when it does not."""
    opening, close, depth = text[place], BRACKETS[text[place]], 0
    if text.startswith(opening * (_DEEPEST + 1), place):
        return place
    for there in range(place, min(len(text), place + _BOUND)):
        if text[there] == opening:
            depth += 1
            if depth > _DEEPEST:
                break
        elif text[there] == close:
            depth -= 1
            if depth == 0:
                return there + 1
        elif text[there] == "\n":
            break
    return place


def trailing_brackets(text: str) -> list[tuple[int, int]]:
    """The spans of the round bracket groups at the end of the text, from left to right."""
    groups = []
    end = len(text)
    while end and text[end - 1] == "）":
        depth, begin = 0, end
        for there in range(end - 1, max(-1, end - _BOUND), -1):
            depth += (text[there] == "）") - (text[there] == "（")
            if depth == 0:
                begin = there
                break
        if begin == end:
            break
        groups.append((begin, end))
        end = len(text[:begin].rstrip())
    return groups[::-1]


def stripped(text: str, start: int, end: int, also: str = "") -> tuple[int, int]:
    """The span without white space (and the characters of `also`) at its two ends."""
    while start < end and (text[start].isspace() or text[start] in also):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return start, end


_CHINESE = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def number_of(word: str) -> int:
    """A number in Arabic or Chinese digits below ten thousand: 32, 三十二, 两百零五, 二零二一."""
    if word.isdigit():
        return int(word)
    if not any(character in _UNITS for character in word):
        return int("".join(str(_CHINESE[character]) for character in word))
    total = digit = 0
    for character in word:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _CHINESE[character]
    return total + digit
