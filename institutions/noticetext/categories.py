"""What an institution is designated for: 工伤保险定点医疗机构, 医保定点零售药店, 新冠病毒核酸检测机构 …

Knows the parts of such a phrase (scheme, what makes it a designation, what it is for, which sort of place) and one spelling for
each. It hides word order (工伤保险辅助器具配置协议机构) and long forms (新型冠状病毒肺炎).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_SCHEMES = (
    ("城乡居民医保", r"城乡居民(?:基本)?(?:医疗保险|医保)"),
    ("居民医保", r"(?:城镇)?居民(?:基本)?(?:医疗保险|医保)"),
    ("职工医保", r"(?:城镇)?职工(?:基本)?(?:医疗保险|医保)"),
    ("工伤保险", r"工伤(?:医疗)?保险|工伤"),
    ("生育保险", r"生育保险"),
    ("长期护理保险", r"长期(?:照护|护理)(?:保险)?|长护险?"),
    ("新农合", r"新型农村合作医疗|新农合"),
    ("大病保险", r"大病(?:医疗)?保险"),
    ("离休干部", r"离休干部"),
    (
        "异地就医",
        r"(?:跨省|省内|省外|跨市)?异地(?:就医|住院|门诊)(?:住院|门诊|医疗|费用)*(?:直接|即时|联网)?(?:结算)?",
    ),
    ("医保", r"(?:社会)?(?:基本)?(?:医疗保险|医疗保障|医保)"),
    ("新冠病毒", r"新型冠状病毒(?:肺炎|感染)?|新冠(?:病毒)?(?:肺炎|感染)?|新冠肺炎"),
)
_SCHEME = "|".join(f"(?:{pattern})" for _, pattern in _SCHEMES)
_STATUS = r"定点|协议(?:管理)?|指定|签约|联网|备案|试点"
_MOD = (
    r"医疗|卫生|能力|康复|医药|辅助器具(?:配置|装配)?|辅具(?:配置)?|假肢(?:矫形)?|配置|护理|照护|失能|评估|零售|核酸|采样|检测|检验|疫苗|预防|接种|"
    r"救治|收治|隔离|体检|血液|透析|门诊|住院|慢特病|慢性病|特殊病|特殊|重症|慢性|大病|特药|双通道|国谈药|谈判药品|统筹|基层|发热|"
    r"服务|健康|职业病|诊断|鉴定|劳动能力|救助|精神|结核病|艾滋病|口腔|种植|集采|结算|直接|急救|社区|民营|公立|一级|二级|三级|非营利性|"
    r"筛查|检查|产前|免费|便民|黄码|愿检尽检|应检尽检|常态化|日常|固定|临时|流动|24小时|两癌|HPV|狂犬病|犬伤|暴露|处置|爱心|安宁疗护|托育|医养结合|养老|助餐|工伤|"
    r"职业健康|医学|特殊疾病|两病|用药|残疾儿童|残疾人|残疾|孤独症|自闭症|脑瘫|低视力|听力|言语|智力|肢体|儿童|居家|上门|应急|退役军人|优抚对象|优抚|优待|"
    r"孕前|优生|婚前|婚检|孕产妇|驾驶人|从业人员|公务员|考生|征兵|肺结核|戒毒|药物|维持|美沙酮|抗病毒|罕见病|家庭病床|互联网|"
    r"法医|司法|伤残|评定|供养|特困|分级诊疗|日间手术|单病种|按病种|付费|生育|辅助生殖|疾病(?=应急)|"
    r"透析|放化疗|器官移植|白内障|精神障碍"
)
_OWN_SCHEME = r"救助|残疾|优待|优抚|退役军人|孕前|婚前|婚检|结核|艾滋|戒毒|美沙酮|司法|法医|助餐|托育|养老|家庭病床|从业人员|公务员|驾驶人|征兵|考生"
_NOUN = r"机构|医院|药店|药房|大药房|诊所|门诊部|门诊|诊室|单位|点|站|实验室|中心|医疗点"
_PART = (
    rf"(?:{_SCHEME}|{_STATUS}|{_MOD}|（(?:{_MOD}|{_STATUS}|含康复|试点)+）|[“”\"和与及、/]|类|病毒)"
)
PHRASE = re.compile(
    rf"(?:{_SCHEME}|{_STATUS}|{_MOD}|“)(?:{_PART}){{0,12}}(?:{_NOUN})(?!名称(?!.{{0,4}}变更)|代码|编码|编号|地址)"
)
_SPECIAL = re.compile(
    r"核酸|采样|检测(?!中心)|发热(?:门诊|诊室)|接种|预防|救治医院|收治|隔离|血液透析|犬伤|狂犬病|体检(?:机构|医院)|职业病|职业健康|"
    r"劳动能力|辅助器具|辅具|假肢|双通道|异地|评估机构|慢特病|特药|" + _OWN_SCHEME
)
_HAS_STATUS = re.compile(_STATUS)
_SHOP = re.compile(r"药[店房铺行局](?:[（].*[）])?$|药[店房].{0,12}店$")
_CLINIC = re.compile(
    r"(?:医院|卫生院|服务中心|服务站|诊所|门诊部?|卫生[室所]|医务室|院区|分院)(?:[（].*[）])?$"
)
_GLUED = re.compile(r"(?<=门诊)[和及与、]|(?<=诊室)[和及与、]")
_DOUBLED = re.compile("(?:服务)?协议(?=定点)")
_PLAIN_KIND = re.compile(r"零售药店|医药机构|医疗机构")
_CONTRACT = re.compile(r"协议|医保|定点|结算")
_CACHED = 2000
_KINDS = (
    ("辅助器具", r"辅助器具|辅具|假肢"),
    ("采样", r"采样"),
    ("检测", r"检测|检验"),
    ("接种", r"接种"),
    ("发热", r"发热"),
    ("护理", r"护理|照护"),
    ("药店", r"药店|药房"),
    ("康复", r"康复"),
    ("医药", r"医药"),
    ("医疗", r"医疗|医院|诊所|门诊"),
)


@dataclass(frozen=True)
class Phrase:
    """A category as found: its words, one spelling of them, the scheme (None when not said), the kind of place."""

    printed: str
    canonical: str
    scheme: str | None
    kind: str | None
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.printed)


def find_phrases(words: str) -> list[Phrase]:
    """All phrases of the words that name a category; 定点医院 does, 医院 alone does not."""
    return list(_phrases(words)) if len(words) < _CACHED else _search(words)


@lru_cache(maxsize=4096)
def _phrases(words: str) -> tuple[Phrase, ...]:
    return tuple(_search(words))


def _search(words: str) -> list[Phrase]:
    if not (_HAS_STATUS.search(words) or _SPECIAL.search(words)):
        return []
    phrases = []
    for match in PHRASE.finditer(words):
        phrases += [
            _phrase(match[0][begin:end], match.start() + begin) for begin, end in _parts(match[0])
        ]
    return phrases


def _parts(printed: str) -> list[tuple[int, int]]:
    """The spans of the categories in what was found: 发热门诊和核酸检测机构 is two, 采样和检测机构 one."""
    cuts = [
        cut
        for cut in _GLUED.finditer(printed)
        if _is_category(printed[: cut.start()]) and _is_category(printed[cut.end() :])
    ]
    begins = [0] + [cut.end() for cut in cuts]
    ends = [cut.start() for cut in cuts] + [len(printed)]
    spans = []
    for begin, end in zip(begins, ends, strict=True):
        words = printed[begin:end].lstrip('“”"和与及、/')
        words = f"“{words}" if printed[begin:end].endswith(f"“{words}") else words
        if _is_category(words):
            spans.append((end - len(words), end))
    return spans


def _is_category(words: str) -> bool:
    return bool(_HAS_STATUS.search(words) or _SPECIAL.search(words))


def is_only_category(words: str) -> bool:
    """Whether the words are one category from end to end (医保服务协议零售药店)."""
    return bool(PHRASE.fullmatch(words)) and _is_category(words)


def scheme_in(words: str) -> str | None:
    """The one scheme that the words speak of, 医保 for its kinds side by side; None for none or several."""
    named = {
        "医保" if "医保" in name else name
        for name, pattern in _SCHEMES
        if re.search(pattern, words)
    }
    return named.pop() if len(named) == 1 else None


def plain_phrase(words: str) -> Phrase | None:
    """The category of a notice that only says 零售药店 or 医疗机构 and speaks of agreements; None without such words."""
    kind = _PLAIN_KIND.search(words)
    return _search(f"定点{kind[0]}")[0] if kind and _CONTRACT.search(words) else None


def phrase_by_name(name: str, words: str) -> Phrase | None:
    """What an institution of this name is designated for when nothing but its agreement is spoken of (恢复甲诊所医保定点资格)."""
    if not _CONTRACT.search(words):
        return None
    kind = "零售药店" if _SHOP.search(name) else "医疗机构" if _CLINIC.search(name) else None
    status = "协议" if "工伤" in words and "定点" not in words else "定点"
    return kind and _search(f"{status}{kind}")[0]


def completed(phrase: Phrase, others: list[Phrase], issuer: str, head: str) -> str:
    """The category that a phrase without a scheme stands for in its document.

    Another phrase of the document with a scheme and of the same kind is taken whole; else its scheme is put in front;
    else the one that the issuer's name (a medical insurance bureau) or the head speaks of. What nobody says is not added.
    """
    if phrase.scheme or is_special(phrase):
        special = [p for p in others if p.scheme == "新冠病毒" and p.kind == phrase.kind]
        covid = phrase.scheme is None and (special or any(p.scheme == "新冠病毒" for p in others))
        if covid and phrase.kind in ("采样", "检测"):
            if "核酸" not in phrase.canonical and special:
                return special[0].canonical
            return phrase.canonical if "新冠" in phrase.canonical else f"新冠病毒{phrase.canonical}"
        return phrase.canonical
    schemed = [other for other in others if other.scheme]
    same = [other for other in schemed if _compatible(phrase, other)]
    if same:
        return _most_exact(same)
    schemes = [other.scheme for other in schemed if other.scheme != "新冠病毒"]
    scheme = max(schemes, key=schemes.count) if schemes else None
    scheme = scheme or scheme_in(issuer) or scheme_in(head)
    return f"{scheme}{phrase.canonical}" if scheme else phrase.canonical


def is_special(phrase: Phrase) -> bool:
    """Whether a category needs no scheme to be told: 发热门诊, 预防接种门诊."""
    return bool(_SPECIAL.search(phrase.printed)) and phrase.kind != "辅助器具"


def lacks_scheme(phrase: Phrase, category: str) -> bool:
    """Whether a category says what is designated but not for what: 定点药店, when the document names no scheme."""
    return not (phrase.scheme or is_special(phrase)) and category == phrase.canonical


def fitting(phrases: tuple[Phrase, ...], name: str) -> Phrase | None:
    """Which of the categories that a heading names side by side is meant for an institution of this name.

    Between pharmacies and hospitals its ending decides; 医药机构 is both. None when the name does not tell.
    """
    kinds = {phrase.kind: phrase for phrase in reversed(phrases) if phrase.kind}
    if len(kinds) < 2:
        return phrases[0] if phrases else None
    both = kinds.pop("医药", None)
    shop = kinds.pop("药店", None)
    if shop and _SHOP.search(name):
        return shop
    if shop and len(kinds) == 1 and _CLINIC.search(name):
        return kinds.popitem()[1]
    return both


def _most_exact(same: list[Phrase]) -> str:
    """The first of the phrases; or the one other that says the same more exactly (居民医保定点医院 for 医保定点医院)."""
    first = same[0].canonical
    exact = {
        other.canonical
        for other in same
        if other.canonical.endswith(first) and other.canonical != first
    }
    return exact.pop() if len(exact) == 1 else first


def _compatible(phrase: Phrase, other: Phrase) -> bool:
    if phrase.kind == other.kind:
        return phrase.kind != "医药" or other.kind == "医药"
    return phrase.kind is None


def _phrase(printed: str, start: int) -> Phrase:
    scheme = None
    rest = printed
    for name, pattern in _SCHEMES:
        if found := re.search(pattern, printed):
            scheme = name
            rest = printed[: found.start()] + "\0" + printed[found.end() :]
            break
    if scheme == "异地就医":
        return Phrase(printed, printed, scheme, _kind_of(rest), start)
    brief = "新冠" if scheme == "新冠病毒" and "疫苗" in rest and "病毒" not in printed else scheme
    canonical = rest.replace("\0", brief or "")
    canonical = re.sub(r"[“”\"的]", "", canonical)
    if scheme:
        canonical = (
            re.sub(_SCHEME_LONG, "新冠病毒", canonical) if brief == "新冠病毒" else canonical
        )
    canonical = canonical.replace("医疗服务机构", "医疗机构").replace("接种单位", "接种点")
    canonical = canonical.replace("双通道", "“双通道”") if "“双通道”" in printed else canonical
    canonical = _DOUBLED.sub("", canonical).replace("协议管理", "协议")
    canonical = canonical.replace("服务协议", "定点" if scheme and "医保" in scheme else "协议")
    canonical = re.sub(r"(?<=发热门诊)(?:医疗|服务)*(?:机构|医院|点)$", "", canonical)
    canonical = re.sub(r"(?:固定|临时|流动|便民)+(?=接种)", "", canonical)
    if scheme and "医保" in scheme:
        canonical = re.sub("定点单位$", "定点医药机构", canonical)
    if re.search(r"核酸.*(?:检测|采样)", canonical):
        canonical = re.sub(
            r"(?:医疗|卫生|服务|能力)+(?=机构)|便民|黄码|[愿应]检尽检|常态化|日常|固定|临时|流动|24小时",
            "",
            canonical,
        )
        canonical = canonical.replace("检测采样", "采样")
        canonical = re.sub("(?<=采样|检测)(?:服务)?(?:点位?|单位)$", "机构", canonical)
        if scheme is None:
            scheme, canonical = "新冠病毒", f"新冠病毒{canonical}"
    return Phrase(printed, canonical, scheme, _kind_of(rest), start)


def _kind_of(words: str) -> str | None:
    return next((kind for kind, pattern in _KINDS if re.search(pattern, words)), None)


_SCHEME_LONG = _SCHEMES[-1][1]
