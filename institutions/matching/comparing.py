"""Whether two names can be names of one institution, and in what they differ, in words.

Knows which differences say that there are two institutions: other numbers, words of kind, places, branches or persons.
It hides how much of a name's own words may be a slip of the pen. Nothing here links anything.
"""

import re
from collections import Counter
from functools import lru_cache

from rapidfuzz.distance import Indel, Levenshtein

from institutions.matching.anatomy import Anatomy
from institutions.matching.localities import Locality, same_word, words_of

# Characters that are written to tell two apart: the east gate's branch is not the west gate's.
_TELLING = frozenset(
    "东西南北中上下前后左右内外新老旧大小高低总分甲乙丙丁男女省市县区旗零一二三四五六七八九十0123456789"
)
_LONG_ENOUGH_FOR_SLIP = 5
_LONG_ENOUGH_FOR_LOSS = 4
_WIDE = str.maketrans("()", "（）")
_NO_BRACKETS = str.maketrans("", "", "()")
# More differences than these are no help when they are told one by one (郑大五附院).
_TELLABLE = 2
_COUNT = {1: "字", 2: "二字", 3: "三字"}


def may_be_one(printed: Anatomy, known: Anatomy, cities: frozenset[str]) -> bool:
    """Whether nothing says that the two names are of two institutions, the known one of which lies in `cities`.

    Numbers, words of kind and places must not contradict each other; of the words that are a name's own, one may differ
    by one character that is likely a slip (see `_is_slip`). A name that says only what it is (第一人民医院) needs its place.
    """
    if printed.signature != known.signature:
        return _is_misspelt(printed, known)
    return (
        (printed.town == known.town or not printed.town or not known.town)
        and _pieces_agree(printed, known)
        and _places_agree(printed, known, cities)
    ) or _is_misspelt(printed, known)


def _pieces_agree(printed: Anatomy, known: Anatomy) -> bool:
    if len(printed.pieces) != len(known.pieces):
        return False
    differing = [
        place
        for place, (one, other) in enumerate(zip(printed.pieces, known.pieces, strict=True))
        if one != other
    ]
    if not differing:
        return True
    # What follows the first piece is a branch's street or house: there each character counts.
    if differing != [0] or printed.is_personal:
        return False
    return _is_slip(printed.pieces[0], known.pieces[0])


def _is_slip(one: str, other: str) -> bool:
    """Whether two different pieces differ by one character that a typist may have got wrong.

    Another character of the same sound in a piece of two or more, any other character in five or more, one left out of
    five or more; never a character that is there to tell two apart (东, 新, 分).
    """
    edit = _one_edit(one, other)
    if edit is None or not _TELLING.isdisjoint(edit):
        return False
    if "" in edit:
        return min(len(one), len(other)) >= _LONG_ENOUGH_FOR_LOSS
    return len(one) >= _LONG_ENOUGH_FOR_SLIP or (len(one) > 1 and _sound_alike(*edit))


def _is_misspelt(printed: Anatomy, known: Anatomy) -> bool:
    """Whether one slip spoilt a word of kind or a place, so that it is no such word any more: 人名医院, 郑洲.

    A slip that makes another known word of it (骨伤 for 骨科, 新密 for 新郑) makes another name. The wrong
    character must sound like the right one, or one be left out.
    """
    if printed.numbers != known.numbers or printed.is_personal or known.is_personal:
        return False
    edit = _one_edit(printed.folded, known.folded)
    if edit is None or not _TELLING.isdisjoint(edit):
        return False
    kinds_kept = Counter(printed.kinds) <= Counter(known.kinds)
    if not kinds_kept or _without(printed.places, known.places):
        return False
    if printed.kinds == known.kinds and len(printed.places) == len(known.places):
        return False
    return "" in edit or _sound_alike(*edit)


def _one_edit(one: str, other: str) -> tuple[str, str] | None:
    """The characters lost and gained by which two words differ, '' for none; None when they differ by more or nothing."""
    if Levenshtein.distance(one, other, score_cutoff=1) != 1:
        return None
    (edit,) = Levenshtein.editops(one, other)
    lost = "" if edit.tag == "insert" else one[edit.src_pos]
    gained = "" if edit.tag == "delete" else other[edit.dest_pos]
    return lost, gained


@lru_cache(maxsize=4096)
def _sound_alike(one: str, other: str) -> bool:
    """Whether two characters have a reading in common, but for tones and what many do not tell apart (in, ing; s, sh)."""
    from pypinyin import Style, pinyin

    first, second = (
        {
            re.sub(r"(?<=^[zcs])h|(?<=[aei]n)g$", "", sound)
            for sound in pinyin(character, style=Style.NORMAL, heteronym=True)[0]
        }
        for character in (one, other)
    )
    return not first.isdisjoint(second)


def _places_agree(printed: Anatomy, known: Anatomy, cities: frozenset[str]) -> bool:
    if printed.level and known.level and printed.level != known.level:
        return False
    if any(
        a.unit and b.unit and a.unit != b.unit and same_word(a.word, b.word)
        for a in printed.places
        for b in known.places
    ):
        return False
    only_printed = _without(printed.places, known.places)
    only_known = _without(known.places, printed.places)
    if only_printed and only_known:
        return False
    if cities and not {place.word for place in only_printed if len(place.word) > 1} <= words_of(
        cities
    ):
        return False
    return not printed.is_generic or _same_place(printed, known)


def _without(places: tuple[Locality, ...], others: tuple[Locality, ...]) -> list[Locality]:
    return [place for place in places if not any(same_word(place.word, one.word) for one in others)]


def _same_place(printed: Anatomy, known: Anatomy) -> bool:
    """Whether two generic names speak of the same place: the smallest that each names, or none at all."""
    if printed.places and known.places:
        return same_word(printed.places[-1].word, known.places[-1].word)
    if printed.places or known.places:
        (place,) = (printed.places or known.places)[-1:]
        return place.unit != "" and place.unit == (printed.level or known.level)
    return True


def difference(printed: str, known: str) -> str:
    """What the printed name has more, less or otherwise than the known one: 多“市”字；少“有限”二字."""
    if printed.translate(_NO_BRACKETS) == known.translate(_NO_BRACKETS):
        return "只差括号"
    edits = _differing_spans(printed, known)
    if len(edits) > _TELLABLE:
        return "地名、序号、类别都相合，繁简写法不同"
    said = []
    for more, less in edits:
        if not less:
            said.append(f"多“{more}”{_COUNT.get(len(more), '')}")
        elif not more:
            said.append(f"少“{less}”{_COUNT.get(len(less), '')}")
        else:
            said.append(f"“{less}”印作“{more}”")
    return "；".join(said)


def _differing_spans(printed: str, known: str) -> list[tuple[str, str]]:
    """What stands in the printed and in the known name between those parts that are equal, brackets wide as in print."""
    blocks = Levenshtein.editops(known, printed).as_matching_blocks()
    spans, there, here = [], 0, 0
    for block in blocks:
        span = (printed[here : block.b], known[there : block.a])
        spans.append(tuple(words.translate(_WIDE) for words in span))
        there, here = block.a + block.size, block.b + block.size
    return [span for span in spans if any(span)]


def similarity(printed: str, known: str) -> float:
    """How much of two folded names is the same, from 0 to 1, in hundredths."""
    return round(Indel.normalized_similarity(printed, known), 2)
