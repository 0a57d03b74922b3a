"""How well the search answers questions with judgements: recall and nDCG of the first ten.

Works on a temporary index, which holds the given documents and nothing else; the site's is neither read nor
written. nDCG as usual: a document judged g adds 2^g - 1, divided by log2 of its place plus one.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from portal.search import tables
from portal.search.entries import Document
from portal.search.finding import find
from portal.search.language import parse
from portal.search.vocabulary import Vocabulary
from portal.search.writing import write

DEPTH = 10
# The documents are of no model.
_KIND = 0


@dataclass(frozen=True)
class Judged:
    """One query, the documents that answer it with their grades, and the documents found (the first ten)."""

    key: str
    query: str
    relevant: dict[str, int]
    found: tuple[str, ...]
    strict: int

    @property
    def recall(self) -> float:
        """The share of the documents judged above 0 that are found; 1 when there is none."""
        wanted = {key for key, grade in self.relevant.items() if grade > 0}
        return len(wanted.intersection(self.found)) / len(wanted) if wanted else 1.0

    @property
    def ndcg(self) -> float:
        """The gain of the documents found, as a share of the best possible; 1 when nothing answers."""
        best = _gain(sorted(self.relevant.values(), reverse=True)[:DEPTH])
        return _gain(self.relevant.get(key, 0) for key in self.found) / best if best else 1.0


def _gain(grades):
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def evaluate(
    documents: dict[str, Document], queries: Iterable[dict], vocabulary: Vocabulary
) -> list[Judged]:
    """Return each query (`{"id", "query", "relevant": {document: grade}}`) with what it finds in `documents`."""
    judged = []
    with tables.temporary():
        write(_KIND, documents)
        for each in queries:
            found = find(parse(each["query"]), None, vocabulary)
            first = [hit.key for hit in (*found.strict, *found.near)][:DEPTH]
            relevant = {str(key): int(grade) for key, grade in each["relevant"].items()}
            judged.append(
                Judged(str(each["id"]), each["query"], relevant, tuple(first), len(found.strict))
            )
    return judged
