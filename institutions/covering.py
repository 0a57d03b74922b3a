"""Declaring that the register is complete, and taking that back: what makes a 否 possible."""

from django.db import transaction
from wagtail.log_actions import log

from institutions.models import Coverage
from portal.models import Change
from portal.records import supersede
from portal.references import format_reference


@transaction.atomic
def declare(*, kind, area, first, last=None, basis, by, replaces=None):
    """Declare that every list of `kind` in `area` is held for the days `first` to `last`; return the row.

    `last` None: kept complete until withdrawn. `replaces` is an earlier declaration that this one takes
    the place of, from now on. Raises ValidationError when a field is wrong, AlreadyClosed when the
    earlier one stands no more.
    """
    Change.objects.queue()
    row = Coverage(
        kind=kind, area=area, valid_from=first, valid_to=last, basis=basis.strip(), declared_by=by
    )
    row.full_clean(exclude=["known_from"])
    supersede([replaces] if replaces else [], [row])
    act = Change.Act.CORRECT if replaces else Change.Act.PUBLISH
    _tell(act, row, by)
    log(row, "wagtail.create", user=by)
    return row


@transaction.atomic
def withdraw(coverage, *, by, reason):
    """Take a declaration back from now on, for a reason that the log keeps.

    Raises AlreadyClosed when it stands no more, ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("撤回声明必须写明理由。")
    Change.objects.queue()
    supersede([coverage], [])
    _tell(Change.Act.WITHDRAW, coverage, by)
    log(coverage, "wagtail.unpublish", user=by, data={"reason": reason.strip()})


def _tell(act, coverage, by):
    reference = format_reference("coverage", coverage.pk)
    Change.objects.record(act=act, reference=reference, by=by)
