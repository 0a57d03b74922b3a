"""One item of a list: its number, its name, and what stands behind the name.

Knows how lists put address, phone, level and remarks after a name, and which words are the name. It hides the order
and the labels. Every character of the item is covered by the entry's span, and every word of it is in a field.
"""

import re
from itertools import zip_longest

from institutions.noticetext import dates
from institutions.noticetext.brackets import read_brackets
from institutions.noticetext.folding import closing, stripped
from institutions.noticetext.notice import Entry
from institutions.noticetext.privacy import mask

NUMBERING = re.compile(
    r"(?:[（]\s*(?:\d{1,6}|[一二三四五六七八九十百]{1,4})\s*[）][、.]?|\d{1,6}\s*(?:[、）.](?!\d)|[：](?=[一-龥]))|\d{1,6}(?=[ \t]+[一-龥])|"
    r"\d{1,3}(?=[一-龥]{2})(?!\d*[家所个年月日号路]|\d*(?:医院|分店))|[一二三四五六七八九十]{1,3}[、.]|[①-⑳㉑-㊿⑴-⒇⒈-⒛❶-❿]|第[一二三四五六七八九十\d]+[、：])[ \t]*"
)
LABEL = re.compile(
    r"(?:(?:定点)?(?:医疗|医药)?(?:机构|单位|医院|药店|(?:接种|采样|检测)点)(?:全称|名称|名)?|名称|医院名称|药店名称)[：]\s*"
)
_FIELD_LABEL = re.compile(
    r"(?:详细|单位|机构|医院|具体)?(?:地址|住址|地点)|(?:联系|咨询|预约|服务|值班|办公|公示)?(?:电话|方式)(?:号码)?|联系人|(?:医院)?(?:等级|级别)|"
    r"(?:定点|机构|国家|医保)?(?:编码|编号|代码)|(?:协议)?有效期(?:限)?|(?:营业|开放|服务|接诊|采样|门诊|接种|工作)时间|类别|性质|备注|原因|区域|"
    r"(?:主要)?负责人|法定代表人|法人(?:代表)?|经营者|身份证(?:号码?)?|手机(?:号码?)?"
)
_LABELLED = re.compile(rf"(?:^|(?<=[ \t，；,。、（）]))({_FIELD_LABEL.pattern})\s*[：为]\s*")
_GRADE = re.compile(
    r"^(?:[三二一]级(?:[甲乙丙特]等|综合|专科|医院)?|未定级|无等级|未评级|[三二][甲乙])(?:医院)?$"
)
_PHONE = re.compile(
    r"^(?:\+?86-?)?[（]?\d{3,4}[）]?-?\d{7,8}(?:-\d{1,5})?(?:[、/，; ]+[\d-]{7,13})*$|^\d{7,8}$|^1\d{10}$|^400-?\d{3}-?\d{4}$"
)
_PHONES = re.compile(r"[\d\-、/ 转]{7,}")
_ADDRESS = re.compile(r"[路街道巷村镇乡号里弄楼层]|大道|交叉口|[东南西北]\d*米|对面|附近")
_PLACE = re.compile(r"([一-龥]{2,6}[区县市])的(?=[一-龥]{3})")
_QUOTED = re.compile(r"[“\"「]([^“”\"「」\n]{3,60})[”\"」]")
_STOP = re.compile(r"[\t，；。|：（]|--|  | ")
_FIELD_OF_LABEL = (
    ("address", r"地址|住址|地点"),
    ("phone", r"电话|方式"),
    ("grade", r"等级|级别"),
    ("code", r"编码|编号|代码"),
    ("term", r"有效期"),
    ("ownership", r"性质"),
    ("reason", r"原因"),
    ("note", r"备注"),
    ("district", r"区域"),
)


def entry_of(folded: str, raw: str, start: int, end: int) -> Entry | None:
    """The entry of an item at this span of the text; None when nothing but marks and numbers stands there."""
    outer_start, outer_end = stripped(raw, start, end, "、，；。;,.．")
    inner = outer_start
    number = NUMBERING.match(folded, inner, outer_end)
    if number:
        inner = number.end()
    if place := _PLACE.match(folded, inner, outer_end):
        inner = place.end()
    if label := LABEL.match(folded, inner, outer_end):
        inner = label.end()
    quoted = _QUOTED.match(folded, inner, outer_end)
    inner = quoted.start(1) if quoted else inner
    length = len(quoted[1]) if quoted else _name_length(folded[inner:outer_end])
    name_start, name_end = stripped(raw, inner, inner + length)
    if name_start >= name_end:
        return None
    entry = Entry("", outer_start, outer_end, district=place and place[1])
    if number:
        entry.number = number[0].strip(" \t、.（）：")
    name_end = _take_brackets(entry, folded, raw, name_start, name_end)
    if name_end <= name_start:
        return None
    entry.name_as_printed = raw[name_start:name_end].strip()
    entry.name_start, entry.name_end = name_start, name_end
    take_remarks(entry, folded[quoted.end() if quoted else inner + length : outer_end])
    return entry


