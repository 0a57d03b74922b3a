"""Several names on one line of a list: between 、 or wide spaces, or each behind its own number.

Knows when such a line is a string of names and nothing else. It hides the signs between them and the 和 before the last.
"""

import re

from institutions.noticetext.enumerations import split_joined
from institutions.noticetext.folding import Line, split_top
from institutions.noticetext.items import NUMBERING
from institutions.noticetext.names import could_be_name, is_name

_MARK = re.compile(
    r"(?:^|(?<=[ \t；，、。]))(?:（(\d{1,3})）[、.]?|(\d{1,3})(?:[.、）](?!\d)|：)|([①-⑳]))[ \t]*"
)
_AFTER_NAME = re.compile(r"[，。；：\t]| {1,}")
_LONGEST_ITEM, _LONGEST_LINE = 600, 20_000


def numbered_items(line: Line) -> list[Line]:
    """The items of a line with several numbers that follow each other (1、甲医院　2、乙医院); [] for other lines."""
    marked = _MARK.match(line.text) and len(line.text) < _LONGEST_LINE
    marks = list(_MARK.finditer(line.text)) if marked else []
    if len(marks) < 2:
        return []
    first = _number(marks[0])
    kept = []
    for mark in marks:
        if _number(mark) == first + len(kept):
            kept.append(mark)
    if len(kept) < 2:
        return []
    ends = [mark.start() for mark in kept[1:]] + [len(line.text)]
    if not all(
        is_name(_AFTER_NAME.split(line.text[mark.end() : end], maxsplit=1)[0].strip("、"))
        for mark, end in zip(kept, ends, strict=True)
    ):
        return []
    return [
        Line(line.start + mark.start(), line.start + end, line.text[mark.start() : end])
        for mark, end in zip(kept, ends, strict=True)
    ]


def opens_with_name(words: str) -> bool:
    """Whether a numbered item says a name first and then whole sentences about it (1.甲药店。查实……解除协议。)."""
    mark = NUMBERING.match(words)
    if not mark or len(words) > _LONGEST_ITEM:
        return False
    return is_name(re.split("[，。；：]", words[mark.end() :], maxsplit=1)[0])


def follows(words: str, item: str) -> bool:
    """Whether a line carries the number after an item's: 2. after 1. goes on with the list, whatever it says."""
    first, second = _MARK.match(item), _MARK.match(words)
    return bool(first and second) and _number(second) == _number(first) + 1


def names_on(words: str) -> list[tuple[int, int]]:
    """The spans of a line's pieces between signs or spaces, without numbering; a last 甲和乙 is two."""
    separators = "、，；\t" if re.search(r"[、，；\t]", words) else " "
    marked = NUMBERING.match(words)
    offset = marked.end() if marked and marked.end() < len(words) else 0
    spans = [(max(a, offset), b) for a, b in split_top(words, separators) if words[a:b].strip()]
    if not spans:
        return []
    begin, end = spans[-1]
    joined = split_joined(words[begin:end], final=False)
    if len(joined) > 1:
        spans[-1:] = [(begin + a, begin + b) for a, b in joined]
    return spans


def are_names(pieces: list[str]) -> bool:
    """Whether the pieces of a line are names: more than half for sure, the others possibly."""
    possible = all(is_name(piece) or could_be_name(piece) for piece in pieces)
    return possible and sum(map(is_name, pieces)) * 2 > len(pieces)


def _number(mark: re.Match) -> int:
    return int(mark[1] or mark[2]) if mark[1] or mark[2] else ord(mark[3]) - ord("①") + 1
