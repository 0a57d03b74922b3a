"""The figures that this floor can state: counts of designations, a status, counts of a notice's list.

    institutions.count:<scheme>?unit=designations|institutions[&kind=][&district=][&on=][&status=]
    institutions.status:<institution>?kind=[&on=]
    notice.count:<notice>?unit=designations|institutions[&kind=][&action=]

A count always names its unit: 家次 counts designations, 家 institutions. `on` is today in China when it
is left out. What a figure's records are is in the modules that this one asks; it knows the parameters
and the sources.
"""

from collections import Counter

from django.utils import timezone

from institutions.filters import RegisterFilter
from institutions.models import Institution, Kind, Notice, NoticeLine, Scheme
from institutions.models.notices import FIRST_DAY, LAST_DAY
from institutions.noticetext import privacy
from institutions.pages.questions import CHECK, address
from institutions.quotable.noticelists import count_lines, said_by
from institutions.quotable.standings import standings
from institutions.quotable.statuses import Question, answers_to
from institutions.quotable.successions import present_of
from institutions.references import LONGEST_KEY
from portal.figures import BadFigureReference, Figure, Source, register
from portal.models import Place
from portal.parameters import BadParameter, day_of
from portal.records import instant

# Notices that are named as the sources of a count; how many more there are is said in one line.
NAMED_SOURCES = 20
UNITS = {"designations": "家次", "institutions": "家"}
STATUSES = ("in_force", "start_unknown", "total")


def register_all():
    """Teach the kernel this floor's figures; called once when the app is ready."""
    register(
        "institutions.count",
        count_register,
        label="定点机构数",
        required=["unit"],
        optional=["kind", "district", "on", "status"],
    )
    register(
        "institutions.status",
        state_status,
        label="定点资格",
        required=["kind"],
        optional=["on"],
    )
    register(
        "notice.count",
        count_notice,
        label="通知名单中的机构数",
        required=["unit"],
        optional=["kind", "action"],
    )


def count_register(references, known_at=None):
    """Return {reference: Figure}: how many of a scheme are designated on a day.

    `status` is `in_force` (the default), `start_unknown` or `total`, both together. The sources are the
    notices that opened the counted periods. A count of nothing has no source, and is not stated.
    """
    at = instant(known_at)
    filters = _filters(references, known_at)
    found = standings(filters.values())
    counted = {
        reference: _counted(reference, found[one].settled) for reference, one in filters.items()
    }
    opening = {
        reference: Counter(found[filters[reference]].opened_by[pair] for pair in pairs)
        for reference, pairs in counted.items()
    }
    named = {key for openers in opening.values() for key, _ in _named(openers)}
    titles = dict(Notice.objects.filter(pk__in=named).order_by().values_list("pk", "title"))
    figures = {}
    for reference, one in filters.items():
        unit = _one_of(reference, "unit", UNITS)
        pairs = counted[reference]
        value = len(pairs if unit == "designations" else {institution for institution, _ in pairs})
        url = f"/institutions/?{one.query()}"
        if value:
            sources = _openers(opening[reference], titles, url)
            figures[reference] = _count(value, unit, sources, one.day, at, url)
    return figures


def state_status(references, known_at=None):
    """Return {reference: Figure} of 是, 否 or 无法确定; its value is yes, no or unknown.

    The sources are the lines quoted. Where nothing is quoted the source is the register itself, with the
    rule: that a name is in none of its lists is written nowhere else.
    """
    at = instant(known_at)
    codes = {reference.code for reference in references}
    public = Institution.objects.public(at).filter(code__in=codes).order_by()
    institutions = dict(public.values_list("code", "pk"))
    kinds = _kinds()
    asked = {
        reference: Question(
            institutions[reference.code],
            _known(kinds, reference, "kind").pk,
            _day(reference) or timezone.localdate(),
        )
        for reference in references
        if reference.code in institutions
    }
    answers = answers_to(asked.values(), known_at)
    return {
        reference: _status_figure(reference, answers[question])
        for reference, question in asked.items()
    }


def count_notice(references, known_at=None):
    """Return {reference: Figure}: how many a notice lists, as it prints them, of a kind and action or all.

    A notice that was corrected is counted as the standing correction prints it. One that was withdrawn
    states nothing any more.
    """
    at = instant(known_at)
    keys = {int(r.code) for r in references if r.code.isdigit() and len(r.code) <= LONGEST_KEY}
    present = present_of(keys, at)
    standing = Notice.objects.standing(at).select_related("issuer")
    notices = standing.defer("text", "warnings", "stated_counts").in_bulk(set(present.values()))
    said, kinds = said_by(notices), _kinds()
    figures = {}
    for reference in references:
        notice = notices.get(present.get(int(reference.code))) if reference.code.isdigit() else None
        unit = _one_of(reference, "unit", UNITS)
        kind, action = _known(kinds, reference, "kind"), _action(reference)
        if notice is not None:
            both = count_lines(said[notice.pk], {kind.pk} if kind else None, action)
            value = getattr(both, unit)
            url = notice.get_absolute_url()
            source = Source(privacy.mask(notice.title), url, locator=_what_is_counted(kind, action))
            if value:
                figures[reference] = _count(value, unit, [source], None, at, url)
    return figures


