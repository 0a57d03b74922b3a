"""Head and foot of a notice: who issued it, what it is called, its number, its day.

Knows where official texts and news about them put these. It hides abbreviations of offices (市人社局) and the cities
that are left out because every reader of the paper knows them.
"""

import re

from institutions.noticetext import dates
from institutions.noticetext.categories import find_phrases
from institutions.noticetext.columns import column_of
from institutions.noticetext.folding import Line
from institutions.noticetext.items import LABEL, NUMBERING
from institutions.noticetext.linekinds import is_detail
from institutions.noticetext.names import AGENCY, is_name
from institutions.noticetext.places import cities_of_county, infer_city, short, trimmed_to_place

_FIELD = (
    r"人力资源和?社会保障|人社|医疗保障|医保|劳动和?社会保障|劳动保障|卫生健康|卫生计生|卫生和计划生育|卫健|社会保险|社保|医疗保险|"
    r"市场监督管理|市场监管|药品监督管理|药监|民政|退役军人事务|疾病预防控制|疾控|工伤保险"
)
_OFFICE = re.compile(
    rf"(?P<place>[一-龥]{{0,14}}?(?:省|市|区|县|州|盟|旗|国家))?(?P<field>{_FIELD})(?:事业|事务|经办|基金|管理|服务|保障)*"
    r"(?P<unit>委员会|局|厅|委|中心|处)(?!直属|系统|官网|网站)|"
    r"(?P<hq>[一-龥]{2,8}(?:省|市|区|县))?[一-龥]{0,20}(?:防控|疫情)[一-龥]{0,16}指挥部(?:办公室)?(?:[一-龥]{2,8}组)?"
)
_LONG = {
    "人社局": "人力资源和社会保障局",
    "人社厅": "人力资源和社会保障厅",
    "医保局": "医疗保障局",
    "社保局": "社会保险局",
    "社保中心": "社会保险中心",
    "医保中心": "医疗保险中心",
    "市场监管局": "市场监督管理局",
    "药监局": "药品监督管理局",
    "疾控中心": "疾病预防控制中心",
}
_NUMBER = re.compile(
    r"[一-龥]{1,12}[〔\[（【﹝［]\s*(?:19|20)\d{2}\s*[〕\]）】﹞］]\s*第?\s*\d{1,5}\s*号|(?:公告|通告)?[ \t]*(?:19|20)\d{2}年第?\s*\d{1,4}\s*号(?:公告)?"
)
_NUMBER_LINE = re.compile(
    r"^[ \t]*([一-龥]{2,12}(?:19|20)\d{2}年第?\d{1,4}号)[ \t]*$", re.MULTILINE
)
_HEAD_SAMPLE, _CITY_SAMPLE = 20_000, 30_000
_VERBS = re.compile(
    r"^.*?(?:印发|根据|按照|依据|依照|文件|下发|发布|了|以|文号|的|据|执行|号召|和|及|由)(?=[一-龥]{2,8}[〔\[（【﹝［])"
)
_ISSUED = re.compile(
    r"获悉|了解到|印发|发布|公布|决定|介绍|通报|消息|下发|公告|通知|表示|新增|组织|日前|昨日|近日|对|发出|宣布"
)
_KIND = r"(?:通知|公告|通告|公示|通报|函|批复|决定|意见|名单|目录|一览表|情况|告知书|信息)"
_QUOTED = re.compile(rf"《([^《》\n]{{4,120}}{_KIND})》")
_TITLE = re.compile(rf"关于.+{_KIND}(?:[（][^（）]*[）])?$")
_SOURCE = re.compile(
    r"^(?:信息)?(?:来源|发布机构|发布单位|发文单位|发文机关|制发机关|公告单位|发布部门|落款|(?:填报|制表|编制|公布|主办|报送)单位)\s*[：:]\s*(\S+)"
)
_CREDIT = re.compile(
    r"^[（]?(?:本报讯|本报记者|记者|责任编辑|责编|编辑|来源|作者|文|校对|审核|发布|字体|浏览|时间|日期)"
)
# Offices that stand on lists themselves: only what is said of them makes them the issuer.
_MEMBERS = ("疾病预防控制", "疾控")
_STAMP = re.compile(rf"[^，。：\d]{{2,16}} +({dates.DATE})(?: +\d{{1,2}}：\d{{2}}(?:：\d{{2}})?)?$")
_CITING = re.compile(r"根据|按照|依据|依照|遵照|贯彻|落实|执行|符合|参照")
_HEAD_LINES, _FOOT_LINES = 8, 12
_LONGEST_OFFICE, _SHORTEST_TITLE = 40, 4


