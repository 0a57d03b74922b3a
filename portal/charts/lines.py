"""How places' courses over editions lie on a sheet.

A line is drawn only between neighbours that may be compared; what has no number is a cross under the axis and
a note in words, never a mark at nought; a break is a dashed rule with a number, explained below. Words are
put where there is room: what finds none is in the mark's title, the table and the text.
"""

from itertools import pairwise

from portal.charts.courses import courses, missing_notes
from portal.charts.legends import put_legend, put_notes, put_symbol
from portal.charts.sheets import RULE, SERIES, SOFT, Drawing, box
from portal.charts.ticks import rounded, ticks

_PLOT = {"narrow": 170, "wide": 230}
_GAP = 8
_CLEAR = 5
_PIECES = 12
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def layout_lines(chart, sheet) -> Drawing:
    """Return the Drawing of a LineChart."""
    drawing = Drawing(sheet)
    if not chart:
        return drawing
    top = put_legend(drawing, chart.series, 2) + 4
    signs = _signs(chart)
    plot_top = top + (sheet.line if signs else 0) + sheet.size * 1.5
    plot_foot = plot_top + _PLOT[sheet.name]
    axis = plot_foot + sheet.size * 1.5
    taken = [(0, axis - 1, sheet.width, axis + 1)]
    y = drawing.scale("y", _domain(chart), (plot_top, plot_foot))
    left = _grid(drawing, chart, y, taken)
    places = _columns(chart, sheet, left)
    _breaks(drawing, signs, places, top, axis, taken)
    for number, one in enumerate(chart.series):
        _course(drawing, chart, number, one, places, y, taken)
    for number, one in enumerate(chart.series):
        _marks(drawing, chart, number, one, places, y, taken)
    _values(drawing, chart, places, y, taken)
    foot = _missing(drawing, chart, places, axis)
    foot = _labels(drawing, chart, places, foot)
    notes = missing_notes(chart) + _break_notes(chart, signs)
    drawing.height = round(put_notes(drawing, notes, foot + _GAP) + 2)
    return drawing


def _domain(chart):
    """Return the values at the top and at the foot: of ranks 1 on top, of scores the largest."""
    ends = [end for one in chart.series for point in one.points for end in point.ends]
    if chart.measure == "rank":
        return 1, max([2, *ends])
    low, high = rounded(ends)
    return high, low


def _grid(drawing, chart, y, taken):
    """Put the horizontal rules with their numbers; return where the plot begins at the left."""
    sheet = drawing.sheet
    if not any(point.is_drawn for one in chart.series for point in one.points):
        return 0
    shown = ticks(*y.domain, whole=chart.measure == "rank")
    left = max(sheet.wide(words) for _, words in shown) + _GAP
    for value, words in shown:
        drawing.rule(left, y.at(value), sheet.width, y.at(value), "grid", RULE)
        baseline = y.at(value) + sheet.size * 0.36
        drawing.text(left - _GAP, baseline, words, "tick", "right", SOFT)
        taken.append(box(left - _GAP, baseline, words, sheet, "right"))
    return left


def _columns(chart, sheet, left):
    """Return where each column stands, leaving room for half of the outer labels."""
    widest = max(sheet.wide(label) for label in chart.columns)
    inset = min(max(widest / 2, sheet.size), (sheet.width - left) / 4)
    start, end = left + inset, sheet.width - inset
    count = len(chart.columns)
    if count == 1:
        return [(start + end) / 2]
    return [start + (end - start) * index / (count - 1) for index in range(count)]


def _signs(chart):
    """Return {column: sign} of the breaks; equal words have one sign."""
    found = {}
    signs = {}
    for before, words in chart.broken.items():
        found.setdefault(words, _sign(len(found)))
        signs[before] = found[words]
    return signs


def _sign(index):
    return _CIRCLED[index] if index < len(_CIRCLED) else f"({index + 1})"


def _breaks(drawing, signs, places, top, axis, taken):
    """Put a dashed rule for each break, its sign on top where it does not touch the one before."""
    for before, sign in signs.items():
        x = (places[before - 1] + places[before]) / 2
        drawing.rule(x, top + drawing.sheet.line, x, axis, "break", SOFT, dash=(3, 3))
        _put_if_free(drawing, x, top + drawing.sheet.size, sign, "sign", SOFT, taken)


