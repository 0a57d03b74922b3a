"""What a chart is laid out on: sheets of two widths, scales, and a drawing that collects marks for Vega.

Knows Vega's words for marks and scales; the layouts speak only of texts, rules, bars, symbols and lines. Looks
(the name of a mark) become classes of the SVG, which charts.css colours; the colours here are what a
drawing has when it stands alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.lettering import fitted, width

INK, SOFT, RULE, FIELD, SEAL = "#1b1916", "#5a544a", "#d8d2c3", "#8a8273", "#a4201c"
# The series' colours and shapes, in their order; charts.css has the same for both grounds.
SERIES = (SEAL, "#1f5a8a", "#5e6a12", "#7d4a96", "#8a5a12")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
# Browsers set words in fonts of their own, whose Latin letters may be wider than the measured ones.
_LEEWAY = 1.05
# The areas of symbols.
_SOLID, _HOLLOW = 64, 40


@dataclass(frozen=True)
class Sheet:
    """A width, and the size of the words on it, in units of the drawing."""

    name: str
    width: int
    size: int

    @property
    def is_narrow(self) -> bool:
        return self.name == "narrow"

    @property
    def line(self) -> float:
        """The height of a line of words."""
        return self.size * 1.4

    def wide(self, words: str) -> float:
        """Return how wide `words` run here, in any ordinary font."""
        return width(words, self.size * _LEEWAY)

    def fit(self, words: str, room: float) -> str:
        """Return `words`, cut short where they are wider than `room`."""
        return fitted(words, self.size * _LEEWAY, room)

    @property
    def measured(self) -> float:
        """The size at which words are measured here."""
        return self.size * _LEEWAY


NARROW = Sheet("narrow", 260, 12)
WIDE = Sheet("wide", 640, 14)


@dataclass(frozen=True)
class Scale:
    """A linear scale; `name` is what marks are placed by (x or y)."""

    name: str
    domain: tuple[float, float]
    reach: tuple[float, float]

    def at(self, value) -> float:
        """Return where `value` lies."""
        low, high = self.domain
        return self.reach[0] + (float(value) - low) / (high - low) * (self.reach[1] - self.reach[0])


@dataclass
class Drawing:
    """Marks on a sheet: those of one look are one group, which lies over all groups begun before it."""

    sheet: Sheet
    height: float = 0
    scales: list[Scale] = field(default_factory=list)
    groups: list[tuple[str, str, dict, list]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return self.sheet.width

    def scale(self, name: str, domain: Sequence[float], reach: Sequence[float]) -> Scale:
        """Add a scale. A domain of one value is widened, so that it lies in the middle."""
        low, high = domain
        if low == high:
            low, high = low - 1, high + 1
        made = Scale(name, (low, high), tuple(reach))
        self.scales.append(made)
        return made

    def text(self, x, y, words, look="label", align="left", colour=INK):
        """Put one line of words with its baseline at `y`."""
        self._put(
            "text",
            look,
            {"fill": colour, "fontSize": self.sheet.size, "align": align},
            {"x": x, "y": y, "text": words},
        )

    def rule(self, x, y, x2, y2, look="grid", colour=RULE, thick=1, dash=()):
        """Put a straight line."""
        style = {"stroke": colour, "strokeWidth": thick, "strokeDash": list(dash)}
        self._put("rule", look, style, {"x": x, "y": y, "x2": x2, "y2": y2})

    def bar(self, value, y, height, look, colour, tip):
        """Put a bar from zero to `value` on the scale x."""
        style = {"fill": colour, "x": _on("x", "x"), "x2": _on("x", "zero")}
        self._put(
            "rect", look, style, {"x": value, "zero": 0, "y": y, "height": height, "tip": tip}
        )

    def span(self, start, end, y, y2, look, colour, tip, along="x", thick=5):
        """Put an interval from `start` to `end` on the scale `along`."""
        style = {"stroke": colour, "strokeWidth": thick, "strokeCap": "round"}
        style |= {along: _on(along, along), f"{along}2": _on(along, f"{along}2")}
        other = "y" if along == "x" else "x"
        values = {along: start, f"{along}2": end, other: y, f"{other}2": y2, "tip": tip}
        self._put("rule", look, style, values)

    def symbol(self, x, y, shape, look, colour, tip="", on=(), hollow=False):
        """Put a symbol; its place is a value on the scales in `on`, else a place on the sheet."""
        style = {"shape": shape, "size": _HOLLOW if hollow else _SOLID}
        style |= {"fill": "none", "stroke": colour} if hollow else {"fill": colour}
        style |= {one: _on(one, one) for one in on}
        look += " hollow" if hollow else ""
        self._put("symbol", look, style, {"x": x, "y": y, "tip": tip})

    def line(self, points, look, colour, thick=2):
        """Put a line through (place, value on the scale y) pairs."""
        style = {"stroke": colour, "strokeWidth": thick, "y": _on("y", "y")}
        self.groups.append(("line", look, style, [{"x": x, "y": y} for x, y in points]))

    def _put(self, kind, look, style, values):
        for group in self.groups:
            if group[:3] == (kind, look, style):
                group[3].append(values)
                return
        self.groups.append((kind, look, style, [values]))


def _on(scale, name):
    return {"scale": scale, "field": name}


def box(x: float, baseline: float, words: str, sheet: Sheet, align: str = "left") -> tuple:
    """Return the rectangle (left, top, right, bottom) that `words` take up."""
    wide = sheet.wide(words)
    left = x - {"left": 0, "center": wide / 2, "right": wide}[align]
    return left, baseline - sheet.size * 0.95, left + wide, baseline + sheet.size * 0.25
