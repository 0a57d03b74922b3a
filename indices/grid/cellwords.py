"""The words of a cell of the grid: what an editor types of one place in one dimension, read and written.

Pure. A cell has two boxes, and what is typed says itself what it is: 87.35 in the first is a score, 7 in the
second a rank; 第7, 并列3, 1-3, 前10, a tier, 未披露 and the like mean the same in either, and several of them
stand side by side with a slash. Reading is strict, width of characters and grouping commas aside: what is
not understood is refused in Chinese, nothing is guessed. `words_of` writes what `read` reads back.
"""

import re
import unicodedata
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from indices.models.stating import DECIMALS, DIGITS, Status
from indices.wording import status_words, value_text
from portal.tabular import as_decimal

LONGEST = {"tier": 50, "name_as_published": 100, "locator": 200, "quote": 500}
LARGEST_RANK = 1_000_000
BOTH, SCORE, RANK = "both", "score", "rank"

_LABELS = {"name_as_published": "来源中的写法", "locator": "出处", "quote": "原文", "tier": "梯队"}
_UNSAID = (Status.NOT_DISCLOSED, Status.MISSING, Status.NOT_IN_UNIVERSE)
_STATUSES = {status_words(status): status for status in (*_UNSAID, Status.ZERO_BY_RULE)}
_N = "([0-9]{1,9}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_PLACED = f"第?{_N}[名位]?"
_NUMBER = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?|-?\.[0-9]+")
_RANK = re.compile(f"第{_N}[名位]?|{_N}[名位]")
_TIED = re.compile(f"并列{_PLACED}|{_PLACED}\\(?并列\\)?|={_N}|{_N}=")
_INTERVAL = re.compile(f"{_PLACED}[-–—~至到]{_PLACED}")
_TOP = re.compile(f"前{_N}[名位强]?")
_DAY = re.compile(r"[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}-[A-Za-z]{3}")
_TIER = re.compile(r"(?:^|[/／])\s*梯队[:：](.*)\Z", re.DOTALL)
_PLAIN_TIER = re.compile(r"[^/／:：]+梯队")
_CHINESE = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True, slots=True)
class Content:
    """One statement, with the fields of `indices.models.CONTENT` in their order."""

    value: Decimal | None = None
    rank: int | None = None
    rank_from: int | None = None
    rank_to: int | None = None
    tied: bool = False
    tier: str = ""
    top_n: int | None = None
    status: str = Status.DISCLOSED.value
    name_as_published: str = ""
    locator: str = ""
    quote: str = ""

    @classmethod
    def of(cls, stated):
        """Return what a row of `Stated` says."""
        return cls(**{field.name: getattr(stated, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class Words:
    """A cell as typed: its two boxes, and where it stands in the report."""

    score: str = ""
    rank: str = ""
    name_as_published: str = ""
    locator: str = ""
    quote: str = ""

    @property
    def tidy(self):
        """The same with single spaces: what two cells must share to be the same words."""
        return Words(*(" ".join(getattr(self, field.name).split()) for field in fields(self)))

    @property
    def is_blank(self):
        """Whether both boxes are empty: nothing is stated."""
        return not self.score.strip() and not self.rank.strip()


def read(words):
    """Return (Content, decimals) of a cell; (None, 0) when both boxes are empty. ValueError, in Chinese.

    `decimals` is how many digits after the point the score was typed with.
    """
    if words.is_blank:
        return None, 0
    said = _Said()
    for box, text in ((SCORE, words.score), (RANK, words.rank)):
        said.hear(box, text)
    if not said.found:
        raise ValueError("只有“/”，没有内容：没有就留空，或写“未披露”“缺数据”。")
    told = {
        name: " ".join(getattr(words, name).split())
        for name in ("name_as_published", "locator", "quote")
    }
    for name, text in (*told.items(), ("tier", said.found.get("tier", ""))):
        if len(text) > LONGEST[name]:
            raise ValueError(f"{_LABELS[name]}有 {len(text)} 个字，最多 {LONGEST[name]} 个。")
    content = replace(Content(**said.found), **told)
    _refuse_contradictions(content)
    return content, said.decimals


def words_of(content, *, decimals=None, boxes=BOTH):
    """Return the Words of a Content (or None: blank), the score to at least `decimals` places.

    `boxes` says which of the two an editor sees: why nothing is stated stands in the first of them.
    """
    if content is None:
        return Words()
    score, rank = [], []
    if content.value is not None:
        own = max(0, -content.value.normalize().as_tuple().exponent)
        score.append(value_text(content.value, max(own, decimals or 0)))
    if content.status != Status.DISCLOSED:
        unsaid = boxes == RANK and content.status in _UNSAID
        (rank if unsaid else score).append(status_words(content.status))
    if content.rank is not None:
        rank.append(f"并列{content.rank}" if content.tied else str(content.rank))
    if content.rank_from is not None:
        rank.append(f"{content.rank_from}-{content.rank_to}")
    if content.top_n is not None:
        rank.append(f"前{content.top_n}")
    if content.tier:
        plain = _PLAIN_TIER.fullmatch(content.tier)
        rank.append(content.tier if plain else f"梯队：{content.tier}")
    evidence = (content.name_as_published, content.locator, content.quote)
    return Words("/".join(score), "/".join(rank), *evidence)


def is_statement(text):
    """Whether the text of a pasted cell can be read as a statement, in whichever box."""
    for words in (Words(score=text), Words(rank=text)):
        try:
            if read(words)[0] is not None:
                return True
        except ValueError:
            continue
    return False


class _Said:
    """What the boxes say so far, each thing once."""

    def __init__(self):
        self.found = {}
        self.decimals = 0

    def hear(self, box, text):
        if tier := _TIER.search(text):
            text = text[: tier.start()]
            self._keep("tier", " ".join(tier[1].split()), "梯队")
        for part in re.split("[/／]", text):
            if part.strip():
                self._hear_part(box, part.strip())

    def _hear_part(self, box, part):
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", part)).replace("\u2212", "-")
        if plain in _STATUSES:
            self._keep("status", _STATUSES[plain].value, "披露情况")
        elif _NUMBER.fullmatch(plain):
            self._hear_number(box, plain)
        elif found := _TIED.fullmatch(plain):
            self._keep("rank", _rank(found), "位次")
            self.found["tied"] = True
        elif found := _RANK.fullmatch(plain):
            self._keep("rank", _rank(found), "位次")
        elif found := _INTERVAL.fullmatch(plain):
            self._keep("rank_from", _counted(found[1]), "位次区间")
            self._keep("rank_to", _counted(found[2]), "位次区间")
        elif found := _TOP.fullmatch(plain):
            self._keep("top_n", _rank(found), "入围前几")
        elif _PLAIN_TIER.fullmatch(part):
            self._keep("tier", " ".join(part.split()), "梯队")
        elif _DAY.fullmatch(plain):
            raise ValueError(f"“{part}”是日期：Excel 会把“1-3”变成日期，请写成“1至3”。")
        else:
            raise ValueError(f"读不懂“{part[:30]}”。")

    def _hear_number(self, box, plain):
        number = as_decimal(plain)
        if box == SCORE and "value" not in self.found:
            places = max(0, -number.as_tuple().exponent)
            if places > DECIMALS or abs(number) >= 10 ** (DIGITS - DECIMALS):
                whole = DIGITS - DECIMALS
                raise ValueError(f"得分最多 {whole} 位整数、{DECIMALS} 位小数，“{plain}”超出了。")
            self.decimals = places
            self._keep("value", number, "得分")
        elif number != number.to_integral_value():
            raise ValueError(f"位次须是整数，“{plain}”不是；得分请写在得分一格。")
        else:
            self._keep("rank", _counted(str(int(number))), "位次")

    def _keep(self, name, value, label):
        if name in self.found:
            raise ValueError(f"{label}写了两次。")
        self.found[name] = value


def _rank(found):
    return _counted(next(group for group in found.groups() if group))


def _counted(text):
    """Return the rank that a numeral names, from 1 on."""
    if text.lstrip("-").isdigit():
        number = int(text)
    else:
        tens, ten, ones = text.rpartition("十")
        number = (_CHINESE.get(tens, 1) * 10 if ten else 0) + _CHINESE.get(ones, 0)
    if not 1 <= number <= LARGEST_RANK:
        raise ValueError(f"位次从 1 开始，最大 {LARGEST_RANK}，“{text}”不行。")
    return number


def _refuse_contradictions(content):
    """Refuse what the database would refuse, in words that say what to do."""
    numbered = content.rank is not None or content.rank_from is not None
    if content.rank is not None and content.rank_from is not None:
        raise ValueError("已写确定位次，不能再写位次区间。")
    if content.rank_from is not None and content.rank_to <= content.rank_from:
        raise ValueError("位次区间的后一个数须大于前一个。")
    said = numbered or content.value is not None or content.tier or content.top_n is not None
    if content.status in _UNSAID and said:
        word = status_words(content.status)
        raise ValueError(f"已写“{word}”，不能再有得分、位次、梯队或入围；请留一样。")
    if content.status == Status.ZERO_BY_RULE:
        if content.value:
            raise ValueError("“按规则计零”的得分只能是 0 或不写。")
        if content.rank_from is not None or content.top_n is not None:
            raise ValueError("“按规则计零”不能有位次区间或入围。")
