"""The charts of the indices' pages, made from the same cells as their tables: bars, courses, dots.

Where no score is known the ranks are drawn; what is not disclosed is said and never drawn at 0.
"""

from indices.pages.wordings import counted
from portal.charts import Bar, BarChart, Break, DotChart, LineChart, Point, Series

MOST_BARS = 20
MOST_DIMENSIONS = 30
MOST_COLUMNS = 30
MOST_SERIES = 5


def bar_chart(asked, rows, source):
    """Return the BarChart of the first rows in the dimension by which they are sorted; None without numbers."""
    dimension, edition = asked.order, asked.edition
    cells = [(row, _cell_of(row, dimension)) for row in rows]
    cells = [(row, cell) for row, cell in cells if cell.score is not None][:MOST_BARS]
    measure = measure_of([cell.score for _, cell in cells])
    if measure is None:
        return None
    bars = tuple(
        Bar(
            label=row.place.label,
            point=point_of(cell, measure),
            rank=_short_rank(cell.score) if measure == "score" else "",
            highlighted=row.place in asked.places,
        )
        for row, cell in cells
    )
    what = "得分" if measure == "score" else "位次"
    return BarChart(
        title=f"{edition}：{dimension.label}{what}",
        unit=edition.unit if measure == "score" else "位",
        bars=bars,
        measure=measure,
        label_heading="地方",
        value_heading=what,
        source=source,
        note=(f"只画表中的前 {len(bars)} {counted(edition)}。" if len(bars) < len(rows) else "")
        + _order_note(bar.point for bar in bars),
        name="bars",
    )


def dot_chart(edition, rows, dimensions, source, *, name="dots"):
    """Return the DotChart of up to five rows in these dimensions; None with fewer than two dimensions to draw.

    Among scores, dimensions in which less is better are left out: better is at the right.
    """
    rows = rows[:MOST_SERIES]
    scores = [_cell_of(row, one).score for row in rows for one in dimensions]
    measure = measure_of([score for score in scores if score is not None])
    if measure is None:
        return None
    left_out = [one for one in dimensions if measure == "score" and one.lower_is_better]
    drawn = [one for one in dimensions if one not in left_out][:MOST_DIMENSIONS]
    if len(drawn) < 2:
        return None
    what = "得分" if measure == "score" else "位次"
    labels = "、".join(one.label for one in left_out)
    series = tuple(
        Series(row.place.label, tuple(point_of(_cell_of(row, one), measure) for one in drawn))
        for row in rows
    )
    return DotChart(
        title=f"{edition}：{'、'.join(row.place.label for row in rows)}的各维度{what}",
        unit=edition.unit if measure == "score" else "位",
        dimensions=tuple(one.label for one in drawn),
        series=series,
        measure=measure,
        source=source,
        note=(f"{labels}的得分越小越好，没有画入。" if left_out else "")
        + _order_note(point for one in series for point in one.points),
        name=name,
    )


def line_chart(index, editions, pairs, places, cells, source):
    """Return the LineChart of the overall standing of up to five places over `editions`, the oldest first.

    `pairs` are the Neighbours of these editions, `cells` the overall Cell by (edition, place), primary keys.
    Ranks are drawn, and scores where no rank is known; a line goes only where that may be compared.
    None for fewer than two editions, or without a number.
    """
    editions = editions[-MOST_COLUMNS:]
    found = [cells.get((one.pk, place.pk)) for one in editions for place in places]
    scores = [cell.score for cell in found if cell is not None and cell.score is not None]
    measure = "rank" if any(_first(score) for score in scores) else measure_of(scores)
    if measure is None or len(editions) < 2:
        return None
    by_later = {pair.later.pk: pair for pair in pairs}
    breaks = tuple(
        Break(before=at, words=by_later[one.pk].words.rstrip("。"))
        for at, one in enumerate(editions[1:], 1)
        if not by_later[one.pk].allows(measure)
    )
    what = "得分" if measure == "score" else "位次"
    series = tuple(
        Series(
            place.label,
            tuple(point_of(cells.get((one.pk, place.pk)), measure) for one in editions),
        )
        for place in places
    )
    return LineChart(
        title=f"{index.name}：{'、'.join(place.label for place in places)}的历版总体{what}",
        unit=editions[-1].unit if measure == "score" else "位",
        columns=tuple(one.label for one in editions),
        series=series,
        measure=measure,
        breaks=breaks,
        source=source,
        note=_order_note(point for one in series for point in one.points),
        name="course",
    )


def measure_of(scores):
    """Return what can be drawn of these scores: "score", "rank", or None."""
    if any(score.value is not None for score in scores):
        return "score"
    return "rank" if any(_first(score) for score in scores) else None


def point_of(cell, measure):
    """Return the Point of a Cell, or of None where an edition says nothing."""
    if cell is None or cell.score is None:
        return Point("未披露")
    score = cell.score
    if measure == "score":
        return Point(cell.score_text, value=score.value)
    if score.rank_from is not None:
        return Point(f"第{score.rank_from}至{score.rank_to}", score.rank_from, score.rank_to)
    return Point(cell.rank_text, value=score.rank)


def _order_note(points):
    """Return what is said when a mark is an interval of ranks."""
    return "“第几至几”之内的次序没有披露。" if any(one.upto for one in points) else ""


def _first(score):
    return score.rank if score.rank is not None else score.rank_from


def _cell_of(row, dimension):
    return next(cell for cell in row.cells if cell.dimension.pk == dimension.pk)


def _short_rank(score):
    if score.rank is not None:
        return f"{score.rank}（并列）" if score.tied else str(score.rank)
    return f"{score.rank_from}–{score.rank_to}" if score.rank_from is not None else ""
