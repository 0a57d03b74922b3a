"""What this floor tells of its datums: figures of a place in an index, and `score:<id>`, one stored statement.

Knows their titles, which statements are a datum's history, and by which release each was ended. The figures
themselves are those of `indices.figures`. Hides the queries: their number does not grow with the history.
"""

from dataclasses import dataclass

from indices.figures import LONGEST_TITLE
from indices.models import Release, Score
from indices.quotable.statements import Asked, in_order, public_editions, statements_of
from indices.references import LONGEST_KEY
from indices.wording import rank_words, score_words, statement_words
from portal.datums import LONGEST_HISTORY, Datum, Statement, address_of, api_row, register
from portal.figures import FigureReference, Source, resolve
from portal.records import instant
from portal.references import Target, format_reference

DEMONSTRATION = "演示数据：由程序生成，不是真实的评估结果。"
GONE = "已撤去，本站现在没有这项数据"
_WHAT = {
    "index.rank": "位次",
    "index.score": "得分",
    "index.order": "排名的先后",
    "index.movement": "位次的升降",
}


@dataclass(frozen=True)
class _Cell:
    """One place in one dimension of an edition, by rows."""

    edition: object
    dimension: object
    place: object

    @property
    def title(self):
        index = self.edition.index.name
        if self.dimension.is_root:
            return f"{self.place.label} {self.edition.label} {index}"
        return f"{self.place.label} {self.edition.label} {index}“{self.dimension.label}”"

    @property
    def see(self):
        """The pages where it stands among others."""
        sort = "" if self.dimension.is_root else f"?sort={self.dimension.dimension.code}"
        return (
            Target(f"{self.edition}的排名", f"{self.edition.get_absolute_url()}{sort}"),
            Target(f"{self.place.name}的全部指数", f"/places/{self.place.code}/"),
        )

    @property
    def holds(self):
        year = self.edition.reference_year
        return f"{year} 年的数据" if year else "报告没有载明数据所属的年份"

    @property
    def note(self):
        return DEMONSTRATION if self.edition.index.is_demonstration else ""


def register_all():
    """Teach the kernel this floor's datums; called once when the app is ready."""
    for name in ("index.rank", "index.score", "index.order"):
        register(name, tell_standing)
    register("index.movement", tell_movement)
    register("score", tell_score)


def tell_standing(reference, known_at=None):
    """Return the Datum of a rank, a score or an order; FigureNotFound where nothing is stated."""
    figure = resolve(reference, known_at)
    asked = dict(reference.parameters)
    editions = public_editions([reference.code], known_at)[reference.code]
    edition = _named(editions, asked.get("edition"))
    return _datum(reference, figure, [_stated(edition, asked, known_at)], known_at)


def tell_movement(reference, known_at=None):
    """Return the Datum of a movement between two editions; its history is that of both ranks."""
    figure = resolve(reference, known_at)
    asked = dict(reference.parameters)
    editions = public_editions([reference.code], known_at)[reference.code]
    later = _named(editions, asked.get("edition"))
    before = in_order(editions)[: editions.index(later)]
    earlier = _named(before, asked.get("since"))
    both = statements_of([_cell_asked(one, asked) for one in (later, earlier)], known_at)
    found = [both[_cell_asked(one, asked)] for one in (later, earlier)]
    return _datum(reference, figure, found, known_at)


def tell_score(code, known_at=None):
    """Return the Datum of one stored statement, closed since or not; None where no reader could ever see it."""
    if not code.isdigit() or len(code) > LONGEST_KEY:
        return None
    at = instant(known_at)
    rows = Score.objects.ever_public(at).select_related(
        "dimension__edition__index", "dimension__dimension", "place", "release"
    )
    score = rows.filter(pk=code).first()
    if score is None:
        return None
    cell = _Cell(score.dimension.edition, score.dimension, score.place)
    history = _history([cell], _whole, at)
    closed = score.known_to is not None and score.known_to <= at
    value, unit = _value(score, cell.edition.unit)
    return Datum(
        reference=format_reference("score", score.pk),
        title=cell.title,
        value=value,
        unit=unit,
        text=_whole(score, cell),
        sources=(_report(cell.edition), _source(score, cell.edition)),
        holds=cell.holds,
        note=cell.note,
        known_from=score.known_from,
        known_to=score.known_to if closed else None,
        standing=_standing(history) if closed else (),
        history=history,
        records=(format_reference("edition", cell.edition.pk),),
        see=(*_figures_of(cell, score), *cell.see),
        api=api_row("scores", score.pk),
    )


