"""What is concluded when a notice has been read to its end.

Knows how category, action and district of an entry follow from the document as a whole, when a list is complete, and which
doubts an editor must see. It hides the order of these conclusions.
"""

import re
from collections import Counter

from institutions.noticetext import dates, heads
from institutions.noticetext.actions import Act, act_of, find_acts, founding_of, grows
from institutions.noticetext.brackets import read_brackets
from institutions.noticetext.categories import (
    Phrase,
    completed,
    find_phrases,
    fitting,
    lacks_scheme,
)
from institutions.noticetext.completeness import check_counts, conclude_completeness
from institutions.noticetext.drafts import Reading
from institutions.noticetext.notice import Entry, Notice, ReadingWarning
from institutions.noticetext.places import Area, full_city, names_districts
from institutions.noticetext.privacy import warnings_of

_SEPARATORS = re.compile(r"\d{1,3}[.、）]|[①-⑳]|[\s、，；。,;：|]|以及|及其|[和及与]")


def finish(reading: Reading) -> Notice:
    """The notice with all its conclusions and warnings in the order of the text."""
    notice = _head(reading)
    _drop_mentions(reading)
    _conclude_categories(reading, notice)
    _conclude_actions(reading)
    _conclude_places(reading)
    _conclude_dates(reading, notice)
    notice.entries = [draft.entry for draft in reading.drafts]
    check_counts(reading, notice)
    conclude_completeness(reading, notice)
    _note_losses(reading)
    _note_doubts(reading)
    warnings = reading.warnings + warnings_of(reading.text)
    notice.warnings = sorted(set(warnings), key=lambda one: (one.start, one.end, one.code))
    return notice


def _head(reading: Reading) -> Notice:
    city = reading.area.city
    prose = [line.text for line in reading.prose]
    found = (dates.effective(words) for words in [*prose, reading.title or ""])
    return Notice(
        issuer=heads.full_issuer(
            reading.issuer, full_city(city) or heads.province_of(reading.title)
        ),
        issuer_as_printed=reading.issuer,
        city=city,
        title=reading.title,
        doc_number=heads.doc_number(reading.raw, reading.text),
        published_date=heads.published_on(reading.lines),
        effective_date=next((date for date in found if date), None),
    )


def _drop_mentions(reading: Reading):
    """A clause that names one of the listed (A医院等11家) repeats the list: it is no entry of its own."""
    listed = Counter(draft.entry.name_as_printed for draft in reading.drafts if not draft.etc)
    dropped = [d for d in reading.drafts if d.etc and listed[d.entry.name_as_printed]]
    reading.repeated += [(draft.entry.start, draft.entry.end) for draft in dropped]
    gone = {id(draft.entry) for draft in dropped}
    reading.drafts = [draft for draft in reading.drafts if id(draft.entry) not in gone]
    for block in reading.blocks if gone else ():
        block.entries = [entry for entry in block.entries if id(entry) not in gone]


def _conclude_categories(reading: Reading, notice: Notice):
    head = find_phrases(reading.head_words())
    everywhere = head + find_phrases(reading.text[:200_000])
    default = _default_phrase(head, everywhere)
    known: dict[Phrase, str] = {}
    everywhere = list({(p.canonical, p.printed): p for p in reversed(everywhere)}.values())[::-1]
    titled = tuple(find_phrases(reading.title or ""))
    several: dict[tuple[Phrase, ...], bool] = {}
    for draft in reading.drafts:
        rivals = draft.rivals if draft.phrase else titled
        if rivals not in several:
            several[rivals] = len({phrase.kind for phrase in rivals if phrase.kind}) > 1
        name = reading.text[draft.entry.name_start : draft.entry.name_end]
        phrase = fitting(rivals, name) if several[rivals] else draft.phrase or default
        if phrase is None:
            draft.entry.needs_review = True
            continue
        if phrase not in known:
            known[phrase] = completed(phrase, everywhere, notice.issuer or "")
        draft.entry.category = known[phrase]
        if lacks_scheme(phrase, known[phrase]):
            draft.entry.needs_review = True
        if (
            draft.phrase
            and draft.entry.category != phrase.printed
            and not draft.entry.category_as_printed
        ):
            draft.entry.category_as_printed = phrase.printed


def _default_phrase(head: list[Phrase], everywhere: list[Phrase]) -> Phrase | None:
    schemed = [phrase for phrase in head if phrase.scheme]
    return next(iter(schemed or head or [p for p in everywhere if p.scheme] or everywhere), None)


