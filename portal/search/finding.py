"""One query over everything public: strict matches first, then near ones when these are few.

Strict: every word stands in the document. Near: enough of what was asked does, in these or other words.
`public` says, type by type, what may be seen at this moment; the index itself also holds drafts. Counts and
facets are of strict matches alone.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_

from django.db.models import F, QuerySet, Value
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.search.models import IndexEntry

from portal.search.candidates import likeliest, weigh
from portal.search.language import Query
from portal.search.matching import columns, contains, worth
from portal.search.rephrasing import Piece, as_typed, pieces_of
from portal.search.scoring import ENOUGH, LEAST, Scorer
from portal.search.vocabulary import Vocabulary

# With fewer strict matches, near ones follow; with fewer of both, those that are less near.
FEW, VERY_FEW = 10, 3
MOST_NEAR = 20
# Strict matches that are read word by word; the others stay in the index's order.
READ = 50
MOST_STRICT = 20_000


@dataclass(frozen=True)
class Hit:
    """One document: its content type and key, its day (ordinal, 0 unknown), and how well it answers."""

    entry: int
    content_type: int
    key: str
    day: int
    score: float = 0.0


@dataclass
class Found:
    """The answer to a query. `pieces` are what the passages mark; near matches never count."""

    query: Query
    strict: list[Hit] = field(default_factory=list)
    near: list[Hit] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def _visible(rows, public):
    """Return the rows whose objects are in the querysets of `public`; one query for each type among them."""
    if public is None:
        return rows
    keys = defaultdict(list)
    for row in rows:
        keys[row.content_type].append(row.key)
    seen = set()
    for queryset in public:
        kinds = get_descendants_content_types_pks(queryset.model)
        wanted = [key for kind in kinds for key in keys.get(kind, ())]
        if wanted:
            to_python = queryset.model._meta.pk.to_python
            found = queryset.order_by().filter(pk__in=[to_python(key) for key in wanted])
            pks = {str(pk) for pk in found.values_list("pk", flat=True)}
            seen |= {(kind, key) for kind in kinds for key in keys.get(kind, ()) if key in pks}
    return [row for row in rows if (row.content_type, row.key) in seen]


def _rows(entries):
    found = entries.values_list("pk", "content_type_id", "object_id", "title_norm")
    return [Hit(pk, kind, key, int(day)) for pk, kind, key, day in found]


def _texts(keys):
    """Return {entry: (head, body)} in flat form."""
    rows = IndexEntry.objects.filter(pk__in=keys).values_list("pk", *columns())
    return {pk: (head, body) for pk, head, body in rows}


def _scored(hits, pieces, weights=None):
    """Return [(hit with its score, coverage)], the best first and of equal ones the newest.

    What lacks a quoted phrase, or has gone meanwhile, is left out.
    """
    texts = _texts([hit.entry for hit in hits])
    scorer = Scorer(pieces, weights)
    quoted = [piece.phrases[0] for piece in pieces if piece.quoted]
    judged = []
    for hit in hits:
        flats = texts.get(hit.entry, ())
        if flats and all(any(map(each.stands_in, flats)) for each in quoted):
            score, covered = scorer.score(*flats)
            judged.append((replace(hit, score=round(score, 4)), covered))
    return sorted(judged, key=lambda each: (-each[0].score, -each[0].day, -each[0].entry))


def _strict(query, public):
    condition = reduce(and_, (contains(each) for each in query.phrases))
    rank = sum((worth(each) for each in query.phrases), Value(0.0))
    entries = IndexEntry.objects.filter(condition).annotate(rank=rank)
    rows = _rows(entries.order_by("-rank", "-title_norm", "-pk")[:MOST_STRICT])
    visible = _visible(rows, public)
    read = _scored(visible[:READ], as_typed(query))
    return [hit for hit, _ in read] + visible[READ:]


def _near(query, public, pieces, strict):
    """Return near matches, of which each has all quoted words and enough of the others."""
    if all(piece.quoted for piece in pieces):
        return []
    weights = weigh(set().union(*(piece.tokens for piece in pieces)))
    entries = IndexEntry.objects.filter(pk__in=likeliest(weights)).exclude(
        pk__in=[hit.entry for hit in strict]
    )
    rows = _visible(_rows(entries.order_by(F("pk").desc())), public)
    judged = _scored(rows, pieces, weights)
    near = [hit for hit, covered in judged if covered >= ENOUGH]
    if len(strict) + len(near) < VERY_FEW:
        near += [hit for hit, covered in judged if LEAST <= covered < ENOUGH]
    return near[:MOST_NEAR]


def find(
    query: Query,
    public: list[QuerySet] | None = None,
    vocabulary: Vocabulary | None = None,
    *,
    newest_first: bool = False,
) -> Found:
    """Return what answers `query` among the objects of the querysets `public` (all that is indexed when None).

    Strict matches come by worth (the best READ of them weighed by their texts), or by day when
    `newest_first`; near ones always by worth. An empty query finds nothing.
    """
    if not query:
        return Found(query)
    strict = _strict(query, public)
    if newest_first:
        strict.sort(key=lambda hit: (-hit.day, -hit.entry))
    pieces = pieces_of(query, vocabulary or Vocabulary())
    near = _near(query, public, pieces, strict) if len(strict) < FEW else []
    return Found(query, strict, near, [*as_typed(query), *(pieces if near else ())])
