"""What an institution's name looks like, and where it begins and ends inside a sentence.

Knows with which words hospitals, pharmacies, laboratories and stations end, and which words lead up to a name or follow it.
It hides the patterns. Nothing here decides which institution is meant.
"""

import re
from functools import lru_cache

from institutions.noticetext.categories import is_only_category
from institutions.noticetext.folding import trailing_brackets

_ENDS = (
    "医院|总院|分院|院区|卫生院|疗养院|护理院|老年公寓|公寓|养老院|敬老院|福利院|康复院|防治院|学院|研究院|大药房|大药店|大药行|药房|药店|药铺|药行|"
    "药号|药堂|药业|参茸行|分店|专卖店|连锁店|总店|店|医药|诊所|门诊部|门诊|卫生室|医务室|医务所|卫生所|保健院|保健所|保健站|"
    "中心|卫生服务站|服务站|检验所|研究所|防治所|监督所|工作站|实验室|采样点|检测点|接种点|接种站|血站|急救站|防治站|防疫站|"
    "服务点|疾控|有限责任公司|有限公司|分公司|公司|集团|医疗集团|医共体|研究所|医馆|国医堂|中医馆|堂|馆|车站|火车站|机场|社区|"
    "方舱|妇幼|护理站|辅具站|假肢厂|矫形器厂|工厂|厂|科室|院本部|本部|院|站|所|室|部|点|场|"
    "医药超市|药品超市"
)
_DEPARTMENT = r"(?:院|中心)[一-龥]{1,6}科"
END = re.compile(f"(?:{_ENDS}|{_DEPARTMENT})")
_END_WORDS = tuple(_ENDS.split("|"))
_DEPARTMENT_END = re.compile(f"{_DEPARTMENT}$")
_AFTER = re.compile(
    r"$|为(?!民)|被|成为|列(?:为|入)|纳入|作为|自(?!贡|然)|从|于|的|等(?!级)|在|因|均|已|将|与|共(?!和|青)|和(?!平|谐|顺|县|林|田|静|睦|"
    r"美|盛)|及|以及|以上|提供|获|恢复|新增|更名|变更|并入|合并|改名|整合|正式|目前|也|拒|签|开展|存在|违|涉|承担|具备|可(?!心)|由|"
    r"[一二两三四五六七八九十\d]+(?:家|所|个|间|楼)|[，。；：！？、\s（\"”]|定点|协议|[因经]|暂停|暂不|取消|终止|中止|解除|退出|注销|不再|"
    r"医保|刷卡|联网|资格|续签|续约|通过|符合|满足|达到|是(?!否)|有(?!限)|近日|日前|昨[天日]|今[天日起]|先后|率先|成功(?!大)|顺利|入选|入围|上榜|榜上|跻身|名列|在列|工伤保险|职工医|居民医|基本医疗|城乡居民|长期护理|长护|异地就医|虚构|虚[开记增报]|摆放|超[范标量]|伪造|串换|违[反规]|未|擅自|多次|长期|连续|私自|出[租借]|冒[用名]|分解|重复|逾期|主动|停业|歇业|搬迁|迁[至址移往]|不(?!孕)|诱导|销售|套[取保]|骗取|过度|挂床|聘用|无[证法]|查[实出]|经营|负责|分别|同时|继续|位于|地址|电话|试|列"
)
_LEAD = re.compile(
    r"以(?!岭)|同意|确定|认定|批准|核准|准予|新增|增加|增补|恢复|取消|撤销|解除|终止|暂停|中止|注销|续签|公布|确认|决定|包括|包含|分别是|分别为|"
    r"其中|名单|对(?!外)|将(?!军|乐)|把|与|了|为(?!民|康|众|公|仁)|是|有(?!限|爱|色)|即(?!日)|由|在|从|向|的|原(?!州|平|阳)|停止|清退|不再|纳入|"
    r"[：，；。！？》”\"]|\d[日月]起?|各?本市|我市|全市|我县|我区|我省|(?:家|所|个)(?:医院|机构|药店)"
)
_VERB = re.compile(
    r"[，。；：！？=/【】]|本报讯|记者|请|携带|佩戴|注意|应当|必须|不得|按照|根据|需要|可以|可前往|咨询|请各|负责|说|表示|介绍|获悉|公布|签订|摆放|刷卡|有关|"
    r"并入|更名|变更为|合并(?:至|到|为)|注销|撤销|关于|取消|解除|终止|中止|暂停|恢复|不再|新增|同意|被|符合|通过|如下|现将|以下|下列|参保|自.{0,12}日起|日起|存在|(?:[局委办]|医保中心|社保中心)(?:将|把|对|与|向|和)|进行|开展|使用|办理|申请|享受|(?<=[一-龥]{2})(?<![美区县市旗])的(?=[一-龥]{4})"
)
_GENERIC = re.compile(
    r"^(?:机构|各|全[省市县]|我[省市县区州]|本市|该|同时|新增|取消|解除|终止|暂停|恢复|同意|确定|确认|认定|核准|明确|授予|其中|包括|经研究|决定|公布|至此|目前|日前|据|记者|将(?!军|乐)|与|对|并(?!州)|"
    r"另|由|原(?!州|平|阳)|所有|以上|上述|其他|其它|有关|相关|部分|每家|多家|下列|以下|其余|这些|[\d一二两三四五六七八九十]+[家所个](?![店庄村镇乡街坝屯河湾]))|分别[是为]|[\d一二两三四五六七八九十]+[家所个](?:医院|机构|药店|医疗|单位|定点|门诊)|的\d+[家所个]|^的|(?:医院|机构|药店|[家所个点])(?:有(?!限)|为|是)|"
    r"定点|协议(?:医|机构|药)|医药机构$|医疗机构$|(?:公布|名单|目录|一览表|情况|工作|要求|通知|公告|序号|名称|地址)$|^(?:医院|药店|诊所|医疗机构|门诊部|中心|"
    r"社区卫生服务中心|卫生院|机构|公司|零售药店|发热门诊|地点|时间|社区|(?:卫生)?服务(?:中心|站)|医疗机构|乡镇卫生院|民营医院|公立医院|综合医院|专科医院|社区医院|"
    r"三级医院|二级医院|一级医院|检测机构|采样机构|检测点|采样点|接种点|试点|本部|内部|全部|部|重点|起点|特点|热点|要点|市场|现场|单位)$"
)
AGENCY = re.compile(
    r"(?:(?:卫生健康|卫生计生|卫生和计划生育|卫生|卫健)(?:局|厅|委员会|委|部|办公室)(?:办公室|[一-龥]{2,4}[处科])?|(?:人力资源和?社会保障|人社|医疗保障|医保|劳动和?社会保障|劳动保障|社会保险|社保|"
    r"医疗保险|市场监督管理|药品监督管理|食品药品监督管理|民政|财政|退役军人事务|工伤保险|劳动能力鉴定|(?:医疗|工伤|生育|养老|失业){2,5}保险)"
    r"(?:事业|事务|经办|基金|稽核|结算|管理|服务|监测|信息|发展|保障)*(?:局|厅|委员会|委|部|中心|处|办公室|经办机构|大队|站|所)(?:医疗保险处|工伤保险处|办公室|分中心)?|(?:疫情防控|防控|应对).{0,20}指挥部(?:办公室)?(?:[一-龥]{2,8}组)?|人民政府(?:办公室)?|"
    r"(?:领导小组|工作组|专班|工作专班|协调组|联席会议)(?:办公室|[一-龥]{2,8}组)?|"
    r"工伤保险处|医保中心|社保中心|医保办|疾病预防控制局|(?:政务|便民|行政|市民|党群|公共)服务(?:中心|大厅)|办事大厅|政务大厅)$"
)


