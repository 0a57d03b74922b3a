"""What this floor tells of its stored records: `designation:<id>`, and `notice-line:<notice>-<number>`.

Knows what an institution was stated to be for one kind, closed statements too, and by which notice each was ended.
Private persons' numbers that a notice prints are masked. Hides the queries: their number does not grow with the
history.
"""

import re

from django.db.models import Q
from django.urls import reverse

from institutions.models import Designation, Interruption, Notice, NoticeLine
from institutions.noticetext import privacy
from institutions.pages.spans import doubt_words, span_words
from institutions.references import LONGEST_KEY
from institutions.register.periods import FINDINGS
from institutions.tables import ENDS
from portal.datums import LONGEST_HISTORY, Datum, Statement, address_of, api_row, register
from portal.figures import Source
from portal.records import instant
from portal.references import Target, format_reference

_LINE = re.compile(rf"([1-9][0-9]{{0,{LONGEST_KEY - 1}}})-([1-9][0-9]{{0,8}})")
_BY_HAND = "编辑更改：机构合并或其撤销"
GONE = "没有作数的定点记录；没有列出不等于不是"
AS_PRINTED = "这一条照通知原文；是不是定点，看它得出的定点记录和按日期查资格"


def register_all():
    """Teach the kernel these records; called once when the app is ready."""
    register("designation", tell_designation)
    register("notice-line", tell_line)


def tell_designation(code, known_at=None):
    """Return the Datum of one stored period, closed since or not; None where there is none."""
    if not code.isdigit() or len(code) > LONGEST_KEY:
        return None
    at = instant(known_at)
    rows = Designation.objects.filter(known_from__lte=at).select_related(
        "institution", "kind__scheme", "opened_by__notice", "closed_by__notice"
    )
    row = rows.filter(pk=code).first()
    if row is None:
        return None
    closed = row.known_to is not None and row.known_to <= at
    history = history_of(row.institution, row.kind, at)
    lines = [line for line in (row.opened_by, row.closed_by) if line is not None]
    return Datum(
        reference=format_reference("designation", row.pk),
        title=f"{row.institution.name} {row.kind}定点记录",
        value="designated",
        unit="",
        text=_period_words(row),
        sources=tuple(source_of(line) for line in lines),
        holds=span_words(row.valid_from, row.valid_to),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        known_from=row.known_from,
        known_to=row.known_to if closed else None,
        standing=_standing(history) if closed else (),
        history=history,
        records=(
            format_reference("institution", row.institution.code),
            format_reference("notice", row.opened_by.notice_id),
        ),
        see=(_address_of_line(row.opened_by), *institution_pages(row.institution)),
        api=api_row("designations", row.pk),
    )


def tell_line(code, known_at=None):
    """Return the Datum of one line of a published notice, as printed; withdrawn and replaced ones too."""
    named = _LINE.fullmatch(code)
    if named is None:
        return None
    at = instant(known_at)
    rows = NoticeLine.objects.filter(notice__in=Notice.objects.published(at))
    rows = rows.select_related("notice__replaced_by", "institution", "kind__scheme")
    line = rows.filter(notice=named[1], number=named[2]).first()
    if line is None:
        return None
    successor = getattr(line.notice, "replaced_by", None)
    known_to, ended_by = fate_of(line.notice, successor, at)
    words = line.get_action_display() or "没有载明动作"
    text = f"{words}·{line.kind}" if line.kind else words
    source = source_of(line)
    pages = institution_pages(line.institution) if line.institution else ()
    return Datum(
        reference=format_reference("notice-line", code),
        title=f"{privacy.mask(line.name)}（《{source.title}》第{line.number}条）",
        value=line.action or None,
        unit="",
        text=text,
        sources=(source,),
        holds=_days_of(line),
        valid_from=line.term_from or (None if line.on_is_last_day else line.on),
        valid_to=line.term_to or (line.on if line.on_is_last_day else None),
        known_from=line.notice.published_at,
        known_to=known_to,
        standing=(ended_by,) if ended_by else (),
        note=AS_PRINTED,
        history=(Statement(text, line.notice.published_at, known_to, source, ended_by=ended_by),),
        records=(format_reference("notice", line.notice_id),),
        see=(Target(f"《{source.title}》", line.notice.get_absolute_url()), *pages),
        api=api_row("notice-lines", line.pk),
    )


