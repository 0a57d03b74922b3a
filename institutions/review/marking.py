"""A notice's text cut into pieces, so that each recognised name and each warning can be marked in it.

Pure. Joined again the pieces are the text, character for character: what an editor marks in the browser
can be counted from its beginning. Hides overlaps: a name inside a warning is both.
"""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the text: plain, inside the name of the line `line`, inside the warning `warning`, or both.

    Both are positions in the lists given; None for neither. `starts` says that the name begins here,
    `warns` that the warning does.
    """

    text: str
    line: int | None = None
    warning: int | None = None
    starts: bool = False
    warns: bool = False


def pieces(text, names, warnings, start=0, end=None):
    """Cut `text` from `start` to `end` at the bounds of `names` and `warnings`, lists of spans (start, end).

    Of overlapping spans of one list the earlier one holds. Empty spans mark nothing.
    """
    end = len(text) if end is None else end
    names, warnings = _Spans(names), _Spans(warnings)
    bounds = {start, end} | {
        place for spans in (names, warnings) for place in spans.bounds if start < place < end
    }
    places, found = sorted(bounds), []
    for here, there in pairwise(places):
        line, warning = names.at(here), warnings.at(here)
        found.append(
            Piece(
                text[here:there],
                line,
                warning,
                line is not None and names.first(line) == here,
                warning is not None and warnings.first(warning) == here,
            )
        )
    return found


class _Spans:
    """Spans that do not overlap, asked by place."""

    def __init__(self, spans):
        ordered = sorted((a, b, number) for number, (a, b) in enumerate(spans) if a < b)
        self._spans, last = [], 0
        for begin, stop, number in ordered:
            if stop > last:
                self._spans.append((max(begin, last), stop, number))
                last = stop
        self._begins = [begin for begin, _, _ in self._spans]
        self._first = {number: begin for begin, _, number in self._spans}
        self.bounds = {place for begin, stop, _ in self._spans for place in (begin, stop)}

    def at(self, place):
        """Return the number of the span that holds the character at `place`, None without."""
        found = bisect_right(self._begins, place) - 1
        if found < 0 or place >= self._spans[found][1]:
            return None
        return self._spans[found][2]

    def first(self, number):
        """Return where the span of this number begins."""
        return self._first[number]


def name_span(text, line):
    """Return the span of the printed name of a line inside its own span; its whole span when it is torn."""
    if line.start is None:
        return (0, 0)
    found = text.find(line.name, line.start, line.end)
    return (line.start, line.end) if found < 0 else (found, found + len(line.name))
