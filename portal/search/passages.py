"""The words that were found, marked in the original text, and the passage of it that shows most of them.

Knows how folded text leads back to the original, so that ＧＤＰ and 鄭州 are marked where gdp and 郑州 were
asked for. What it gives is HTML, escaped, with `<mark>` as its only element.
"""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.search.rephrasing import Piece
from portal.search.tokens import flat_with_offsets, is_han

WIDTH = 90
# So far back the passage may begin to begin with a sentence.
_BACK = 30
_ENDS = "。！？；!?;\n"
_MOST_MARKS = 500


@dataclass(frozen=True)
class Mark:
    """Characters `start` to `end` of the original show the piece number `piece`."""

    start: int
    end: int
    piece: int


def _places(flat_text, starts, pattern, which):
    inner = pattern.strip()
    lead = len(pattern) - len(pattern.lstrip())
    place, found = flat_text.find(pattern), []
    while place >= 0 and len(found) < _MOST_MARKS:
        first = place + lead
        found.append(Mark(starts[first], starts[first + len(inner) - 1] + 1, which))
        place = flat_text.find(pattern, place + 1)
    return found


def marks_in(text: str, pieces: list[Piece]) -> list[Mark]:
    """Return where `text` shows the pieces, in order and without overlap.

    Of a piece whose phrases do not stand there, the pairs and words that do are marked.
    """
    flat_text, starts = flat_with_offsets(text)
    found = []
    for which, piece in enumerate(pieces):
        whole = [
            mark
            for each in piece.phrases
            for mark in _places(flat_text, starts, each.pattern, which)
        ]
        if not whole and not piece.quoted:
            parts = (token if is_han(token) else f" {token} " for token in sorted(piece.tokens))
            whole = [mark for part in parts for mark in _places(flat_text, starts, part, which)]
        found += whole
    return _joined(sorted(found, key=lambda mark: (mark.start, -mark.end)))


def _joined(marks):
    """Return the marks with those that overlap or touch made one."""
    joined = []
    for mark in marks:
        if joined and mark.start <= joined[-1].end:
            last = joined[-1]
            joined[-1] = Mark(last.start, max(last.end, mark.end), last.piece)
        else:
            joined.append(mark)
    return joined


def _html(text, marks, start, end):
    parts, place = [], start
    for mark in marks:
        if start <= mark.start < end:
            parts.append(escape(text[place : mark.start]))
            place = min(mark.end, end)
            parts.append(f"<mark>{escape(text[mark.start : place])}</mark>")
    parts.append(escape(text[place:end]))
    return "".join(parts)


def marked(text: str, pieces: list[Piece]) -> SafeString:
    """Return the whole text as HTML with what was found marked."""
    return mark_safe(_html(text, marks_in(text, pieces), 0, len(text)))  # noqa: S308 (escaped)


def _begin(text, marks, width):
    """Return where the passage begins: that with most different pieces, else the first.

    The number of marks says nothing of how well it reads: a table has many.
    """
    best, begin = 0, 0
    for mark in marks:
        last = mark.start + width - _BACK
        worth = len({one.piece for one in marks if mark.start <= one.start and one.end <= last})
        if worth > best:
            best, begin = worth, mark.start
    back = max(begin - _BACK, 0)
    ends = [text.rfind(sign, back, begin) for sign in _ENDS]
    return max(ends) + 1 if max(ends) >= 0 else back


def passage(text: str, pieces: list[Piece], width: int = WIDTH) -> SafeString:
    """Return the passage of about `width` characters that shows most of the pieces, as HTML.

    It begins with a sentence when one begins near by; … stands where text was left out. Without a match it
    is the beginning.
    """
    text = " ".join(text.split())
    marks = marks_in(text, pieces)
    start = _begin(text, marks[: _MOST_MARKS // 5], width) if marks else 0
    while start < len(text) and text[start] == " ":
        start += 1
    end = min(start + width, len(text))
    inner = _html(text, marks, start, end)
    before = "…" if start else ""
    after = "…" if end < len(text) else ""
    return mark_safe(f"{before}{inner}{after}")  # noqa: S308 (escaped)
