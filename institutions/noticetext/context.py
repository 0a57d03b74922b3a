"""What headings say about the lines under them: category, action, district, stated number.

Knows the levels of Chinese numbering (附件, 一、, （一）, 1.). It hides the stack: a heading replaces what stood at its level and
below, and what it does not say holds on from above.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from institutions.noticetext import dates
from institutions.noticetext.actions import Act, act_of, find_acts
from institutions.noticetext.categories import Phrase, find_phrases
from institutions.noticetext.notice import Entry

_LEVELS = (
    (1, re.compile(r"[一二三四五六七八九十]+[、.]|第[一二三四五六七八九十]+[部分类章节、]")),
    (2, re.compile(r"[（][一二三四五六七八九十]+[）]")),
    (3, re.compile(r"\d{1,2}[、.]|[（]\d{1,2}[）]|[①-⑳]")),
)
UNNUMBERED = 4
_BARE_KIND = re.compile(
    r"(?:[一二三四五六七八九十\d]+[、.]|[（][一二三四五六七八九十\d]+[）])?\s*[【]?((?:定点|协议)?(?:医疗机构|医药机构|医院|零售药店|药店|康复机构|康复医疗机构|诊所|门诊部|"
    r"辅助器具配置机构|辅具配置机构|护理机构|采样机构|检测机构|基层医疗机构|社区卫生服务机构|门诊|单体药店|连锁药店|医疗类|药店类))(?:类|名单)?[】]?\s*"
    r"(?:[（]?(?:共)?\s*\d*[家所个]?[）]?)?[：]?$"
)


@dataclass
class Block:
    """Entries under one heading or introduction and the number that it states of them."""

    words: str
    start: int
    end: int
    count: int | None = None
    entries: list[Entry] = field(default_factory=list)
    open_ended: bool = False


@dataclass
class Heading:
    """What one heading says: its own words, the categories that it names, and an action."""

    words: str
    phrases: tuple[Phrase, ...]
    act: Act | None
    day: str | None = None

    @property
    def phrase(self) -> Phrase | None:
        return self.phrases[0] if self.phrases else None


class Outline:
    """The headings that hold at the place that is being read."""

    def __init__(self):
        self._levels: dict[int, Heading] = {}
        self._upwards: list[Heading] = []
        self.district: str | None = None

    def enter(self, words: str, level: int):
        """A heading begins: it ends the ones at its level and below, and the district."""
        self._levels = {at: one for at, one in self._levels.items() if at < level}
        self._levels[level] = heading_of(words)
        self._upwards = [self._levels[at] for at in sorted(self._levels, reverse=True)]
        self.district = None

    def phrase(self) -> Phrase | None:
        return next((one.phrase for one in self._upwards if one.phrase), None)

    def rivals(self) -> tuple[Phrase, ...]:
        """All categories that the heading names which gives the category; the entry must decide between them."""
        return next((one.phrases for one in self._upwards if one.phrase), ())

    def act(self) -> Act | None:
        return next((one.act for one in self._upwards if one.act), None)

    def day(self) -> str | None:
        """The day from which a numbered heading says that what stands under it holds."""
        return next((one.day for one in self._upwards if one.day), None)

    def has_several_acts(self) -> bool:
        """Whether the heading that gives the action names another one too (不再续签及暂停的机构): each entry's words decide."""
        heading = next((one for one in self._upwards if one.act), None)
        return bool(heading and len({act.action for act in find_acts(heading.words)}) > 1)

    def words(self) -> str:
        """The words of the headings that hold, the nearest first."""
        return " ".join(one.words for one in self._upwards)


@lru_cache(maxsize=4096)
def heading_of(words: str) -> Heading:
    """What the words of a heading say. 医疗机构 or 零售药店 alone names a category there."""
    phrases = find_phrases(words)
    day = dates.effective_of(words) if level_of(words) < UNNUMBERED else None
    if not phrases and (bare := _BARE_KIND.match(words.strip())):
        kind = bare[1].replace("医疗类", "医疗机构").replace("药店类", "零售药店")
        phrases = find_phrases(kind if kind.startswith(("定点", "协议")) else f"定点{kind}")
    return Heading(words, tuple(phrases), _last_act(words), day)


def _last_act(words: str) -> Act | None:
    """The action of the last clause that has one: 因协议期满未续约，取消以下单位资格 cancels."""
    acts = map(act_of, reversed(re.split(r"[，；]", words)))
    return next((act for act in acts if act), None) or act_of(words)


def is_bare_kind(words: str) -> bool:
    """Whether a line is nothing but a kind of institution, as a heading."""
    return bool(_BARE_KIND.match(words.strip()))


def level_of(words: str) -> int:
    """The level that a heading's numbering gives it; the deepest without numbering."""
    return next((level for level, pattern in _LEVELS if pattern.match(words)), UNNUMBERED)
