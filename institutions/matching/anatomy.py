"""The parts of an institution's name: places, numbers, words of kind, and what is its own.

Knows with which words the names of hospitals, pharmacies, clinics and schools say what they are (人民, 中医, 附属, 分院).
It hides their synonyms (大药房 = 药店), legal forms and abbreviations (郑大五附院, 市一院).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from institutions.matching.localities import GENERIC, Locality, leading, whole
from institutions.noticetext.folding import number_of

# Words of kind, in the order in which they are tried: as printed, and the one word for all of them.
# '' makes no difference between two names; None is the printed word itself.
_KINDS = (
    (r"(?:集团)?(?:股份)?有限(?:责任)?公司|股份公司|连锁|(?:有限|普通)合伙|联勤保障部队|综合", ""),
    (r"(?:中国人民)?解放军", "解放军"),
    (r"(?:中国人民)?武装警察部队|武警", "武警"),
    (r"妇幼保健(?:和|与)?计划生育(?:技术)?服务(?:中心|站)|妇幼保健院|妇幼保健医院", "妇幼保健院"),
    (r"(?:社区)?卫生服务中心", "社区卫生服务中心"),
    (r"(?:社区)?卫生服务站", "社区卫生服务站"),
    (r"疾病预防控制中心|疾控中心|疾控", "疾控中心"),
    (r"(?:中心)?卫生院", "卫生院"),
    (r"大?药[房店]", "药房"),
    (r"中医医院|中医院", "中医院"),
    (r"总医院|总院", "总院"),
    (r"总店|旗舰店", None),
    (r"分?店", "店"),
    (r"医学检验(?:所|实验室|中心)|检验(?:所|实验室)", "检验所"),
    (r"精神(?:病|卫生)?", "精神"),
    (r"红十字会?", "红十字"),
    (r"传染病?", "传染"),
    (r"心血管病?", "心血管"),
    (r"结核病?", "结核"),
    (r"老年病?", "老年"),
    (r"皮肤病?", "皮肤"),
    (r"肾脏?病", "肾病"),
    (
        "中西医结合|中医药|妇女儿童|老年公寓|社区|耳鼻喉|糖尿病|职业病|分公司|医科大学|医学院|门诊部|研究院|研究所|实验室|服务站|工作站|采样点|"
        "检测点|接种点|保健院|保健所|保健站|护理院|护理站|疗养院|养老院|敬老院|福利院|防治院|防治所|防疫站|卫生室|卫生所|医务室|医务所|"
        "人民|中医|西医|蒙医|藏医|苗医|壮医|维医|回医|妇幼|妇产|妇儿|妇科|产科|儿童|儿科|肿瘤|骨科|骨伤|眼科|口腔|牙科|胸科|康复|肛肠|整形|美容|"
        "脑科|神经|职工|工人|铁路|民族|急救|血液|生殖|男科|内科|外科|胃肠|疼痛|体检|透析|保健|附属|公立|民营|私立|省立|市立|县立|区立|国立|直属|"
        "临床|总部|本部|分院|院区|校区|分部|分校|医院|诊所|门诊|血站|大学|学院|学校|集团|医药|药业|公司",
        None,
    ),
    (r"中心(?!血管|城)", "中心"),
)
_MEANING = {f"k{place}": meaning for place, (_, meaning) in enumerate(_KINDS)}
_TOWN = (
    r"(?P<town>街道办事处|办事处|街道|街|镇|乡|村)"
    r"(?=第?[一二三四五六七八九十\d]*(?:社区|卫生|中心卫生))"
)
_NUMBER = r"第?(?P<number>\d+|[零一二三四五六七八九十][零一二三四五六七八九十百千]*)号?"
_TOKEN = re.compile(
    "|".join([_TOWN, *(f"(?P<k{n}>{pattern})" for n, (pattern, _) in enumerate(_KINDS)), _NUMBER])
)
# After these a branch is named, which may begin with its place: …有限公司郑州黄河路店.
_HEADS = frozenset({"", "药房", "医院", "总院", "集团", "公司", "医药"})
_STREET = frozenset({"街道办事处", "办事处", "街道", "街"})
# Grass-roots bodies are called after their owner or their village: two that differ in one character are two.
_PERSONAL = frozenset(
    {
        "诊所",
        "门诊",
        "门诊部",
        "卫生室",
        "卫生所",
        "卫生院",
        "医务室",
        "社区卫生服务中心",
        "社区卫生服务站",
    }
)
_ZEROS = str.maketrans("〇○", "零零")
_DIGITS = str.maketrans("零一二三四五六七八九", "0123456789")
_BRACKETED = re.compile(r"[(\[〔【]([^()\[\]〔〕【】]+)[)\]〕】]")
_BRACKETS = re.compile(r"[()\[\]〔〕【】“”\"·•.,、\-—]")
_LEVEL = re.compile(rf"[省市县区](?={GENERIC.pattern})")
_SCHOOL = re.compile(r"([一-龥])大(?=第?[零一二三四五六七八九十\d]*附)")
_ABBREVIATIONS = (
    (re.compile(r"附(第?[零一二三四五六七八九十\d]*)院"), r"附属\1医院"),
    (re.compile(r"^(第?[零一二三四五六七八九十\d]+)院$"), r"\1人民医院"),
    (re.compile(r"妇幼$|妇保院$"), "妇幼保健院"),
)


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A folded name taken apart.

    `places` from large to small; `level` the unit of a bare 市人民医院; `kinds` sorted; `numbers` in their order, as
    digits; `town` the unit of a town or street; `pieces` the words that are none of these: the institution's own.
    `signature` joins kinds and numbers: it must be equal, to the letter, in two names of one institution.
    """

    folded: str
    places: tuple[Locality, ...]
    level: str
    kinds: tuple[str, ...]
    numbers: tuple[str, ...]
    town: str
    pieces: tuple[str, ...]
    signature: str

    @property
    def is_generic(self) -> bool:
        """Whether the name says only what it is (第一人民医院), so that nothing but the place tells it from others."""
        return not self.pieces

    @property
    def is_military(self) -> bool:
        """Whether its number alone tells it from all others in the country."""
        return bool(self.numbers) and not {"解放军", "武警"}.isdisjoint(self.kinds)

    @property
    def is_personal(self) -> bool:
        """Whether it may be called after a person or a village, so that each character counts."""
        return not _PERSONAL.isdisjoint(self.kinds)