def history_of(institution, kind, at):
    """Return what was stated of an institution and kind until an instant, the latest first; three queries at most."""
    of = {"institution": institution, "kind": kind, "known_from__lte": at}
    periods = Designation.objects.filter(**of).select_related("opened_by__notice")
    breaks = Interruption.objects.filter(**of).select_related("line__notice")
    told = [(row, row.opened_by, _period_words(row)) for row in _latest(periods)]
    told += [(row, row.line, _break_words(row)) for row in _latest(breaks)]
    told.sort(key=lambda one: (one[0].known_from, one[2]), reverse=True)
    ends = _ends([row for row, _, _ in told], at)
    return tuple(
        Statement(
            text=words,
            known_from=row.known_from,
            known_to=row.known_to if _is_closed(row, at) else None,
            source=source_of(line),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            ended_by=ends.get(row.known_to, Target(_BY_HAND, "")) if _is_closed(row, at) else None,
            reference=format_reference("designation", row.pk)
            if isinstance(row, Designation)
            else "",
        )
        for row, line, words in told[:LONGEST_HISTORY]
    )


def fate_of(notice, successor, at):
    """Return (since when a notice stands no more, by what act) as known at an instant; (None, None) where it stands.

    `successor` is the notice that replaced it, or None; one that was not published by then replaced nothing.
    """
    acts = []
    if notice.withdrawn_at and notice.withdrawn_at <= at:
        acts.append((notice.withdrawn_at, _withdrawal(notice)))
    if successor and successor.published_at and successor.published_at <= at:
        acts.append((successor.published_at, _publication(successor)))
    return min(acts, key=lambda act: act[0], default=(None, None))


def source_of(line):
    """Return where a line stands written, private persons' numbers masked."""
    notice = line.notice
    quote, locator = privacy.mask(line.quote), line.locator or f"第{line.number}条"
    return Source(privacy.mask(notice.title), notice.get_absolute_url(), quote, locator)


def institution_pages(institution):
    """Return the pages of an institution."""
    history = reverse("institution_history", args=[institution.code])
    return (
        Target(institution.name, institution.get_absolute_url()),
        Target(f"{institution.name}的变更记录", history),
    )


def _latest(rows):
    return rows.order_by("-known_from", "-pk")[:LONGEST_HISTORY]


def _is_closed(row, at):
    return row.known_to is not None and row.known_to <= at


def _period_words(row):
    words = f"定点，{span_words(row.valid_from, row.valid_to)}"
    return words if row.valid_to is None else f"{words}（{ENDS[row.state]}）"


def _break_words(row):
    days = (doubt_words if row.code else span_words)(row.valid_from, row.valid_to)
    reason = f"（{FINDINGS[row.code].rstrip('。')}）" if row.code else ""
    return f"{row.get_nature_display()}，{days}{reason}"


def _days_of(line):
    if line.term_from or line.term_to:
        return span_words(line.term_from, line.term_to)
    if line.on is None:
        return "这一条没有自己的日期"
    return (
        f"至{span_words(line.on, line.on)}止" if line.on_is_last_day else span_words(line.on, None)
    )


def _ends(rows, at):
    """Return {instant: the act of a notice at it} for closed rows; no query where nothing was closed."""
    closed = {row.known_to for row in rows if _is_closed(row, at)}
    if not closed:
        return {}
    asked = Q(published_at__in=closed) | Q(withdrawn_at__in=closed)
    acts = {}
    for notice in Notice.objects.published(at).filter(asked).defer("text", "warnings"):
        if notice.published_at in closed:
            acts[notice.published_at] = _publication(notice)
        if notice.withdrawn_at in closed:
            acts[notice.withdrawn_at] = _withdrawal(notice)
    return acts


def _publication(notice):
    words = "更正" if notice.replaces_id else "通知"
    return Target(f"{words}：《{privacy.mask(notice.title)}》", notice.get_absolute_url())


def _withdrawal(notice):
    title, reason = privacy.mask(notice.title), privacy.mask(notice.reason)
    return Target(f"撤回《{title}》：{reason}", notice.get_absolute_url())


def _standing(history):
    now = [one for one in history if one.known_to is None]
    return tuple(Target(one.text, one.url) for one in now) or (Target(GONE, ""),)


def _address_of_line(line):
    address = address_of(format_reference("notice-line", f"{line.notice_id}-{line.number}"))
    return Target(f"《{privacy.mask(line.notice.title)}》第{line.number}条", address)
