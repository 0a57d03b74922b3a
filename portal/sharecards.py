"""Share cards: the picture that stands beside a link, 1200 × 630 pixels, with Chinese set as in print.

Knows the card's layout; hides Pillow and the cache. The font is our own, so a machine needs none. A card is
named by its content: equal words give equal bytes, drawn once.
"""

import hashlib
import io
import json
from dataclasses import dataclass

from django.core.cache import cache
from PIL import Image, ImageDraw

from portal.lettering import fitted, font, width, wrapped

SIZE = (1200, 630)
MOST_ROWS = 5

# Raised with every change of the layout, so that no old card comes out of the cache.
_LAYOUT = 2
_KEPT_SECONDS = 30 * 24 * 3600
_PAPER, _INK, _SOFT, _RULE, _SEAL, _SEAL_INK = (
    "#fbfaf5",
    "#1b1916",
    "#5a544a",
    "#d8d2c3",
    "#a4201c",
    "#fff9ee",
)
_LEFT, _RIGHT, _TOP, _FOOT = 72, 1128, 60, 578
_COLUMN = 72
_CLAUSE_ENDS = tuple("，；：。！？、”")
# Sizes of a title, the largest first, each with the lines that it may have.
_TITLES = ((68, 2), (58, 3), (48, 3))
# Of a title that has the card to itself.
_TITLES_ALONE = ((96, 2), (80, 3), (68, 4), (60, 4))
_TITLES_OVER_ROWS = ((60, 2), (48, 2))
_HIGHEST_ROW = 62
_FIGURE_SIZES = (150, 110, 80, 56)


@dataclass(frozen=True)
class _Words:
    """All that stands on a card."""

    title: str
    kicker: str
    figure: str
    figure_label: str
    rows: tuple[tuple[str, ...], ...]
    source: str
    site: str

    @property
    def digest(self):
        content = json.dumps([_LAYOUT, *vars(self).values()], ensure_ascii=True)
        return hashlib.sha256(content.encode()).hexdigest()[:16]


def share_card(
    *, title, kicker="", figure="", figure_label="", rows=(), source="", site="有据"
) -> bytes:
    """Return a PNG with the site's name, a title of up to four lines, one large figure, rows, a source.

    `figure` is words (第7位) with a `figure_label` under them; `rows` are up to five tuples of two or three
    words, the last at the right. With both, the figure stands at the right of the rows. Words that are too
    long end in an ellipsis. Raises ValueError for more rows, or rows of another length.
    """
    words = _words(title, kicker, figure, figure_label, rows, source, site)
    key = f"portal.sharecard:{words.digest}"
    if (made := cache.get(key)) is None:
        made = _drawn(words)
        cache.set(key, made, _KEPT_SECONDS)
    return made


def card_digest(
    *, title, kicker="", figure="", figure_label="", rows=(), source="", site="有据"
) -> str:
    """Return the name of a card's content, sixteen hexadecimal digits: for its address and its ETag."""
    return _words(title, kicker, figure, figure_label, rows, source, site).digest


def _words(title, kicker, figure, figure_label, rows, source, site):
    rows = tuple(tuple(_plain(cell) for cell in row) for row in rows)
    if len(rows) > MOST_ROWS or any(len(row) not in (2, 3) for row in rows):
        raise ValueError(f"up to {MOST_ROWS} rows of two or three cells")
    return _Words(
        *map(_plain, (title, kicker, figure, figure_label)), rows, _plain(source), _plain(site)
    )


def _plain(words):
    """Return words on one line, without what no font draws."""
    return "".join(c if c.isprintable() else " " for c in " ".join(str(words).split()))


