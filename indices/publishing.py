"""Publishing and reversing releases: the only acts that change a score.

All or nothing, in one transaction: the release, the scores that it closes and opens, one row of the change
log. The rows move inside the database, so a release of a million lines takes no more memory than one of ten.
"""

from datetime import UTC, datetime

from django.db import connection, router, transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from wagtail.log_actions import log

from indices import digits
from indices.models import CONTENT, Edition, Release, ReleaseLine, Score
from indices.wording import statement_words
from portal.models import Change
from portal.references import format_reference
from portal.sources import AlreadyPublished, StaleVersion

# What a draft is compared with where nothing was published yet: older than any publication.
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
# Rows named in a refusal; the rest are counted.
_NAMED = 20


class NotPublishable(Exception):
    """A release cannot be published as it is. `problems` are Chinese sentences, each naming its place."""

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__("；".join(self.problems))


def draft_release(edition, *, by, source_words, explanation="", **fields):
    """Return a new empty draft into `edition`, compared with what stands now; its nature follows.

    The first into an edition is 首次发布; later ones are 更正 when they come with an explanation, else 补充.
    """
    if not edition.releases.published().exists():
        nature = Release.Nature.FIRST
    else:
        nature = Release.Nature.CORRECTION if explanation else Release.Nature.ADDITION
    release = Release(
        edition=edition,
        nature=nature,
        source_words=source_words,
        explanation=explanation,
        compared_at=seen_until(edition),
        created_by=by,
        **fields,
    )
    release.full_clean(exclude=["compared_at"])
    release.save()
    return release


def problems_of(release):
    """Return what keeps this draft from being published, in words; empty when nothing does."""
    lines, kind = release.lines.all(), Release.Nature
    found = []
    if release.edition.is_embargoed:
        until = timezone.localtime(release.edition.embargoed_until)
        found.append(f"这一版到 {until:%Y-%m-%d %H:%M} 才解禁，在此之前不能发布。")
    if not lines.exclude(pk__in=lines.unchanged().values("pk")).exists():
        found.append("没有一行与现有数据不同，不需要发布。")
    first = not release.edition.releases.published().exists()
    if first and release.nature != kind.FIRST:
        found.append("这一版还没有首次发布，性质应为“首次发布”。")
    elif not first and release.nature == kind.FIRST:
        found.append("这一版已经首次发布，性质应为“补充”或“更正”。")
    if release.nature == kind.CORRECTION and not release.explanation.strip():
        found.append("更正须写明理由。")
    if release.nature == kind.ADDITION and (lines.changed() | lines.removed()).exists():
        found.append("“补充”不能改动已经发布的数据；有改动时性质应为“更正”，并写明理由。")
    return found + _overtaken(lines.overtaken())


def _overtaken(lines):
    """Return a sentence for each line about something that another release has stated since."""
    rows = list(lines.select_related("dimension", "place")[: _NAMED + 1])
    standing = {
        (score.dimension_id, score.place_id): score
        for score in Score.objects.current().filter(
            dimension__in=[row.dimension_id for row in rows],
            place__in=[row.place_id for row in rows],
        )
    }
    found = []
    for row in rows[:_NAMED]:
        score = standing[row.dimension_id, row.place_id]
        now = statement_words(score, row.dimension)
        mine = "撤去" if row.retracts else statement_words(row, row.dimension)
        found.append(
            f"“{row.place.label}·{row.dimension.label}”在您起草之后已由他人发布：您写的是“{mine}”，现在是“{now}”。"
        )
    if len(rows) > _NAMED:
        found.append(f"还有别的行也是如此，没有列出。共 {lines.count()} 行。")
    return found


def seen_until(edition):
    """Return the instant of the edition's latest publication that can be seen: what a draft is compared with.

    Not the clock: a publication that is still under way bears an instant before now, and would slip by.
    """
    last = edition.releases.aggregate(last=Max("published_at"))["last"]
    return last or _BEFORE_ALL


def compare_anew(release):
    """Let a draft stand against what is published now: the editor has seen what came between."""
    release.compared_at = seen_until(release.edition)
    release.save()