def _break_notes(chart, signs):
    told = {}
    for before, sign in signs.items():
        pair = f"{chart.columns[before - 1]}与{chart.columns[before]}"
        told.setdefault((sign, chart.broken[before]), []).append(pair)
    return [f"{sign} {'、'.join(pairs)}：{words}" for (sign, words), pairs in told.items()]


def _course(drawing, chart, number, one, places, y, taken):
    """Put a series' lines, and remember where they run, in short pieces."""
    look = f"course series-{number + 1}" + (" highlighted" if one.highlighted else "")
    for run in courses(one.points, chart.broken):
        pairs = [(places[index], float(one.points[index].value)) for index in run]
        drawing.line(pairs, look, SERIES[number])
        for (x, value), (x2, value2) in pairwise(pairs):
            for step in range(1, _PIECES):
                part = step / _PIECES
                middle = x + (x2 - x) * part, y.at(value + (value2 - value) * part)
                taken.append((middle[0] - 1, middle[1] - 1, middle[0] + 1, middle[1] + 1))


def _marks(drawing, chart, number, one, places, y, taken):
    """Put a series' marks, and remember where they are."""
    for index, point in enumerate(one.points):
        if not point.is_drawn:
            continue
        tip = f"{one.label}，{chart.columns[index]}，{point.text}"
        x = places[index]
        tall = [y.at(end) for end in point.ends]
        if point.is_exact:
            put_symbol(drawing, x, float(point.value), number, tip, on=("y",))
        else:
            drawing.span(
                *point.ends, x, x, f"span series-{number + 1}", SERIES[number], tip, along="y"
            )
        taken.append((x - _CLEAR, min(tall) - _CLEAR, x + _CLEAR, max(tall) + _CLEAR))


def _values(drawing, chart, places, y, taken):
    """Put points' words over or under their marks: highlighted series first, of each the last column first."""
    order = sorted(
        range(len(chart.series)), key=lambda number: not chart.series[number].highlighted
    )
    for index in _outer_first(len(chart.columns)):
        for number in order:
            point = chart.series[number].points[index]
            if point.is_drawn:
                high, low = (
                    min(y.at(end) for end in point.ends),
                    max(y.at(end) for end in point.ends),
                )
                look = f"value series-{number + 1}"
                for baseline in (
                    high - _CLEAR - drawing.sheet.size * 0.3,
                    low + _CLEAR + drawing.sheet.size,
                ):
                    if _put_if_free(
                        drawing, places[index], baseline, point.text, look, SERIES[number], taken
                    ):
                        break


def _outer_first(count):
    return sorted(range(count), key=lambda index: (index not in (0, count - 1), -index))


def _put_if_free(drawing, x, baseline, words, look, colour, taken):
    """Put words about `x` unless they would touch what stands there; tell whether they were put."""
    sheet = drawing.sheet
    half = sheet.wide(words) / 2
    if 2 * half > sheet.width:
        return False
    x = min(max(x, half), sheet.width - half)
    mine = box(x, baseline, words, sheet, "center")
    if any(_touch(mine, other) for other in taken):
        return False
    taken.append(mine)
    drawing.text(x, baseline, words, look, "center", colour)
    return True


def _touch(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _missing(drawing, chart, places, axis):
    """Put a row of crosses for each series that misses points; return where the rows end."""
    left = min(places) - _GAP
    drawing.rule(left, axis, drawing.sheet.width, axis, "axis", SOFT)
    for number, one in enumerate(chart.series):
        if all(point.is_drawn for point in one.points):
            continue
        middle = axis + drawing.sheet.size * 0.75
        for index, point in enumerate(one.points):
            if not point.is_drawn:
                tip = f"{one.label}，{chart.columns[index]}，{point.text}"
                put_symbol(drawing, places[index], middle, number, tip, hollow=True)
        axis += drawing.sheet.size
    return axis


def _labels(drawing, chart, places, top):
    """Put the columns' labels, every one or every second, third … as there is room; return their end."""
    sheet, baseline = drawing.sheet, top + drawing.sheet.size * 1.3
    taken = []
    last = len(places) - 1
    step = next(
        (step for step in range(1, last + 1) if _have_room(chart, sheet, places, step)), last + 1
    )
    for index in range(last, -1, -step):
        label = sheet.fit(chart.columns[index], sheet.width / 2)
        _put_if_free(drawing, places[index], baseline, label, "tick", SOFT, taken)
    return baseline + sheet.size * 0.4


def _have_room(chart, sheet, places, step):
    apart = step * (places[1] - places[0])
    return all(sheet.wide(label) + sheet.size * 0.5 <= apart for label in chart.columns)
