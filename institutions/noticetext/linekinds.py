"""What sort of line a line is: furniture, annex, heading, list item, prose.

Knows the looks of each. It hides the patterns; the reader asks in its own order.
"""

import re
from functools import lru_cache

from institutions.noticetext.actions import act_of
from institutions.noticetext.categories import find_phrases
from institutions.noticetext.context import is_bare_kind
from institutions.noticetext.items import NUMBERING
from institutions.noticetext.names import is_generic, is_name, is_office

_FURNITURE = re.compile(
    r"^[（]?\s*(?:责任?编辑?|编辑|实习编辑|作者|来源|信息来源|稿源|校对|审核|审核人|监制|编审|制作|记者|本报记者|通讯员|摄影|文[/：]|图[/：]|主编|值班|供稿|"
    r"抄送|主送|抄报|印发|公开属性|浏览次数|阅读|点击|字体|打印|分享|发布时间|发布日期|发布机构|索引号|单位[：]|联系人|联系电话|咨询电话|监督电话|投诉电话|"
    r"举报电话|电话[：]|传真|邮编|网址|特此|此页无正文|页码|第\s*\d+\s*页|[-—]\s*\d+\s*[-—]$|\d+/\d+$|[合总小共]\s*计[：:\s\d]|注[：:]|备注[：]|说明(?:[：]|$)|填[表报]|制表|原标题|相关阅读|上一篇|下一篇|(?:温馨|友情|特别|重要)(?:提示|提醒)|注意事项|[一-龥]{2,4}须知)"
)
_ANNEX = re.compile(
    r"^[（【]?附\s*(?:件|表|录)?\s*[：]?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[）】]?\s*[.、：]?\s*(.{0,80})$"
)
_ATTACHED = re.compile(r"(\d{1,2})\s*[.、]\s*(.+?)(?=\s*(?:\d{1,2}\s*[.、]|$))")
_LISTING = re.compile(
    r"名单|目录|一览表|汇总表|明细表|名录|花名册|统计表|信息表|如下|情况表|公示表|布局|安排表"
)
_GROUP_COUNT = re.compile(
    r"[（]?\s*(?:共计?|合计)?\s*\d{1,4}\s*[家所个间]\s*[）]?$|[（](?:共计?)?[一二三四五六七八九十百]+[家所个间][）]$"
)
_AREA_LABEL = re.compile(
    r"^(?:所[属在]|行政|统筹)?(?:区县|县区|市县|区域|地区|辖区|城区|区划|统筹区|县市区|区)(?:名称)?：\s*"
)
_SENTENCE = re.compile(r"[。！？；]")
_IN_BRACKETS = re.compile(r"（[^（）\n]{1,200}）")
_KEPT, _LONGEST_ITEM = 4096, 160
_LONGEST_OFFICE = 40
_MARKED = re.compile(r"[，。：、；|\t]|^\d|^[（①-⑳]|^[一二三四五六七八九十]+、")
_SPACED_LABEL = re.compile(r"^([一-龥]) +([一-龥] *：)")
_CHAPTER, _LONGEST_CHAPTER = (
    re.compile(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）"),
    24,
)
_SALUTATION = re.compile(r"^各.{2,120}：$")
_DETAIL = re.compile(
    r"^(?:(?:详细|单位|机构)?地址|(?:联系|咨询|预约|服务)?电话|联系方式|(?:营业|开放|服务|接诊|采样|接种|工作)?时间|等级|级别|(?:定点|机构)?编码|协议?有效期|"
    r"法定代表人|法人(?:代表)?|(?:主要)?负责人|联系人|联系方式|手机(?:号码?)?|身份证(?:号码?)?|院长|执业许可证号?|经营范围|科室|床位数?|服务内容|服务范围|备注)\s*[：]"
)
_CLOSING = re.compile(
    r"^[一二三四五六七八九十]+、.{0,12}(?:要求|事项|流程|须知|其他|说明|时间|方式)$|(?:执行|施行|公告|公示|通知|实施|知照|周知)。$|"
    r"^本表|^(?:请|各|凡|如(?!意|皋|东)|若|参保|特此|上述|以上|本(?:通知|公告|通告|名单|次)|咨询|公示|监督|评估|有关|《|（此件|（[12]\d{3}年第?\d+号）$).*[。）]$"
)


@lru_cache(maxsize=_KEPT)
def is_furniture(words: str) -> bool:
    """Credits, contacts, page numbers, notes: lines that belong to no list."""
    return bool(_FURNITURE.match(words)) and not (len(words) > 30 and re.search("，.*。", words))


@lru_cache(maxsize=_KEPT)
def annex_of(words: str) -> tuple[str, str] | None:
    """Number and words of a line that opens an annex (附件1：续签名单); None for other lines."""
    if not words.startswith(("附件", "附表", "附录", "附：", "（附", "【附", "附 ")):
        return None
    match = _ANNEX.match(words)
    if not match or _SENTENCE.search(words):
        return None
    return match[1] or "", match[2]


def attached(words: str) -> dict[str, str]:
    """The annexes that a line announces, by number: 1.名称变更 2.续签."""
    return {number: title.strip(" ；。，") for number, title in _ATTACHED.findall(words)}


@lru_cache(maxsize=_KEPT)
def without_marks(words: str) -> str:
    """A heading without its number, its count and the signs around it."""
    bare = NUMBERING.sub("", words, count=1) if NUMBERING.match(words) else words
    bare = _AREA_LABEL.sub("", bare.strip(" \t：【】[]“”《》<>、，。")).strip()
    bare = _GROUP_COUNT.sub("", bare).strip(" ：，（")
    return bare.removeprefix("其中").lstrip("，：") if bare.startswith("其中") else bare


@lru_cache(maxsize=_KEPT)
def is_heading(words: str) -> bool:
    """A short line without a sentence's end that names a category, an action or a listing, and is no name."""
    if (
        len(words) > 70
        or words.endswith("；")
        or _SENTENCE.search(words.rstrip("；。"))
        or words.endswith("。")
    ):
        return False
    bare = without_marks(words)
    if is_bare_kind(words):
        return True
    if is_name(bare) and not find_phrases(bare):
        return False
    if _CHAPTER.match(words) and len(bare) < _LONGEST_CHAPTER and is_generic(bare):
        return True
    return bool(
        find_phrases(words) or act_of(words) or _LISTING.search(words) or words.endswith("：")
    )


def is_prose(words: str) -> bool:
    """A line that holds a sentence, or too much for one item."""
    bare = _IN_BRACKETS.sub("", words).rstrip("；。、，")
    return bool(_SENTENCE.search(bare)) or len(bare) > _LONGEST_ITEM


def is_salutation(words: str) -> bool:
    """A line that says to whom the notice is addressed: 各有关单位："""
    return bool(_SALUTATION.match(words))


@lru_cache(maxsize=_KEPT)
def is_signature(words: str) -> bool:
    """An office alone on its line, as above a date."""
    bare = words.replace(" ", "")
    return len(bare) < _LONGEST_OFFICE and is_office(bare) and not _MARKED.search(bare)


@lru_cache(maxsize=_KEPT)
def is_detail(words: str) -> bool:
    """An address, a phone, hours or the like on a line of its own."""
    return bool(_DETAIL.match(closed_up(words)))


def closed_up(words: str) -> str:
    """The words with their label set close: 地  址：人民路 → 地址：人民路."""
    return _SPACED_LABEL.sub(r"\1\2", words)


def is_closing(words: str) -> bool:
    """A line after which no list goes on: 特此公告。, 三、有关要求."""
    return bool(_CLOSING.search(words))
