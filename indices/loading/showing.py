"""What is shown of an import: rows of each kind before and after, and the ranks that the scores do not bear out."""

from indices.checking import check_edition
from indices.loading.outcomes import Conflict
from indices.models import Score
from indices.wording import statement_words
from portal.importing import RowChange

_BATCH = 400


def conflicts_of(edition, release, dimensions):
    """Return a Conflict for each rank in these dimensions that would stand against its scores."""
    found = []
    for checked in check_edition(edition, release=release):
        if checked.dimension.pk not in dimensions:
            continue
        told = _published(release, checked)
        found += [
            Conflict(
                place=place.name,
                place_code=place.code,
                dimension=checked.dimension.dimension.code,
                published=told.get(place.pk),
                computed=verdict.computed,
                sentence=verdict.sentence,
            )
            for place, verdict in checked.conflicts
        ]
    return found


def _published(release, checked):
    """Return {place's key: its published rank, or the interval in words} of the places in conflict."""
    places = [place.pk for place, _ in checked.conflicts]
    told = {}
    for start in range(0, len(places), _BATCH):
        here = {"dimension": checked.dimension, "place__in": places[start : start + _BATCH]}
        for rows in (Score.objects.current().filter(**here), release.lines.filter(**here)):
            for place, rank, first, last in rows.values_list(
                "place", "rank", "rank_from", "rank_to"
            ):
                told[place] = rank if rank is not None else f"{first}-{last}"
    return told


def examples_of(release, lines, most):
    """Return RowChanges for the first lines of a draft of each kind, at most so many of one kind."""
    kinds = {
        "new": release.lines.new(),
        "changed": release.lines.changed(),
        "removed": release.lines.removed(),
    }
    shown = []
    for act, found in kinds.items():
        rows = list(found.select_related("place", "dimension").order_by("pk")[:most])
        before = _standing(rows)
        shown += [
            _change(act, row, before.get((row.dimension_id, row.place_id)), lines) for row in rows
        ]
    return shown


def _standing(rows):
    scores = Score.objects.current().filter(
        dimension__in={row.dimension_id for row in rows}, place__in={row.place_id for row in rows}
    )
    return {(score.dimension_id, score.place_id): score for score in scores}


def _change(act, row, before, lines):
    """Return one RowChange; what the words do not say (name, source, quote) is told by itself."""
    after = None if row.retracts else row
    differences = [("数据", *(_words(one, row.dimension) for one in (before, after)))]
    if act == "changed":
        for name in ("name_as_published", "locator", "quote"):
            told = getattr(before, name), getattr(row, name)
            if told[0] != told[1]:
                differences.append((row._meta.get_field(name).verbose_name, *told))
        if differences[0][1] == differences[0][2] and len(differences) > 1:
            del differences[0]
    return RowChange(
        act=act,
        label=f"{row.place.label}·{row.dimension.label}",
        row=lines.row_of(row.dimension_id, row.place_id),
        differences=tuple(differences),
    )


def _words(stated, dimension):
    return "" if stated is None else statement_words(stated, dimension)