_OFFICE_ENDS = frozenset("局厅会委部室处心队站所构府组办班科议")
_CLAUSE_END = re.compile(r"[，。；：！？\n]")
_LONGEST = 80


def without_brackets(words: str) -> str:
    """The words without the bracket groups at their end."""
    groups = trailing_brackets(words)
    return words[: groups[0][0]].rstrip() if groups else words


@lru_cache(maxsize=20_000)
def is_name(words: str) -> bool:
    """Whether all of the words read as one institution's name: a known ending, no verb, nothing generic."""
    words = words.strip()
    bare = without_brackets(words)
    return bool(
        2 < len(bare) <= 60
        and (bare.endswith(_END_WORDS) or (bare[-1] == "科" and _DEPARTMENT_END.search(bare)))
        and not _VERB.search(bare)
        and not _GENERIC.search(bare)
        and not is_office(bare)
        and not is_only_category(bare)
    )


def is_office(words: str) -> bool:
    """Whether the words end with an office that issues notices (示例市医疗保障局)."""
    return words[-1:] in _OFFICE_ENDS and bool(AGENCY.search(words))


def could_be_name(words: str) -> bool:
    """Whether words that stand in a list may be a name though their ending is not known (海康医药, 惠邻福尔康)."""
    bare = without_brackets(words.strip())
    return bool(
        2 <= len(bare) <= 40 and not _VERB.search(bare) and not _GENERIC.search(bare)
    ) and bool(re.search(r"[一-龥]{2}", bare))


def is_generic(words: str) -> bool:
    """Whether the words speak of institutions in general (各定点医院), not of one."""
    return bool(_GENERIC.search(without_brackets(words.strip())))


def name_end(words: str) -> int:
    """How many of the characters, from the first, are the name, when a sentence goes on after it; 0 when none are."""
    clause = _CLAUSE_END.search(words)
    for match in END.finditer(words, 0, min(_LONGEST, clause.start() if clause else len(words))):
        end = match.end()
        while groups := re.match(r"（[^（）\n]{1,60}）", words[end:]):
            end += groups.end()
        if _AFTER.match(words, end) and is_name(words[:end]):
            return end
        if end != match.end() and END.match(words, end):
            continue
    return 0


def name_starts(words: str) -> list[int]:
    """Where a name may begin in words that lead up to it (同意将郑州示例医院 → 2 and 3), from the left."""
    starts = []
    for match in _LEAD.finditer(words):
        start = match.end()
        while start < len(words) and words[start] in " “\"'：":
            start += 1
        if len(words) - start > 2:
            starts.append(start)
    return starts


_TARGET = re.compile(
    r"(?:并入|合并(?:至|到|为|成立)|整合(?:为|至|进)|(?:更|改)名为|(?:名称)?变更为|变更名称为)\s*[“”]?"
)


def target_in(words: str) -> str | None:
    """The name that an institution gets or is merged into: 更名为云泽示例医院 → 云泽示例医院."""
    match = _TARGET.search(words)
    rest = words[match.end() :][:120] if match else ""
    length = name_end(rest)
    return rest[:length] if length else None
