"""What the cells of one place in one dimension say: scores, ranks in words, reasons why there is none.

Pure. A dash or a blank states nothing; 未披露, 缺数据 and 不在评估范围 are statements; N/A is taken for 缺数据,
because a report that prints it says itself that there is no value. A printed 0 stays a 0.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from indices.models import Status
from indices.models.stating import DECIMALS, DIGITS
from indices.tables import COLUMNS
from portal.names import fold
from portal.tabular import as_decimal, as_integer
from portal.tabular.cells import shown

FIELDS = (
    "score",
    "rank_published",
    "rank_from",
    "rank_to",
    "tied",
    "tier",
    "top_n",
    "status",
    "locator",
    "quote",
)
_COLUMNS = {column.key: column for column in COLUMNS}
_LARGEST_RANK = 2**31 - 1

_BLANK = frozenset(
    {"", "-", "--", "—", "——", "–", "―", "−", "－", "/", "…", "..", "...", "*", "无"}
)
_STATUS_WORDS = {
    fold(word): status
    for status, words in {
        Status.NOT_DISCLOSED: "未披露 未公布 未公开 not_disclosed",
        Status.MISSING: "缺数据 缺失 无数据 暂无 暂无数据 missing N/A #N/A NA n.a. n.a nan null",
        Status.ZERO_BY_RULE: "按规则计零 zero_by_rule",
        Status.NOT_IN_UNIVERSE: "不在评估范围 未参评 未参与评估 not_in_universe",
    }.items()
    for word in words.split()
}
_NOTHING = (Status.NOT_DISCLOSED, Status.MISSING, Status.NOT_IN_UNIVERSE)

_TIED = re.compile(r"(?:并列|=|t)(.+)|(.+?)(?:\(并列\)|并列|=)")
_INTERVAL = re.compile(
    r"第?(\d+)名?(?:-{1,2}|—{1,2}|–|~|～|至|到)第?(\d+)[名位]?(?:\(次序未披露\))?"
)
_TOP = re.compile(r"(?:前|top)-?(\d+)(?:名|位|强)?")
_PLACE = re.compile(r"(?:第|no\.?|#)(\d+)[名位]?|(\d+)(?:[名位]|st|nd|rd|th)")
_TIER = re.compile(r"第?[一二三四五六七八九十\d]+(?:梯队|方阵|档|层级|类)|[^\d]{1,20}梯队")
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?( 00:00:00)?")


class WrongCell(ValueError):
    """A cell says what it cannot say; `field` is which, the message what is wrong, in Chinese."""

    def __init__(self, field, message):
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Standing:
    """What the cell of a rank says."""

    rank: int | None = None
    rank_from: int | None = None
    rank_to: int | None = None
    tied: bool = False
    tier: str = ""
    top_n: int | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: the values of CONTENT but for the printed name; `decimals` those of its printed score."""

    value: Decimal | None
    rank: int | None
    rank_from: int | None
    rank_to: int | None
    tied: bool
    tier: str
    top_n: int | None
    status: str
    locator: str
    quote: str
    decimals: int | None


