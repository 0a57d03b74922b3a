"""Lists of names inside sentences: after a colon, after 分别是, around a verb, or named before and meant by 以上三家.

Knows which sentence parts lead to a list and which only mention names. It hides the scanning; the reader decides what the
words around a list mean.
"""

import re
from dataclasses import dataclass

from institutions.noticetext.actions import act_of
from institutions.noticetext.categories import find_phrases
from institutions.noticetext.counting import counts_in, total_in
from institutions.noticetext.enumerations import Item, Run, after_colon, in_clause
from institutions.noticetext.folding import closing, split_top
from institutions.noticetext.names import could_be_name, is_name

_WORD_ANCHOR = re.compile(
    r"分别是|分别为|依次为|包括|包含|名单为|主要有|其中有|它们是|(?<=机构)(?:有(?!限)|为|是)|(?<=医院)(?:有(?!限)|为|是)|(?<=药店)(?:有(?!限)|为|是)|"
    r"(?<=单位)(?:有(?!限)|为|是)|(?<=[家所个点])(?:有(?!限)|为|是)|"
    r"(?<=[家所个间处][，）])(?:分别)?(?:为|是|即|有(?!限))|(?<=名单)(?:为|是)|"
    r"(?<=[家所个处间类构院店点])--+|(?<=\d[家所个间])）(?=[一-龥“])"
)
_NO_LIST = re.compile(
    r"(?:地址|电话|来源|记者|编辑|责编|时间|网址|联系人|地点|咨询|投诉|监督|主送|抄送|承办|主办|作者|校对|审核|通讯员)$"
)
_BACK = re.compile(
    r"(?:以上|上述|前述)(?:名单(?:中|内)?的?)?(?:[\d一二两三四五六七八九十百]+[家所个])?[^，。；]{0,20}?(?:机构|医院|药店|药房|单位|门诊|诊所)"
)
_INTO = re.compile(
    r"为|纳入|列入|开通|接入|入选|上线|启用|设立|认定|公布|列为|成为|作为|获|被|定点|通过|同意|批准|确定"
)

