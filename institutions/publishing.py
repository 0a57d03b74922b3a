"""Publishing and withdrawing notices: the only acts that change what the register states.

All or nothing, in one transaction: the notice, the institutions that its lines make, the periods and
names that follow, one row of the change log. Hides the order of these writes.
"""

from django.db import transaction
from wagtail.log_actions import log

from institutions.deriving import derive
from institutions.founding import found_institutions
from institutions.lineinstitutions import institution_fields
from institutions.models import Designation, Institution, InstitutionName, Notice, NoticeLine
from institutions.noticetext import privacy
from portal.databases import MANY, learn_sizes
from portal.models import Change
from portal.records import supersede
from portal.references import format_reference


class NotPublishable(Exception):
    """A notice still lacks something. `problems` are Chinese sentences, each naming its place."""

    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__("；".join(self.problems))


def problems_of(notice, lines=None):
    """Return what still keeps this draft from being published, in words; empty when nothing does."""
    lines = list(notice.lines.all()) if lines is None else lines
    required = (("issuer_id", "发文机关"), ("scheme_id", "定点制度"), ("area_id", "适用地区"))
    found = [f"请选定{label}。" for name, label in required if getattr(notice, name) is None]
    if not any(line.decision != NoticeLine.Decision.IGNORED for line in lines):
        found.append("没有一条采用的名单条目。")
    found += [
        f"第 {line.number} 条“{line.name}”：请{'、'.join(line.wants)}。"
        for line in lines
        if line.wants
    ]
    found += [
        f"第 {line.number} 条“{line.name}”的类别不属于“{notice.scheme}”。"
        for line in lines
        if line.kind is not None and notice.scheme_id not in (None, line.kind.scheme_id)
    ]
    # The name of a new institution, or a new name, becomes a public name and part of an address.
    found += [
        f"第 {line.number} 条“{privacy.mask(line.name)}”：名称中有个人号码，请填不带号码的名称。"
        for line in lines
        if (line.decision == NoticeLine.Decision.NEW and privacy.spans(line.matching_name))
        or privacy.spans(line.new_name)
    ]
    return found


@transaction.atomic
def publish(notice, *, by):
    """Publish this saved draft: make its new institutions, fold its lines into the register.

    Returns the notice. Raises NotPublishable with all that is missing, StaleVersion when another saved
    the draft meanwhile, AlreadyPublished, NotPublished as `SourceDocument.mark_published` does. Nothing
    remains of an attempt that fails.
    """
    Change.objects.queue()
    _hold(notice)
    lines = list(notice.lines.select_related("kind").order_by("number"))
    if problems := problems_of(notice, lines):
        raise NotPublishable(problems)
    _make_institutions(notice, lines)
    notice.mark_published(by=by)
    touched = institutions_of([notice.pk, notice.replaces_id])
    derive(touched, at=notice.published_at)
    if len(lines) >= MANY:
        learn_sizes(Institution, InstitutionName, NoticeLine, Designation)
    act = Change.Act.CORRECT if notice.replaces_id else Change.Act.PUBLISH
    _tell(act, notice, by)
    log(notice, "wagtail.publish", user=by)
    return notice


@transaction.atomic
def withdraw(notice, *, by, reason):
    """Withdraw a published notice for a reason shown to readers: its lines state nothing from now on.

    What was known before is still answered with `known_at`. Raises NotPublished, AlreadyWithdrawn, and
    ValueError without a reason.
    """
    Change.objects.queue()
    notice.withdraw(by=by, reason=reason)
    derive(institutions_of([notice.pk]), at=notice.withdrawn_at)
    _tell(Change.Act.WITHDRAW, notice, by)
    log(notice, "wagtail.unpublish", user=by, data={"reason": reason})
    return notice


@transaction.atomic
def draft_correction(notice, *, by):
    """Return a new draft that will replace the published `notice`: the same text, file and lines.

    The draft that corrects it already, when there is one. Raises ValueError for a draft, and for a
    notice that was replaced by a published one.
    """
    if notice.published_at is None:
        raise ValueError("草稿可以直接修改，不需要更正。")
    _hold(notice)
    standing = Notice.objects.filter(replaces=notice).first()
    if standing is not None:
        if standing.published_at is not None:
            raise ValueError("这份通知已被后来的更正取代，请更正那一份。")
        return standing
    kept = {"id", "version", "published_at", "published_by", "publish_after", "replaces"}
    kept |= {"withdrawn_at", "withdrawn_by", "reason"}
    fields = [field.attname for field in Notice._meta.concrete_fields if field.name not in kept]
    draft = Notice(replaces=notice, **{name: getattr(notice, name) for name in fields})
    draft.save()
    lines = list(notice.lines.all())
    for line in lines:
        line.pk, line.notice = None, draft
        if line.decision == NoticeLine.Decision.NEW:
            line.decision = NoticeLine.Decision.MATCHED
    NoticeLine.objects.bulk_create(lines)
    log(draft, "wagtail.create", user=by)
    return draft


def institutions_of(notices):
    """Return the primary keys of the institutions that the lines of these notices name, as themselves."""
    lines = NoticeLine.objects.filter(notice__in=[pk for pk in notices if pk is not None])
    named = lines.filter(institution__isnull=False).order_by()
    return set(named.values_list("institution_id", flat=True).distinct())


def _hold(notice):
    """Let nobody else write to this notice or its lines until the transaction ends."""
    Notice.objects.select_for_update().filter(pk=notice.pk).first()


def _make_institutions(notice, lines):
    """Create one institution for each name that an editor declared new, and link its lines to it."""
    fresh = {}
    for line in lines:
        if line.decision == NoticeLine.Decision.NEW and line.institution_id is None:
            fresh.setdefault(line.matching_key, []).append(line)
    if not fresh:
        return
    places = {}
    rows = [
        (told[0].matching_name, institution_fields(told, notice, places)) for told in fresh.values()
    ]
    source = f"{notice.title}（名单）"[:300]
    made = found_institutions(rows, source_words=source)
    supersede([], _other_names(zip(made, fresh.values(), strict=True), source))
    linked = []
    for institution, told in zip(made, fresh.values(), strict=True):
        for line in told:
            line.institution = institution
            linked.append(line)
    NoticeLine.objects.bulk_update(linked, ["institution"], batch_size=400)


def _other_names(told, source):
    """Return the unsaved names that lines print beside the name of a new institution: alias and former name."""
    kinds = InstitutionName.Kind
    names = {}
    for institution, lines in told:
        for line in lines:
            for printed, kind in (("alias", kinds.ALIAS), ("former_name", kinds.FORMER)):
                name = str(line.details.get(printed) or "").strip()
                if name and len(name) <= 200 and not privacy.spans(name):
                    row = InstitutionName.of(institution, name, kind=kind, source_words=source)
                    if row.key not in ("", institution.name_key):
                        names.setdefault((institution.pk, row.key), row)
    return names.values()


def _tell(act, notice, by):
    reference = format_reference("notice", notice.pk)
    Change.objects.record(act=act, reference=reference, by=by)
