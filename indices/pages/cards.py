"""The share card of an edition: its best places, or the standing of one; the words and the address."""

from django.utils.http import urlencode

from indices.pages.wordings import extent_words
from portal.sharecards import card_digest

MOST_ROWS = 5


def card_words(asked, rows, held, source, *, site):
    """Return what the card says, as the arguments of `portal.sharecards`.

    `rows` are those of the best places, or of the one place asked for, with their overall cell.
    """
    edition, root = asked.edition, asked.root
    words = {
        "title": str(edition),
        "kicker": "演示数据，并非真实排名" if edition.index.is_demonstration else root.label,
        "source": f"{source}。{extent_words(edition, held)}",
        "site": site,
    }
    if asked.places:
        place = asked.places[0]
        cell = next((row.overall for row in rows if row.place == place), None)
        figure = cell.rank_text if cell is not None else "未披露"
        return words | {"figure": figure, "figure_label": f"{place.name}·{root.label}"}
    stated = [row for row in rows if row.overall.score is not None][:MOST_ROWS]
    has_scores = any(row.overall.score.value is not None for row in stated)
    cells = [
        (row.overall.rank_text, row.place.label, *((row.overall.score_text,) if has_scores else ()))
        for row in stated
    ]
    return words | {"rows": tuple(cells)}


def card_address(edition, words, place=None):
    """Return the address of the card with these words: it changes when they do, so that it may be kept for long."""
    query = {"v": card_digest(**words)} | ({"place": place.code} if place is not None else {})
    return f"{edition.get_absolute_url()}card.png?{urlencode(query)}"
