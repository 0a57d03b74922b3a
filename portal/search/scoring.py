"""How well a document answers: one number from its flat texts, the same on both databases.

Title counts more than lead, lead more than body; a phrase more than its scattered pairs; words that stand
near each other more than words far apart; rare words more than common ones. Pure: knows no database.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.search.rephrasing import Piece
from portal.search.tokens import TITLES_END, Phrase, is_han, run_tokens

TITLE, LEAD, BODY = 1.0, 0.75, 0.65
# What another word for the same is worth, and pairs without their phrase.
OTHER_WORD = 0.9
SCATTERED = 0.7
NEARNESS = 0.4
# So much of what was asked must be there for a near match, and so much when hardly anything is found.
ENOUGH, LEAST = 0.5, 0.3
UNKNOWN = 0.5
_NEAR = 40


@dataclass(frozen=True)
class Weights:
    """How rare tokens are: `found` is in how many of `documents` a token stands; unknown ones count as rare."""

    documents: int = 1
    found: dict[str, int] = field(default_factory=dict)

    def of_token(self, token: str) -> float:
        """Return the weight of a token; 0 for one that stands nowhere."""
        count = self.found.get(token, 1)
        return math.log(1 + self.documents / count) if count else 0.0

    def of(self, piece: Piece) -> float:
        """Return the weight of a piece: of the rarest token of its most usual phrase."""
        weights = [
            max((self.of_token(token) for token in each.tokens), default=0.0)
            for each in piece.phrases
        ]
        return min((weight for weight in weights if weight), default=0.0)


class Scorer:
    """Scores documents for the pieces of one query."""

    def __init__(self, pieces: Sequence[Piece], weights: Weights | None = None):
        self.weights = weights or Weights()
        weighed = [(piece, self.weights.of(piece) if weights else 1.0) for piece in pieces]
        self.pieces = [(piece, weight) for piece, weight in weighed if weight]
        self.total = sum(weight for _, weight in self.pieces)
        # What stands in no document at all is missed in each, though not as much as its rarity says.
        self.missed = UNKNOWN * sum(not weight for _, weight in weighed) * self.weights.of_token("")

    def score(self, head: str, body: str) -> tuple[float, float]:
        """Return (how good the answer is, what share of the question it covers), both from 0 to 1 or a little more."""
        title, _, lead = head.partition(TITLES_END)
        texts = ((title, TITLE), (lead, LEAD), (body, BODY))
        worth = covered = 0.0
        for piece, weight in self.pieces:
            best, part = self._piece(piece, texts)
            worth += weight * best
            covered += weight * part
        if not self.total:
            return 0.0, 0.0
        nearness = NEARNESS * self._nearness(f"{title} {lead} {body}")
        return worth / self.total + nearness, covered / (self.total + self.missed)

    def _piece(self, piece, texts):
        """Return the best (worth, coverage) that one of the piece's phrases has in the document."""
        best = (0.0, 0.0)
        for rank, each in enumerate(piece.phrases):
            factor = OTHER_WORD if rank else 1.0
            worth, part = self._phrase(each, texts)
            best = max(best, (factor * worth, factor * part))
        return best

    def _phrase(self, each: Phrase, texts):
        standing = [(weight, text.count(each.pattern)) for text, weight in texts]
        if any(count for _, count in standing):
            worth = max(weight for weight, count in standing if count)
            often = sum(count for _, count in standing)
            return worth + 0.1 * (1 - 1 / often), 1.0
        return self._scattered(each, texts)

    def _scattered(self, each: Phrase, texts):
        """Return (worth, coverage) of a phrase that does not stand there, by the pairs and words that do.

        A character counts as covered when one of its pairs stands in the document, and weighs as the more
        common of them: pairs across two words are rare and mean nothing.
        """
        whole = there = worth = 0.0
        for tokens, weight in self._units(each):
            whole += weight
            places = [
                rank
                for text, rank in texts
                if any((token if is_han(token) else f" {token} ") in text for token in tokens)
            ]
            if places:
                there += weight
                worth += weight * max(places)
        if not whole:
            return 0.0, 0.0
        share = there / whole
        return SCATTERED * share * worth / whole, share

    def _units(self, each):
        """Return [(tokens, weight)] for each character of the phrase's Han runs and each of its words."""
        units = []
        for run in each.runs:
            pairs = run_tokens(run)[:-1] if is_han(run) else [run]
            known = [(pair, self.weights.of_token(pair)) for pair in pairs]
            for before, after in (
                zip([None, *known], [*known, None], strict=True)
                if is_han(run)
                else [(known[0], None)]
            ):
                both = [pair for pair in (before, after) if pair and pair[1]]
                if both:
                    units.append(([token for token, _ in both], min(weight for _, weight in both)))
        return units

    def _nearness(self, text):
        """Return 1 when all pieces stand next to each other somewhere, less the further they are apart."""
        places = []
        for piece, _ in self.pieces:
            found = [_places(text, each.pattern) for each in piece.phrases]
            if not any(found):
                return 0.0
            places.append(sorted(place for each in found for place in each))
        if len(places) < 2:
            return 0.0
        span = _shortest_span(places) - sum(len(str(piece)) for piece, _ in self.pieces[:-1])
        return 1 / (1 + max(span, 0) / _NEAR)


def _places(text, pattern, most=50):
    places, place = [], text.find(pattern)
    while place >= 0 and len(places) < most:
        places.append(place)
        place = text.find(pattern, place + 1)
    return places


def _shortest_span(places):
    """Return the least distance that holds one place of each list."""
    events = sorted((place, which) for which, found in enumerate(places) for place in found)
    last, best = {}, math.inf
    for place, which in events:
        last[which] = place
        if len(last) == len(places):
            best = min(best, place - min(last.values()))
    return best
