"""Whether the layout broke a paragraph here.

Knows how a finished Chinese sentence ends and how lines look that a narrow column wrapped. It hides the judgement:
`is_broken` says whether two pieces of text are one paragraph, `wrapped_width` whether a run of lines is.
"""

import re

TERMINATORS = "。！？!?…；;：:"
CLOSERS = "”’」』）)》】〉\"'"
_CONTINUING = "，。、；：？！,;:?!”’」』》…"
_PROSE = re.compile(r"[，。、；,]")
_SENTENCE = re.compile(r"[，。；,！？]")
_LIST_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(]?[一二三四五六七八九十\d]{1,3}[)）.．、]|[●◆■□▲△★☆※•·—\-]"
)
_LAST_BRACKET = re.compile(r"[（(][^（）()]{1,40}[）)]$")
_HEAD, _TAIL = 200, 60
_NARROW, _WIDE = 8, 60


def is_finished(text: str) -> bool:
    """The text ends where a sentence ends, closing quotes and brackets aside."""
    tail = text[-_TAIL:].rstrip()
    for ending in (tail, _LAST_BRACKET.sub("", tail)):
        bare = ending.rstrip(CLOSERS)
        if not bare or bare[-1] in TERMINATORS:
            return True
        if bare[-1] == "." and not bare[-2:-1].isdigit():
            return True
    return False


def is_broken(before: str, after: str, *, prose: bool, headings_are_marked: bool) -> bool:
    """The layout tore `after` from the end of `before`.

    True when `before` is prose (`prose` says that it is known to be) and stops in mid-sentence, or when `after`
    opens with a mark that no paragraph can open with. A short line without any punctuation may be a heading
    unless the page marks its headings.
    """
    if "\t" in before[-_HEAD:] or "\t" in after[:_HEAD]:
        return False
    finished = is_finished(before)
    if after[0] in _CONTINUING:
        return not finished or (after[0] in "，。、；：,;:" and prose)
    if finished or _LIST_ITEM.match(after):
        return False
    if not (prose or (len(before) >= 12 and _PROSE.search(before[:_HEAD]))):
        return False
    return headings_are_marked or bool(_SENTENCE.search(after[:_HEAD]))


def seam(before: str, after: str) -> str:
    """Where two pieces were joined, for the editor's eye: 数字经|济、数."""
    return f"{before[-4:].strip()}|{after[:4].strip()}"


def glue(before: str, after: str) -> str:
    """What stands between two joined pieces: nothing, or a space between two Latin letters."""
    first, second = before[-1], after[0]
    latin = first.isascii() and first.isalpha() and second.isascii() and second.isalpha()
    return " " if latin else ""


def width(line: str) -> float:
    """The width of a line in Han characters; an ASCII character counts half."""
    return len(line) - sum(character.isascii() for character in line) / 2


def wrapped_width(lines: list[str]) -> float:
    """The column width at which a run of lines was wrapped, or 0 when it was not.

    Wrapped lines fill the column to within two characters, but for the finished last line of a paragraph; most
    full lines stop in mid-sentence, and half of all lines hold punctuation (a list of names does not).
    """
    widths = [width(line) for line in lines]
    column = max(widths, default=0)
    if len(lines) < 3 or not _NARROW <= column <= _WIDE or not is_finished(lines[-1]):
        return 0
    full = [line for line, cells in zip(lines, widths, strict=True) if cells >= column - 2]
    short = [line for line, cells in zip(lines, widths, strict=True) if cells < column - 2]
    unfinished = [line for line in full if not is_finished(line)]
    punctuated = [line for line in lines if _SENTENCE.search(line) or "、" in line]
    if len(full) < 2 or not all(is_finished(line) for line in short):
        return 0
    return column if 2 * len(unfinished) > len(full) and 2 * len(punctuated) >= len(lines) else 0