def _datum(reference, figure, stated, known_at):
    """Return the Datum of a figure taken from `stated`, the statement that it is about first."""
    first = stated[0]
    cells = [_Cell(one.edition, one.dimension, one.score.place) for one in stated]
    cell = cells[0]
    since = {"since": stated[1].edition.code} if len(stated) > 1 else {}
    filled = {
        "place": cell.place.code,
        "edition": cell.edition.code,
        "dimension": cell.dimension.dimension.code,
    } | since
    words = score_of if reference.name == "index.score" else standing_of
    return Datum(
        reference=str(reference),
        title=cell.title + _WHAT[reference.name],
        value=figure.value,
        unit=figure.unit,
        text=figure.text,
        sources=figure.sources,
        holds=cell.holds,
        note=cell.note,
        known_from=max(one.score.known_from for one in stated),
        pinned=str(FigureReference(reference.name, reference.code, tuple(filled.items()))),
        history=_history(cells, words, instant(known_at)),
        records=tuple(format_reference("edition", one.edition.pk) for one in stated),
        see=cell.see,
        api=api_row("scores", first.score.pk),
    )


def standing_of(score, cell):
    """Return a score row's standing in words."""
    return rank_words(score)


def score_of(score, cell):
    """Return a score row's score in words."""
    return score_words(score, cell.dimension, cell.edition.unit)


def _whole(score, cell):
    return statement_words(score, cell.dimension, cell.edition.unit)


def _value(score, unit):
    """Return (value, unit) of a statement: its score, else its rank, else nothing."""
    if score.value is not None:
        return score.value, unit
    return (score.rank, "位") if score.rank is not None else (None, unit)


def _named(editions, code):
    return next(one for one in reversed(editions) if code in (None, one.code))


def _cell_asked(edition, asked):
    return Asked(edition, asked.get("dimension", ""), asked["place"])


def _stated(edition, asked, known_at):
    cell = _cell_asked(edition, asked)
    return statements_of([cell], known_at)[cell]


def _history(cells, words, at):
    """Return what was stated of these cells until an instant, the latest first; two queries at most."""
    of = {(cell.dimension.pk, cell.place.pk): cell for cell in cells}
    rows = Score.objects.ever_public(at).filter(
        dimension__in=[dimension for dimension, _ in of], place__in=[place for _, place in of]
    )
    rows = rows.select_related("release").order_by("-known_from", "-pk")[:LONGEST_HISTORY]
    told = [(row, of[row.dimension_id, row.place_id]) for row in rows]
    ends = _ends([row for row, _ in told], at)
    return tuple(
        Statement(
            text=words(row, cell)
            if len(cells) == 1
            else f"{cell.edition.label}：{words(row, cell)}",
            known_from=row.known_from,
            known_to=row.known_to if row.known_to and row.known_to <= at else None,
            source=_source(row, cell.edition),
            ended_by=_end(ends, cell.edition, row, at),
            reference=format_reference("score", row.pk),
        )
        for row, cell in told
    )


def _ends(rows, at):
    """Return {(edition, instant): the release published then}; no query where nothing was closed."""
    closed = {row.known_to for row in rows if row.known_to and row.known_to <= at}
    if not closed:
        return {}
    editions = {row.release.edition_id for row in rows}
    found = Release.objects.published(at).filter(edition__in=editions, published_at__in=closed)
    return {(row.edition_id, row.published_at): row for row in found}


def _end(ends, edition, row, at):
    if row.known_to is None or row.known_to > at:
        return None
    release = ends.get((edition.pk, row.known_to))
    if release is None:
        return Target("由本站撤去", edition.get_absolute_url())
    reason = f"：{release.explanation}" if release.explanation else ""
    address = f"{edition.get_absolute_url()}#release-{release.pk}"
    return Target(f"{release.get_nature_display()}{reason}", address)


def _standing(history):
    """Return what stands now of a cell whose history this is."""
    now = [one for one in history if one.known_to is None]
    return tuple(Target(one.text, one.url) for one in now) or (Target(GONE, ""),)


def _figures_of(cell, score):
    """Return the addresses of the figures that take this cell, where it states them."""
    told = {
        "place": cell.place.code,
        "edition": cell.edition.code,
        "dimension": cell.dimension.dimension.code,
    }
    code, found = cell.edition.index.code, []
    for name, is_stated in (("index.rank", score.rank), ("index.score", score.value)):
        if is_stated is not None and score.known_to is None:
            reference = FigureReference(name, code, tuple(told.items()))
            found.append(Target(f"{cell.title}{_WHAT[name]}", address_of(reference)))
    return found


def _report(edition):
    words = f"《{edition.title}》" if edition.title else str(edition)
    return Source(words, edition.get_absolute_url())


def _source(score, edition):
    release = score.release
    return Source(
        release.source_words[:LONGEST_TITLE],
        f"{edition.get_absolute_url()}#release-{release.pk}",
        score.quote,
        score.locator,
    )
