"""Steps that can be taken back: what stood before an editor's act on a draft, kept and restored.

Knows how the state of lines, judgements and kinds' printed names is written into a `ReviewStep` and
brought back. Each act of `institutions.review.deciding` opens a `Step`, tells it what it is about to change,
and closes it. Hides the form of `ReviewStep.before`.
"""

from django.db import transaction
from django.db.models import F

from institutions.models import Institution, Kind, Match, Notice, NoticeLine, ReviewStep
from portal.sources import AlreadyPublished, StaleVersion

# Columns of a line that an editor's act may change.
CHANGEABLE = (
    "name",
    "resolved_name",
    "key",
    "kind_id",
    "action",
    "institution_id",
    "decision",
    "decision_reason",
    "on",
    "on_is_last_day",
    "term_from",
    "term_to",
    "new_name",
    "into_id",
    "needs_review",
)
_BATCH = 400


class NothingToUndo(Exception):
    """No step of this draft is left to be taken back."""


def hold(notice):
    """Take this draft for one act, in the caller's transaction: raise its version, or refuse.

    Raises StaleVersion when another editor acted since it was opened, AlreadyPublished when it is no
    draft any more.
    """
    rows = Notice.objects.filter(pk=notice.pk)
    seen = notice.version
    changed = rows.filter(version=seen, published_at=None).update(version=F("version") + 1)
    if not changed:
        theirs = rows.first()
        if theirs is not None and theirs.published_at is not None:
            raise AlreadyPublished("通知已经发布，不能再改；请另发更正。")
        raise StaleVersion(notice, theirs)
    notice.version = seen + 1


class Step:
    """One act while it is being done: what stood before, in the order in which it was told."""

    def __init__(self, notice, words, by):
        self.row = ReviewStep(notice=notice, words=words[:300], by=by)
        self._lines, self._added, self._matches, self._kinds = {}, [], [], {}

    def save_lines(self, lines, before):
        """Save changed lines in bulk; `before` gives each line's state by primary key (`state_of`)."""
        written = {}
        for line in lines:
            line.key = line.matching_key
            old, new = before[line.pk], state_of(line)
            changed = [name for name in CHANGEABLE if old[name] != new[name]]
            if changed:
                self._lines[line.pk] = {name: old[name] for name in changed}
                written[line.pk] = {name: new[name] for name in changed}
        _write(written)

    def add_line(self, line):
        """Save a new line."""
        line.save()
        self._added.append(line.pk)

    def keep_matches(self, key, city):
        """Remember the judgements on one printed name, which are about to change."""
        rows = Match.objects.filter(key=key, city=city).order_by("pk")
        stood = [[row.printed, row.institution_id, row.same, row.by_id] for row in rows]
        self._matches.append([key, city, stood])

    def keep_kind(self, kind):
        """Remember what notices call a kind, which is about to change."""
        self._kinds[kind.pk] = kind.printed_names

    def close(self):
        """Write the step down, when it changed anything; return whether it did."""
        if not (self._lines or self._added or self._matches or self._kinds):
            return False
        self.row.before = {
            "lines": self._lines,
            "added": self._added,
            "matches": self._matches,
            "kinds": self._kinds,
        }
        self.row.save()
        return True


def state_of(line):
    """Return what an act may change of a line, by column."""
    return {name: getattr(line, name) for name in CHANGEABLE}


@transaction.atomic
def undo(notice, *, by):
    """Take back the latest step of this draft; return its words.

    Raises NothingToUndo, and what `hold` raises. Who takes back a step need not be who did it.
    """
    hold(notice)
    step = notice.steps.select_related(None).first()
    if step is None:
        raise NothingToUndo("没有可以撤销的操作。")
    before = step.before
    _restore_lines(notice, before.get("lines", {}))
    notice.lines.filter(pk__in=before.get("added", [])).delete()
    for key, city, stood in reversed(before.get("matches", [])):
        _restore_matches(key, city, stood)
    for pk, words in before.get("kinds", {}).items():
        kind = Kind.objects.get(pk=pk)
        kind.printed_names = words
        kind.save()
    step.delete()
    return step.words


def _restore_lines(notice, states):
    read = {name: _field(name).to_python for name in CHANGEABLE if not name.endswith("_id")}
    there = set(notice.lines.order_by().values_list("pk", flat=True)) if states else ()
    _write(
        {
            int(pk): {
                name: read[name](value) if name in read else value for name, value in stood.items()
            }
            for pk, stood in states.items()
            if int(pk) in there
        }
    )


def _field(name):
    return NoticeLine._meta.get_field(name)


def _write(values_by_line):
    """Write values by column into lines by primary key; one statement for each 400 lines that change alike."""
    alike = {}
    for pk, values in values_by_line.items():
        alike.setdefault(tuple(values.items()), []).append(pk)
    for values, keys in alike.items():
        for start in range(0, len(keys), _BATCH):
            rows = NoticeLine.objects.filter(pk__in=keys[start : start + _BATCH])
            rows.update(**dict(values))


def _restore_matches(key, city, stood):
    Match.objects.filter(key=key, city=city).delete()
    there = set(
        Institution.objects.filter(pk__in=[row[1] for row in stood]).values_list("pk", flat=True)
    )
    rows = [
        Match(printed=printed, key=key, city=city, institution_id=pk, same=same, by_id=by)
        for printed, pk, same, by in stood
        if pk in there
    ]
    Match.objects.bulk_create(rows)
