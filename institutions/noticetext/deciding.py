"""What is done to each entry: its own words, its heading, the sentence that leads to the list, the title, in this order.

Knows that a change of address is none of the seven actions and that what is only intended (拟) is not in force. It hides the
order in which the places are asked.
"""

import re

from institutions.noticetext.actions import Act, act_of, find_acts, founding_of, grows, proposed
from institutions.noticetext.categories import Phrase, find_phrases
from institutions.noticetext.drafts import Draft, Reading

_HEAD_LINES = 12
_LEADING_TO_A_LIST = re.compile(r"下列|以下|如下")


def conclude_actions(reading: Reading):
    """Give each entry its action; one that a row or a heading changes otherwise is a warning and no entry."""
    titled = _Title(reading)
    led = _led_to(reading)
    for draft in reading.drafts:
        act = _act_of(draft, titled, led, reading)
        entry = draft.entry
        entry.action = act.action
        entry.action_as_printed = _printed(draft, act)
        if act.action == "merge" and not entry.merged_into:
            entry.merged_into, entry.new_name = entry.new_name, None
        if act.action is None:
            entry.needs_review = True
            message = f"“{act.printed}”不属于七种处理，请编辑判断。"
            reading.warn("other_action", message, entry.start, entry.end)
        if act.action == "revoke" and entry.note and not entry.reason:
            entry.reason, entry.note = entry.note, None
    _drop_others(reading)


class _Title:
    """The actions and categories of the title, and whether the entries have others of their own."""

    def __init__(self, reading: Reading):
        self.acts = find_acts(reading.title or "")
        self.phrases = find_phrases(reading.title or "")
        done = {draft.act.action for draft in reading.drafts if draft.act and draft.act_is_local}
        named = {act.action for act in self.acts}
        self.aside = "，" in (reading.title or "") and named <= done
        self.single = len(named) == 1

    def speaks_of(self, draft: Draft) -> bool:
        """Whether its action is meant for an entry: not when its heading names a kind that the title leaves out."""
        phrase = draft.phrase
        apart = bool(self.phrases and phrase) and not any(
            _may_be(one, phrase) for one in self.phrases
        )
        draft.entry.needs_review = draft.entry.needs_review or apart
        return not apart


def _may_be(one: Phrase, phrase: Phrase) -> bool:
    of_a_kind = one.kind in (phrase.kind, "医药", None)
    return of_a_kind and (one.scheme == phrase.scheme or not (one.scheme and phrase.scheme))


def _act_of(draft: Draft, titled: _Title, led: Act | None, reading: Reading) -> Act:
    entry, act, head = draft.entry, draft.act, reading.head_words
    if entry.new_name and (act is None or act.action in ("designate", None)):
        act = Act("rename", "更名")
    elif entry.merged_into and (act is None or act.action == "designate"):
        act = Act("merge", "合并")
    reason = act_of(entry.note or "") if act is None else None
    if reason and reason.action != "designate":
        act = reason
    if act is None and titled.acts and titled.speaks_of(draft):
        act = None if titled.aside and founding_of(draft.headings, "") else titled.acts[0]
        entry.needs_review = entry.needs_review or not titled.single
    if act is None and not titled.acts:
        act = led
    if act is None and (grows(head) or grows(draft.headings)):
        act = Act("designate", "新增")
    return act or founding_of(draft.headings, head) or Act("designate", "")


def _printed(draft: Draft, act: Act) -> str | None:
    """The words of the action; those of a cell that only says what is changed give way to the change."""
    own = draft.entry.action_as_printed
    return (own if own and act_of(own) else act.printed) or own or None


def _led_to(reading: Reading) -> Act | None:
    """What the sentences before the first entry do to all that follow: 与下列机构续签了协议，现将名单公布."""
    first = min((draft.entry.start for draft in reading.drafts), default=0)
    for line in reading.prose:
        if line.start >= first:
            break
        if not re.search("[，。]", line.text):
            continue
        for sentence in re.split("[。；]", line.text):
            if _LEADING_TO_A_LIST.search(sentence) and not proposed(sentence):
                acts = {act.action: act for act in find_acts(sentence)}
                if len(acts) == 1:
                    return acts.popitem()[1]
    return None


def _drop_others(reading: Reading):
    """A row or a list about another change (地址变更) is told by its warning; nobody's designation changes by it."""
    others = {
        id(draft.entry)
        for draft in reading.drafts
        if draft.entry.action is None and draft.act and draft.act.action is None
    }
    reading.drafts = [draft for draft in reading.drafts if id(draft.entry) not in others]
    for block in reading.blocks if others else ():
        block.entries = [entry for entry in block.entries if id(entry) not in others]


def note_proposal(reading: Reading):
    """A list that is only intended (拟新增, under 公示) needs an editor: nobody is designated by it yet."""
    line = next((line for line in reading.lines[:_HEAD_LINES] if proposed(line.text)), None)
    if line is None or not reading.drafts:
        return
    place = proposed(line.text).start()
    for draft in reading.drafts:
        printed = draft.entry.action_as_printed or ""
        draft.entry.action_as_printed = printed if printed.startswith("拟") else f"拟{printed}"
        draft.entry.needs_review = True
    message = "文中写的是“拟”，名单尚未正式生效，请等正式公告或由编辑判断。"
    reading.warn("proposal", message, line.start + place, line.start + place + 1)
