"""What an entry that the notice reader found becomes as a line of a draft: a rule, without a database.

Knows which printed words have a column of their own and which stay in `details`; takes over no date that
is not wholly printed. Hides the limits of the columns.
"""

import re
from datetime import date

from institutions.models import NoticeLine
from institutions.models.lines import OPENING_OR_SUSPENDING, WITHOUT_KIND
from institutions.models.notices import FIRST_DAY, LAST_DAY
from portal.names import fold

# Fields of an entry that have columns, or only say where the entry stands.
_IN_COLUMNS = (
    "name_as_printed",
    "category",
    "action",
    "action_as_printed",
    "resolved_name",
    "new_name",
    "merged_into",
    "needs_review",
    "start",
    "end",
    "name_start",
    "name_end",
)
_DATES = ("effective_date", "valid_from", "valid_to")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def day_of(printed):
    """Return the date that the reader gives, None when it is not whole, not real or outside the register's years."""
    if not (printed and _ISO.fullmatch(printed) and FIRST_DAY <= printed <= LAST_DAY):
        return None
    try:
        return date.fromisoformat(printed)
    except ValueError:
        return None


def kinds_by_words(kinds):
    """Return {folded words: kind} for what notices call `kinds`; words that two of them claim are left out."""
    found = {}
    for kind in kinds:
        for key in kind.printed_keys:
            found.setdefault(key, set()).add(kind)
    return {key: next(iter(claiming)) for key, claiming in found.items() if len(claiming) == 1}


def line_of(number, entry, text, kinds, row):
    """Return the unsaved, undecided line for an Entry of `text`, which begins in the text's line `row`.

    `kinds` is the answer of `kinds_by_words`. Nothing is guessed: words that no kind claims leave the kind open. Its institution is not looked for.
    """
    action = entry.action or ""
    printed = {
        key: value
        for key, value in entry.as_dict().items()
        if key not in _IN_COLUMNS and value not in (None, "", {})
    }
    line = NoticeLine(
        number=number,
        name=entry.name_as_printed[:200],
        resolved_name=(entry.resolved_name or "")[:200],
        category=(entry.category or entry.category_as_printed or "")[:100],
        kind=None if action in WITHOUT_KIND else _kind_of(entry, kinds),
        action=action,
        action_as_printed=(entry.action_as_printed or "")[:100],
        new_name=(entry.new_name or "")[:200] if action == "rename" else "",
        into_as_printed=(entry.merged_into or "")[:200],
        quote=text[entry.start : entry.end].strip() or entry.name_as_printed,
        locator=f"第 {row} 行",
        start=entry.start,
        end=max(entry.end, entry.start + 1),
        needs_review=entry.needs_review or len(entry.name_as_printed) > 200,
        **_dates_of(action, printed),
    )
    line.details = printed
    line.key = line.matching_key
    return line


def _kind_of(entry, kinds):
    for words in (entry.category, entry.category_as_printed):
        if words and (kind := kinds.get(fold(words))):
            return kind
    return None


def _dates_of(action, printed):
    """Take the dates that have a column out of `printed`, and return them; the others stay there."""
    days = {name: day_of(printed.get(name)) for name in _DATES}
    taken = {}
    if days["effective_date"]:
        taken["on"] = "effective_date"
    elif action == "revoke" and days["valid_to"]:
        taken["on"] = "valid_to"
    if action in ("", *OPENING_OR_SUSPENDING):
        taken |= {"term_from": "valid_from", "term_to": "valid_to"}
    fields = {column: days[name] for column, name in taken.items() if days[name]}
    for column in fields:
        printed.pop(taken[column], None)
    if taken.get("on") == "valid_to":
        fields["on_is_last_day"] = True
    return fields
