"""How a ranking lies on a sheet: rank and label, bar or mark, and the words of the point at the right.

On a narrow sheet the words stand over the bar, on a wide one beside it. A point without a number has its
words and nothing else.
"""

from portal.charts.sheets import FIELD, INK, RULE, SEAL, SOFT, Drawing
from portal.lettering import wrapped

_GAP = 8
_MOST_LINES = 2
_BAR = {"narrow": 7, "wide": 15}


def layout_bars(chart, sheet) -> Drawing:
    """Return the Drawing of a BarChart."""
    drawing = Drawing(sheet)
    places = _Places(chart, sheet)
    scale = drawing.scale("x", _domain(chart), places.reach) if chart.bars else None
    top = 2.0
    if chart.measure == "rank" and chart.bars:
        top = _ends(drawing, scale, top)
    for bar in chart.bars:
        top = _row(drawing, chart, bar, places, scale, top)
    drawing.height = round(top + 2)
    return drawing


class _Places:
    """The columns of a sheet: where ranks, labels, bars and words stand, and how wide they may be."""

    def __init__(self, chart, sheet):
        bars = chart.bars
        room = sheet.width
        self.rank = min(max([sheet.wide(bar.rank) for bar in bars] or [0]), room * 0.3)
        self.label = self.rank + _GAP if self.rank else 0
        self.words = min(max([sheet.wide(bar.point.text) for bar in bars] or [0]), room * 0.4)
        free = room - self.label - self.words - _GAP
        if sheet.is_narrow:
            self.label_room, start, end = free, 0, room
        else:
            longest = max([sheet.wide(bar.label) for bar in bars] or [0])
            self.label_room = min(longest, free * 0.5)
            start, end = self.label + self.label_room + _GAP * 1.5, room - self.words - _GAP * 1.5
        inset = 6 if chart.measure == "rank" else 0
        self.reach = (start + inset, end - inset)


def _domain(chart):
    ends = [end for bar in chart.bars for end in bar.point.ends]
    if chart.measure == "rank":
        return 1, max([2, *ends])
    return min([0, *ends]), max([0, *ends]) or 1


def _ends(drawing, scale, top):
    """Put the ends of the scale of ranks over the rows; return where the rows begin."""
    baseline = top + drawing.sheet.size
    for rank, align in zip(scale.domain, ("left", "right"), strict=True):
        drawing.text(
            scale.at(rank) + (-6 if align == "left" else 6),
            baseline,
            f"{rank:g}",
            "tick",
            align,
            SOFT,
        )
    return baseline + drawing.sheet.size * 0.6


def _row(drawing, chart, bar, places, scale, top):
    """Put one row with its top at `top`; return its bottom."""
    sheet, point = drawing.sheet, bar.point
    # Measured a little wider, because a highlighted row is bold.
    lines = wrapped(bar.label, sheet.measured, places.label_room + 0.01, _MOST_LINES)
    first = top + sheet.size
    look = " highlighted" if bar.highlighted else ""
    thick = _BAR[sheet.name]
    if sheet.is_narrow:
        middle = top + sheet.line * max(len(lines), 1) + thick / 2 + 1
        bottom = middle + thick / 2 + sheet.size * 0.6
    else:
        bottom = top + sheet.line * max(len(lines), 1) + sheet.size * 0.4
        middle = first - sheet.size * 0.36
    if bar.rank:
        drawing.text(
            places.rank,
            first,
            sheet.fit(bar.rank, places.rank + 0.01),
            "place" + look,
            "right",
            SOFT,
        )
    for number, line in enumerate(lines):
        drawing.text(places.label, first + number * sheet.line, line, "label" + look, colour=INK)
    words = sheet.fit(point.text, places.words + 0.01)
    missing = "" if point.is_drawn else " missing"
    drawing.text(
        sheet.width,
        first,
        words,
        "value" + look + missing,
        "right",
        INK if point.is_drawn else SOFT,
    )
    _mark(drawing, chart, bar, scale, middle, thick)
    return bottom


def _mark(drawing, chart, bar, scale, middle, thick):
    """Put what shows the point's number; nothing for a point without one."""
    point = bar.point
    tip = "，".join(
        filter(None, [bar.label, bar.rank and f"{chart.rank_heading}{bar.rank}", point.text])
    )
    look = "bar highlighted" if bar.highlighted else "bar"
    colour = SEAL if bar.highlighted else FIELD
    if chart.measure == "rank":
        left, right = scale.reach
        drawing.rule(left, middle, right, middle, "track", RULE)
    if not point.is_drawn:
        return
    if not point.is_exact:
        drawing.span(
            float(point.value), float(point.upto), middle, middle, look + " span", colour, tip
        )
    elif chart.measure == "rank":
        drawing.symbol(float(point.value), middle, "circle", look, colour, tip, on="x")
    else:
        drawing.bar(float(point.value), middle - thick / 2, thick, look, colour, tip)