def doc_number(raw: str, folded: str) -> str | None:
    """The first document number as printed, without the verbs in front of it."""
    if alone := _NUMBER_LINE.search(folded[:_HEAD_SAMPLE]):
        return raw[alone.start(1) : alone.end(1)].strip()
    for match in _NUMBER.finditer(folded[:_HEAD_SAMPLE]):
        if _is_cited(folded, match):
            continue
        printed = raw[match.start() : match.end()].strip()
        printed = _VERBS.sub("", printed)
        return re.sub(r"\s+", "", printed)
    return None


def _is_cited(folded: str, match: re.Match) -> bool:
    """Whether a number is another document's: 根据…（…号）, …（…号）同时废止."""
    before = re.split("[。；\n]", folded[max(0, match.start() - 120) : match.start()])[-1]
    after = re.split("[。；\n]", folded[match.end() : match.end() + 60])[0]
    return bool(_CITING.search(before + match[0]) or "废止" in after)


def title_of(lines: list[Line], raw: str) -> str | None:
    """The title: a headline in 关于…的通知 form (joined when it runs over two lines), the notice quoted in 《》, else the
    first line when it is no sentence and no office."""
    head = lines[:_HEAD_LINES]
    for place, line in enumerate(head):
        if (
            _TITLE.search(line.text)
            and "。" not in line.text
            and "《" not in line.text[:1]
            and len(line.text) < 120
        ):
            return raw[line.start : line.end].strip()
        following = head[place + 1] if place + 1 < len(head) else None
        if (
            following
            and line.text.find("关于") >= 0
            and len(line.text) < 60
            and not re.search(r"[。，：]", line.text)
        ):
            joined = line.text + following.text
            if _TITLE.search(joined) and "。" not in joined:
                return (
                    raw[line.start : line.end].strip()
                    + raw[following.start : following.end].strip()
                )
    first = next((line for line in head if not _is_no_title(line.text)), None)
    quoted = _quoted("\n".join(line.text for line in lines[:40]))
    if first is None or first is not head[0] or len(first.text) > 60:
        return (
            quoted[1]
            if quoted
            else (raw[first.start : first.end] if first and len(first.text) <= 60 else None)
        )
    return raw[first.start : first.end].strip()


def _quoted(words: str) -> re.Match | None:
    """The first notice quoted in 《》 that is not cited as the ground of this one (根据《…通知》（川医保规〔2020〕5号）)."""
    for match in _QUOTED.finditer(words):
        before = re.split("[。；，\n]", words[max(0, match.start() - 20) : match.start()])[-1]
        if not (_CITING.search(before) and _NUMBER.match(words[match.end() :].lstrip("（"))):
            return match
    return None


def _is_no_title(words: str) -> bool:
    return bool(
        AGENCY.search(words)
        or _CREDIT.match(words)
        or re.search(r"[。；|\t]|[：、]$", words)
        or _NUMBER.fullmatch(words)
        or dates.alone(words)
        or LABEL.match(words)
        or is_detail(words)
        or len(words) < _SHORTEST_TITLE
        or ">" in words
        or sum(column_of(word) != "other" for word in words[:200].split()) > 1
        or (is_name(NUMBERING.sub("", words, count=1)) and not find_phrases(words))
        or re.match(r"附件|\d+[、.） \t]|（\d+）|[①-⑳]|[（]?[一二三四五六七八九十]+[、）]", words)
    )


def published_on(lines: list[Line]) -> str | None:
    """The day of issue: a date that stands alone under the text, or one that is labelled so; None otherwise."""
    for line in [*lines[:_HEAD_LINES], *lines[-_FOOT_LINES:]]:
        if labelled := dates.published(line.text):
            return labelled
    for line in lines[1:4]:
        if stamp := _STAMP.match(line.text):
            return dates.iso(stamp[1])
    for place in range(len(lines) - 1, -1, -1):
        if found := dates.alone(lines[place].text):
            above = lines[place - 1].text if place else ""
            below = lines[place + 1].text if place + 1 < len(lines) else ""
            if (
                place >= len(lines) - 4
                or below.startswith("附")
                or AGENCY.search(above.replace(" ", ""))
                or place < 5
            ):
                return found
    return None


