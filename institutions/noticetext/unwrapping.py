"""Lines that a layout has broken in mid-name or mid-sentence, joined again, and where each character came from.

Knows by what a broken line is told from one that ends: it stops without a sign, and only with the next line does its last
piece become a name, its bracket close, its table row fill. It hides the places that were cut out: spans read from the
joined text are given back as spans of the text as it was.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from institutions.noticetext.folding import fold
from institutions.noticetext.items import LABEL, NUMBERING
from institutions.noticetext.linekinds import (
    annex_of,
    is_detail,
    is_furniture,
    is_heading,
    is_signature,
)
from institutions.noticetext.names import is_name
from institutions.noticetext.notice import Notice

_PIECE = re.compile(r"[、，；：。！？“”（）|\t]")
_ENDED = "。！？；：，.…》”"
_NEVER_FIRST = "、，。；）》”"
_OPEN = "、和与及以"
_LONGEST, _FURTHEST = 100_000, 12
_SENTENCE = re.compile("[，。、：]|分别|以下")
_CELLS = re.compile(r"[（|\t]")
_IN_BRACKETS = re.compile("（[^（）]*）")
_JOINED = re.compile("[和与及]$")
_JOINING = re.compile("以及|及(?!时)|与|和(?!平|县|顺|田|硕|政|林|静|龙|布|睦|谐|美|盛)")
_GOES_ON = re.compile("[，。、：；]")
_GROUP = re.compile(r"[^、，。；\d：]{2,10}(?:（[^（）]{1,8}）)?：")
_NUMBER = re.compile(
    r"\d{1,6}[.、）](?!\d)|（(?:\d{1,6}|[一二三四五六七八九十]{1,3})）|[一二三四五六七八九十]{1,3}、|[①-⑳]"
)
_SHORTEST_TORN, _SHORTEST_WRAPPED, _SLACK = 12, 14, 2


@dataclass(frozen=True)
class Unwrapped:
    """The joined text. `cuts` are the places in it where something was left out, `shifts` how much so far in all."""

    text: str
    cuts: list[int]
    shifts: list[int]

    def restored(self, notice: Notice) -> Notice:
        """The notice with its spans in the text as it was."""
        if self.cuts:
            for entry in notice.entries:
                entry.start, entry.end = self._span(entry.start, entry.end)
                entry.name_start, entry.name_end = self._span(entry.name_start, entry.name_end)
            notice.warnings = [
                replace(one, start=start, end=end)
                for one in notice.warnings
                for start, end in [self._span(one.start, one.end)]
            ]
        return notice

    def _span(self, start: int, end: int) -> tuple[int, int]:
        first = self._place(start)
        return first, self._place(end - 1) + 1 if end > start else first

    def _place(self, place: int) -> int:
        at = bisect_right(self.cuts, place)
        return place + (self.shifts[at - 1] if at else 0)


def unwrap(text: str) -> Unwrapped:
    """The text with its torn lines joined; the same text when none is torn."""
    lines = text.split("\n")
    folded = [line.strip() for line in fold(text).split("\n")]
    if len(folded) != len(lines):
        return Unwrapped(text, [], [])
    pieces, cuts, shifts = [], [], []
    current, length, left_out, width = "", 0, 0, _Widths(lines, folded)
    for place, line in enumerate(lines):
        if place and _is_torn(current, folded, place, width):
            kept = pieces[-1].rstrip()
            gone = len(pieces[-1]) - len(kept)
            length -= gone
            pieces[-1] = kept
            begun = line.lstrip()
            left_out += gone + 1 + len(line) - len(begun)
            cuts.append(length)
            shifts.append(left_out)
            pieces.append(begun)
            length += len(begun)
            current += folded[place]
            continue
        if place:
            pieces.append("\n")
            length += 1
        pieces.append(line)
        length += len(line)
        current = folded[place]
    return Unwrapped("".join(pieces) if cuts else text, cuts, shifts)


class _Widths:
    """How wide the lines of each block between blank lines are at most: in characters, and as set, where two letters or
    digits are as wide as one Chinese character."""

    def __init__(self, raw: list[str], lines: list[str]):
        kept = [line.rstrip() for line in raw]
        self._sizes = [(len(line), len(line.encode("gb18030", "replace")) / 2) for line in kept]
        self._widest, self._ends = [(0, 0.0)] * len(lines), [0] * len(lines)
        start = 0
        for place in range(len(lines) + 1):
            if place == len(lines) or not lines[place]:
                self._ends[start:place] = [place - 1] * (place - start)
                sizes = self._sizes[start:place] or [(0, 0.0)]
                widest = max(size[0] for size in sizes), max(size[1] for size in sizes)
                self._widest[start:place] = [widest] * (place - start)
                start = place + 1

    def is_full(self, lines: list[str], place: int) -> bool:
        """Whether a line reaches the right edge of its block."""
        if len(lines[place]) < _SHORTEST_WRAPPED:
            return False
        pairs = zip(self._sizes[place], self._widest[place], strict=True)
        return any(size >= widest - _SLACK for size, widest in pairs)

    def ends_a_sentence(self, lines: list[str], place: int) -> bool:
        """Whether the lines from here on to the next that begins something of its own end with a full stop."""
        for line in lines[place : min(self._ends[place] + 1, place + _FURTHEST)]:
            if line[-1] == "。" or _is_own(line):
                return line[-1] == "。"
        return False


def _is_torn(above: str, lines: list[str], place: int, widths: _Widths) -> bool:
    """Whether the line at `place` goes on with the one above, which may have been joined already."""
    below = lines[place]
    if not above or not below or len(above) > _LONGEST:
        return False
    if below[0] in _NEVER_FIRST and "|" not in above:
        return True
    wraps = above[-1] == "，" or (above[-1] == "：" and "、" in below)
    short = len(lines[place - 1]) < _SHORTEST_TORN
    if short and above[-1] not in _OPEN and below[0] not in _OPEN and not _CELLS.search(above):
        return False
    if above[-1] in _ENDED and not (wraps and widths.is_full(lines, place - 1)):
        return False
    if "|" in above or "\t" in above:
        return _is_torn_row(above, below, lines, place)
    if "|" in below or "\t" in below or _is_own(below):
        return False
    full = widths.is_full(lines, place - 1)
    if above[-1] == "、":
        return not NUMBERING.match(above) or bool(re.search("[：、]", _bare(above)[:-1]))
    if above.rfind("（") > above.rfind("）"):
        return full or "）" in below
    tail, head = _last(above), _first(below)
    if tail and not is_name(tail) and is_name(tail + head):
        longer = len(lines[place - 1]) >= max(len(below) - _SLACK, _SHORTEST_TORN)
        strung = longer and _SENTENCE.search(_bare(above))
        return bool(strung) or _is_torn_item(above, lines, place)
    joining = _JOINING.match(below)
    if (joining and is_name(head[joining.end() :])) or (_JOINED.search(above) and is_name(head)):
        return is_name(tail) or above[-1] == "）" or bool(_JOINED.search(above))
    if is_name(tail) and is_name(head) and not widths.ends_a_sentence(lines, place):
        return False
    goes_on = _GOES_ON.search(below) or not (" " in below or is_name(head) or is_heading(below))
    return full and bool(_SENTENCE.search(_IN_BRACKETS.sub("", _bare(above))) and goes_on)


def _is_torn_item(above: str, lines: list[str], place: int) -> bool:
    """Whether a numbered item is long enough to be broken and the number after the next line carries on."""
    number = _NUMBER.match(above)
    if not number or len(above) < _SHORTEST_TORN or len(lines[place]) > len(above):
        return False
    following = lines[place + 1] if place + 1 < len(lines) else ""
    return not following or bool(_NUMBER.match(following))


def _is_torn_row(above: str, below: str, lines: list[str], place: int) -> bool:
    """Whether two lines are one row of the table whose heading stands above: together they have its cells."""
    if not above.strip("| ")[:1].isdigit() or below.strip("| ")[:1].isdigit():
        return False
    sign = "|" if "|" in above else "\t"
    tail, head = above.rsplit(sign, 1)[-1].strip(), below.split(sign, 1)[0].strip()
    if is_name(tail) or not is_name(tail + head):
        return False
    heading = next(
        (one for one in reversed(lines[max(0, place - 300) : place]) if _heads(one, sign)), ""
    )
    cells = heading.strip("|").count(sign)
    first, second = above.strip("|").count(sign), below.strip("|").count(sign)
    return first + second == cells and 0 < first < cells and second > 0


def _heads(line: str, sign: str) -> bool:
    return sign in line and not re.match(r"[\s|]*\d", line) and ("名称" in line or "机构" in line)


def _is_own(line: str) -> bool:
    """Whether a line begins something of its own: an item, a group, an annex, a label, a credit, a signature."""
    return bool(
        NUMBERING.match(line)
        or LABEL.match(line)
        or _GROUP.match(line)
        or annex_of(line)
        or is_detail(line)
        or is_furniture(line)
        or is_signature(line)
        or line.startswith("本报讯")
    )


def _last(line: str) -> str:
    return _PIECE.split(_bare(line)[-80:])[-1].strip()


def _bare(line: str) -> str:
    number = NUMBERING.match(line)
    return line[number.end() :] if number else line


def _first(line: str) -> str:
    return _PIECE.split(line[:80], maxsplit=1)[0].strip()
