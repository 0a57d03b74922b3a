"""From rows to the register's values and back: which lines make the history of which institutions.

Knows how a `Notice`, a `NoticeLine`, a `Merge` and a `Coverage` are handed to `institutions.register`,
which is pure, and how what it derives is stored. Institutions and kinds are named by their primary
keys there. Hides the queries: their number does not depend on how many institutions are asked.
"""

from dataclasses import dataclass

from django.db.models import F, Q, Value

from institutions import register
from institutions.models import Coverage, Designation, Interruption, Merge, NoticeLine
from institutions.register import lineage
from institutions.register.lines import Action
from portal.records import instant

_DOCUMENT = {
    "id": F("notice_id"),
    "known_from": F("notice__published_at"),
    "withdrawn_at": F("notice__withdrawn_at"),
    "replaced_at": F("notice__replaced_by__published_at"),
    "issued_on": F("notice__issued_on"),
    "effective_on": F("notice__effective_on"),
    "stated_on": F("notice__stated_on"),
    "stated_basis": F("notice__stated_basis"),
}
_LINE = (
    "pk",
    "notice_id",
    "number",
    "action",
    "institution_id",
    "kind_id",
    "on",
    "on_is_last_day",
    "term_from",
    "term_to",
    "new_name",
    "into_id",
)
# Asked as a range, so that SQLite too goes by the index of `into` and does not read every line.
_MERGES = Q(action=Action.MERGE, into__gt=0)
# Keys per statement; within the number of parameters that every SQLite allows.
_BATCH = 5000


@dataclass(frozen=True)
class Evidence:
    """Documents and lines as the register takes them; `rows` gives a line's primary key by its key."""

    documents: tuple[register.Document, ...]
    lines: tuple[register.Line, ...]
    rows: dict[tuple[int, int], int]

    def fold(self, known_at=None):
        """Return the Register that these lines state at `known_at` (None: after all)."""
        return register.fold(self.documents, self.lines, known_at)


def evidence_of(institutions=None):
    """Return the Evidence of these institutions' published lines (primary keys; None: all of them).

    One query; a line that an editor did not adopt names no institution, and is no evidence.
    """
    return _evidence(_parts(_published_lines(), institutions))


def _published_lines():
    return (
        NoticeLine.objects.filter(notice__published_at__isnull=False, institution__isnull=False)
        .annotate(**{f"document_{name}": value for name, value in _DOCUMENT.items()})
        .order_by()
    )


def _evidence(parts):
    columns = (*_LINE, *(f"document_{name}" for name in _DOCUMENT))
    documents, told, rows = {}, [], {}
    for part in parts:
        for values in part.values_list(*columns).iterator(chunk_size=5000):
            pk, notice, number, action, *rest = values[: len(_LINE)]
            if notice not in documents:
                documents[notice] = register.Document(*values[len(_LINE) :])
            told.append(register.Line(notice, number, Action(action), *rest))
            rows[notice, number] = pk
    return Evidence(tuple(documents.values()), tuple(told), rows)


def _parts(lines, institutions):
    if institutions is None:
        return [lines]
    keys = sorted(institutions)
    return [
        lines.filter(institution__in=keys[start : start + _BATCH])
        for start in range(0, len(keys), _BATCH)
    ]


_MERGE = ("part_id", "whole_id", "on", "pk", "known_from", "undoes_id")


def merges_stated(known_at=None):
    """Return the editors' merges standing at the instant `known_at` (now when None); one query."""
    at = instant(known_at)
    return _standing(Merge.objects.filter(known_from__lte=at).values_list(*_MERGE), at)


def _standing(rows, at):
    """Return the merges standing at `at` of the editors' rows, tuples of `_MERGE`, in the order of entry."""
    rows = sorted(rows, key=lambda row: row[_MERGE.index("pk")])
    return lineage.standing(
        [
            lineage.Merge(part, whole, on, None, pk, known_from, undoes)
            for part, whole, on, pk, known_from, undoes in rows
        ],
        at,
    )


def merges_about(institutions, known_at):
    """Return (`merges_stated`, the `relatives_of` these institutions by them) at an instant; one query."""
    stated = Merge.objects.filter(known_from__lte=known_at).order_by().values_list(*_MERGE)
    blank = [Value(None, output_field=Merge._meta.get_field(name)) for name in ("on", "id")]
    blank += [Value(None, output_field=Merge._meta.get_field("known_from")), blank[1]]
    told = _merging_lines().values_list("institution_id", "into_id", *blank)
    rows = list(stated.union(told, all=True))
    merges = _standing([row for row in rows if row[_MERGE.index("pk")]], known_at)
    pairs = [row[:2] for row in rows if not row[_MERGE.index("pk")]]
    return merges, _joined(institutions, merges, pairs)


def all_merges(known_at=None):
    """Return the merges that are known at an instant: the editors' and those of notices; two queries."""
    told = _evidence([_published_lines().filter(_MERGES)])
    return (*told.fold(known_at).merges, *merges_stated(known_at))


def coverages_of(kinds):
    """Return the declarations of coverage about `kinds`, of all times; one query."""
    rows = Coverage.objects.filter(kind__in=kinds)
    return tuple(
        register.Coverage(
            row.kind_id, row.area_id, row.valid_from, row.valid_to, row.known_from, row.known_to
        )
        for row in rows
    )


def relatives_of(institutions, merges):
    """Return `institutions` with all that are, by any chain of merges, part of the same wholes.

    `merges` are the editors' rows; the lines that merge are asked for, in one query. What answers for
    one of them rests on the histories of all these.
    """
    return _joined(institutions, merges, _merging_lines().values_list("institution_id", "into_id"))


def _merging_lines():
    return NoticeLine.objects.filter(
        _MERGES, institution__isnull=False, notice__published_at__isnull=False
    ).order_by()


def _joined(institutions, merges, pairs):
    joined = [(merge.part, merge.whole) for merge in merges] + list(pairs)
    found, waiting = set(institutions), list(institutions)
    while waiting:
        met = waiting.pop()
        for pair in joined:
            if met in pair:
                waiting += [key for key in pair if key not in found]
                found.update(pair)
    return found


def designations_of(folded, rows):
    """Return unsaved `Designation`s for the periods of a Register; `rows` as in Evidence."""
    return [
        Designation(
            institution_id=period.institution,
            kind_id=period.kind,
            valid_from=period.valid_from,
            valid_to=period.valid_to,
            basis=period.basis,
            state=period.state,
            opened_by_id=rows[period.opened_by.key],
            closed_by_id=rows[period.closed_by[0].key] if period.closed_by else None,
        )
        for period in folded.periods
    ]


def interruptions_of(folded, rows):
    """Return unsaved `Interruption`s for the suspensions and the doubtful days of a Register."""
    suspended = [
        Interruption(
            institution_id=period.institution,
            kind_id=period.kind,
            nature=Interruption.Nature.SUSPENDED,
            valid_from=gap.first,
            valid_to=gap.last,
            line_id=rows[gap.lines[0].key],
        )
        for period in folded.periods
        for gap in period.suspensions
    ]
    doubtful = [
        Interruption(
            institution_id=found.institution,
            kind_id=found.kind,
            nature=Interruption.Nature.DOUBTFUL,
            code=found.code,
            valid_from=found.doubt.first,
            valid_to=found.doubt.last,
            line_id=rows[found.lines[0].key],
        )
        for found in folded.findings
        if found.doubt is not None and found.kind is not None
    ]
    return suspended + doubtful
