"""How wide Chinese words run, and how they break into lines: for charts and share cards.

Knows the bundled font and the rules of line breaking (GB/T 15834, W3C's clreq): no closing mark begins a
line, no opening mark ends one, numbers and Latin words are not torn. Hides Pillow's font objects. Pure.

The font, `fonts/noto-serif-sc-bold.otf`, is Noto Serif CJK SC Bold as in Debian's fonts-noto-cjk, cut
down once with fontTools' `pyftsubset --no-hinting --layout-features='' --notdef-outline` to the 8,105
characters of the 通用规范汉字表 (2013), ASCII, Latin-1, Greek, punctuation and full-width forms. Its licence
lies beside it. What it lacks is drawn as a box and never an error.
"""

import re
from functools import cache
from pathlib import Path

from PIL import ImageFont

FONT_FILE = Path(__file__).parent / "fonts" / "noto-serif-sc-bold.otf"
ELLIPSIS = "…"

_MEASURED_AT = 1000
# Pictures and characters of other planes come from fonts that are wider than ours.
_WIDEST_EM = 1.4
_CLOSING = "，。、；：？！）》」』】〕〉”’…—％%°℃·"
_OPENING = "（《「『【〔〈“‘"
_PIECE = re.compile(
    rf"[{_OPENING}]*(?:[A-Za-z0-9][A-Za-z0-9.,:/%+\-–]*|[^\s{_OPENING}])[{_CLOSING}]*|\s+|."
)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the bundled font at `size` pixels."""
    return ImageFont.truetype(str(FONT_FILE), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _ems(character: str) -> float:
    if ord(character) > 0xFFFF or 0x2600 <= ord(character) <= 0x27BF:
        return _WIDEST_EM
    return font(_MEASURED_AT).getlength(character) / _MEASURED_AT


def width(words: str, size: float) -> float:
    """Return how wide `words` run at `size`, in the unit of `size`, without kerning: never too narrow."""
    return sum(map(_ems, words)) * size


def fitted(words: str, size: float, room: float) -> str:
    """Return `words`, cut short with an ellipsis when they are wider than `room`."""
    if width(words, size) <= room:
        return words
    left = room - width(ELLIPSIS, size)
    kept = ""
    for character in words:
        left -= _ems(character) * size
        if left < 0:
            break
        kept += character
    return kept.rstrip() + ELLIPSIS


def wrapped(words: str, size: float, room: float, most: int | None = None) -> tuple[str, ...]:
    """Return the lines of `words` in `room`; past `most` lines the last one ends in an ellipsis.

    A number or a Latin word that alone is wider than a line is torn, for nothing else can be done.
    """
    lines, line = [], ""
    for piece in _pieces(words, size, room):
        if width((line + piece).rstrip(), size) <= room or not line:
            line = (line + piece).lstrip()
        else:
            lines.append(line.rstrip())
            line = piece.lstrip()
    if line.strip():
        lines.append(line.rstrip())
    if most is not None and len(lines) > most:
        lines[most - 1 :] = [_ended(lines[most - 1], size, room)]
    return tuple(lines)


def _pieces(words, size, room):
    for piece in _PIECE.findall(words):
        if width(piece, size) <= room:
            yield piece
        else:
            yield from piece


def _ended(line, size, room):
    return (
        fitted(line + ELLIPSIS * 2, size, room)
        if width(line + ELLIPSIS, size) > room
        else line + ELLIPSIS
    )
