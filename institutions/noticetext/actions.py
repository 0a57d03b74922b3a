"""What a notice does to an institution: the seven actions, and the words in which they are printed.

Knows the verbs of official notices. It hides that 不再续签 is no renewal and 解除暂停 no revocation.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_PATTERNS = (
    ("resume", r"解除(?:暂停|中止)|恢复|重新(?:开通|签订|纳入|启用)|复诊"),
    (
        "revoke",
        r"(?:到期)?(?:不再|不予|未予?|没有)续[签约]|不再(?:作为|列为|承担|具备|具有|是|签订|保留|享受|纳入|提供)|取消|撤销|"
        r"解除|终止|退出|注销|移[出除]|清退|除名|收回|停止(?=.{0,12}(?:协议|资格|定点))|不再",
    ),
    ("suspend", r"暂停|中止|暂缓|停用|停诊"),
    ("renew", r"续签|续约|续订|续期|延续|继续签订|延长"),
    (
        "rename",
        r"更名|改名|变更(?:后|前)?(?:机构)?名称|(?:机构)?名称(?:信息)?变更|原名称|变更为|新名称|名称(?:已)?由",
    ),
    ("merge", r"合并|并入|整合|吸收"),
)
_CHANGE = re.compile(r"变更|调整")
_GROW = re.compile(
    r"新增|增加|增补|新纳入|新确定|新批准|再添|再增|扩增|增(?=\d+[家所个])|增设|新签"
)
_BATCH = re.compile(r"(首|第[一二三四五六七八九十\d]+)批")
_FOUND = re.compile(
    r"确定|认定|公布|批准|核准|准予|同意|纳入|评定|签订|签约|开通|设立|设置|公示|指定|启用|开放(?!时间)|备案|列入|获评|确认|更新|发布"
)
_DECISION = re.compile(r"决定|现(?:予以|同意|准予|已)?|经(?:研究|审核|整改)")
_FOUNDING_VERB = re.compile(
    r"同意|确定|认定|批准|核准|准予|纳入|列入|列为|成为|获批|签订|开通|接入"
)
_NAME_CHANGED = re.compile(r"^(?:机构|单位|医院|药店|医药机构|定点)*名称")
_OTHER_CHANGED = re.compile(
    r"^(?:机构|单位|医院|药店|注册|经营|执业|诊疗|主要|开户)*(?:地址|地点|法人|法定代表人|负责人|类别|等级|级别|账户|账号|银行|床位|科室?目?|电话|范围|性质|编码)"
)
_COMPILED = tuple((action, re.compile(pattern)) for action, pattern in _PATTERNS)
_PROPOSED = re.compile(
    r"拟(?:将|对|把|同意|予以|在|与)?[^，。；\n]{0,30}?(?:新增|增加|增补|纳入|确定|认定|批准|列入|列为|定为|签订|续签|取消|终止|解除|暂停|恢复|变更|更名|作为|为)"
)
_AGREEMENT = re.compile(r"协议|合同")
_NOT_AN_ACT = re.compile(
    r"(?:未|没有)(?:申请|提出|办理|参加|按[时期]|及时)[^，。；]{0,6}续[签约]|因[^，。；]{1,20}?(?=而|被)|不得(?:取消|解除)|可(?:以)?(?:取消|暂停|解除|终止)|将(?:依法)?(?:予以)?(?:取消|暂停)(?=.{0,6}资格)|如.{0,20}(?:取消|暂停)|"
    r"(?:取消|免收|暂停)(?:收费|挂号|门禁|收取)|恢复期|协议期满|(?:暂停|中止)[^，。；]{0,6}?(?:期满|届满|到期|期结束)|(?:提出|申请)(?:暂停|终止)|"
    r"工伤职工|(?:已|经)?合并(?:症|感染)|延长(?:至|营业|服务时间)"
)


@dataclass(frozen=True)
class Act:
    """One action as found: `action` of the seven (None for a change that none of them is) and the printed words."""

    action: str | None
    printed: str
    start: int = 0


def find_acts(words: str) -> list[Act]:
    """All actions but plain designation, in order, told apart from conditions and offers of service."""
    blocked = [match.span() for match in _NOT_AN_ACT.finditer(words)]
    taken: list[tuple[int, int]] = []
    acts = []
    for action, pattern in _COMPILED:
        for match in pattern.finditer(words):
            if _overlaps(match.span(), blocked) or _overlaps(match.span(), taken):
                continue
            taken.append(match.span())
            acts.append(Act(action, _printed(action, match, words), match.start()))
    return sorted(acts, key=lambda act: act.start)


@lru_cache(maxsize=4096)
def act_of(words: str) -> Act | None:
    """The action that a heading or a clause announces; its first when there are several; None when it has none."""
    acts = find_acts(words)
    if acts:
        return acts[0]
    grow = _GROW.search(words)
    if grow:
        return Act("designate", "新增", grow.start())
    if _CHANGE.search(words) and re.search(
        r"(?:信息|地址|法人|法定代表人|类别|等级|级别|账户|开户)[^，。]{0,6}(?:变更|调整)|(?:变更|调整)[^，。]{0,4}(?:信息|地址|法人|类别|级别)",
        words,
    ):
        return Act(None, _CHANGE.search(words)[0], _CHANGE.search(words).start())
    return None


def changed_in(words: str) -> Act | None:
    """What a row of a table of changes changes: 机构名称 is a new name; 地址 or 法人 is none of the seven actions."""
    if _NAME_CHANGED.search(words):
        return Act("rename", "变更")
    return Act(None, "变更") if _OTHER_CHANGED.search(words) else None


def founding_of(words: str, document: str) -> Act | None:
    """A first or later list: 首批公布, 首批确定, 公布. Batch words may stand in the document's head only."""
    batch = _BATCH.search(words) or _BATCH.search(document)
    first = next((m for m in _FOUND.finditer(document) if m[0] in ("公布", "确定")), None)
    verb = _FOUND.search(words) or first or _FOUND.search(document)
    if not batch and not verb:
        return None
    number = "" if not batch else ("首批" if batch[1] in ("首", "第一", "第1") else batch[0])
    return Act("designate", number + (verb[0] if verb else "公布"))


