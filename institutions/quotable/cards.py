"""What a story's card says of one institution: its name that day and the answer for each of its kinds.

Which kinds are shown: those for which a published notice lists the institution, or the one that it is
part of that day. Hides that all cards of a story are answered together.
"""

from dataclasses import dataclass
from datetime import date

from institutions.models import Institution, Kind, Notice, NoticeLine
from institutions.naming import names_on
from institutions.pages.questions import CHECK, address
from institutions.quotable.statuses import Evidenced, Question, answers_to


@dataclass(frozen=True)
class CardRow:
    """The answer for one kind, and the address where it is given with all its evidence."""

    kind: Kind
    evidenced: Evidenced
    url: str

    @property
    def answer(self):
        return self.evidenced.answer


@dataclass(frozen=True)
class Card:
    """One institution on one day."""

    institution: Institution
    name: str
    on: date
    rows: tuple[CardRow, ...]
    whole: Institution | None

    @property
    def authorities(self):
        """Whose word decides, for the schemes shown, each once."""
        return list(dict.fromkeys(row.kind.scheme.authority for row in self.rows))


def cards_of(asked, known_at=None):
    """Return {(institution, day): Card} for pairs of a primary key and a date; public institutions only.

    Eleven queries at most.
    """
    asked = set(asked)
    keys = {key for key, _ in asked}
    public = Institution.objects.public(known_at).filter(pk__in=keys).select_related("place")
    institutions = {row.pk: row for row in public.defer("note")}
    kinds = Kind.objects.select_related("scheme").in_bulk()
    days = [(key, day) for key, day in asked if key in institutions]
    questions = [Question(key, kind, day) for key, day in days for kind in kinds]
    answers = answers_to(questions, known_at)
    subjects = {(key, day): _subject(answers, kinds, key, day) for key, day in days}
    listed = _listed_kinds({*institutions, *subjects.values()}, known_at)
    wholes = Institution.objects.in_bulk(set(subjects.values()) - set(institutions))
    names = names_on(_by_day(days), known_at)
    return {
        (key, day): Card(
            institutions[key],
            names[day, key],
            day,
            tuple(
                CardRow(
                    kind,
                    answers[Question(key, kind.pk, day)],
                    address(CHECK, institutions[key].code, kind.code, day),
                )
                for kind in kinds.values()
                if kind.pk in listed.get(key, set()) | listed.get(subjects[key, day], set())
            ),
            (institutions | wholes)[subjects[key, day]] if subjects[key, day] != key else None,
        )
        for key, day in days
    }


def _subject(answers, kinds, key, day):
    """Return the institution that answers for `key` on `day`; the same for all kinds."""
    return next((answers[Question(key, kind, day)].answer.answered_for for kind in kinds), key)


def _listed_kinds(institutions, known_at):
    """Return {institution: the kinds for which published notices list it}; one query."""
    lines = NoticeLine.objects.filter(
        institution__in=institutions,
        kind__isnull=False,
        notice__in=Notice.objects.published(known_at),
    )
    found = {}
    for institution, kind in lines.order_by().values_list("institution", "kind").distinct():
        found.setdefault(institution, set()).add(kind)
    return found


def _by_day(days):
    by_day = {}
    for key, day in days:
        by_day.setdefault(day, set()).add(key)
    return by_day
