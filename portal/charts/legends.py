"""What stands around lines and dots: the legend of the series above, and notes in small lines below."""

from portal.charts.sheets import INK, SERIES, SHAPES, SOFT, Drawing
from portal.lettering import wrapped

_MARK = 14
_APART = 14


def put_legend(drawing: Drawing, series, top: float) -> float:
    """Put each series' shape and label, in as many lines as they need; return where they end."""
    sheet, x, y = drawing.sheet, 0.0, top
    for number, one in enumerate(series):
        label = sheet.fit(one.label, sheet.width - _MARK)
        wide = _MARK + sheet.wide(label)
        if x and x + wide > sheet.width:
            x, y = 0.0, y + sheet.line
        baseline = y + sheet.size
        put_symbol(drawing, x + 5, baseline - sheet.size * 0.36, number)
        look = "legend highlighted" if one.highlighted else "legend"
        drawing.text(x + _MARK, baseline, label, look, colour=INK)
        x += wide + _APART
    return y + sheet.line if series else top


def put_symbol(drawing: Drawing, x, y, number: int, tip="", on=(), hollow=False):
    """Put the symbol of the series `number`."""
    drawing.symbol(
        x, y, SHAPES[number], f"series-{number + 1}", SERIES[number], tip, on, hollow=hollow
    )


def put_notes(drawing: Drawing, notes, top: float) -> float:
    """Put sentences below a drawing, each from the left in as many lines as it needs; return their end."""
    sheet = drawing.sheet
    for note in notes:
        for line in wrapped(note, sheet.measured, sheet.width):
            drawing.text(0, top + sheet.size, line, "footnote", colour=SOFT)
            top += sheet.line
    return top
