"""What a bracket at the end of a name means: department, campus, what it includes, alias, former name, or a remark.

Knows the words of each. A bracket inside a name, or one that is none of these, is part of the name. It hides nothing of
what is printed: only remarks (address, phone, level, dates) and the district are no part of the printed name.
"""

import re
from dataclasses import dataclass

from institutions.noticetext.folding import trailing_brackets
from institutions.noticetext.places import is_district

_MEANINGS = (
    ("former_name", r"^(?:原名?称?|曾用名|前身|旧称|原为|原系|旧名)[为是：]?\s*(.+)"),
    (
        "remark",
        r"地址|电话|联系|住址|\d{3,4}-?\d{7,8}|三级|二级|一级|甲等|乙等|未定级|编码|代码|日期|有效期|协议期|时间|小时|自.*起|"
        r"\d+号(?:楼|院|附\d+号|\d+层)?$|[路街道巷]\d+号|^\d+号|^新增$|^取消$|^暂停|^恢复|^公立$|^民营$|^营利|^非营利|^\d+[家所个人]|^[一二三四五六七八九十]+[家所个]|元|"
        r"原因|申请|歇业|停业|撤[并销]|迁[出址移]|到期|过期|违规|整改|拆迁|自愿|注销|放弃|连续|超过|逾期|未|"
        r"床|截至|已|第[一二三四五六七八九十\d]+批|^新$|^续$|定点|协议",
    ),
    ("includes", r"^(?:含|包括|包含|不含|下辖|其中)[：]?\s*(.+)"),
    ("new_name", r"^(?:现更名为|更名为|现名|现名称|现称|现为|变更为|新名称)[：]?\s*(.+)"),
    (
        "alias",
        r"^(?:又名|别名|简称|亦称|也称|又称|即|加挂|挂牌|同时挂|俗称|第二名称|院名)[为：]?\s*(.+)",
    ),
    (
        "alias",
        r"^([一-龥]{2,20}(?:医院|卫生院|保健院|急救中心|疾控中心|疾病预防控制中心|卫生服务中心)(?:[一-龥]{2,6}(?:分院|院区))?)$",
    ),
    (
        "campus",
        r"(.*(?:院区|分院|分中心|[东西南北中新老]院|校区|厂区|本部|总院|总部|新院|老院|东院|西院|南院|北院|分部|园区|^[东西南北中新老]区))$",
    ),
    (
        "department",
        r"(.*(?:科|科室|检验室|实验室|门诊|诊室|体检部|病房|病区|门诊楼|住院部|楼|大厅|采样点|检测点|采样处|接种点|接种室|"
        r"体检中心|检验中心|康复中心|急诊|产房|中心|部))$",
    ),
)
_COMPILED = tuple((meaning, re.compile(pattern)) for meaning, pattern in _MEANINGS)
_STREET = re.compile(
    r"^[一-龥\d]{1,20}(?:路|大道|街|巷|街道|镇|乡|村|社区|小区|[段口旁内]|交叉口)$"
)
_COMPANY = re.compile(r"^(?:有限合伙|普通合伙|个人独资|集团|公司|合伙)$")


@dataclass(frozen=True)
class Bracket:
    """One bracket group at the end of a name: its span in it, what it means ('' for part of the name), its words."""

    start: int
    end: int
    meaning: str
    words: str


def read_brackets(name: str) -> list[Bracket]:
    """The groups at the end of a (folded) name with their meanings."""
    return [
        Bracket(start, end, *_meaning(name[start + 1 : end - 1].strip()))
        for start, end in trailing_brackets(name)
    ]


def is_street(words: str) -> bool:
    """Whether the words of a bracket may be an address without a number (双华路, 龙桥镇): in a list of such ones they are."""
    return bool(_STREET.search(words))


def _meaning(inner: str) -> tuple[str, str]:
    if _COMPANY.match(inner):
        return "", inner
    if is_district(inner):
        return "district", inner
    for meaning, pattern in _COMPILED:
        if match := pattern.search(inner):
            words = match[1] if match.groups() else inner
            return meaning, words.strip('“”" ：')
    return "", inner