def decided(words: str) -> Act | None:
    """The action of words that go on after a name: what is decided last counts, not what happened before (被中止…现恢复)."""
    decision = _DECISION.search(words)
    return (act_of(words[decision.end() :]) if decision else None) or act_of(words)


def proposed(words: str) -> re.Match | None:
    """Where the words only intend what they list (拟新增…, 拟将…纳入); such a list is not in force yet."""
    return _PROPOSED.search(words)


def is_past(before: str) -> bool:
    """Whether the words before a name only tell which one it is (去年被暂停结算的…): what is done now stands behind it."""
    return before.rstrip(" “").endswith("的") and bool(act_of(before))


def founded(before: str, after: str, document: str) -> Act | None:
    """A designation said of names in a sentence (同意…为, …被纳入): 新增 where the document's head says so."""
    verb = _FOUNDING_VERB.search(after) or _FOUNDING_VERB.search(before)
    return verb and Act("designate", "新增" if grows(document) else verb[0])


def grows(words: str) -> bool:
    """Whether the words announce additions to a list that exists."""
    return bool(_GROW.search(words))


def batch_of(words: str) -> str | None:
    """首批, 第二批 …; None without one."""
    batch = _BATCH.search(words)
    return batch[0] if batch else None


def _printed(action: str, match: re.Match, words: str) -> str:
    word = match[0]
    if action == "rename":
        return "更名"
    near = words[match.end() : match.end() + 40].split("。", maxsplit=1)[0]
    if word in ("解除", "终止") and _AGREEMENT.search(near):
        return f"{word}协议"
    return word


def _overlaps(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
