"""Whether a notice prints all of its list: stated numbers against lines, 等N家, others that are not named.

Knows how to pair a number with the entries it counts. It hides nothing: two numbers that differ are both in the warning.
`list_complete` never means that the register is complete.
"""

import re

from institutions.noticetext.actions import act_of, batch_of, founded, grows
from institutions.noticetext.categories import completed, find_phrases
from institutions.noticetext.context import Block
from institutions.noticetext.counting import Count, counts_in
from institutions.noticetext.drafts import Reading
from institutions.noticetext.notice import Entry, Notice

_UNNAMED_ACT = re.compile(r"(?:口头)?警告|约谈|整改|处罚|罚款|通报批评|批评|检查")
_FULL = re.compile(r"现有|截至|截止|全部|目前.{0,12}共|名录|全市.{0,14}(?:名单|一览表|目录)")


def check_counts(reading: Reading, notice: Notice):
    """Collect the stated numbers and warn where one differs from the lines it counts."""
    stated: dict[str, int] = {}
    counted = [block for block in reading.blocks if block.entries and block.count is not None]
    several = len({entry.category for entry in notice.entries}) > 1
    changes = len({entry.action for entry in notice.entries}) > 1
    for block in counted:
        _compare(reading, block)
        if not _is_group(block, reading):
            key = _key_of(block, several, changes)
            category = block.entries[0].category
            stated.setdefault(f"{key}（{category}）" if key in stated else key, block.count)
    told = bytearray(len(reading.text))
    for block in reading.blocks:
        if block.count and block.entries:
            told[block.start : block.end] = b"\1" * (block.end - block.start)
    counter = _Counter(reading, notice)
    for line in reading.lines:
        if re.search(r"[家所个间处]", line.text) and len(line.text) < 5000:
            for count in counts_in(line.text, line.start):
                if not told[count.start]:
                    _take(counter, count, stated, several, changes)
    notice.stated_counts = stated or None


def _is_group(block: Block, reading: Reading) -> bool:
    """Whether a block is one district of a list."""
    words = re.sub(r"[（(].*|[：:].*", "", block.words.strip())
    return bool(reading.area.in_line(words)) and not find_phrases(block.words)


def _compare(reading: Reading, block: Block):
    if block.count == len(block.entries) or (block.open_ended and len(block.entries) < block.count):
        return
    message = f"写明{block.count}家，名单读到{len(block.entries)}家，请核对。"
    reading.warn("count_mismatch", message, block.start, block.end)


def _key_of(block: Block, several: bool, changes: bool) -> str:
    return _key_of_entry(block.entries[0], several, changes)


def _key_of_entry(entry: Entry, several: bool, changes: bool) -> str:
    """By category when there are several, else by what is done."""
    if several and not changes:
        return entry.category or "名单"
    if entry.action == "designate" and entry.action_as_printed != "新增":
        return entry.category or "名单"
    return entry.action_as_printed or entry.category or "名单"


class _Counter:
    """The entries by category and action, asked for each number of the text."""

    def __init__(self, reading: Reading, notice: Notice):
        self.reading, self.entries = reading, notice.entries
        self.issuer, self.head = notice.issuer or "", reading.head_words
        self.others = find_phrases(reading.text[:20_000])
        self.categories = {entry.category for entry in notice.entries}
        self.actions = {entry.action for entry in notice.entries}
        self.known: dict[tuple, list[Entry]] = {}

    def counted_by(self, count: Count) -> list[Entry]:
        """The entries that a number of the head speaks of: by the category and the action of its clause."""
        phrases = find_phrases(count.clause)
        act = act_of(count.clause) or founded(count.clause, "", count.clause)
        if not act and len(self.actions) > 1:
            return []
        wanted = {
            completed(phrase, self.others, self.issuer, self.head) for phrase in phrases
        } & self.categories
        if (phrases and not wanted and len(self.categories) > 1) or not (
            act or phrases or re.search(r"以下|首批|名单", count.clause)
        ):
            return []
        return self._of(frozenset(wanted or self.categories), act and act.action)

    def _of(self, categories: frozenset, action: str | None) -> list[Entry]:
        key = (categories, action)
        if key not in self.known:
            self.known[key] = [
                entry
                for entry in self.entries
                if entry.category in categories and (action is None or entry.action == action)
            ]
        return self.known[key]


def _take(counter: _Counter, count: Count, stated: dict, several: bool, changes: bool):
    """One number outside of the lists: a total, a repetition of a list's number, or others that are not named."""
    reading = counter.reading
    rest = re.split(r"[。；]", reading.text[count.end : count.end + 60])[0]
    unnamed = _UNNAMED_ACT.search(count.clause) or (count.unnamed and _UNNAMED_ACT.search(rest))
    named = count.unnamed and len(counter.counted_by(count)) == count.number
    if count.whole:
        stated.setdefault("总数", count.number)
    elif not named and (count.unnamed or (unnamed and not act_of(count.clause))):
        stated.setdefault(f"{unnamed[0] if unnamed else '另有'}(未列名)", count.number)
    elif matching := counter.counted_by(count):
        one_category = len({one.category for one in matching[:500]}) == 1
        key = (
            "合计" if several and not one_category else _key_of_entry(matching[0], several, changes)
        )
        stated.setdefault(key, count.number)
        if len(matching) != count.number:
            reading.short = reading.short or len(matching) < count.number
            message = f"文中写{count.number}家，名单读到{len(matching)}家，请核对。"
            reading.warn("count_mismatch", message, count.start, count.end)


def conclude_completeness(reading: Reading, notice: Notice):
    """Set `list_complete` and `extent`."""
    if not notice.entries:
        return
    unnamed = any(key.endswith("(未列名)") for key in notice.stated_counts or {})
    short = [
        block
        for block in reading.blocks
        if block.entries
        and block.open_ended
        and len(block.entries) < (block.count or len(block.entries) + 1)
    ]
    fewer = any(
        block.count and len(block.entries) < block.count
        for block in reading.blocks
        if block.entries
    )
    notice.list_complete = not (unnamed or short or fewer or reading.short)
    notice.extent = _extent(reading, notice, examples=bool(short))


def _extent(reading: Reading, notice: Notice, *, examples: bool) -> str:
    actions = {entry.action for entry in notice.entries}
    head = f"{reading.title or ''} {' '.join(line.text for line in reading.lines[:6])}"[:600]
    if examples:
        return "examples"
    if actions != {"designate"}:
        return "changes"
    printed = {entry.action_as_printed for entry in notice.entries}
    if printed == {"新增"} or grows(head):
        return "additions"
    batch = batch_of(head)
    if batch and batch not in ("首批", "第一批", "第1批"):
        return "additions"
    total = (notice.stated_counts or {}).get("总数")
    return "full" if _FULL.search(head) or total == len(notice.entries) else "unknown"