@lru_cache(maxsize=16_384)
def anatomy(folded: str) -> Anatomy:
    """Take a name apart that `portal.names.fold` has folded. Never fails; an unknown word is a piece."""
    bracketed: list[Locality] = []

    def taken(match: re.Match) -> str:
        bracketed.extend(found := whole(match[1]))
        return "" if found else match[1]

    text = _BRACKETS.sub("", _BRACKETED.sub(taken, folded.translate(_ZEROS)))
    places, text = leading(text)
    level = ""
    if school := None if places else _SCHOOL.match(text):
        places, text = [Locality(school[1], "", False)], "大学" + text[school.end() :]
    elif not places and (bare := _LEVEL.match(text)):
        level, text = bare[0], text[1:]
    for pattern, full in _ABBREVIATIONS:
        text = pattern.sub(full, text)
    kinds, numbers, towns, pieces, branch_places = _scanned(text)
    return Anatomy(
        folded=folded,
        places=(*places, *bracketed, *branch_places),
        level=level,
        kinds=tuple(sorted(kinds)),
        numbers=tuple(numbers),
        town="".join(towns),
        pieces=tuple(pieces),
        signature=f"{'/'.join(sorted(kinds))}|{'/'.join(numbers)}",
    )


def _scanned(text: str) -> tuple[list[str], list[str], list[str], list[str], list[Locality]]:
    kinds, numbers, towns, pieces, places = [], [], [], [], []
    at = 0
    while match := _TOKEN.search(text, at):
        if match.start() > at:
            pieces.append(text[at : match.start()])
        at = match.end()
        if match["number"]:
            numbers.append(_digits(match["number"]))
        elif match["town"]:
            towns.append("街" if match["town"] in _STREET else match["town"])
        else:
            printed = _MEANING[match.lastgroup]
            meaning = match[0] if printed is None else printed
            kinds.extend([meaning] if meaning else [])
            if meaning in _HEADS:
                more, rest = leading(text[at:])
                places.extend(more)
                at = len(text) - len(rest)
    if at < len(text):
        pieces.append(text[at:])
    return kinds, numbers, towns, pieces, places


def _digits(word: str) -> str:
    """九六四 and 964 are one number, 十 and 10 too; written as digits however long."""
    if any(unit in word for unit in "十百千"):
        return str(number_of(word))
    return word.translate(_DIGITS).lstrip("0") or "0"