@lru_cache(maxsize=65_536)
def read_score(text, unit=""):
    """Return (value, decimals printed, status) of a score's cell: (None, None, '') for one that says nothing.

    The edition's own unit may follow the number. Raises ValueError, in Chinese.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in _BLANK or text.strip() in _BLANK:
        return None, None, ""
    if status := _STATUS_WORDS.get(fold(plain)):
        return None, None, status
    number = plain.removesuffix(unicodedata.normalize("NFKC", unit)).rstrip() if unit else plain
    if number.endswith("%"):
        raise ValueError(f"“{shown(text)}”带百分号；得分的单位写在版次里，这里只填数字。")
    try:
        value = as_decimal(number)
    except ValueError as error:
        raise ValueError(f"“{shown(text)}”不是数字，也不是“未披露”“缺数据”之类。") from error
    decimals = len(number.partition(".")[2])
    if decimals > DECIMALS:
        raise ValueError(f"“{shown(text)}”有 {decimals} 位小数，最多 {DECIMALS} 位。")
    if abs(value) >= 10 ** (DIGITS - DECIMALS):
        raise ValueError(f"“{shown(text)}”太大，整数部分最多 {DIGITS - DECIMALS} 位。")
    return value, decimals, ""


@lru_cache(maxsize=65_536)
def read_rank(text):
    """Return the Standing that a rank's cell states: 7, 第7名, 并列第3, 1-3, 第1至3位, 前10, 第一梯队, 未披露.

    Raises ValueError, in Chinese.
    """
    plain = fold(text)
    if plain in _BLANK or text.strip() in _BLANK:
        return Standing()
    if status := _STATUS_WORDS.get(plain):
        return Standing(status=status)
    if found := _TOP.fullmatch(plain):
        return Standing(top_n=_whole(found[1], text))
    if found := _INTERVAL.fullmatch(plain):
        return _interval(_whole(found[1], text), _whole(found[2], text), text)
    if _TIER.fullmatch(plain):
        return Standing(tier=text.strip())
    if found := _TIED.fullmatch(plain):
        return Standing(rank=_rank(found[1] or found[2], text), tied=True)
    return Standing(rank=_rank(plain, text))


def _rank(plain, text):
    if found := _PLACE.fullmatch(plain):
        plain = found[1] or found[2]
    return _whole(plain, text)


def _whole(plain, text):
    try:
        number = as_integer(plain)
    except ValueError as error:
        hint = "，像是被表格软件改成了日期" if _DAY.fullmatch(text.strip()) else ""
        raise ValueError(f"“{shown(text)}”不是位次{hint}；可填 7、并列第3、1-3、前10。") from error
    if number < 1:
        raise ValueError(f"“{shown(text)}”不是位次：位次从 1 开始，没有公布就留空。")
    if number > _LARGEST_RANK:
        raise ValueError(f"“{shown(text)}”太大，不是位次。")
    return number


def _interval(first, last, text=""):
    if first > last:
        raise ValueError(f"位次区间“{text or f'{first}-{last}'}”的起大于止。")
    if first == last:
        return Standing(rank=first)
    return Standing(rank_from=first, rank_to=last)


def _read(field, read, *arguments):
    try:
        return read(*arguments)
    except ValueError as error:
        raise WrongCell(field, str(error)) from error


def _count(field, text):
    if fold(text) in _BLANK:
        return None
    return _read(field, _whole, unicodedata.normalize("NFKC", text).strip(), text)


def _standing(texts):
    """Return the Standing of all cells that speak of the rank; they must not contradict one another."""
    told = _read("rank_published", read_rank, texts.get("rank_published", ""))
    first, last = (_count(name, texts.get(name, "")) for name in ("rank_from", "rank_to"))
    top = _count("top_n", texts.get("top_n", ""))
    tier = _read("tier", _COLUMNS["tier"].read, texts.get("tier", ""))
    tied = _read("tied", _COLUMNS["tied"].read, texts.get("tied", "")) == "yes"
    if (first is None) != (last is None):
        raise WrongCell("rank_to" if last is None else "rank_from", "位次区间的起止须一起填写。")
    if first is not None:
        stated = _read("rank_from", _interval, first, last)
        if told.rank is not None and stated.rank != told.rank:
            raise WrongCell("rank_from", f"已有确定位次 {told.rank}，不能再填位次区间。")
        told = Standing(**{**_fields(stated), "tied": told.tied, "status": told.status})
    if tied and told.rank is None:
        raise WrongCell("tied", "并列须有位次。")
    return Standing(
        **{
            **_fields(told),
            "tied": tied or told.tied,
            "tier": tier or told.tier,
            "top_n": top if top is not None else told.top_n,
        }
    )


def _fields(standing):
    return {name: getattr(standing, name) for name in Standing.__slots__}


def read_cells(texts, unit=""):
    """Return the Said of the cells of one place in one dimension (texts by FIELDS), None when they say nothing.

    Raises WrongCell.
    """
    value, decimals, why = _read("score", read_score, texts.get("score", ""), unit)
    if texts.keys() <= {"score", "rank_published"}:
        standing = _read("rank_published", read_rank, texts.get("rank_published", ""))
    else:
        standing = _standing(texts)
    locator, quote = (
        _read(name, _COLUMNS[name].read, texts.get(name, "")) for name in ("locator", "quote")
    )
    empty = value is None and standing == Standing(status=standing.status)
    status = _status(texts.get("status", ""), why, standing.status, empty=empty)
    if not status:
        if locator or quote:
            field = "locator" if locator else "quote"
            raise WrongCell(field, "这一行只有出处或原文，没有得分、位次或披露情况。")
        return None
    _check_sense(status, value, standing, empty=empty)
    return Said(
        value=value,
        rank=standing.rank,
        rank_from=standing.rank_from,
        rank_to=standing.rank_to,
        tied=standing.tied,
        tier=standing.tier,
        top_n=standing.top_n,
        status=status,
        locator=locator,
        quote=quote,
        decimals=decimals,
    )


def _status(text, *words, empty):
    """Return the status that the cells state together; '' when nothing is stated at all."""
    stated = _read("status", _COLUMNS["status"].read, "" if fold(text) in _BLANK else text)
    told = {word for word in words if word}
    if stated:
        if told - {stated, Status.NOT_DISCLOSED if stated == Status.DISCLOSED else stated}:
            raise WrongCell("status", "与同一行得分或位次中的说明矛盾。")
        return stated
    if not empty:
        # The score is withheld but the rank is published, or the other way round.
        told.discard(Status.NOT_DISCLOSED)
    if len(told) > 1:
        raise WrongCell("rank_published", "与得分一格的说明矛盾。")
    if told:
        return told.pop()
    return "" if empty else Status.DISCLOSED


def _check_sense(status, value, standing, *, empty):
    label = Status(status).label
    if status == Status.DISCLOSED and empty:
        raise WrongCell("status", "填了“已披露”，却没有得分、位次、区间、梯队或入围。")
    if status in _NOTHING and not empty:
        raise WrongCell("status", f"“{label}”不能再有得分或位次。")
    if status == Status.ZERO_BY_RULE:
        if value:
            raise WrongCell("status", "“按规则计零”的得分只能是 0 或留空。")
        if standing.rank_from is not None or standing.top_n is not None:
            raise WrongCell("status", "“按规则计零”不能有位次区间或入围。")