_OPENED = re.compile(
    r"(?:等?[\d一二两三四五六七八九十百]*[家所个]?(?:医院|(?:医疗|医药)?机构|药店|药房|单位)?)?(?:[也均已都亦将]|先后|全部|正式|成功|于[^，。]{1,8}?)*"
    r"(?:开通|接入|实现|启动|上线)(?:[^，。；]{0,20}(?:结算|刷卡|医保|联网|服务|业务)|(?=[，。；]|$))"
)
_SELECTED = re.compile(
    r"等?(?:[\d一二两三四五六七八九十百]+[家所个])?(?:医院|(?:医疗|医药)?机构|药店|药房|单位)?(?:已|均|都|成功|顺利|先后|正式|近日|率先)*"
    r"(?:入选|入围|上榜|榜上有名|跻身|名列|在列|获批)"
)
_SANCTION = re.compile(r"协议|医保|定点|资格|结算|刷卡|联网")
_OPENING = re.compile(r"(?<=[一-龥])（")
_COLON = re.compile("：|】(?=[一-龥])")
_LONGEST_INTRO = 300
_LONGEST_SENTENCE = 2000
_MOST_SIGNS = 8
_DESIGNATES = re.compile(
    r"(?:确定|认定|批准|核准|同意|准予|新增|增补|取消|撤销|暂停|解除|终止|恢复|将|把)(?:将|把|了)?(?P<who>[^，。；：\n]{2,40}?)"
    r"(?:为|列为|列入|纳入|作为|成为|的)[^，。；\n]{0,24}(?:定点|协议)"
)
_DESIGNATED = re.compile(
    r"(?:^|[，；：\n])(?P<who>[^，。；：\n]{2,40}?)(?:已|正式|顺利)*"
    r"(?:被[^，。；\n]{0,12}?(?:确定|认定|批准|列[为入]|纳入|取消|暂停|解除)|成为|成功?入选|获批)[^，。；\n]{0,24}(?:定点|协议)"
)
_NOBODY = re.compile(
    r"一批|部分|多家|若干|更多|违规|以下|下列|上述|以上|有关|相关|[该各其]|全部|所有|这|[你贵本]|\d+家|[一二两三四五六七八九十]+家|机构|单位|对象|人员|职工|"
    r"患者|居民|费用|药品|项目|待遇|服务|范围|资格|协议|定点|条件|医院$|药店$|诊所$"
)


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list in a sentence: the names, the words before it (`intro`, from `intro_start`) and after it, and how found.

    `how` is colon, clause or back; `count` is what the words around it state; `continues` when the list before it in the
    same sentence goes on with it.
    """

    run: Run
    intro: str
    follow: str
    how: str
    intro_start: int
    count: int | None = None
    sure_items: frozenset[int] | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class BackReference:
    """A sentence about 以上机构 that are listed earlier in the document."""

    words: str
    start: int
    end: int


class Paragraph:
    """One line of prose being read, sentence by sentence."""

    def __init__(self, text: str, start: int, end: int):
        self.text, self.start, self.end = text, start, end
        self.lists: list[FoundList | BackReference] = []
        self.pending: list[Run] = []
        self.unread: list[tuple[int, int]] = []
        self.open_intro: str | None = None
        for begin, finish in split_top(text, "。！？", start, end):
            self._read_sentence(begin, finish)

    def _read_sentence(self, start: int, end: int):
        sentence = self.text[start:end]
        self.open_intro = None
        if not sentence.strip():
            return
        back = _BACK.search(sentence)
        if back and act_of(sentence[back.start() - 20 if back.start() > 20 else 0 :]):
            self._refer_back(sentence, start, end, back)
            return
        before = len(self.lists)
        for begin, finish in split_top(self.text, "；", start, end):
            self._read_part(begin, finish)
        if len(self.lists) == before:
            self._note_designated(start, end)
        if re.search(r"：\s*$|如下\s*$|见附件\s*$", sentence):
            self.open_intro = sentence

    def _note_designated(self, start: int, end: int):
        """Keep the words of whom a sentence designates when no name was read from it: 确定云鹤斋为定点单位."""
        for pattern in (_DESIGNATES, _DESIGNATED):
            for match in pattern.finditer(self.text, start, min(end, start + _LONGEST_SENTENCE)):
                if could_be_name(match["who"]) and not _NOBODY.search(match["who"]):
                    self.unread.append(match.span("who"))

    def _read_part(self, start: int, end: int):
        at = start
        while (found := self._anchored(at, end)) is not None:
            self.lists.append(found)
            at = found.run.end
        self._read_clauses(at, end, start)

    def _anchored(self, start: int, end: int) -> FoundList | None:
        """The next list that follows a colon, else a word such as 分别是."""
        for match in _COLON.finditer(self.text, start, end):
            intro = self.text[max(start, match.start() - _LONGEST_INTRO) : match.start()]
            if _NO_LIST.search(intro.rstrip()):
                continue
            if run := after_colon(self.text, match.end(), end):
                return self._found(run, start, end, intro, "colon")
        for match in _WORD_ANCHOR.finditer(self.text, start, end):
            run = after_colon(self.text, match.end(), end)
            intro = self.text[max(start, match.end() - _LONGEST_INTRO) : match.end()]
            counted = match[0] == "）" and run and total_in(intro[-8:]) == len(run.items)
            if not run or (sum(item.sure for item in run.items) < 2 and not counted):
                continue
            counted = counts_in(intro, loose=match[0].startswith("-"))
            if find_phrases(intro) or act_of(intro) or counted:
                return self._found(run, start, end, intro, "colon")
        return self._bracketed(start, end)

    def _bracketed(self, start: int, end: int) -> FoundList | None:
        """The next list in brackets behind what it is a list of: 新增3家检测机构（A、B、C）, 金水区（A、B）."""
        for match in _OPENING.finditer(self.text, start, end):
            stop = closing(self.text, match.start())
            run = after_colon(self.text, match.end(), stop - 1) if stop > match.end() else None
            if not run or run.end < stop - 1 or not all(item.sure for item in run.items):
                continue
            intro = self.text[max(start, match.start() - _LONGEST_INTRO) : match.start()]
            label = re.split("[，。；：、）]", intro)[-1]
            if len(run.items) > 1 and not is_name(label):
                return self._found(run, start, end, intro, "colon")
        return None

    def _found(self, run: Run, start: int, end: int, intro: str, how: str) -> FoundList:
        follow = self.text[run.end : min(end, run.end + _LONGEST_INTRO)]
        stated = total_in(intro[-80:])
        if run.etc and (after := counts_in(follow[:12], loose=True)):
            stated = after[0].number
        return FoundList(run, intro, follow, how, start, stated)

    def _read_clauses(self, start: int, end: int, before: int):
        """Names around which a clause goes on: taken when an action or a designation is said of them, else kept aside.

        `before` is where the words that lead up to them begin; they hold a list already when it lies before `start`.
        """
        runs: list[tuple[Run, int]] = []
        for begin, finish in split_top(self.text, "，", start, end):
            for run in in_clause(self.text, begin, finish):
                if runs and run.start == begin and self._goes_on(runs[-1][0], run):
                    runs[-1] = (_joined(runs[-1][0], run), runs[-1][1])
                else:
                    runs.append((run, begin))
        continues = before < start
        for place, (run, clause) in enumerate(runs):
            after = runs[place + 1][0].start if place + 1 < len(runs) else end
            intro = self.text[max(before, run.start - _LONGEST_INTRO) : run.start]
            follow = self.text[run.end : min(after, run.end + _LONGEST_INTRO)]
            if after < end and "，" in follow:
                follow = follow[: follow.rindex("，")]
            opens = self._opens(clause, run.start)
            subject = opens and _SANCTION.search(follow)
            if self._is_stated(run, intro, follow) or (subject and act_of(follow)):
                count = counts_in(follow[:14], loose=True) if run.etc or len(run.items) > 1 else []
                stated = count[0].number if count else None
                self.lists.append(
                    FoundList(run, intro, follow, "clause", before, stated, continues=continues)
                )
            elif len(run.items) > 1 or opens:
                self.pending.append(run)
            before = before if continues else run.end

    def _goes_on(self, run: Run, following: Run) -> bool:
        """Whether a list goes on behind a comma: 越城区的甲药店、乙药店，柯桥区的丙药店等12家."""
        several = len(run.items) > 1 or len(following.items) > 1
        return several and self.text[run.end : following.start] == "，"

    def _opens(self, start: int, place: int) -> bool:
        """Whether nothing but signs stands between the two places."""
        return place - start <= _MOST_SIGNS and not self.text[start:place].strip(" ，；“”")

    def _is_stated(self, run: Run, intro: str, follow: str) -> bool:
        clause_after = "，".join(follow.split("，")[:2])
        near = intro.rsplit("，", maxsplit=1)[-1]
        said = act_of(near + "|" + follow) or find_phrases(clause_after) or find_phrases(near)
        if near.endswith("的") and _INTO.search(near) and not act_of(follow):
            return False
        if not said and _SELECTED.match(follow):
            return bool(find_phrases(intro) or act_of(intro))
        if not said:
            return bool(_OPENED.match(follow)) and (len(run.items) > 1 or run.etc or "--" in near)
        if len(run.items) > 1 or run.etc:
            return bool(_INTO.search(near + follow) or act_of(near + "|" + follow))
        led = bool(
            re.search(
                r"(?:同意|确定|将|把|对|与|取消|暂停|解除|终止|恢复|新增|增加|注销|中止|批准|撤销|续签|关于)原?\s*[“”]?$",
                near,
            )
        )
        follows = bool(
            re.match(
                r"[”\"]?(?:为|被|自|因|已|于|退出|暂停|更名|并入|的|由|(?:机构|单位)?名称|变更|[（])",
                follow,
            )
        )
        return led or follows

    def _refer_back(self, sentence: str, start: int, end: int, back: re.Match):
        """以上三家药店: the names kept aside in this paragraph; without any, a reference to an earlier list."""
        if not self.pending:
            self.lists.append(BackReference(sentence, start, end))
            return
        items: list[Item] = [item for run in self.pending for item in run.items]
        count = total_in(back[0])
        sure = (
            self.pending
            if count is None or count == len(items)
            else [run for run in self.pending if len(run.items) == count]
        )
        run = Run(tuple(items), items[0].start, items[-1].end)
        certain = frozenset(item.start for one in sure[:1] for item in one.items)
        if count is None or count == len(items):
            certain = frozenset(item.start for item in items)
        self.lists.append(FoundList(run, sentence, "", "back", start, count, certain))
        self.pending = []


def _joined(run: Run, following: Run) -> Run:
    return Run(run.items + following.items, run.start, following.end, following.etc)
