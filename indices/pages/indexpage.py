"""What the page of one series shows: its latest edition, all its editions, and a few places over them.

Keeps the number of queries the same however many editions there are.
"""

from itertools import pairwise

from indices.models import Score
from indices.movements import declarations
from indices.pages.choices import offered_places, slots_of
from indices.pages.drawings import MOST_SERIES, line_chart
from indices.pages.editionlists import Neighbours
from indices.pages.editionpage import publishers_of
from indices.pages.wordings import extent_words, names_of, title_of
from indices.standings import Cell, order_of, rows_of
from portal.figures import quoted_by
from portal.references import format_reference


def index_context(asked, editions):
    """Return what the page shows for a ScoreFilter of the latest edition; `editions` from the oldest on."""
    latest, index = asked.edition, asked.index
    order = order_of(latest, asked.root, known_at=asked.known_at)
    chosen = [place.pk for place in asked.places]
    best = rows_of(latest, order.places[:MOST_SERIES], [asked.root], known_at=asked.known_at)
    stated = [row for row in best if row.cells[0].score is not None]
    places = asked.places or [row.place for row in stated]
    pairs = neighbours_among(editions)
    publishers = publishers_of(latest)
    cells = _overall(editions, chosen or [place.pk for place in places], asked.known_at)
    by_later = {pair.later.pk: pair for pair in pairs}
    reference = format_reference("index", index.code)
    names = names_of(publishers)
    return {
        "asked": asked,
        "index": index,
        "latest": latest,
        "latest_title": title_of(latest),
        "publisher_names": names,
        "extent": extent_words(latest, order.held),
        "best": stated,
        "editions": [(one, by_later.get(one.pk)) for one in reversed(editions)],
        "course": line_chart(index, editions, pairs, places, cells, _source(editions)),
        "places": places,
        "offered": offered_places(order),
        "slots": slots_of(asked.places),
        "present": f"?{asked.query(known_at=None)}",
        "download": f"?{query}&format=csv" if (query := asked.query()) else "?format=csv",
        "reference": reference,
        "stories": quoted_by(reference),
    }


def neighbours_among(editions):
    """Return the Neighbours of editions in their order, the oldest first; one query."""
    declared = declarations(editions)
    return [
        Neighbours(earlier, later, declared.get((earlier.pk, later.pk)))
        for earlier, later in pairwise(editions)
    ]


def _overall(editions, places, known_at):
    """Return {(edition, place): overall Cell}; one query."""
    units = {one.pk: one.unit for one in editions}
    scores = Score.objects.public(known_at).filter(
        dimension__edition__in=editions, dimension__parent__isnull=True, place__in=places
    )
    return {
        (score.dimension.edition_id, score.place_id): Cell(
            score.dimension, score, units[score.dimension.edition_id]
        )
        for score in scores.select_related("dimension")
    }


def _source(editions):
    labels = "、".join(one.label for one in editions)
    return f"各版报告（{labels}），逐版的出处见各版页面"