def _name_length(words: str) -> int:
    """How many characters of an item are the name with its brackets; the rest is remarks."""
    end, resume = len(words), 0
    for match in _STOP.finditer(words):
        place = match.start()
        if place < resume:
            continue
        if match[0] == "（":
            resume = closing(words, place)
            if words[resume : resume + 1].isdigit() and resume > place:
                end = resume
                break
        elif match[0] != " " or (
            place > 2 and _is_remark(words[place + 1 :].split(" ", maxsplit=1)[0])
        ):
            end = place
            break
    for label in _LABELLED.finditer(words, 0, end):
        before = words[: label.start()]
        if label.start() > 2 and before.count("（") == before.count("）"):
            return label.start()
    return end


def _is_remark(words: str) -> bool:
    words = words.split("（", maxsplit=1)[0] or words
    return bool(
        _PHONE.match(words)
        or _GRADE.match(words)
        or _FIELD_LABEL.match(words)
        or (
            _ADDRESS.search(words)
            and not re.search(r"(?:医院|中心|药店|药房|卫生院|站|所|店|室|部|公司|点|院)$", words)
        )
        or re.match(r"[（]|\d", words)
    )


def _take_brackets(entry: Entry, folded: str, raw: str, start: int, end: int) -> int:
    """Put the brackets behind the name into their fields; return where the printed name ends."""
    brackets = read_brackets(folded[start:end])
    clean = end
    for bracket in reversed(brackets):
        if bracket.meaning in ("remark", "district"):
            if start + bracket.end == end:
                end = start + bracket.start
                clean = min(clean, end)
            if bracket.meaning == "remark":
                take_remarks(entry, bracket.words)
            else:
                entry.district = bracket.words
            continue
        if not bracket.meaning:
            break
        setattr(
            entry,
            bracket.meaning,
            raw[start + bracket.start + 1 : start + bracket.end - 1]
            if bracket.meaning in ("campus", "department")
            else mask(bracket.words),
        )
        if bracket.meaning != "campus":
            clean = min(clean, start + bracket.start)
    if clean < end:
        entry.resolved_name = raw[start:clean].strip()
    return end


def take_remarks(entry: Entry, words: str):
    """Put remarks behind a name into fields: labelled ones by label, others by their look, the rest into the note."""
    words = words.strip(" \t，；。|：-")
    if not words:
        return
    labels = list(_LABELLED.finditer(words))
    head = words[: labels[0].start()] if labels else words
    for piece in re.split(r"[\t|，； ]+", head):
        _take_piece(
            entry,
            piece.strip("，；。、（）" if piece.count("（") != piece.count("）") else "，；。、"),
        )
    for label, following in zip_longest(labels, labels[1:]):
        value = words[label.end() : following.start() if following else len(words)]
        take_labelled(entry, label[1], value.strip(" \t，；。、|（）"))


def take_labelled(entry: Entry, label: str, value: str):
    """Put a value under its label's field; labels without one go into `other`."""
    if not value:
        return
    name = next((name for name, words in _FIELD_OF_LABEL if re.search(words, label)), None)
    if name == "phone" and (digits := _PHONES.match(value)) and digits.end() < len(value):
        entry.note = _joined(entry.note, mask(value[digits.end() :].strip(" ，；、（）")))
        value = digits[0].strip(" 、")
    if name == "term":
        first, last = dates.term(value, named=True)
        entry.valid_from, entry.valid_to = first, last or dates.until(value)
        if not entry.valid_to:
            entry.other[label] = value
    elif name == "note":
        entry.note = _joined(entry.note, mask(value))
    elif name and getattr(entry, name) is None:
        setattr(entry, name, mask(value))
    else:
        entry.other[label] = _joined(entry.other.get(label), mask(value))


def looks_of(words: str) -> str | None:
    """The field that a cell without heading is by its looks: phone, grade, address; None for others."""
    if _PHONE.match(words):
        return "phone"
    if _GRADE.match(words):
        return "grade"
    return "address" if _ADDRESS.search(words) and len(words) > 2 else None


def _take_piece(entry: Entry, piece: str):
    if not piece:
        return
    if _PHONE.match(piece) and entry.phone is None:
        entry.phone = mask(piece)
    elif _GRADE.match(piece) and entry.grade is None:
        entry.grade = piece
    elif (found := dates.effective(piece)) and entry.effective_date is None:
        entry.effective_date = found
        entry.note = _joined(entry.note, mask(piece))
    elif _ADDRESS.search(piece) and (entry.address or len(piece) > 2):
        entry.address = f"{entry.address} {mask(piece)}" if entry.address else mask(piece)
    else:
        entry.note = _joined(entry.note, mask(piece))


def _joined(first: str | None, second: str) -> str:
    return f"{first}；{second}" if first else second