def _drawn(words) -> bytes:
    image = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, SIZE[0], 14), fill=_SEAL)
    room = _put_site(pen, words.site) - _LEFT
    if words.kicker:
        _put(pen, _LEFT, _TOP, fitted(words.kicker, 32, room), 32, _SEAL)
    foot = _put_source(pen, words.source)
    top = _put_title(pen, words, foot)
    if words.rows:
        right = _RIGHT - 380 if words.figure else _RIGHT
        _put_rows(pen, words.rows, top, foot, right)
    if words.figure:
        left = _RIGHT - 320 if words.rows else _LEFT
        _put_figure(pen, words.figure, words.figure_label, top, foot, left)
    file = io.BytesIO()
    # A page of few colours: a palette makes it a fifth of the bytes.
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _put(pen, left, top, words, size, colour, align="left"):
    """Put a line of words with the top of its em box at `top`."""
    letters = font(size)
    shift = {"left": 0, "right": letters.getlength(words)}[align]
    pen.text((left - shift, top + size * 0.88), words, colour, letters, anchor="ls")


def _put_site(pen, site):
    """Put the site's name at the right; return where the room beside it ends."""
    name = fitted(site, 30, 300)
    wide = width(name, 30)
    pen.rectangle((_RIGHT - wide - 28, _TOP - 10, _RIGHT, _TOP + 42), fill=_SEAL)
    _put(pen, _RIGHT - wide - 14, _TOP + 1, name, 30, _SEAL_INK)
    return _RIGHT - wide - 28 - 40


def _put_title(pen, words, foot):
    """Put the title, as large as it may be, one that stands alone in the middle; return where it ends."""
    top, is_alone = _TOP + 76, not words.rows and not words.figure
    sizes = _TITLES_ALONE if is_alone else _TITLES_OVER_ROWS if words.rows else _TITLES
    for size, most in sizes:
        lines = _title_lines(words.title, size)
        if len(lines) <= most:
            break
    else:
        lines = wrapped(words.title, size, _RIGHT - _LEFT, most)
    if is_alone:
        top += max(0, (foot - top - round(size * 1.34) * len(lines)) // 2)
    for line in lines:
        _put(pen, _LEFT, top, line, size, _INK)
        top += round(size * 1.34)
    return top + 20


def _title_lines(title, size):
    """Return the fewest lines, broken where most of them end with a clause, else as full as they go."""
    room = _RIGHT - _LEFT
    fullest = wrapped(title, size, room)
    narrower = (wrapped(title, size, less) for less in range(room, room // 2, -size // 2))
    ways = [fullest, *(lines for lines in narrower if len(lines) == len(fullest))]
    return max(ways, key=lambda lines: sum(line.endswith(_CLAUSE_ENDS) for line in lines[:-1]))


def _put_source(pen, source):
    """Put the source in one line at the foot; return where the room over it ends."""
    if not source:
        return _FOOT
    pen.line((_LEFT, _FOOT - 40, _RIGHT, _FOOT - 40), _RULE, 2)
    words = fitted(f"来源：{source}", 26, _RIGHT - _LEFT)
    _put(pen, _LEFT, _FOOT - 22, words, 26, _SOFT)
    return _FOOT - 60


def _put_rows(pen, rows, top, foot, right):
    """Put the rows: the first cell of three in a column of its own, the last at the right."""
    height = min((foot - top) / len(rows), _HIGHEST_ROW)
    size = int(height * 0.58)
    for row in rows:
        *first, middle, last = row
        last = fitted(last, size, (right - _LEFT) * 0.45)
        left = _LEFT + (_COLUMN if first else 0)
        if first:
            _put(pen, _LEFT, top, fitted(first[0], size, _COLUMN - 10), size, _SOFT)
        room = right - left - width(last, size) - 24
        _put(pen, left, top, fitted(middle, size, room), size, _INK)
        _put(pen, right, top, last, size, _SEAL, "right")
        pen.line((_LEFT, top + height - 8, right, top + height - 8), _RULE, 1)
        top += height


def _put_figure(pen, figure, label, top, foot, left):
    """Put the figure as large as fits over its label."""
    below = 44 if label else 0
    room = _RIGHT - left
    size = next(
        (
            size
            for size in _FIGURE_SIZES
            if width(figure, size) <= room and size * 1.05 + below <= foot - top
        ),
        _FIGURE_SIZES[-1],
    )
    _put(pen, left, top, fitted(figure, size, room), size, _SEAL)
    if label:
        _put(pen, left + 4, top + round(size * 1.12), fitted(label, 30, room), 30, _SOFT)
