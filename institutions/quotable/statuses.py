"""Many status questions answered together: figures and cards ask here, with the rules of the check page.

Hides the queries: their number does not grow with the questions.
"""

from dataclasses import dataclass
from datetime import date

from institutions.checking import known_of, lines_of
from institutions.models import NoticeLine
from institutions.register import Answer


@dataclass(frozen=True)
class Question:
    """Was this institution designated for this kind on that day? By primary keys."""

    institution: int
    kind: int
    on: date


@dataclass(frozen=True)
class Evidenced:
    """An answer with the lines that it quotes, each with its notice, in the answer's order."""

    answer: Answer
    lines: tuple[NoticeLine, ...]


def answers_to(questions, known_at=None):
    """Return {question: Evidenced} as known at an instant (now when None); at most seven queries."""
    questions = list(dict.fromkeys(questions))
    if not questions:
        return {}
    institutions = {question.institution for question in questions}
    kinds = {question.kind for question in questions}
    known = known_of(institutions, kinds, known_at)
    answers = {
        question: known.answer(question.institution, question.kind, question.on)
        for question in questions
    }
    quoted = [line for answer in answers.values() for line in answer.lines]
    lines = lines_of(known.rows, quoted)
    return {
        question: Evidenced(answer, tuple(lines[line.key] for line in answer.lines))
        for question, answer in answers.items()
    }
