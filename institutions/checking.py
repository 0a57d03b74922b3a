"""按日期查资格: one question, asked of the stored lines, answered by `register.status` with its evidence.

Knows which histories an answer rests on, and gives each quoted line its notice and its words. The page,
the API, the receipt, the figure and the institution's own page all ask here. Keeps no log of questions.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from institutions.histories import coverages_of, evidence_of, merges_about
from institutions.models import Institution, Kind, NoticeLine
from institutions.register import Answer, Register, status
from portal.records import instant

_AREAS = ("area_0", "area_1", "area_2", "area_3")


@dataclass(frozen=True)
class Checked:
    """An answer with the rows it speaks of: `lines` are NoticeLines with their notices, in its order."""

    answer: Answer
    institution: Institution
    answered_for: Institution
    kind: Kind
    lines: tuple[NoticeLine, ...]

    @property
    def on(self) -> date:
        return self.answer.on

    @property
    def known_at(self) -> datetime:
        return self.answer.known_at

    @property
    def learned_at(self) -> datetime | None:
        """When the portal learned what it quotes: the publication of the latest notice quoted; None without."""
        return max((line.notice.published_at for line in self.lines), default=None)


@dataclass(frozen=True)
class Known:
    """What is known at one instant of some institutions: their histories and what bears on them."""

    known_at: datetime
    register: Register
    rows: dict
    merges: tuple
    coverages: tuple
    areas: dict

    def answer(self, institution, kind, on):
        """Return the Answer for one institution and kind (primary keys) on a day."""
        return status(
            institution,
            kind,
            on,
            known_at=self.known_at,
            register=self.register,
            coverages=self.coverages,
            merges=self.merges,
            areas=self.areas,
        )


def known_of(institutions, kinds, known_at=None):
    """Return what is Known of `institutions` and `kinds` (primary keys) at an instant (now when None).

    Four queries, however many are asked.
    """
    at = instant(known_at)
    merges, family = merges_about(institutions, at)
    return _known(at, merges, family, kinds, areas_of(family, at))


def _known(at, merges, family, kinds, areas):
    evidence = evidence_of(family)
    return Known(at, evidence.fold(at), evidence.rows, merges, coverages_of(kinds), areas)


def areas_of(institutions, known_at=None):
    """Return {institution: its place and all places that contain it}, by primary keys; one query.

    The place is the one that the portal stated at `known_at` (now when None).
    """
    rows = Institution.objects.seated(known_at).filter(pk__in=institutions).order_by()
    return {
        pk: frozenset(place for place in places if place)
        for pk, *places in rows.values_list("pk", *_AREAS)
    }


def check(institution, kind, on=None, known_at=None):
    """Return the Checked answer for `institution` and `kind` on a day (today in China when None).

    The question is what the portal knows at `known_at` (now when None).
    """
    return check_many(institution, [kind], on, known_at)[0]


def check_many(institution, kinds, on=None, known_at=None):
    """Return the Checked answers of one institution for several kinds; no more queries than for one."""
    on, at = on or timezone.localdate(), instant(known_at)
    merges, family = merges_about([institution.pk], at)
    named = _named(family, on, at)
    areas = {
        pk: frozenset(filter(None, (getattr(row, name) for name in _AREAS)))
        for pk, row in named.items()
    }
    known = _known(at, merges, family, [kind.pk for kind in kinds], areas)
    answers = [known.answer(institution.pk, kind.pk, on) for kind in kinds]
    lines = lines_of(known.rows, [line for answer in answers for line in answer.lines])
    return [
        Checked(
            answer,
            named[institution.pk],
            named[answer.answered_for],
            kind,
            tuple(lines[line.key] for line in answer.lines),
        )
        for answer, kind in zip(answers, kinds, strict=True)
    ]


def _named(institutions, on, at):
    """Return {primary key: institution} under the names of the day, with their places; one query."""
    rows = Institution.objects.named(on, at).seated(at).filter(pk__in=institutions)
    return {row.pk: row for row in rows.select_related("place")}


def lines_of(rows, lines):
    """Return {key: NoticeLine with its notice, issuer and kind} for the register's lines; one query."""
    keys = {line.key: rows[line.key] for line in lines}
    if not keys:
        return {}
    found = NoticeLine.objects.select_related("notice__issuer", "kind__scheme").in_bulk(
        keys.values()
    )
    return {key: found[pk] for key, pk in keys.items()}
