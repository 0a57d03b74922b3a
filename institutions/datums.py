"""What this floor tells of its figures: a status, a count of the register, a count of a notice's list.

Knows their titles, what makes their history, and where they can be asked again. The figures themselves are those
of `institutions.figures`; the stored records have their own module (`institutions.recorddatums`).
"""

from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse

from institutions import recorddatums
from institutions.figures import STATUSES, UNITS
from institutions.filters import RegisterFilter
from institutions.models import Institution, Kind, Notice, NoticeLine
from institutions.noticetext import privacy
from institutions.pages.spans import day_words
from institutions.quotable.noticelists import count_lines, said_by
from institutions.quotable.successions import matters_of, present_of
from institutions.recorddatums import fate_of, history_of, institution_pages
from portal.api import instant_text
from portal.datums import KNOWN_AT, Datum, Statement, api_row, register
from portal.figures import FigureReference, Source, resolve
from portal.records import instant
from portal.references import Target, format_reference

COUNTED = "这个数由当天作数的定点记录逐条数出。要看本站先前怎么数，在网址中用 known_at 写明时刻。"
_STATUS_WORDS = {"in_force": "有效", "start_unknown": "起始日未载明", "total": "有效和起始日未载明"}


def register_all():
    """Teach the kernel this floor's datums; called once when the app is ready."""
    register("institutions.status", tell_status)
    register("institutions.count", tell_count)
    register("notice.count", tell_notice_count)
    recorddatums.register_all()


def tell_status(reference, known_at=None):
    """Return the Datum of a status; its history is that of the institution's periods and interruptions."""
    figure = resolve(reference, known_at)
    kind = Kind.objects.select_related("scheme").get(code=dict(reference.parameters)["kind"])
    institution = Institution.objects.get(code=reference.code)
    asked = {"institution": institution.code, "kind": kind.code, "on": figure.valid_on.isoformat()}
    if known_at is not None:
        asked[KNOWN_AT] = instant_text(known_at)
    query = urlencode(asked)
    return Datum(
        reference=str(reference),
        title=f"{institution.name} {day_words(figure.valid_on)} {kind}定点资格",
        value=figure.value,
        unit=figure.unit,
        text=figure.text,
        sources=figure.sources,
        holds=f"{day_words(figure.valid_on)}这一天",
        valid_on=figure.valid_on,
        pinned=_pinned(reference, on=figure.valid_on.isoformat()),
        history=history_of(institution, kind, instant(known_at)),
        records=(format_reference("institution", institution.code),),
        see=(
            Target("按日期查资格：全部依据和回执", f"{reverse('institution_check')}?{query}"),
            *institution_pages(institution),
        ),
        api=f"{reverse('institution_check_api')}?{query}",
    )


def tell_count(reference, known_at=None):
    """Return the Datum of a count of the register. It has no statements of its own: it is counted from many."""
    figure = resolve(reference, known_at)
    given = dict(reference.parameters)
    told = {"scheme": reference.code, "as_of": figure.valid_on.isoformat()}
    told |= {name: given[name] for name in ("kind", "district") if name in given}
    asked = replace(RegisterFilter.read(told), known_at=known_at)
    status = given.get("status", STATUSES[0])
    about = f"{asked.kind or asked.scheme}"
    if asked.district is not None:
        about = f"{asked.district.name}{about}"
    if known_at is not None:
        told[KNOWN_AT] = instant_text(known_at)
    return Datum(
        reference=str(reference),
        title=f"{about} {day_words(figure.valid_on)}{_STATUS_WORDS[status]}的机构数（{UNITS[given['unit']]}）",
        value=figure.value,
        unit=figure.unit,
        text=figure.text,
        sources=figure.sources,
        holds=f"{day_words(figure.valid_on)}这一天",
        valid_on=figure.valid_on,
        pinned=_pinned(reference, on=figure.valid_on.isoformat(), status=status),
        note=COUNTED,
        see=(Target("机构名录：这些机构逐家列出", f"/institutions/?{asked.query()}"),),
        api=f"{reverse('api_designations')}?{urlencode(told)}",
    )


def tell_notice_count(reference, known_at=None):
    """Return the Datum of a count of a notice's list; its history is the same count in what was corrected."""
    figure = resolve(reference, known_at)
    given, at = dict(reference.parameters), instant(known_at)
    key = int(reference.code)
    present = present_of([key], at)[key]
    chain = matters_of([present])[present]
    rows = Notice.objects.published(at).filter(pk__in=chain)
    notices = rows.defer("text", "warnings", "stated_counts").in_bulk()
    notice = notices[present]
    kind = (
        Kind.objects.select_related("scheme").get(code=given["kind"]) if "kind" in given else None
    )
    action = NoticeLine.Action(given["action"]) if "action" in given else None
    what = "、".join([*([kind.name] if kind else []), *([action.label] if action else [])])
    return Datum(
        reference=str(reference),
        title=f"《{privacy.mask(notice.title)}》名单{what}机构数（{UNITS[given['unit']]}）",
        value=figure.value,
        unit=figure.unit,
        text=figure.text,
        sources=figure.sources,
        holds="通知印发的名单，不随日期变",
        known_from=notice.published_at,
        history=_counts(notices, given["unit"], kind, action, at),
        records=(format_reference("notice", key),),
        see=(Target(f"《{privacy.mask(notice.title)}》", notice.get_absolute_url()),),
        api=api_row("notices", present),
    )


def _counts(notices, unit, kind, action, at):
    """Return what each notice of one matter counts, the latest first; one query."""
    said = said_by(notices)
    kinds = {kind.pk} if kind else None
    successors = {row.replaces_id: row for row in notices.values() if row.replaces_id}
    found = []
    for notice in sorted(notices.values(), key=lambda row: row.published_at, reverse=True):
        both = count_lines(said[notice.pk], kinds, action)
        known_to, ended_by = fate_of(notice, successors.get(notice.pk), at)
        source = Source(privacy.mask(notice.title), notice.get_absolute_url())
        text = f"{getattr(both, unit)}{UNITS[unit]}"
        found.append(Statement(text, notice.published_at, known_to, source, ended_by=ended_by))
    return tuple(found)


def _pinned(reference, **filled):
    told = dict(reference.parameters) | filled
    return str(FigureReference(reference.name, reference.code, tuple(told.items())))
