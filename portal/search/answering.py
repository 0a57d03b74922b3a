"""Direct answers: what a query asks that a record answers, shown above the list of what was found.

Each floor registers what it can answer, from the same rules as its own pages. Where a query can be
understood in two ways, or holds a word that is not understood, there is no answer: a wrong one is worse than none.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from portal.search.tokens import flat, is_han
from portal.search.vocabulary import Vocabulary

# Longer queries are no questions of this sort.
LONGEST = 60
_LONGEST_NAME = 30
# What is said around a question and asks nothing of its own.
_AROUND = re.compile(
    "(?:请问|我想知道|想知道|查询|查一下|查查|查|目前|现在|如今|今年|的|是|在|有|里|中|里面|"
    "全国|城市|报告|版|年版|年度|年|度|多少|哪些|什么|怎么样|如何|呢|吗|吧|了|啊)*"
)


@dataclass(frozen=True)
class DirectAnswer:
    """One answer: the template that shows it, what that is given, and the style sheets that it needs."""

    template: str
    given: dict = field(default_factory=dict)
    styles: tuple[str, ...] = ()


Answerer = Callable[[str, Vocabulary], DirectAnswer | None]

_answerers: list[Answerer] = []


def register(answerer: Answerer) -> None:
    """Let `answerer` try: it takes what was typed and the site's vocabulary, and answers from public records or not."""
    if answerer not in _answerers:
        _answerers.append(answerer)


def answers_to(typed: str, vocabulary: Vocabulary) -> list[DirectAnswer]:
    """Return the direct answers to what was typed, in the order of the floors; none to a long text."""
    if not 1 < len(flat(typed).strip()) <= LONGEST:
        return []
    return list(filter(None, (answer(typed, vocabulary) for answer in _answerers)))


def parts_of(typed: str) -> set[str]:
    """Return all that can be a name in what was typed: its flat form's parts of two characters and more."""
    text = flat(typed).strip()[:LONGEST]
    parts = {
        text[start:end].strip()
        for start in range(len(text))
        for end in range(start + 2, min(start + _LONGEST_NAME, len(text)) + 1)
    }
    return {part for part in parts if len(part) > 1}


def words_in(typed: str, known: set[str]) -> list[str] | None:
    """Return which of the `known` words (flat forms) make up what was typed, in order; None if others do too.

    The longest known word is taken first, from left to right; between them may stand what only surrounds a
    question (现在, 的, 多少).
    """
    text = flat(typed).strip()
    parts = Vocabulary([(word,) for word in known]).cut(text)
    if any(not is_known and not _surrounds(part) for part, is_known in parts):
        return None
    return [part for part, is_known in parts if is_known]


def _surrounds(part):
    return all(is_han(run) and _AROUND.fullmatch(run) for run in part.split())
