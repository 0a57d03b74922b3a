"""Whether the layout broke a paragraph here.

Knows how a finished Chinese sentence ends and how lines look that a narrow column wrapped. It hides the judgement:
`is_broken` says whether two pieces of text are one paragraph, `wrapped_width` whether a run of lines is.
"""

import re

TERMINATORS = "。！？!?…；;：:"
CLOSERS = "”’」』）)》】〉\"'"
_MAY_END = frozenset(TERMINATORS + CLOSERS + ".")
_CONTINUING = "，。、；：？！,;:?!”’」』》…％%℃‰"
_PAIRS = {"”": "“", "’": "‘", "」": "「", "』": "『", "）": "（", ")": "(", "》": "《"}
_PROSE = re.compile(r"[，。、；,]")
_SENTENCE = re.compile(r"[，。；,！？]")
_HAN = re.compile(r"[一-鿿]")
_SPEAKER = re.compile(r"[^，。：:,]{1,8}[：:]")
_NUMERAL = "一二三四五六七八九十"
# What only the head of a paragraph can be: an item of a list, a caption, a speaker in an interview.
_ITEM = re.compile(
    rf"[{_NUMERAL}]{{1,3}}、(?![{_NUMERAL}])|[{_NUMERAL}]是|其[{_NUMERAL}][，,、：:是]|[（(][{_NUMERAL}\d]{{1,3}}[)）]|"
    rf"[{_NUMERAL}]{{1,3}}[)）.．]|\d{{1,3}}(?:[)）]|[.．、](?!\d))|[①-⑳●◆■□▲△★☆※•·]|[—–-]\s|"
    r"图[为①-⑳]|[上下左右]图[为：:]|(?:记者|主持人|问|答)[：:]"
)
_CAPTION = re.compile(r"[▲▼△▽]|图[为①-⑳：:]|[上下左右]图[为：:，,]?")
_LABEL = re.compile(r"[^：:，,。]{1,8}[：:]|\S+\s\S+\s\S")
_LAST_BRACKET = re.compile(r"[（(][^（）()]{1,40}[）)]$")
_PHRASE_END = re.compile(r"[A-Za-z]{2,} [A-Za-z]+$")
_PHRASE_START = re.compile(r"[A-Za-z]+ [A-Za-z]{2,}")
_HEAD, _TAIL = 200, 60
_SHORTEST_SENTENCE, _SHORTEST_PROSE, _LONGEST_ROW = 8, 12, 20
_NARROW, _WIDE = 8, 60


def is_finished(text: str) -> bool:
    """The text ends where a sentence ends, closing quotes and brackets aside."""
    if text and text[-1] not in _MAY_END and not text[-1].isspace():
        return False
    tail = text[-_TAIL:].rstrip()
    for ending in (tail, _LAST_BRACKET.sub("", tail)):
        bare = ending.rstrip(CLOSERS)
        if not bare or bare[-1] in TERMINATORS:
            return True
        if bare[-1] == "." and not bare[-2:-1].isdigit():
            return True
    return False


def is_item(text: str) -> bool:
    """The text opens as only a new paragraph can: an item of a list, a caption, a speaker's name."""
    return bool(_ITEM.match(text))


def is_caption(text: str) -> bool:
    """The text says at its head that it is about a picture: ▲, 图为, 上图."""
    return bool(_CAPTION.match(text))


def is_broken(
    before: str, after: str, *, prose: bool, headings_are_marked: bool, in_list: bool = False
) -> bool:
    """The layout tore `after` from the end of `before`.

    True when `before` is prose (`prose` says that it is known to be) and stops in mid-sentence, or when the seam
    cannot be the end of a paragraph: a comma before it, a closing mark after it. A short line without any
    punctuation may be a heading unless the page marks its headings, and rows of a list (`in_list`) end anyhow.
    """
    if "\t" in before[-_HEAD:] or "\t" in after[:_HEAD]:
        return False
    finished = is_finished(before)
    if _closes(before, after) or _is_inside_number(before, after):
        return True
    if after[0] in _CONTINUING:
        return not finished or (after[0] in "，。、；：,;:" and prose)
    if finished or is_item(after):
        return False
    whole = headings_are_marked or bool(_SENTENCE.search(after[:_HEAD]))
    if before[-1] in "，,、" or _leaves_open(before):
        return whole
    if _SPEAKER.match(before) and _SPEAKER.match(after):
        return False
    if not in_list and _is_inside_word(before, after):
        return whole
    if in_list and (len(before) < _LONGEST_ROW or is_item(before)):
        return False
    return whole and (prose or _is_prose(before, after, headings_are_marked))


