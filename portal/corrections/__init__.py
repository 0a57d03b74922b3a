"""What was put right or taken back, on every floor: one list, drawn from the log of changes.

Knows that such an act is a change with the act `correct` or `withdraw`, and that it is told only of a document
that readers can see now. Hides which app the document lives in: each floor registers the kinds of which it can
say what was wrong and why. What nobody registered (a story that was taken down) is not in the list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from portal.models import Change
from portal.references import Target, format_reference, parse

ACTS = ((Change.Act.CORRECT.value, "更正"), (Change.Act.WITHDRAW.value, "撤回"))
_ACT_LABELS = dict(ACTS)


@dataclass(frozen=True)
class Told:
    """What a floor tells of one act: what it was about, where that stands, and why it was done ('': not stated).

    `replaces` is the reference of the document that was put right, `earlier` its title and address.
    """

    title: str
    url: str = ""
    reason: str = ""
    replaces: str = ""
    earlier: Target | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of documents that can be put right: its name, its Chinese label, its public rows, what it tells."""

    name: str
    label: str
    rows: Callable[[], QuerySet]
    tell: Callable[..., Told]


@dataclass(frozen=True)
class Correction:
    """One act of putting right or taking back, as readers may be told of it. `sequence` names it for ever."""

    change: Change
    kind: Kind
    told: Told

    @property
    def sequence(self) -> int:
        return self.change.sequence

    @property
    def at(self) -> datetime:
        return self.change.at

    @property
    def act_label(self) -> str:
        """更正 or 撤回."""
        return _ACT_LABELS[self.change.act]


_kinds: dict[str, Kind] = {}


def register(name, label, *, rows, tell):
    """Let a floor tell of its documents of one kind; `label` is what readers call them.

    `rows()` returns a QuerySet of those that readers can see now, with all that `tell(row, act)` asks for; a
    document's code is its primary key. `tell` returns a Told and asks no query. A later registration of a name
    takes the earlier one's place.
    """
    _kinds[name] = Kind(name, label, rows, tell)


def kinds():
    """Return [(name, label)] of all kinds, in the order in which the floors registered them."""
    return [(kind.name, kind.label) for kind in _kinds.values()]


def changes(*, act="", kind="", known_at=None):
    """Return an unordered QuerySet of the changes that put something right or took it back.

    Of one act or one kind when given, until `known_at` (None: now). Of documents that are hidden there is none.
    """
    wanted = [one for one in _kinds.values() if kind in ("", one.name)]
    visible = Q(pk__in=())
    for one in wanted:
        visible |= Q(reference__in=_references_of(one))
    rows = Change.objects.filter(visible, act__in=[act] if act else [*_ACT_LABELS])
    return rows if known_at is None else rows.filter(at__lte=known_at)


def told(found):
    """Return a Correction for each of these changes, in their order; one query for each kind among them.

    A document that was hidden since they were asked for is left out.
    """
    keys = {}
    for change in found:
        name, code = parse(change.reference)
        keys.setdefault(name, set()).add(int(code))
    documents = {
        format_reference(name, pk): row
        for name, wanted in keys.items()
        for pk, row in _kinds[name].rows().in_bulk(wanted).items()
    }
    return [
        _correction(change, documents[change.reference])
        for change in found
        if change.reference in documents
    ]


def recent(count):
    """Return the latest `count` Corrections, the newest first."""
    return told(list(changes().order_by("-sequence")[:count]))


def _correction(change, document):
    kind = _kinds[parse(change.reference)[0]]
    return Correction(change, kind, kind.tell(document, change.act))


def _references_of(kind):
    """Return the references of the kind's documents that readers can see, as a subquery."""
    key = Cast("pk", CharField())
    rows = kind.rows().order_by().annotate(told_by=Concat(Value(f"{kind.name}:"), key))
    return rows.values("told_by")