@transaction.atomic
def publish(release, *, by):
    """Publish this saved draft: close what its lines replace, open what they state. Returns the release.

    Lines that change nothing are dropped first. Raises NotPublishable with all that is wrong, StaleVersion
    when another saved the draft meanwhile, AlreadyPublished. Nothing remains of an attempt that fails.
    """
    Change.objects.queue()
    held = Release.objects.select_for_update().filter(pk=release.pk).first()
    if held is None:
        raise StaleVersion(release, None)
    if held.published_at is not None:
        raise AlreadyPublished("这份草稿已经发布，不能再次发布。")
    release.edition = Edition.objects.select_related("index").get(pk=release.edition_id)
    if problems := problems_of(release):
        raise NotPublishable(problems)
    release.lines.unchanged().delete()
    digits.fit(release)
    release.mark_published(by=by)
    _close(release)
    _open(release)
    correcting = release.nature == Release.Nature.CORRECTION
    act = Change.Act.CORRECT if correcting else Change.Act.PUBLISH
    Change.objects.record(act=act, reference=format_reference("release", release.pk), by=by)
    log(release, "wagtail.publish", user=by)
    return release


def _close(release):
    lines = release.lines.filter(dimension=OuterRef("dimension"), place=OuterRef("place"))
    dimensions = release.edition.dimensions.values("pk")
    standing = Score.objects.current().filter(dimension__in=dimensions)
    standing.filter(Exists(lines)).update(known_to=release.published_at)


def _open(release):
    """Insert a score for each stating line, in one statement: the ORM would carry each row through Python."""
    quote = connection.ops.quote_name
    names = [*CONTENT, "dimension_id", "place_id"]
    columns = ", ".join(quote(name) for name in names)
    # Only names of our own tables and columns stand in it; the rest are parameters.
    sql = (
        f"INSERT INTO {quote(Score._meta.db_table)} ({columns}, release_id, known_from)"  # noqa: S608
        f" SELECT {columns}, release_id, %s FROM {quote(ReleaseLine._meta.db_table)}"
        f" WHERE release_id = %s AND NOT retracts"
    )
    at = connection.ops.adapt_datetimefield_value(release.published_at)
    with connection.cursor() as cursor:
        cursor.execute(sql, [at, release.pk])


@transaction.atomic
def reverse(release, *, by, explanation):
    """Undo a wrong release by one correcting release, published at once; return that one.

    Each score that stands by the wrong release goes back to what stood before it, or is taken back where
    nothing did. What another release has restated since is left as it is. Raises NotPublishable when
    nothing of it stands any more or the explanation is empty, ValueError for a draft.
    """
    if release.published_at is None:
        raise ValueError("草稿还没有发布，直接修改或删除即可。")
    Change.objects.queue()
    if Release.objects.filter(replaces=release).exists():
        raise NotPublishable(["这次发布已经有一份撤销它的更正。"])
    correction = Release(
        edition=release.edition,
        nature=Release.Nature.CORRECTION,
        source_words=release.source_words,
        explanation=explanation.strip(),
        replaces=release,
        compared_at=seen_until(release.edition),
        created_by=by,
    )
    correction.save()
    _state_what_stood_before(release, correction)
    return publish(correction, by=by)


def _state_what_stood_before(release, correction):
    wrong = Score.objects.current().filter(release=release)
    before = Score.objects.known_just_before(release.published_at).filter(
        dimension__edition=release.edition
    )
    same_cell = {"dimension": OuterRef("dimension"), "place": OuterRef("place")}
    restored = before.filter(Exists(wrong.filter(**same_cell)))
    taken_away = before.filter(
        Exists(release.lines.filter(retracts=True, **same_cell)),
        ~Exists(Score.objects.current().filter(**same_cell)),
    )
    anew = wrong.filter(~Exists(before.filter(**same_cell)))
    for rows in (restored, taken_away):
        _write(correction, rows, retracts=False)
    _write(correction, anew, retracts=True)


def _write(correction, scores, *, retracts):
    batch = []
    for score in scores.iterator(chunk_size=2000):
        content = {} if retracts else {name: getattr(score, name) for name in CONTENT}
        batch.append(
            ReleaseLine(
                release=correction,
                dimension_id=score.dimension_id,
                place_id=score.place_id,
                retracts=retracts,
                **content,
            )
        )
        if len(batch) == 2000:
            ReleaseLine.objects.bulk_create(batch)
            batch = []
    ReleaseLine.objects.bulk_create(batch)


@transaction.atomic
def note_update(edition, *, by):
    """Tell the change log that what an edition's page says beside its scores was edited; drafts tell nothing."""
    if Edition.objects.using(router.db_for_write(Edition)).public().filter(pk=edition.pk).exists():
        reference = format_reference("edition", edition.pk)
        Change.objects.record(act=Change.Act.UPDATE, reference=reference, by=by)
