"""Merging institutions, and undoing it: dated rows, by which no period and no name is rewritten."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from institutions.histories import evidence_of, merges_stated, relatives_of
from institutions.models import Merge
from institutions.register.lineage import path, wholes
from portal.models import Change
from portal.references import format_reference


@transaction.atomic
def merge(part, whole, *, on, source_words, by):
    """State that from the day `on` the institution `part` is part of `whole`; return the row.

    Raises ValidationError when a field is wrong, when the desk has merged `part` already, or when the
    merges, those of published notices among them, would lead in a circle.
    """
    Change.objects.queue()
    row = Merge(
        part=part,
        whole=whole,
        on=on,
        source_words=source_words.strip(),
        by=by,
        known_from=timezone.now(),
    )
    row.full_clean()
    standing = merges_stated()
    if any(other.part == part.pk for other in standing):
        raise ValidationError({"part": "这家机构已有一条合并记录；请先撤销那一条。"})
    _refuse_circle(row, standing)
    row.save(force_insert=True)
    _tell(Change.Act.PUBLISH, row, by)
    log(row, "wagtail.create", user=by)
    return row


@transaction.atomic
def undo(row, *, source_words, by):
    """State that the merge `row` is void from now on; return the row that says so.

    Raises ValidationError without words of source, when it is undone already, and when it is itself an
    undoing: what is to stand again is stated again.
    """
    Change.objects.queue()
    if row.undoes_id is not None:
        raise ValidationError("撤销本身不能再撤销；合并若确有其事，请重新登记。")
    if Merge.objects.filter(undoes=row).exists():
        raise ValidationError("这条合并已经撤销。")
    undoing = Merge(
        part=row.part,
        whole=row.whole,
        on=row.on,
        undoes=row,
        source_words=source_words.strip(),
        by=by,
        known_from=timezone.now(),
    )
    undoing.full_clean()
    undoing.save(force_insert=True)
    _tell(Change.Act.WITHDRAW, row, by)
    log(row, "wagtail.unpublish", user=by, data={"reason": undoing.source_words})
    return undoing


def _refuse_circle(row, standing):
    """Raise ValidationError when its whole is part of its part already, on any day from its own on."""
    family = relatives_of([row.part_id, row.whole_id], standing)
    merges = (*standing, *evidence_of(family).fold(row.known_from).merges)
    for on in {row.on} | {other.on for other in merges if other.on > row.on}:
        steps = path(row.whole_id, wholes(merges, on))
        if steps is None or any(step.whole == row.part_id for step in steps):
            words = "这样合并会互相指向：并入的机构最终又归到被并入的机构。"
            raise ValidationError({"whole": words})


def _tell(act, row, by):
    reference = format_reference("merge", row.pk)
    Change.objects.record(act=act, reference=reference, by=by)
