"""Which of a notice's days and terms belong to the whole notice, and which to some of its entries.

Knows that a day said behind the names of one sentence is theirs when the notice does several things, and that a term in a
paragraph with names is the term of these. It hides where the days were found.
"""

from institutions.noticetext import dates
from institutions.noticetext.drafts import Draft, Reading
from institutions.noticetext.notice import Notice

Term = tuple[str | None, str | None]


def settle_days(reading: Reading):
    """Give entries the day that stands behind their names; one day for all of a notice stays with the notice."""
    changes = len({draft.act.action for draft in reading.drafts if draft.act}) > 1
    common = len({draft.day for draft in reading.drafts}) == 1
    for draft in reading.drafts:
        if not (draft.alone or (changes and not common)):
            draft.day = None
        if draft.day and not draft.entry.effective_date:
            draft.entry.effective_date = draft.day


def effective_date(reading: Reading) -> str | None:
    """The first day from which the prose or the title says that the notice holds; days of single entries are none."""
    own = {draft.entry.effective_date for draft in reading.drafts if draft.day}
    words = [*(line.text for line in reading.prose), reading.title or ""]
    found = [(dates.effective(each), dates.effective_of(each)) for each in words]
    return next((day for day, of_some in found if day and not (of_some and day in own)), None)


def conclude_dates(reading: Reading, notice: Notice):
    """Terms of agreements for the entries that a paragraph names, or for all; doubts about several and about a year."""
    for draft in reading.drafts:
        entry = draft.entry
        if entry.action in ("suspend", "resume", "revoke") and not entry.effective_date:
            entry.effective_date = entry.valid_from
    general: set[Term] = set()
    drafts = iter(sorted(reading.drafts, key=lambda draft: draft.entry.start))
    draft = next(drafts, None)
    for line in sorted(reading.prose, key=lambda line: line.start):
        named = []
        while draft and draft.entry.start < line.end:
            if draft.entry.start >= line.start:
                named.append(draft)
            draft = next(drafts, None)
        term = dates.term(line.text)
        if term != (None, None) and named:
            _give(named, term)
        elif term != (None, None):
            general.add(term)
    if len(general) == 1:
        _give(reading.drafts, general.pop())
    elif general:
        reading.warn("several_terms", "正文写有几个不同的协议期限，请逐条核对。", 0, 0)
    if notice.effective_date and notice.effective_date.endswith(dates.NO_YEAR):
        reading.warn("date_without_year", "生效日期没有写年份，请核对。", 0, 0)


def _give(drafts: list[Draft], term: Term):
    for draft in drafts:
        entry = draft.entry
        if entry.action in ("designate", "renew") and not entry.valid_from and not entry.valid_to:
            entry.valid_from, entry.valid_to = term
