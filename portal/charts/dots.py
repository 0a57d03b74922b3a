"""How a dot plot lies on a sheet: a row for each dimension, in it a mark and a number for each place.

On a wide sheet the numbers stand in columns at the right under the places' shapes; on a narrow one the
dimension stands over its marks and the numbers under them. Marks that would cover each other are put lower.
"""

from portal.charts.legends import put_legend, put_symbol
from portal.charts.sheets import INK, RULE, SERIES, SOFT, Drawing
from portal.charts.ticks import rounded, ticks
from portal.lettering import wrapped

_GAP = 10
_MARK = 12
_LANE = 11
_MOST_LINES = 3


def layout_dots(chart, sheet) -> Drawing:
    """Return the Drawing of a DotChart."""
    drawing = Drawing(sheet)
    if not chart:
        return drawing
    columns = _Columns(chart, sheet)
    top = put_legend(drawing, chart.series, 2) + 2
    x = drawing.scale("x", _domain(chart), columns.reach)
    top = _heads(drawing, chart, x, columns, top)
    for index in range(len(chart.dimensions)):
        top = _row(drawing, chart, index, columns, x, top)
    drawing.height = round(top + 2)
    return drawing


class _Columns:
    """Where the labels, the scale and each place's numbers stand."""

    def __init__(self, chart, sheet):
        count = len(chart.series)
        # Each number stands behind its place's shape, or all of a place under one shape.
        self.shape = _MARK if sheet.is_narrow else 0
        if sheet.is_narrow:
            self.label = sheet.width
            self.number = sheet.width / count
            self.first, start, end = 0, 0, sheet.width
        else:
            words = max(sheet.wide(one.text) for place in chart.series for one in place.points)
            self.number = min(max(words, _MARK) + _GAP, sheet.width * 0.45 / count)
            self.first = sheet.width - self.number * count
            longest = max(sheet.wide(label) for label in chart.dimensions)
            self.label = min(longest, (self.first - _GAP) * 0.4)
            start, end = self.label + _GAP, self.first - _GAP * 2
        self.reach = (start + _MARK / 2, end - _MARK / 2)


def _domain(chart):
    """Return the values at the left and at the right: better is right."""
    ends = [end for one in chart.series for point in one.points for end in point.ends]
    if chart.measure == "rank":
        return max([2, *ends]), 1
    return rounded(ends)


def _heads(drawing, chart, x, columns, top):
    """Put a few numbers of the scale over the rows, and the places' shapes over their columns."""
    sheet = drawing.sheet
    right = -1.0
    if not columns.shape:
        for number in range(len(chart.series)):
            left = columns.first + number * columns.number
            put_symbol(drawing, left + _MARK / 2, top + sheet.size * 0.64, number)
    is_drawn = any(point.is_drawn for one in chart.series for point in one.points)
    shown = ticks(*x.domain, whole=chart.measure == "rank") if is_drawn else []
    for value, words in sorted(shown, key=lambda one: x.at(one[0])):
        wide = sheet.wide(words)
        start = min(max(x.at(value) - wide / 2, 0), columns.reach[1] + _MARK / 2 - wide)
        if start > right:
            drawing.text(start, top + sheet.size, words, "tick", colour=SOFT)
            right = start + wide + _GAP
    return top + sheet.line


def _row(drawing, chart, index, columns, x, top):
    """Put one dimension with its top at `top`; return its bottom."""
    sheet = drawing.sheet
    drawing.rule(0, top, sheet.width, top, "grid", RULE)
    top += sheet.size * 0.35
    label = wrapped(chart.dimensions[index], sheet.measured, columns.label + 0.01, _MOST_LINES)
    for number, line in enumerate(label):
        drawing.text(0, top + sheet.size + number * sheet.line, line, "label", colour=INK)
    words_foot = top + len(label) * sheet.line
    marks_top = words_foot + 2 if sheet.is_narrow else top
    middle = marks_top + sheet.size * 0.64
    marks_foot = _marks(drawing, chart, index, columns, x, middle) + sheet.size * 0.6
    numbers_top = marks_foot if sheet.is_narrow else top
    numbers_foot = _numbers(drawing, chart, index, columns, numbers_top)
    return max(words_foot, marks_foot, numbers_foot) + sheet.size * 0.35


def _marks(drawing, chart, index, columns, x, middle):
    """Put the marks on as many lanes as they need; return the middle of the lowest."""
    drawing.rule(columns.reach[0], middle, columns.reach[1], middle, "track", RULE)
    lanes = []
    for number, one in enumerate(chart.series):
        point = one.points[index]
        if not point.is_drawn:
            continue
        ends = sorted(x.at(end) for end in point.ends)
        mine = (ends[0] - _MARK / 2, ends[-1] + _MARK / 2)
        lane = next(
            (
                lane
                for lane, taken in enumerate(lanes)
                if not any(_meet(mine, other) for other in taken)
            ),
            len(lanes),
        )
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append(mine)
        tip = f"{one.label}，{chart.dimensions[index]}，{point.text}"
        y = middle + lane * _LANE
        if point.is_exact:
            put_symbol(drawing, float(point.value), y, number, tip, on=("x",))
        else:
            drawing.span(*point.ends, y, y, f"span series-{number + 1}", SERIES[number], tip)
    return middle + max(len(lanes) - 1, 0) * _LANE


def _meet(one, other):
    return one[0] < other[1] and other[0] < one[1]


def _numbers(drawing, chart, index, columns, top):
    """Put each place's words in its column; return where the longest ends."""
    sheet, foot = drawing.sheet, top
    for number, one in enumerate(chart.series):
        point = one.points[index]
        left = columns.first + number * columns.number
        room = columns.number - columns.shape - 2
        if columns.shape:
            middle = top + sheet.size * 0.64
            put_symbol(drawing, left + 5, middle, number, hollow=not point.is_drawn)
        lines = wrapped(point.text, sheet.measured, room, _MOST_LINES)
        look = f"value series-{number + 1}" if point.is_drawn else "value missing"
        for count, line in enumerate(lines):
            drawing.text(
                left + columns.shape,
                top + sheet.size + count * sheet.line,
                line,
                look,
                colour=SOFT if not point.is_drawn else INK,
            )
        foot = max(foot, top + len(lines) * sheet.line)
    return foot
