"""Numbers that a notice states about its own list: 11家, 4所, 32个, 三十二家.

Knows which words make a number a count of institutions and what it counts (additions, all, unnamed others). It hides the
units and the Chinese digits.
"""

import re
from dataclasses import dataclass

from institutions.noticetext.folding import number_of

_NUMBER = r"\d{1,5}|[一二两三四五六七八九十百]{1,6}"
_COUNT = re.compile(
    rf"(?<![\d第.])({_NUMBER})(?:余|多)?(?:家|所|个|间|处)(?!月|工作日|小时|方面|环节|阶段|县|区|市|月|问题|人|统筹|街道|乡镇)"
)
_WHOLE = re.compile(
    r"(?:达到|达|共有?|总数|累计|总计|合计|增至|增加到|扩大到|扩至|已有|现有|由此)[^，。；\d]{0,14}$"
)
_SO_FAR = re.compile(r"截至|截止|至此|累计|目前[^，。]{0,14}共")
_UNNAMED = re.compile(r"另有|另外|此外|其他|其余|还有|还对|对另")
_INSTITUTION = re.compile(r"医院|机构|药店|药房|诊所|门诊|卫生|中心|单位|点|店|站")


@dataclass(frozen=True)
class Count:
    """A stated number: where it stands, whether it is a total, whether it counts others that are not named."""

    number: int
    start: int
    end: int
    whole: bool
    unnamed: bool
    clause: str


def counts_in(words: str, offset: int = 0, *, loose: bool = False) -> list[Count]:
    """The counts of institutions in the words; unless `loose` an institution's word must stand in the same clause."""
    found = []
    for match in _COUNT.finditer(words):
        before, after = words[max(0, match.start() - 40) : match.start()], words[match.end() :][:40]
        after = re.split(r"[，。；：]", after)[0]
        head = re.split(r"[，。；：]", before)[-1]
        if _COUNT.search(head):
            head = head.rsplit(" ", maxsplit=1)[-1]
        whole = bool(_WHOLE.search(before) or _SO_FAR.search(before.split("。")[-1]))
        if (
            not loose
            and not whole
            and not _INSTITUTION.search(after)
            and not _INSTITUTION.search(head)
        ):
            continue
        found.append(
            Count(
                number_of(match[1]),
                offset + match.start(),
                offset + match.end(),
                whole and not re.search(r"新增|增加(?!到)|取消|暂停|解除", head),
                bool(_UNNAMED.search(head)),
                head + match[0] + after,
            )
        )
    return found


def total_in(words: str) -> int | None:
    """The one count of a heading or introduction (新增定点医疗机构（11家）：); None without one."""
    counts = [count for count in counts_in(words, loose=True) if not count.whole]
    counts = counts or counts_in(words, loose=True)
    return counts[-1].number if counts else None
