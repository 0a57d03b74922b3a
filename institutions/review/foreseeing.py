"""What publishing a draft would do: its decided lines compared with the register as it stands.

Knows how a draft is handed to `institutions.review.differing`, which is pure. An institution that is still to
be made has a negative key there. Writes nothing; hides the query.
"""

from dataclasses import dataclass

from django.utils import timezone

from institutions import register
from institutions.histories import evidence_of
from institutions.models import NoticeLine
from institutions.publishing import institutions_of
from institutions.register.lines import OPENING, Action
from institutions.review.differing import Comparison, Effect, compare

_REGISTERED = (NoticeLine.Decision.MATCHED, NoticeLine.Decision.NEW)


@dataclass(frozen=True)
class Foreseen:
    """A Comparison, and what of the draft's lines it rests on.

    `new_institutions`: how many would be made. `stated`: (家次, 家) of the lines that designate or renew.
    """

    comparison: Comparison
    new_institutions: int
    stated: tuple[int, int]

    def of(self, line):
        """Return the Difference of a line; None for one that is not decided, not whole or left out."""
        return self.comparison.by_line.get(line.number)

    @property
    def totals(self):
        """Return [(effect, 家次, 家)] in the order of weight; changes of names and merges count no designation."""
        found = self.comparison.totals
        return [(effect, *found[effect]) for effect in Effect if effect in found]

    @property
    def proposes_no_change(self):
        """Whether the register would state after publishing what it states now."""
        changing = set(self.comparison.totals) - {Effect.SAME}
        return not (changing or self.comparison.lost or self.new_institutions)


def foresee(notice, lines, *, whole=True):
    """Return what is Foreseen for these lines of the draft `notice`; one query, two for a correction.

    `lines` must hold every line of each institution that they name. With `whole` they are all lines of
    the draft, and what a correction no longer states is told too.
    """
    keys = _Keys()
    drafted = [
        _line_of(notice, line, keys)
        for line in lines
        if line.decision in _REGISTERED and not line.wants
    ]
    asked = {line.institution_id for line in lines} | {line.into_id for line in lines}
    asked.discard(None)
    if whole and notice.replaces_id:
        asked |= institutions_of([notice.replaces_id])
    evidence = evidence_of(asked)
    document = register.Document(
        notice.pk,
        timezone.now(),
        issued_on=notice.issued_on,
        effective_on=notice.effective_on,
        stated_on=notice.stated_on,
        stated_basis=notice.stated_basis,
    )
    compared = compare(evidence.documents, evidence.lines, document, drafted, notice.replaces_id)
    opening = {(one.institution, one.kind) for one in drafted if one.action in OPENING}
    both = len(opening), len({institution for institution, _ in opening})
    return Foreseen(compared, len(keys), both)


class _Keys(dict):
    """A negative key for each name that is to become an institution."""

    def __missing__(self, name):
        self[name] = -len(self) - 1
        return self[name]


def _line_of(notice, line, keys):
    named = Action(line.action) in (Action.RENAME, Action.MERGE)
    return register.Line(
        notice.pk,
        line.number,
        Action(line.action),
        line.institution_id or keys[line.matching_key],
        None if named else line.kind_id,
        line.on,
        line.on_is_last_day,
        line.term_from,
        line.term_to,
        line.new_name,
        line.into_id,
    )
