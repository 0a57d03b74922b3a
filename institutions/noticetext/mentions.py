"""Names that a sentence only mentions because a list of the same notice holds them.

Knows that A医院等11家 and a letter that names what its annex lists are no entries of their own. It hides how the two are told
from two decisions about one institution: another kind or another action is another entry.
"""

from collections.abc import Iterable

from institutions.noticetext.drafts import Draft, Reading


def drop_mentions(reading: Reading):
    """A clause that names some of the listed (A医院等11家; or all of an annex) repeats the list: no entries of its own."""
    named: set[str] = set()
    listed: dict[str, set[tuple]] = {}
    for draft in reading.drafts:
        if not draft.etc:
            named.add(draft.entry.name_as_printed)
        if draft.how in ("line", "table"):
            listed.setdefault(draft.entry.name_as_printed, set()).add(_sort_of(draft))
    dropped = [
        draft
        for draft in reading.drafts
        if (draft.etc and draft.entry.name_as_printed in named)
        or (draft.how == "clause" and _is_among(draft, listed.get(draft.entry.name_as_printed, ())))
    ]
    reading.repeated += [(draft.entry.start, draft.entry.end) for draft in dropped]
    gone = {id(draft.entry) for draft in dropped}
    reading.drafts = [draft for draft in reading.drafts if id(draft.entry) not in gone]
    for block in reading.blocks if gone else ():
        block.entries = [entry for entry in block.entries if id(entry) not in gone]


def _sort_of(draft: Draft) -> tuple[str | None, str | None]:
    return draft.phrase and draft.phrase.kind, draft.act and draft.act.action


def _is_among(draft: Draft, sorts: Iterable[tuple]) -> bool:
    """Whether one of the listed of the same name has no other kind and no other action."""
    own = _sort_of(draft)
    return any(
        all(
            one is None or other is None or one == other
            for one, other in zip(own, sort, strict=True)
        )
        for sort in sorts
    )