def issuer_of(lines: list[Line]) -> str | None:
    """The office as printed: under a date, labelled, alone at the head, in the title, or the one the news got it from."""
    texts = [line.text for line in lines]
    for place in range(1, len(texts)):
        if dates.alone(texts[place]):
            above = texts[place - 1].replace(" ", "")
            if AGENCY.search(above) and len(above) < 40:
                return above
    for text in [*texts[:_HEAD_LINES], *texts[-_FOOT_LINES:]]:
        if (source := _SOURCE.match(text)) and AGENCY.search(source[1].strip()):
            return source[1].strip()
    for text in texts[:3]:
        bare = text.replace(" ", "").split("：")[-1]
        if AGENCY.search(bare) and len(bare) < 40:
            return bare
    for text in texts[-_FOOT_LINES:]:
        bare = text.replace(" ", "")
        if (
            AGENCY.search(bare)
            and len(bare) < _LONGEST_OFFICE
            and not re.search("[，。：、]", bare)
        ):
            return bare
    for text in texts[:3]:
        if (match := _OFFICE.match(text)) and text[match.end() :].startswith(
            ("关于", "公告", "通告", "公布")
        ):
            return match[0]
    return _in_prose(texts)


def _in_prose(texts: list[str]) -> str | None:
    best = None
    for text in texts[:60]:
        for match in _OFFICE.finditer(text[:5000]):
            near = (
                text[max(0, match.start() - 8) : match.start()]
                + "|"
                + text[match.end() : match.end() + 14]
            )
            printed = _with_place(match)
            if _ISSUED.search(near):
                return printed
            if match["field"] not in _MEMBERS:
                best = best or printed
    return best


def _with_place(match: re.Match) -> str:
    """The office with the nearest place in front of it: 记者昨日从市人社局 → 市人社局."""
    place = match["place"] or match["hq"] or ""
    rest = match[0][len(place) :]
    place = re.split(r"[从据由者向经日近，]", place)[-1]
    known = trimmed_to_place(place)
    if known or not place:
        return known + rest
    if place.endswith(("省", "国家")):
        return place[-3:] + rest if place.endswith("省") else place[-2:] + rest
    local = re.search(r"[一-龥]{2}(?:市|县|区)[一-龥]{2,3}区$", place)
    if local and len(place) <= 8:
        return place + rest
    return place[-1] + rest if len(place) > 4 or place == "市" else place + rest


def province_of(title: str | None) -> str | None:
    """The province with which a title begins; None without one."""
    match = re.match(r"(?:关于)?(?:公布)?([一-龥]{2,3}省)", title or "")
    return match[1] if match else None


def full_issuer(printed: str | None, city: str | None) -> str | None:
    """The issuer in full: the city in front of a bare 市人社局 and the office's whole name; the city alone without office."""
    if printed is None:
        return city
    bare_city = printed.startswith("市") and not printed.startswith("市场")
    if city and bare_city:
        printed = city + printed[1:]
    elif city and printed.startswith(short(city)) and not printed.startswith(city):
        printed = city + printed[len(short(city)) :]
    elif bare_city or printed.startswith("我市"):
        return printed
    for brief, full in _LONG.items():
        if printed.endswith(brief) and not printed.endswith(full):
            return printed[: -len(brief)] + full
    return printed


def city_of(folded: str, lines: list[Line], issuer: str | None, title: str | None) -> str | None:
    """The city by the office and the title, by the first lines, by the names on the list."""
    first = [line.text[:200] for line in lines[:6]]
    sample = folded[:_CITY_SAMPLE]
    pieces = [piece.strip() for piece in re.split(r"[、，。：；\s|【】（）]|[和及]", sample)]
    names = [piece for piece in pieces if is_name(piece) or piece in cities_of_county()]
    return (
        infer_city([issuer or "", title or ""], [])
        or infer_city(first[:2], [])
        or infer_city([], names)
        or infer_city(first, [])
    )
