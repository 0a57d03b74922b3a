"""What is concluded when a notice has been read to its end.

Knows how category and district of an entry follow from the document as a whole, when a list is complete, and which
doubts an editor must see. It hides the order of these conclusions; actions are
concluded by `deciding`.
"""

import re

from institutions.noticetext import deciding, heads, timing
from institutions.noticetext.brackets import is_street, read_brackets
from institutions.noticetext.categories import (
    Phrase,
    completed,
    find_phrases,
    fitting,
    is_special,
    lacks_scheme,
    phrase_by_name,
    plain_phrase,
)
from institutions.noticetext.completeness import check_counts, conclude_completeness
from institutions.noticetext.drafts import Reading
from institutions.noticetext.mentions import drop_mentions
from institutions.noticetext.notice import Entry, Notice, ReadingWarning
from institutions.noticetext.places import Area, full_city, names_districts
from institutions.noticetext.privacy import warnings_of

_SEPARATORS = re.compile(r"\d{1,3}[.、）]|[①-⑳]|[/\s、，；。,;：|]|以及|及其|[和及与]")


def finish(reading: Reading) -> Notice:
    """The notice with all its conclusions and warnings in the order of the text."""
    reading.drafts.sort(key=lambda draft: (draft.entry.start, draft.entry.name_start))
    timing.settle_days(reading)
    notice = _head(reading)
    drop_mentions(reading)
    _take_addresses(reading)
    _conclude_categories(reading, notice)
    deciding.conclude_actions(reading)
    deciding.note_proposal(reading)
    _conclude_places(reading)
    timing.conclude_dates(reading, notice)
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
    return Notice(
        issuer=heads.full_issuer(
            reading.issuer, full_city(city) or heads.province_of(reading.title)
        ),
        issuer_as_printed=reading.issuer,
        city=city,
        title=reading.title,
        doc_number=heads.doc_number(reading.raw, reading.text),
        published_date=heads.published_on(reading.lines),
        effective_date=timing.effective_date(reading),
    )


def _conclude_categories(reading: Reading, notice: Notice):
    head = find_phrases(reading.head_words)
    everywhere = head + find_phrases(reading.text[:200_000])
    titled = tuple(find_phrases(reading.title or ""))
    default = _default_phrase(titled, head, everywhere) or plain_phrase(reading.head_words)
    known: dict[Phrase, str] = {}
    everywhere = list({(p.canonical, p.printed): p for p in reversed(everywhere)}.values())[::-1]
    several: dict[tuple[Phrase, ...], bool] = {}
    for draft in reading.drafts:
        rivals = draft.rivals if draft.phrase else titled
        if rivals not in several:
            several[rivals] = len({phrase.kind for phrase in rivals if phrase.kind}) > 1
        name = reading.text[draft.entry.name_start : draft.entry.name_end]
        phrase = fitting(rivals, name) if several[rivals] else draft.phrase or default
        if phrase is None:
            draft.entry.needs_review = True
            phrase = phrase_by_name(name, reading.head_words)
        if phrase is None:
            continue
        if phrase not in known:
            known[phrase] = completed(phrase, everywhere, notice.issuer or "", reading.head_words)
        draft.entry.category = known[phrase]
        if lacks_scheme(phrase, known[phrase]):
            draft.entry.needs_review = True
        if (
            draft.phrase
            and draft.entry.category != phrase.printed
            and not draft.entry.category_as_printed
        ):
            draft.entry.category_as_printed = phrase.printed


def _default_phrase(
    titled: tuple[Phrase, ...], head: list[Phrase], everywhere: list[Phrase]
) -> Phrase | None:
    if titled and is_special(titled[0]):
        return titled[0]
    schemed = [phrase for phrase in head if phrase.scheme]
    if schemed and schemed[0].canonical.endswith("医院"):
        wider = f"{schemed[0].canonical[:-2]}医疗机构"
        schemed = [phrase for phrase in schemed if phrase.canonical == wider] or schemed
    return next(iter(schemed or head or [p for p in everywhere if p.scheme] or everywhere), None)


def _plain_brackets(name: str) -> list[str]:
    """The words of brackets behind a name that may say where it is: 示例药房（滦州市）."""
    words = [bracket.words for bracket in read_brackets(name) if not bracket.meaning]
    return [word for word in words if word.endswith(("区", "县", "市", "旗"))]


def _cell_with_district(entry: Entry, area: Area) -> str | None:
    """The district in a cell of its own in a table without headings; it is taken out of the remarks."""
    pieces = entry.note.split("；") if entry.note else []
    found = next((piece for piece in pieces if area.has(area.in_line(piece))), None)
    if found is None:
        return None
    pieces.remove(found)
    entry.note = "；".join(pieces) or None
    return area.in_line(found)


def _take_addresses(reading: Reading):
    """Where most names of a list are followed by their address in brackets, a street in brackets is one as well."""
    entries = [draft.entry for draft in reading.drafts]
    bracketed = sum(
        bool(e.address) and reading.text[e.name_end : e.name_end + 1] == "（" for e in entries
    )
    for entry in entries if bracketed * 2 > len(entries) else ():
        name = reading.text[entry.name_start : entry.name_end]
        last = next(reversed(read_brackets(name)), None)
        if last and not last.meaning and not entry.address and is_street(last.words):
            entry.address, entry.name_end = last.words, entry.name_start + last.start
            entry.name_as_printed = reading.raw[entry.name_start : entry.name_end]


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
        at = inside.find(0, start, end)
        while at >= 0:
            stop = inside.find(1, at, end)
            stop = end if stop < 0 else stop
            if _SEPARATORS.sub("", reading.text[at:stop]):
                reading.warn("unread_text", "名单中的这些文字没有读入任何条目。", at, stop)
                inside[at:stop] = b"\1" * (stop - at)
            at = inside.find(0, stop, end)
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
