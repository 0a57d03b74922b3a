"""The figures that this floor can state of a place in an index.

    index.rank:<index>?place=[&edition=][&dimension=]       第7
    index.score:<index>?place=[&edition=][&dimension=]      81.20分
    index.order:<index>?place=[&edition=][&dimension=]      仅次于杭州、深圳、北京
    index.movement:<index>?place=[&edition=][&since=][&dimension=]      上升3位

All parameters are codes. The edition is the latest public one when it is left out, the dimension the overall
one, `since` the public edition before. What is not public, or not known, or not comparable, is not stated;
why two editions are not comparable is told by `indices.movements`.
"""

from indices.movements import declarations, movement
from indices.quotable.precedence import precedences
from indices.quotable.statements import Asked, public_editions, statements_of
from indices.wording import rank_words, score_words
from portal.figures import Figure, Source, register
from portal.records import instant

LONGEST_TITLE = 200
_RESPECTS = ("edition", "dimension")


def register_all():
    """Teach the kernel this floor's figures; called once when the app is ready."""
    place = ["place"]
    register("index.rank", state_rank, label="位次", required=place, optional=_RESPECTS)
    register("index.score", state_score, label="得分", required=place, optional=_RESPECTS)
    register(
        "index.order", state_order, label="排在哪些地方之后", required=place, optional=_RESPECTS
    )
    register(
        "index.movement",
        state_movement,
        label="位次升降",
        required=place,
        optional=[*_RESPECTS, "since"],
    )


def state_rank(references, known_at=None):
    """Return {reference: Figure}: the published rank, in 位.

    The value is None where an interval, a tier or a membership is published instead, or nothing; the text
    says which. Three queries.
    """
    return _figures(_stated(references, known_at), _rank, known_at)


def state_score(references, known_at=None):
    """Return {reference: Figure}: the score, in the edition's unit; None where it is not disclosed. Three queries."""
    return _figures(_stated(references, known_at), _score, known_at)


def state_order(references, known_at=None):
    """Return {reference: Figure}: which places stand before it; the value is how many, in 个.

    Not stated where not all of them are held. Five queries at most.
    """
    stated = _stated(references, known_at)
    found = precedences(list(stated.values()), known_at)
    told = {reference: one for reference, one in stated.items() if one in found}
    return _figures(told, lambda one: (len(found[one].places), "个", found[one].words), known_at)


def state_movement(references, known_at=None):
    """Return {reference: Figure}: how many places up (positive) or down, in 位; the sources are both editions.

    Only between ranks of two editions that are declared comparable, as the declaration stands now. Four
    queries.
    """
    editions = public_editions({reference.code for reference in references}, known_at)
    pairs = {}
    for reference in references:
        given = dict(reference.parameters)
        later = _edition(editions.get(reference.code, []), given.get("edition"))
        earlier = _before(editions.get(reference.code, []), later, given.get("since"))
        if later is not None and earlier is not None:
            what = (given.get("dimension", ""), given["place"])
            pairs[reference] = (Asked(later, *what), Asked(earlier, *what))
    stated = statements_of([one for pair in pairs.values() for one in pair], known_at)
    declared = declarations({one.edition.pk for pair in pairs.values() for one in pair})
    figures = {}
    for reference, (later, earlier) in pairs.items():
        if later not in stated or earlier not in stated:
            continue
        declaration = declared.get((earlier.edition.pk, later.edition.pk))
        moved = movement(stated[later].score, stated[earlier].score, declaration)
        if moved.delta is not None:
            both = (stated[later], stated[earlier])
            figures[reference] = _figure((moved.delta, "位", moved.words), both, known_at)
    return figures


def _stated(references, known_at):
    """Return {reference: Statement} for those in which something is stated; three queries."""
    editions = public_editions({reference.code for reference in references}, known_at)
    asked = {}
    for reference in references:
        given = dict(reference.parameters)
        edition = _edition(editions.get(reference.code, []), given.get("edition"))
        if edition is not None:
            asked[reference] = Asked(edition, given.get("dimension", ""), given["place"])
    found = statements_of(asked.values(), known_at)
    return {reference: found[one] for reference, one in asked.items() if one in found}


def _edition(editions, code):
    if code is None:
        return editions[-1] if editions else None
    return next((edition for edition in editions if edition.code == code), None)


def _before(editions, later, code):
    """Return the edition that is compared with `later`: the one called `code`, else the one before it."""
    if later is None:
        return None
    earlier = editions[: editions.index(later)]
    return _edition(earlier, code)


def _rank(one):
    score = one.score
    if score.rank is None:
        return None, "位", rank_words(score)
    return score.rank, "位", f"并列第{score.rank}" if score.tied else f"第{score.rank}"


def _score(one):
    unit = one.edition.unit
    return one.score.value, unit, score_words(one.score, one.dimension, unit)


def _figures(stated, told, known_at):
    return {reference: _figure(told(one), (one,), known_at) for reference, one in stated.items()}


def _figure(told, statements, known_at):
    sources = [source for one in statements for source in _sources(one)]
    url = statements[0].edition.get_absolute_url()
    return Figure(*told, sources, None, instant(known_at), url)


def _sources(one):
    """Return where it stands written: the edition, and the release that states it with its words."""
    edition, score = one.edition, one.score
    url = edition.get_absolute_url()
    report = f"《{edition.title}》" if edition.title else str(edition)
    release = Source(
        score.release.source_words[:LONGEST_TITLE],
        f"{url}#release-{score.release_id}",
        score.quote,
        score.locator,
    )
    return Source(report, url), release
