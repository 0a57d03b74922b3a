"""The charts of what stories and places' pages quote: cells under labels as bars, and who says it in words.

How a cell becomes a point is `indices.pages.drawings`'s.
"""

from indices.pages.drawings import measure_of, point_of
from indices.pages.wordings import extent_words, source_of
from portal.charts import Bar, BarChart

MOST_BARS = 30
MOST_COMPARED = 5


def drawable(cells):
    """Return by what these cells are drawn: "score" where any has one, else "rank"; None without a number."""
    return measure_of([cell.score for cell in cells if cell.score is not None])


def ranked_bars(edition, cells, labels, *, title, heading, highlighted=(), urls=None, note=""):
    """Return the BarChart of cells of one edition under these labels; `highlighted` are numbers of rows.

    More than MOST_BARS are cut off.
    """
    cells, labels = list(cells)[:MOST_BARS], list(labels)[:MOST_BARS]
    measure, urls = drawable(cells) or "rank", urls or [""] * MOST_BARS
    by_score = measure == "score"
    bars = tuple(
        Bar(
            label,
            point_of(cell, measure),
            rank=_short(cell.score) if by_score else "",
            highlighted=number in highlighted,
            url=urls[number],
        )
        for number, (cell, label) in enumerate(zip(cells, labels, strict=True))
    )
    return BarChart(
        title=title,
        unit=edition.unit if by_score else "位",
        bars=bars,
        measure=measure,
        label_heading=heading,
        value_heading="得分" if by_score else "位次",
        source=whose(edition),
        note=note,
    )


def _short(score):
    """Return a standing as the narrow column before a bar holds it: 7, 3（并列）, 1–3, or nothing."""
    if score is None:
        return ""
    if score.rank is not None:
        return f"{score.rank}（并列）" if score.tied else str(score.rank)
    return f"{score.rank_from}–{score.rank_to}" if score.rank_from is not None else ""


def whose(edition):
    """Return where an edition's numbers come from, in words; needs its publishers."""
    words = source_of(edition, edition.publishers.all()).rstrip("。")
    return f"{words}（演示数据）" if edition.index.is_demonstration else words


def about(edition, held):
    """Return who was assessed, and how many of them are held here, in words."""
    universe = f"评估对象：{edition.universe}；" if edition.universe else ""
    return f"{universe}{extent_words(edition, held)}。"
