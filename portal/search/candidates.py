"""Which entries can be near matches: those that hold the rare ones of a query's tokens.

Asks the database twice: how many entries hold each token, then which entries hold most of them. Common
tokens are left out of the second question as long as rarer ones remain, so that it stays cheap.
"""

from django.db import connection
from wagtail.search.models import IndexEntry

from portal.search.matching import contains
from portal.search.scoring import Weights
from portal.search.tokens import Phrase

MOST = 150
_MOST_TOKENS = 60
# Entries that the second question may look at.
_BUDGET = 20_000


def _holding(token):
    """Return (SQL, parameters) of the keys of the entries that hold one token."""
    return (
        IndexEntry.objects.filter(contains(Phrase((token,))))
        .order_by()
        .values("id")
        .query.sql_with_params()
    )


def weigh(tokens) -> Weights:
    """Return how rare each of the tokens is in the index; two queries."""
    tokens = sorted(tokens)[:_MOST_TOKENS]
    documents = IndexEntry.objects.count()
    if not tokens:
        return Weights(documents)
    parts = [_holding(token) for token in tokens]
    counted = ", ".join(
        f"(SELECT count(*) FROM ({sql}) AS t{n})"  # noqa: S608
        for n, (sql, _) in enumerate(parts)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counted}", [value for _, values in parts for value in values])
        return Weights(documents, dict(zip(tokens, cursor.fetchone(), strict=True)))


def _chosen(weights):
    """Return the tokens to ask for: the rarest, while together they stand in few enough entries."""
    chosen, cost = [], 0
    for token, count in sorted(weights.found.items(), key=lambda item: item[1]):
        if count and (not chosen or cost + count <= _BUDGET):
            chosen.append(token)
            cost += count
    return chosen


def likeliest(weights: Weights) -> list[int]:
    """Return the keys of the MOST entries in which the tokens that stand there weigh most; one query."""
    parts = [(_holding(token), weights.of_token(token)) for token in _chosen(weights)]
    if not parts:
        return []
    held = " UNION ALL ".join(
        f"SELECT t{n}.id, {weight:.6f} AS weight FROM ({sql}) AS t{n}"  # noqa: S608
        for n, ((sql, _), weight) in enumerate(parts)
    )
    statement = (
        f"SELECT id FROM ({held}) AS held GROUP BY id "  # noqa: S608
        f"ORDER BY sum(weight) DESC, id DESC LIMIT {MOST}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for (_, values), _ in parts for value in values])
        return [row[0] for row in cursor.fetchall()]