def _conclude_actions(reading: Reading):
    head = reading.head_words()
    title_acts = find_acts(reading.title or "")
    single = len({act.action for act in title_acts}) == 1
    for draft in reading.drafts:
        entry, act = draft.entry, draft.act
        if entry.new_name and (act is None or act.action == "designate"):
            act = Act("rename", "更名")
        elif entry.merged_into and (act is None or act.action == "designate"):
            act = Act("merge", "合并")
        reason = act_of(entry.note or "") if act is None else None
        if reason and reason.action != "designate":
            act = reason
        if act is None and title_acts:
            act = title_acts[0]
            entry.needs_review = entry.needs_review or not single
        if act is None and (grows(head) or grows(draft.headings)):
            act = Act("designate", "新增")
        if act is None:
            act = founding_of(draft.headings, head) or Act("designate", "")
        entry.action = act.action
        entry.action_as_printed = entry.action_as_printed or act.printed or None
        if act.action is None:
            entry.needs_review = True
            reading.warn(
                "other_action",
                f"“{act.printed}”不属于七种处理，请编辑判断。",
                entry.start,
                entry.end,
            )
        if act.action == "revoke" and entry.note and not entry.reason:
            entry.reason, entry.note = entry.note, None


def _plain_brackets(name: str) -> list[str]:
    """The words of brackets behind a name that may say where it is: 示例药房（滦州市）."""
    words = [bracket.words for bracket in read_brackets(name) if not bracket.meaning]
    return [word for word in words if word.endswith(("区", "县", "市", "旗"))]


def _cell_with_district(entry: Entry, area: Area) -> str | None:
    """The district in a cell of its own in a table without headings; it is taken out of the remarks."""
    pieces = entry.note.split("；") if entry.note else []
    found = next((piece for piece in pieces if area.in_line(piece) in area.counties()), None)
    if found is None:
        return None
    pieces.remove(found)
    entry.note = "；".join(pieces) or None
    return area.in_line(found)


def _conclude_places(reading: Reading):
    names = [draft.entry.name_as_printed for draft in reading.drafts]
    with_cities = names_districts(names)
    for draft in reading.drafts:
        entry, area = draft.entry, reading.area
        if entry.district:
            entry.district = area.in_line(entry.district) or entry.district
        else:
            printed = reading.text[entry.name_start : entry.name_end]
            entry.district = (
                _cell_with_district(entry, area)
                or area.in_name(printed, with_cities=with_cities)
                or next(filter(None, map(area.in_line, _plain_brackets(printed))), None)
                or (area.in_address(entry.address) if entry.address else None)
            )
        full = area.resolved(entry.resolved_name or entry.name_as_printed)
        entry.resolved_name = full if full != entry.name_as_printed else None


def _conclude_dates(reading: Reading, notice: Notice):
    terms = {dates.term(line.text) for line in reading.prose} - {(None, None)}
    if len(terms) == 1:
        first, last = terms.pop()
        for draft in reading.drafts:
            entry = draft.entry
            if (
                entry.action in ("designate", "renew")
                and not entry.valid_from
                and not entry.valid_to
            ):
                entry.valid_from, entry.valid_to = first, last
    elif terms:
        reading.warn("several_terms", "正文写有几个不同的协议期限，请逐条核对。", 0, 0)
    if notice.effective_date and dates.NO_YEAR in notice.effective_date:
        reading.warn("date_without_year", "生效日期没有写年份，请核对。", 0, 0)


def _note_losses(reading: Reading):
    """Name what stands in a list and in no entry, and names that are strung together but on no list."""
    inside = bytearray(len(reading.text))
    for start, end in (
        [(d.entry.start, d.entry.end) for d in reading.drafts]
        + [(warning.start, warning.end) for warning in reading.warnings]
        + reading.repeated
    ):
        inside[start:end] = b"\1" * (end - start)
    for start, end in sorted(set(reading.covered)):
        at = start
        while at < end:
            stop = at
            while stop < end and not inside[stop]:
                stop += 1
            if _SEPARATORS.sub("", reading.text[at:stop]):
                reading.warn("unread_text", "名单中的这些文字没有读入任何条目。", at, stop)
                inside[at:stop] = b"\1" * (stop - at)
            at = stop + 1
    listed = {draft.entry.name_as_printed for draft in reading.drafts}
    for item in reading.pending:
        if reading.raw[item.start : item.end] not in listed and not inside[item.start]:
            reading.warn(
                "name_not_listed",
                "正文提到这家机构，但没有读成名单中的一条。",
                item.start,
                item.end,
            )


def _note_doubts(reading: Reading):
    for draft in reading.drafts:
        entry = draft.entry
        if entry.needs_review:
            reading.warnings.append(
                ReadingWarning(
                    "needs_review",
                    f"“{entry.name_as_printed}”这一条请核对。",
                    entry.start,
                    entry.end,
                )
            )
    seen: dict[tuple, int] = {}
    for draft in reading.drafts:
        entry = draft.entry
        key = (entry.name_as_printed, entry.category, entry.action, entry.district)
        if key in seen:
            reading.warn(
                "repeated_entry",
                f"“{entry.name_as_printed}”在名单中重复出现。",
                entry.start,
                entry.end,
            )
        seen[key] = entry.start