def _count(value, unit, sources, day, at, url):
    return Figure(value, UNITS[unit], f"{value}{UNITS[unit]}", sources, day, at, url)


def _filters(references, known_at):
    """Return {reference: RegisterFilter} for those whose scheme exists; three queries."""
    kinds = _kinds()
    schemes = Scheme.objects.in_bulk({r.code for r in references}, field_name="code")
    codes = {dict(r.parameters).get("district") for r in references} - {None}
    places = Place.objects.in_bulk(codes, field_name="code") if codes else {}
    filters = {}
    for reference in references:
        scheme, kind = schemes.get(reference.code), _known(kinds, reference, "kind")
        district = _known(places, reference, "district")
        _one_of(reference, "status", STATUSES, STATUSES[0])
        if scheme is not None and kind is not None and kind.scheme_id != scheme.pk:
            raise BadFigureReference(f"“{reference}”的类别不属于“{scheme}”。", "kind")
        if scheme is not None:
            filters[reference] = RegisterFilter(
                scheme=scheme,
                kind=kind,
                district=district,
                on=_day(reference),
                known_at=known_at,
                kinds=tuple(kinds.values()),
            )
    return filters


def _counted(reference, settled):
    status = _one_of(reference, "status", STATUSES, STATUSES[0])
    if status == "total":
        return settled.in_force | settled.start_unknown
    return getattr(settled, status)


def _named(openers):
    """Return the notices that are named as sources, those that opened most first."""
    return sorted(openers.items(), key=lambda item: (-item[1], item[0]))[:NAMED_SOURCES]


def _openers(openers, titles, url):
    named = _named(openers)
    sources = [
        Source(
            privacy.mask(titles[key]), f"/institutions/notices/{key}/", locator=f"其中{count}家次"
        )
        for key, count in named
    ]
    if others := len(openers) - len(named):
        rest = sum(openers.values()) - sum(count for _, count in named)
        sources.append(Source(f"另有{others}份通知", url, locator=f"其中{rest}家次"))
    return sources


def _status_figure(reference, evidenced):
    answer, day = evidenced.answer, evidenced.answer.on
    url = address(CHECK, reference.code, dict(reference.parameters)["kind"], day)
    sources = [
        Source(
            privacy.mask(line.notice.title),
            line.notice.get_absolute_url(),
            privacy.mask(line.quote),
            line.locator or f"第{line.number}条",
        )
        for line in evidenced.lines
    ] or [Source("定点机构名录", url, answer.rule.text)]
    return Figure(str(answer.verdict), "", answer.verdict.label, sources, day, answer.known_at, url)


def _what_is_counted(kind, action):
    words = [kind.name if kind else "", NoticeLine.Action(action).label if action else ""]
    return "、".join(filter(None, words)) or "全部条目"


def _kinds():
    return {kind.code: kind for kind in Kind.objects.select_related("scheme")}


def _known(rows, reference, name):
    """Return the row of `rows` that a parameter names by its code; None when it is left out."""
    code = dict(reference.parameters).get(name)
    if code is not None and code not in rows:
        raise BadFigureReference(f"“{reference}”的参数 {name} 不是已有的代码。", name)
    return rows.get(code)


def _one_of(reference, name, choices, default=None):
    value = dict(reference.parameters).get(name, default)
    if value not in choices:
        offered = "、".join(choices)
        raise BadFigureReference(f"“{reference}”的参数 {name} 应为 {offered} 之一。", name)
    return value


def _action(reference):
    if "action" not in dict(reference.parameters):
        return None
    return _one_of(reference, "action", NoticeLine.Action.values)


def _day(reference):
    given = dict(reference.parameters).get("on")
    if given is None:
        return None
    try:
        day = day_of("on", given)
    except BadParameter as error:
        raise BadFigureReference(f"“{reference}”的参数 on 不是日期。", "on") from error
    if not FIRST_DAY <= day.isoformat() <= LAST_DAY:
        raise BadFigureReference(f"“{reference}”的参数 on 须在 1949 年 10 月到 2100 年之间。", "on")
    return day
