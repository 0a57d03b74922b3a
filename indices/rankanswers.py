"""The direct answer to 郑州 数字治理 排名: what the latest edition that names the place states of it.

Knows the words in which one asks, in any order: a place, an index or one of its dimensions, rank or score, a
year. Every word must be understood, and together they must mean one place in one dimension of one index.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from indices.editions import age
from indices.models import Edition, EditionDimension
from portal.datums import address_of
from portal.figures import FigureReference, resolve_many
from portal.models import Place
from portal.search.answering import DirectAnswer, parts_of, words_in
from portal.search.placenames import places_named
from portal.search.tokens import flat

RANK, SCORE = "index.rank", "index.score"
_RANK_WORDS = (
    "排名",
    "位次",
    "名次",
    "排行",
    "排第几",
    "第几",
    "第几名",
    "第几位",
    "排位",
    "排多少",
)
_SCORE_WORDS = ("得分", "分数", "多少分", "几分", "评分")
_LABELS = {RANK: "位次", SCORE: "得分"}
_YEAR = re.compile(r"(?:19|20)\d\d")
# Cells that are asked for at once; a query that could mean more means nothing certain.
_MOST = 60


@dataclass(frozen=True)
class _Cell:
    """One dimension of one edition that the words can mean; `code` of the dimension, '' for the overall one."""

    edition: Edition
    code: str
    label: str


def answer_standing(typed, vocabulary):
    """Return the answer with its edition and source; None where the words leave anything open."""
    asked = _words_for(_RANK_WORDS, RANK, vocabulary)
    asked |= _words_for(_SCORE_WORDS, SCORE, vocabulary)
    parts = parts_of(typed)
    if not parts & asked.keys():
        return None
    cells, years = _cells(vocabulary), {part for part in parts if _YEAR.fullmatch(part)}
    places = places_named(parts)
    used = words_in(typed, {*asked, *cells, *places, *years})
    if used is None:
        return None
    kinds = {asked[word] for word in used if word in asked}
    named = [places[word] for word in used if word in places]
    meant = [cells[word] for word in used if word in cells]
    year = {word for word in used if word in years}
    if len(kinds) != 1 or len(named) != 1 or not meant or len(year) > 1:
        return None
    return _answer(kinds.pop(), named[0], _meant(meant), *year)


def _words_for(words, figure, vocabulary):
    """Return {word (flat form): the figure that it asks for}, with the synonyms that editors keep."""
    flats = [flat(word).strip() for word in words]
    others = [other for word in flats for other in vocabulary.others(word)]
    return dict.fromkeys([*flats, *others], figure)


def _cells(vocabulary):
    """Return {word: [cells that it names]} of all public editions: names of series and reports, dimensions' labels."""
    rows = EditionDimension.objects.filter(edition__in=Edition.objects.public())
    found = defaultdict(list)
    rows = rows.select_related("edition__index", "dimension").order_by()
    for row in rows.defer("edition__method", "edition__index__description"):
        code = "" if row.is_root else row.dimension.code
        names = {row.label, row.dimension.name}
        if row.is_root:
            names |= {row.edition.index.name, row.edition.title} - {""}
        for word in _called(names, vocabulary):
            found[word].append(_Cell(row.edition, code, row.label))
    return found


def _called(names, vocabulary):
    for name in names:
        word = flat(name).strip()
        yield from dict.fromkeys([word, *vocabulary.others(word)])
        for ending in ("指数", "排名"):
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                yield word.removesuffix(ending)


def _meant(meant):
    """Return the cells that all the words can mean together: of a series and a dimension, the dimension in it."""
    cells = list(dict.fromkeys(meant[0]))
    for others in meant[1:]:
        series = {cell.edition.pk for cell in others}
        finer = [cell for cell in cells if cell.code and cell.edition.pk in series]
        finer += [
            cell
            for cell in others
            if cell.code and cell.edition.pk in {c.edition.pk for c in cells}
        ]
        cells = list(dict.fromkeys(finer))
    return cells


def _answer(figure, places, cells, year=""):
    if year:
        cells = [cell for cell in cells if year in (str(cell.edition.year), cell.edition.label)]
    codes = list(
        Place.objects.filter(pk__in=places).order_by("code").values_list("code", flat=True)
    )
    if not 0 < len(cells) * len(codes) <= _MOST:
        return None
    asked = {_reference(figure, cell, code): (cell, code) for cell in cells for code in codes}
    stated = resolve_many(asked)
    meant = {(asked[one][0].edition.index_id, asked[one][0].code, asked[one][1]) for one in stated}
    if len(meant) != 1:
        return None
    latest = max(stated, key=lambda one: age(asked[one][0].edition))
    return _direct(figure, latest, stated[latest], *asked[latest], cells)


def _reference(figure, cell, place):
    given = {"place": place, "edition": cell.edition.code, "dimension": cell.code}
    told = tuple((name, value) for name, value in given.items() if value)
    return FigureReference(figure, cell.edition.index.code, told)


def _direct(figure, reference, stated, cell, code, cells):
    same = (cell.edition.index_id, cell.code)
    courses = [one.edition for one in cells if (one.edition.index_id, one.code) == same]
    newest = max(courses, key=age)
    given = {
        "place": Place.objects.get(code=code),
        "edition": cell.edition,
        "dimension": cell.label,
        "label": _LABELS[figure],
        "figure": stated,
        "datum": address_of(reference),
        "newest": newest if newest != cell.edition else None,
    }
    return DirectAnswer("indices/standing_answer.html", given)
