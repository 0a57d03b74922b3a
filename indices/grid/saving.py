"""Saving what was typed in the grid into a draft release: all of it or nothing.

A cell that another editor changed in the draft, or that was published otherwise, since it was shown is not
overwritten: the save is refused and both versions are told. Hides how lines are compared with what stands.
"""

from dataclasses import dataclass

from django.db import transaction
from wagtail.log_actions import log

from indices.digits import note_printed
from indices.grid.cellwords import Content
from indices.grid.overlay import NOTHING, Held, held_cells
from indices.models import CONTENT, EditionDimension, Release, ReleaseLine
from indices.publishing import draft_release, seen_until
from portal.models import Change
from portal.sources import AlreadyPublished

_BATCH = 200


@dataclass(frozen=True)
class CellChange:
    """One cell that an editor changed: what is to stand (None: nothing), and what it was when shown.

    `seen_mark` is the `Held.mark` of then; `decimals` are the digits with which the score was typed.
    """

    dimension: EditionDimension
    place_id: int
    content: Content | None
    seen: Content | None = None
    seen_mark: int = 0
    decimals: int = 0

    @property
    def key(self):
        """The cell's primary keys: dimension, place."""
        return self.dimension.pk, self.place_id


class Overtaken(Exception):
    """Cells were changed by another since they were shown: [(CellChange, Held)], nothing was saved."""

    def __init__(self, cells):
        self.cells = cells
        super().__init__(f"有 {len(cells)} 格在您打开之后已被他人修改，没有保存。")


@transaction.atomic
def save_cells(edition, draft, changes, *, by, source_words="", explanation=""):
    """Write the changes as lines of `draft`, or of a new one when None; return the release.

    Lines that say what stands are dropped. Raises Overtaken; AlreadyPublished when the draft is none any
    more; ValidationError when a new draft lacks its source. Digits of the columns are raised to those typed.
    """
    Change.objects.queue()
    if draft is not None:
        draft = _held_for_writing(draft)
    keys = {change.key for change in changes}
    held = held_cells({key[0] for key in keys}, {key[1] for key in keys}, draft)
    overtaken = [
        (change, held.get(change.key, NOTHING))
        for change in changes
        if _is_overtaken(change, held.get(change.key, NOTHING))
    ]
    if overtaken:
        raise Overtaken(overtaken)
    act = "wagtail.create" if draft is None else "wagtail.edit"
    if draft is None:
        draft = draft_release(
            edition, by=by, source_words=source_words, explanation=explanation.strip()
        )
    elif not draft.lines.overtaken().exists():
        # Nothing that was published since concerns its lines, and these changes were made before what stands now.
        draft.compared_at = seen_until(edition)
    _write(draft, changes, held)
    _note_digits(changes)
    _settle_nature(draft, explanation.strip())
    draft.save()
    log(draft, act, user=by)
    return draft


def _held_for_writing(draft):
    """Return the draft as it is now, locked until the end; AlreadyPublished when it is none."""
    now = Release.objects.select_for_update().filter(pk=draft.pk, published_at=None).first()
    if now is None:
        raise AlreadyPublished("这份草稿已经发布或删除。")
    return now


def _is_overtaken(change, held):
    return held.content != change.seen or held.mark != change.seen_mark


def _write(draft, changes, held):
    new, kept, gone = [], [], []
    for change in changes:
        now: Held = held.get(change.key, NOTHING)
        if change.content == now.standing:
            gone += [now.line.pk] if now.line else []
            continue
        line = now.line or ReleaseLine(
            release=draft, dimension=change.dimension, place_id=change.place_id
        )
        line.retracts = change.content is None
        said = change.content or Content()
        for name in CONTENT:
            setattr(line, name, getattr(said, name))
        (kept if now.line else new).append(line)
    draft.lines.filter(pk__in=gone).delete()
    ReleaseLine.objects.bulk_update(kept, [*CONTENT, "retracts"], batch_size=_BATCH)
    ReleaseLine.objects.bulk_create(new, batch_size=_BATCH)


def _note_digits(changes):
    """Note with how many digits each column's scores were typed."""
    typed = {}
    for change in changes:
        if change.content is not None and change.content.value is not None:
            dimension = change.dimension.pk
            typed[dimension] = max(typed.get(dimension, 0), change.decimals)
    note_printed(typed)


def _settle_nature(draft, explanation):
    """Let an addition that changes what was published be a correction, once its reason is given."""
    if explanation and not draft.explanation:
        draft.explanation = explanation
    if draft.nature == Release.Nature.ADDITION and draft.explanation and needs_reason(draft):
        draft.nature = Release.Nature.CORRECTION


def needs_reason(draft):
    """Whether the draft changes or takes back what was published: then readers are told why."""
    return (draft.lines.changed() | draft.lines.removed()).exists()
