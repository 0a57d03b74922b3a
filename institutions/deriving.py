"""Writing down what the published lines state: periods, interruptions and names, at one instant.

Knows which stored rows no longer hold and which are new, and leaves the others untouched, so that the
known time of a row is when the portal first stated it. The verbs that publish, withdraw and rebuild
call it; nothing else writes these rows. Hides the comparison.
"""

from dataclasses import dataclass, field

from institutions.histories import designations_of, evidence_of, interruptions_of
from institutions.models import Designation, Institution, InstitutionName, Interruption
from institutions.naming import names_of, refresh_present_names
from portal.records import supersede

_BATCH = 5000
# What two rows must share to be one statement.
_SAID = {
    Designation: (
        "institution_id",
        "kind_id",
        "valid_from",
        "valid_to",
        "basis",
        "state",
        "opened_by_id",
        "closed_by_id",
    ),
    Interruption: (
        "institution_id",
        "kind_id",
        "nature",
        "code",
        "valid_from",
        "valid_to",
        "line_id",
    ),
    InstitutionName: ("institution_id", "kind", "name", "valid_from", "line_id"),
}


@dataclass
class Difference:
    """What of one model the lines no longer state (`old`, stored rows) and newly state (`new`, unsaved)."""

    model: type
    old: list = field(default_factory=list)
    new: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.old or self.new)


def differences(institutions=None, known_at=None):
    """Return a Difference for each derived model: stored rows against the fold of the lines.

    `institutions` are primary keys (None: all). The fold is that of the notices standing at `known_at`
    (now when None); every line of these institutions is read again, nothing else.
    """
    evidence = evidence_of(institutions)
    folded = evidence.fold(known_at)
    wanted = {
        Designation: designations_of(folded, evidence.rows),
        Interruption: interruptions_of(folded, evidence.rows),
        InstitutionName: names_of(folded, evidence.rows),
    }
    return [_compare(model, institutions, rows) for model, rows in wanted.items()]


def _compare(model, institutions, wanted):
    said = _SAID[model]
    stored = {}
    for row in _stored(model, institutions):
        stored.setdefault(tuple(getattr(row, name) for name in said), []).append(row)
    new = []
    for row in wanted:
        same = stored.get(tuple(getattr(row, name) for name in said))
        if same:
            same.pop()
        else:
            new.append(row)
    return Difference(model, [row for rows in stored.values() for row in rows], new)


def _stored(model, institutions):
    rows = model.objects.current()
    if model is InstitutionName:
        rows = rows.filter(line__isnull=False)
    if institutions is None:
        yield from rows.iterator(chunk_size=_BATCH)
        return
    keys = sorted(institutions)
    for start in range(0, len(keys), _BATCH):
        yield from rows.filter(institution__in=keys[start : start + _BATCH])


def derive(institutions=None, *, at):
    """Bring the stored rows of `institutions` (None: all) to what the lines state at `at`.

    In the caller's transaction, which must hold the queue of changes (`Change.objects.queue`). Returns
    the differences written. Running it again writes nothing.
    """
    found = differences(institutions, at)
    for difference in found:
        if difference:
            supersede(difference.old, difference.new, at=at)
    renamed = {
        row.institution_id
        for difference in found
        if difference.model is InstitutionName
        for row in (*difference.old, *difference.new)
    }
    if renamed:
        refresh_present_names(Institution.objects.filter(pk__in=renamed))
    return found
