"""What the search page shows for one question: direct answers, what was found in pages, near matches, facets.

Keeps the number of queries the same however much is found, and gathers nothing that is not shown.
"""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.utils.safestring import SafeString

from portal.search.answering import answers_to
from portal.search.asking import SORTS, Asked
from portal.search.facets import FACETS, addressed, entries_of, facets_of, label_of
from portal.search.finding import Found, Hit, find
from portal.search.kinds import Kind, kinds, results_of
from portal.search.language import parse
from portal.search.passages import marked, passage
from portal.search.rephrasing import Piece
from portal.search.suggesting import alike
from portal.search.vocabulary import Vocabulary, current

PER_PAGE = 20


@dataclass(frozen=True)
class Row:
    """One result as the page shows it: title and passage are HTML with the found words marked."""

    kind: Kind
    title: SafeString
    url: str
    passage: SafeString
    day: date | None
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Chip:
    """One chosen filter, and the address without it."""

    facet: str
    label: str
    url: str


@dataclass(frozen=True)
class Narrowed:
    """What answers a question: strict and near matches that pass its filters, and `entries`, all strict ones."""

    found: Found
    entries: list
    strict: list[Hit]
    near: list[Hit]


def narrowed(asked: Asked, vocabulary: Vocabulary) -> Narrowed:
    """Return what is found for a question among everything that is public now."""
    public = [kind.public() for kind in kinds()]
    newest_first = asked.sort == "date"
    found = find(parse(asked.text), public, vocabulary, newest_first=newest_first)
    both = entries_of([*found.strict, *found.near])
    entries, near = both[: len(found.strict)], both[len(found.strict) :]
    return Narrowed(
        found,
        entries,
        [entry.hit for entry in entries if entry.passes(asked.chosen)],
        [entry.hit for entry in near if entry.passes(asked.chosen)],
    )


def search_context(asked: Asked) -> dict:
    """Return what the page shows of a question; of an empty one only the form."""
    context = {"asked": asked, "query": asked.text}
    if not asked.text:
        return context
    vocabulary = current()
    answer = narrowed(asked, vocabulary)
    page = Paginator(answer.strict, PER_PAGE).get_page(asked.page)
    near = answer.near if page.number == page.paginator.num_pages else []
    shown = rows_of([*page.object_list, *near], answer.found.pieces)
    page.object_list = [shown[hit.entry] for hit in page.object_list if hit.entry in shown]
    direct = answers_to(asked.text, vocabulary) if page.number == 1 and not asked.chosen else []
    context |= {
        "page": page,
        "near": [shown[hit.entry] for hit in near if hit.entry in shown],
        "total": len(answer.entries),
        "facets": _facets(answer.entries, asked),
        "chips": _chips(answer.entries, asked),
        "sorts": [
            (asked.address(sort=name), label, name == asked.sort) for name, label in SORTS.items()
        ],
        "answers": direct,
        "styles": list(dict.fromkeys(style for one in direct for style in one.styles)),
    }
    if not answer.entries and not direct:
        meant = alike(answer.found.query, vocabulary)
        context["alike"] = [(name, Asked(name).address()) for name in meant]
    return context


def rows_of(hits: list[Hit], pieces: list[Piece]) -> dict[int, Row]:
    """Return {entry: Row} for the hits, with the pieces marked."""
    return {
        entry: Row(
            kind,
            marked(result.title, pieces),
            result.url,
            passage(result.text, pieces),
            result.day,
            result.facts,
        )
        for entry, (kind, result) in results_of(hits).items()
    }


def _facets(entries, asked):
    facets = [
        addressed(facet, lambda name, value: asked.address(**{name: value}))
        for facet in facets_of(entries, asked.chosen)
    ]
    return [facet for facet in facets if facet.is_telling]


def _chips(entries, asked):
    return [
        Chip(FACETS[name], label_of(name, value, entries), asked.without(name))
        for name, value in asked.chosen.items()
    ]
