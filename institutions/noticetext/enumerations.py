"""Names strung together in a sentence: A、B、C和D, after a colon or in the middle of a clause.

Knows where such a string begins and ends. It hides the conjunctions at its end, names that hold 和 themselves, and the
words before the first and after the last name.
"""

import re
from dataclasses import dataclass

from institutions.noticetext.folding import pieces_top, split_top, stripped
from institutions.noticetext.names import (
    could_be_name,
    is_name,
    name_end,
    name_starts,
)

_CONJUNCTION = re.compile(
    r"以及|及其|和(?!平(?!顶山|凉|江|遥|度|湖|原|乡|阴|阳|罗|舆|泉|邑|山|定|果)|谐|睦)|及|与"
)
# What stands behind a 和 inside one name: 医药及器械公司, 假肢与矫形器公司, 和顺堂和康药房 keeps both its 和.
_TAIL = re.compile(
    r"(?:医疗)?(?:器械|器材|用品|设备|技术|科技|科学|计划生育|托养|养老|养护|矫形|保健品|健康(?:管理|服务|产业|科技)|"
    r"诊断|治疗|预防|研究|信息|食品|化妆品|日用|生物|美容|急救中心|康复(?:中心|用品|器)|残疾人|妇女|儿童(?:医院|保健)|妇幼|"
    r"(?:康复|骨伤|骨科|老年病?|中西医结合|妇产|肿瘤|口腔|眼科|精神病?|护理)+(?:专科|科)?(?:医院|中心|院)$)"
)
_WEAK_END = re.compile(r"(?:医药|药业|集团|社区|公寓|堂|馆|站|室|部|点|所|场|厂|学院|妇幼|疾控)$")
_ETC = re.compile(r"等(?!级|离)")
_NUMBERED = re.compile(r"[（]\d{1,3}[）]|\d{1,3}[.、](?!\d)|[①-⑳]")
_DIGIT = re.compile(r"[\d①-⑳]")
_NEXT_NUMBER = re.compile(
    r" +(?=(?:[（]\d{1,3}[）]|\d{1,3}[.](?!\d)|[①-⑳])[一-龥])|"
    r"(?<=[院店房所站部室心司点堂诊）])(?=(?:\d{1,3}[.]|[①-⑳])[一-龥])"
)
_LONGEST_NAME = 70
_LONGEST_LEAD = 300
_LONGEST_PIECE = 300


@dataclass(frozen=True, slots=True)
class Item:
    """One name's place in the text; `sure` unless its ending is not that of an institution."""

    start: int
    end: int
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """Names that belong together, where the whole string of them begins and ends, and whether 等 follows."""

    items: tuple[Item, ...]
    start: int
    end: int
    etc: bool = False


def after_colon(text: str, start: int, end: int) -> Run | None:
    """The list that fills the text from a colon on; None when it is no list of names.

    The first item begins right there. The list goes on as long as its pieces are names; a piece between two 、 may also
    be a name whose ending is not known. What follows the last name (，自…起执行) is no part of it.
    """
    items: list[Item] = []
    stop = start
    for left, right in pieces_top(text, "、，", start, end, _LONGEST_PIECE):
        comma_before = left > start and text[left - 1] == "，"
        comma_after = right < end and text[right] == "，"
        last = right >= end
        begin, finish = stripped(text, left, min(right, left + _LONGEST_PIECE))
        words = text[begin:finish]
        names = _piece_items(text, begin, finish, final=last or comma_after)
        if names:
            items += names
            stop = names[-1].end
            if stop < finish:
                break
        elif (
            _is_weak(words, comma_before)
            and not (last and not items)
            and not (comma_after and not items)
        ):
            items.append(Item(begin, finish, sure=False))
            stop = finish
        elif words and (comma_before or last):
            break
        elif words:
            return None
    sure = sum(item.sure for item in items)
    if not items or sure * 2 < len(items) or (len(items) == 1 and not sure):
        return None
    return Run(tuple(items), start, stop, bool(_ETC.match(text, stop)))


