"""One form of writing for search: width, case, accents and traditional characters make no difference.

Knows which characters count as the same; each is folded by itself, so a text and any part of it fold alike
and every folded character knows where it stood. Hides OpenCC. Names are compared by `portal.names.fold`,
which is stricter: it never joins two characters.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

# Han in Unicode: the blocks that hold traditional forms (extension A, the main block, B to H).
_HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))


@dataclass(frozen=True)
class Folded:
    """A folded text; character i of it comes from `original[starts[i]]`."""

    text: str
    starts: tuple[int, ...]


@cache
def _simplified():
    """Return {traditional: simplified}; made once, in a process that searches (0.1 s).

    One character at a time: 乾 becomes 干 in every word, in texts and queries alike.
    """
    import opencc

    every = [chr(code) for low, high in _HAN_BLOCKS for code in range(low, high + 1)]
    converted = opencc.OpenCC("t2s").convert("\n".join(every)).split("\n")
    return {old: new for old, new in zip(every, converted, strict=True) if old != new}


def _fold_character(character):
    """Return the folded form of one character, '' for a mark that stands on another one."""
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    return "".join(
        _simplified().get(part, part)
        for part in unicodedata.normalize("NFKD", decomposed)
        if unicodedata.category(part) not in ("Mn", "Cf", "Cs")
    )


class _Table(dict):
    """The table of `str.translate`, filled as characters come."""

    def __missing__(self, code):
        self[code] = _fold_character(chr(code))
        return self[code]


_TABLE = _Table()


def fold_text(text: str) -> str:
    """Return `text` folded: ＧＤＰ → gdp, 鄭州 → 郑州, café → cafe; no error on any string."""
    return text.translate(_TABLE)


def fold_with_offsets(text: str) -> Folded:
    """Return `text` folded, and where each folded character stood in `text`."""
    pieces, starts = [], []
    for position, character in enumerate(text):
        piece = _TABLE[ord(character)]
        pieces.append(piece)
        starts.extend([position] * len(piece))
    return Folded("".join(pieces), tuple(starts))