def _is_prose(before: str, after: str, headings_are_marked: bool) -> bool:
    """The text is a sentence begun, by its punctuation or, where headings are marked, by what follows."""
    if len(before) >= _SHORTEST_SENTENCE and _PROSE.search(before[:_HEAD]):
        return True
    return (
        headings_are_marked
        and len(before) >= _SHORTEST_PROSE
        and bool(_SENTENCE.search(after[:_HEAD]))
        and not is_item(before)
        and not _LABEL.match(before)
    )


def _closes(before: str, after: str) -> bool:
    """`after` opens with the closing half of a pair of marks that `before` left open."""
    tail = before[-_HEAD:]
    if after[0] in "\"'":
        return tail.count(after[0]) % 2 == 1 and not tail.endswith(after[0])
    opener = _PAIRS.get(after[0])
    return opener is not None and tail.count(opener) > tail.count(after[0])


def _leaves_open(before: str) -> bool:
    """A bracket or quotation mark is still open at the end, so that the text cannot end here."""
    tail = before[-_HEAD:]
    return any(tail.rfind(opener) > tail.rfind(closer) for closer, opener in _PAIRS.items())


def _is_inside_word(before: str, after: str) -> bool:
    """A number or a Latin word goes on over the seam, in a sentence: 出口86|2.3亿元,增长…"""
    within = (before[-1].isdigit() and after[0].isdigit()) or (
        before[-1].isascii()
        and (before[-1].isalpha() or before[-1] == "-")
        and after[0].isascii()
        and after[0].isalpha()
    )
    return within and bool(_HAN.search(before) and _SENTENCE.search(after[:_HEAD]))


def _is_inside_number(before: str, after: str) -> bool:
    """A decimal point stands right after or right before the seam: 18|.6%, 31.|6公里."""
    if after[0] in ".．":
        return before[-1].isdigit() and after[1:2].isdigit()
    return (
        before[-1] in ".．" and before[-2:-1].isdigit() and after[0].isdigit() and len(before) > 4
    )


def seam(before: str, after: str) -> str:
    """Where two pieces were joined, for the editor's eye: 数字经|济、数."""
    return f"{before[-4:].strip()}|{after[:4].strip()}"


def glue(before: str, after: str) -> str:
    """What stands between two joined pieces: nothing, or a space between two Latin words.

    A word torn in two (AP|P, iPh|one) is put together; two words are told by a capital after a small letter or by
    the phrase of several words in which they stand.
    """
    first, second = before[-1], after[0]
    if not (first.isascii() and first.isalpha() and second.isascii() and second.isalpha()):
        return ""
    phrase = _PHRASE_END.search(before[-_TAIL:]) or _PHRASE_START.match(after[:_TAIL])
    return " " if phrase or (first.islower() and second.isupper()) else ""


def width(line: str) -> float:
    """The width of a line in Han characters; an ASCII character counts half."""
    return len(line) - len(line.encode("ascii", "ignore")) / 2


def wrapped_width(lines: list[str]) -> float:
    """The column width at which a run of lines was wrapped, or 0 when it was not.

    Wrapped lines fill the column to within two characters, but for the finished last line of a paragraph; most
    full lines stop in mid-sentence, and half of all lines hold punctuation (a list of names does not).
    """
    if len(lines) < 3 or not is_finished(lines[-1]):
        return 0
    widths = [width(line) for line in lines]
    column = max(widths)
    if not _NARROW <= column <= _WIDE:
        return 0
    full = [line for line, cells in zip(lines, widths, strict=True) if cells >= column - 2]
    short = [line for line, cells in zip(lines, widths, strict=True) if cells < column - 2]
    unfinished = [line for line in full if not is_finished(line)]
    punctuated = [line for line in lines if _SENTENCE.search(line) or "、" in line]
    if len(full) < 2 or not all(is_finished(line) for line in short):
        return 0
    return column if 2 * len(unfinished) > len(full) and 2 * len(punctuated) >= len(lines) else 0
