"""Dates in a notice: the day of issue, the day it takes effect, the term of an agreement.

Knows how official texts write them. It hides the three spellings (2021年4月1日, 2021-04-01, 二零二一年四月一日). A date
without a year stays without one.
"""

import re
from datetime import date

from institutions.noticetext.folding import number_of

_DIGIT = "零○一二三四五六七八九"
DATE = (
    r"(?:(?:19|20)\d{2}[年./-]\d{1,2}[月./-]\d{1,2}(?!\d)日?|(?:19|20)\d{2}年\d{1,2}月(?!\d)|"
    rf"二[{_DIGIT}]{{3}}年[{_DIGIT}十]{{1,2}}月[{_DIGIT}十]{{1,3}}日)"
)
DAY = r"(?<![\d年月])\d{1,2}月\d{1,2}日"
NO_YEAR = "(year not in the text)"
_ALONE = re.compile(rf"[（]?({DATE})[）]?$")
_DATE_ENDS = frozenset("日月）0123456789")
_PUBLISHED = re.compile(
    rf"^日期[：:]\s*({DATE})|(?:发布|填报|制表|发文|印发|成文|公布|公告|公示|通知|更新)(?:日期|时间)\s*[：:]?\s*({DATE})"
)
_TODAY = re.compile(rf"(?:今[天日]|本[日周]|即日)[（]({DATE})[）]")
_START = re.compile(
    rf"(?:自|从|于)?\s*({DATE}|{DAY})(?:零时|0时|0：00|\d+时)?(?:起|开始|始)|(?:自|从|于)\s*({DATE})(?:正式)?(?:执行|施行|实施|生效)|"
    rf"(?:执行|施行|实施|生效)(?:日期|时间)\s*[：:]?\s*为?({DATE})"
)
_TERM = re.compile(rf"({DATE})(?:起|开始)?\s*(?:至|到|-+|~|～|—+)\s*({DATE})")
_UNTIL = re.compile(rf"(?:有效期|协议期|期限|截止|有效)[^，。；]{{0,8}}?(?:至|到|[：:])\s*({DATE})")
_TERM_WORD = re.compile(r"有效期|协议期|期限|服务期|协议.{0,6}(?:年限|时间|起止)|起止|合同期")
_COUNTING = re.compile(
    r"期间|以来|截至|截止|统计|受理|接受|开展|组织|申[请报]|公示|报名|集中|对全|对部"
)


def iso(words: str) -> str | None:
    """The first full date of the words as YYYY-MM-DD; None when there is none or no such day."""
    match = re.search(DATE, words)
    if not match:
        return None
    parts = [number_of(part) for part in re.findall(rf"\d+|[{_DIGIT}十]+(?=[年月日])", match[0])]
    try:
        return date(*parts).isoformat() if len(parts) == 3 else None
    except ValueError:
        return None


def alone(line: str) -> str | None:
    """The date of a line that holds nothing else, as under a signature."""
    if line[-1:] not in _DATE_ENDS:
        return None
    match = _ALONE.match(line.replace(" ", ""))
    return iso(match[1]) if match else None


def published(line: str) -> str | None:
    """The date of a line like 发布日期：2021-03-20."""
    match = _PUBLISHED.search(line) or _TODAY.search(line)
    return iso(match[0]) if match else None


def effective(words: str) -> str | None:
    """The day from which the words say something holds; `MM-DD (year not in the text)` without a year. Terms are none."""
    for match in _START.finditer(words):
        near = words[max(0, match.start() - 12) : match.end() + 12]
        if _COUNTING.search(words[match.end() : match.end() + 4]) or _TERM.search(near):
            continue
        printed = next(group for group in match.groups() if group)
        if full := iso(printed):
            return full
        numbers = re.findall(r"\d+", printed)
        if len(numbers) == 2 and 1 <= int(numbers[0]) <= 12 and 1 <= int(numbers[1]) <= 31:
            return f"{int(numbers[0]):02}-{int(numbers[1]):02} {NO_YEAR}"
    return None


def effective_of(words: str) -> str | None:
    """The day that words behind one name give to it alone (自4月1日起更名为…); 执行 and 生效 speak of the whole notice."""
    match = _START.search(words.split("。", maxsplit=1)[0])
    if not match or re.match(r"[^，。；]{0,6}(?:执行|施行|生效|实施)", words[match.end() :]):
        return None
    return effective(words[: match.end() + 4])


def term(words: str, *, named: bool = False) -> tuple[str | None, str | None]:
    """First and last day of an agreement. Unless `named` by a column's heading, the words must speak of a term."""
    if not named and not _TERM_WORD.search(words):
        return None, None
    if match := _TERM.search(words):
        return iso(match[1]), iso(match[2])
    if match := _UNTIL.search(words):
        return None, iso(match[1])
    return None, None


def until(words: str) -> str | None:
    """The last day in a cell whose column is named as such."""
    return iso(words)