def _is_weak(words: str, comma_before: bool) -> bool:
    return not comma_before and len(words) <= 30 and could_be_name(words)


def _piece_items(text: str, begin: int, finish: int, *, final: bool) -> list[Item]:
    """The names of one piece: itself, or several joined by 和; the final one may be followed by other words."""
    items = []
    at = begin
    numbers = (
        _NEXT_NUMBER.finditer(text, begin, finish) if _DIGIT.search(text, begin, finish) else ()
    )
    for match in [*numbers, None]:
        stop = match.start() if match else finish
        marks = _NUMBERED.match(text, at, stop)
        start = marks.end() if marks else at
        joined = split_joined(text[start:stop], final=final and match is None)
        if not joined:
            return []
        items += [Item(start + a, start + b) for a, b in joined]
        at = match.end() if match else finish
    return items


def split_joined(words: str, *, final: bool) -> list[tuple[int, int]]:
    """The names that 和, 及 … join into one piece; the final one may be followed by other words."""
    if len(words) > _LONGEST_NAME * 3:
        words = words[: _LONGEST_NAME * 3]
    for match in _CONJUNCTION.finditer(words):
        left, right = words[: match.start()], words[match.end() :]
        if is_name(left) and not _is_inside(left, right):
            rest = split_joined(right, final=final)
            if rest:
                return [(0, match.start())] + [(a + match.end(), b + match.end()) for a, b in rest]
    if is_name(words):
        return [(0, len(words))]
    if final and (length := name_end(words)):
        return [(0, length)]
    return []


def _is_inside(left: str, right: str) -> bool:
    """Whether a 和 or 及 between these words is part of one name."""
    right = _CONJUNCTION.split(right, maxsplit=1)[0]
    return bool(_TAIL.match(right) and (_WEAK_END.search(left) or not is_name(right)))


def in_clause(text: str, start: int, end: int, *, lead: bool = False) -> list[Run]:
    """The strings of names inside a clause that goes on around them: 与A、B和C解除协议 → A, B, C.

    A single name counts only when 等 follows it, when the clause begins with it, or when words lead up to it and others
    follow; with `lead` it must begin the clause or its string.
    """
    pieces = split_top(text, "、", start, end)
    runs: list[Run] = []
    items: list[Item] = []
    guess: Item | None = None
    for place, piece in enumerate(pieces):
        begin, finish = stripped(text, *piece, "，；“")
        final = place == len(pieces) - 1
        found = _piece_items(text, begin, finish, final=True)
        if not found and not items:
            found = _led(text, begin, finish)
            guess = None if found or final else _guess(text, begin, finish)
        elif found and not items and guess:
            items.append(guess)
        if not found and items and not final and could_be_name(text[begin:finish]):
            items.append(Item(begin, finish, sure=False))
            continue
        items += found
        if items and (final or not found or found[-1].end < finish):
            runs.append(_run(text, items))
            items = []
    return [run for run in runs if not lead or _opens(text, start, run)]


def _led(text: str, begin: int, finish: int) -> list[Item]:
    """The name at the end of words that lead up to it: the longest that reads as one."""
    for offset in name_starts(text[begin:finish][:_LONGEST_LEAD]):
        if found := _piece_items(text, begin + offset, finish, final=True):
            return found
    return []


def _guess(text: str, begin: int, finish: int) -> Item | None:
    """The first of several names when its ending is not known: what stands behind the last word that leads up to it."""
    starts = name_starts(text[begin:finish][:_LONGEST_LEAD])
    if starts and could_be_name(text[begin + starts[-1] : finish]):
        return Item(begin + starts[-1], finish, sure=False)
    return None


def _run(text: str, items: list[Item]) -> Run:
    while items and not items[-1].sure:
        items = items[:-1]
    return Run(tuple(items), items[0].start, items[-1].end, bool(_ETC.match(text, items[-1].end)))


def _opens(text: str, start: int, run: Run) -> bool:
    return not text[start : run.start].strip(" ，；：") or len(run.items) > 1
