"""Cities and districts in a notice: which city issued it, which district a heading or a name speaks of.

Knows the prefectures and counties of GB/T 2260, the former ones too (`divisions.txt`), and how development zones, which no standard lists, are
called. It hides the short forms (江岸, 管城区) and the difference between 郑州市第一人民医院 and 新郑市人民医院.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

ZONE_END = (
    "经济技术开发区|高新技术产业开发区|高新技术开发区|经济开发区|高新区|经开区|开发区|新区|航空港经济综合实验区|航空港区|"
    "港区|汽开区|示范区|实验区|度假区|产业集聚区|产业园区|工业园区|工业园|风景区|名胜区|保税区|管理区|新城"
)
_ETHNIC = re.compile(
    r"(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|"
    r"柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|怒|鄂温克|裕固|独龙|鄂伦春|各)族|蒙古(?=自治)"
)
_UNIT = re.compile(r"(?:自治县|自治旗|自治州|特区|林区|地区|[区县市旗盟])$")
_OUTER = re.compile(
    r"^(?:市|全)?(?:省|部|市|区|县)?(?:直属?|属|本级|管|级)(?:单位|机构|医院|各?医疗机构)?$"
)
_AREA = re.compile(rf"[一-龥]{{1,10}}?(?:自治县|自治旗|{ZONE_END}|[区县市旗])")
_LEADING_ZONE = re.compile(rf"[一-龥]{{0,6}}?(?:{ZONE_END})|[一-龥]开区")
_LEADING_DISTRICT = re.compile(
    r"[一-龥]{2,3}[区县旗](?=(?:第[一二三四五六七八九十\d]+|人民|中心|中医|妇幼|疾控|疾病|医院|公立|骨科|精神|医疗|社区卫生|"
    r"计划|康复|传染|口腔|皮肤|红十字|慢性|眼科|老年|卫生|职工|肿瘤|综合))"
)
_NO_DISTRICT = re.compile(r"(?:社|小|院|厂|校|矿|军|片|景|牧|战|地|[东西南北中])区$")
_AREA_ENDS = frozenset("区县市旗园城")
_NO_CITY = ("市场", "市民", "市政", "市中区", "市北区", "市南区")
_LONGEST_AREA, _LONGEST_COUNTY = 14, 15
_ZONE_ENDS = tuple(ZONE_END.split("|"))
_ZONE = re.compile(rf"[一-龥]{{0,8}}(?:{ZONE_END})")
_BRANCH = re.compile(r"([一-龥]{2,4}?)分院$")


@cache
def _divisions() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each prefecture-level city its counties now and the ones that it had before."""
    lines = Path(__file__).with_name("divisions.txt").read_text("utf-8").splitlines()[1:]
    cells = (f"{line}\t\t".split("\t")[:3] for line in lines)
    return {city: (tuple(now.split()), tuple(before.split())) for city, now, before in cells}


@cache
def counties_of() -> dict[str, tuple[str, ...]]:
    """Every prefecture-level city with its counties in the order of the standard, then those of former years."""
    return {city: now + before for city, (now, before) in _divisions().items()}


@lru_cache(maxsize=8192)
def short(name: str) -> str:
    """A place's name without its unit and its peoples: 金水区 → 金水, 管城回族区 → 管城; two characters at least."""
    bare = _UNIT.sub("", _ETHNIC.sub("", name) if len(name) > 4 else name)
    return bare if len(bare) >= 2 else name


@cache
def city_by_word() -> dict[str, str]:
    """Full and short names of prefecture-level cities; the full name is the value."""
    return {short(city): city for city in counties_of()} | {city: city for city in counties_of()}


@cache
def cities_of_county() -> dict[str, tuple[str, ...]]:
    """For each county's full name the prefectures that have one of that name, or had one if none has."""
    now: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for city, names in _divisions().items():
        for found, counties in zip((now, before), names, strict=True):
            for county in counties:
                found.setdefault(county, []).append(city)
    return {name: tuple(cities) for name, cities in (before | now).items()}


@cache
def _city_pattern() -> re.Pattern:
    words = sorted(city_by_word(), key=len, reverse=True)
    either = "|".join(map(re.escape, words))
    return re.compile(f"(?<!医)(?:{either})(?![区县路街镇乡省])")


def full_city(word: str | None) -> str | None:
    """The full name of a city given by its full or short name; other words come back as they are."""
    return city_by_word().get(word.strip(), word.strip()) if word and word.strip() else None


def infer_city(heads: list[str], names: list[str]) -> str | None:
    """The city of a notice whose reader was not told: by its head, else by the names on its list, else None.

    In the head a full name (郑州市) weighs more than a short one. On the list a city must be named twice, or one of the
    counties must exist in one city only and no other city be as likely.
    """
    votes: Counter = Counter()
    for head in heads:
        for match in _city_pattern().finditer(head):
            votes[city_by_word()[match[0]]] += 3 if match[0].endswith("市") else 1
    if votes:
        return votes.most_common(1)[0][0]
    for name in names:
        if match := _city_pattern().match(name):
            votes[city_by_word()[match[0]]] += 2
        for county in _counties_in(name):
            cities = cities_of_county()[county]
            votes.update(cities if len(cities) > 1 else cities * 3)
    best = votes.most_common(2)
    if not best or best[0][1] < 3 or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _counties_in(name: str) -> list[str]:
    """The counties that a name holds, from the left, none overlapping another."""
    found, at = [], 0
    while at < len(name):
        county = _leading(name[at : at + _LONGEST_COUNTY], _every_county())
        found += [county] if county else []
        at += len(county) if county else 1
    return found


@lru_cache(maxsize=8192)
def is_district(words: str) -> bool:
    """Whether the words are one county or development zone in full, with its city in front or without: 金水区, 唐山市路北区."""
    zone = words.endswith(_ZONE_ENDS) and _ZONE.fullmatch(words)
    city = next((words[:size] for size in (2, 3, 4) if words[:size] in city_by_word()), "")
    inner = words[len(city) :].removeprefix("市")
    return bool(words in cities_of_county() or inner in cities_of_county() or zone)


def trimmed_to_place(words: str) -> str:
    """The end of `words` that is a known place with its unit: 记者昨日从郑州市 → 郑州市; '' when there is none."""
    for begin in range(len(words)):
        tail = words[begin:]
        if tail in city_by_word() or tail in cities_of_county():
            return tail
    return ""


@cache
def _county_by_word(city: str | None) -> dict[str, str]:
    """How headings call the counties of a city: in full, short, or short with the unit (管城区)."""
    found: dict[str, str] = {}
    for county in counties_of().get(city, ()) if city else ():
        for word in (county, short(county), short(county) + county[-1]):
            found.setdefault(word, county)
    return found


@cache
def _with_units(city: str | None) -> dict[str, str]:
    """How names and addresses begin with the counties of a city: in full, or short with the unit."""
    counties = counties_of().get(city, ()) if city else ()
    short_forms = {short(county) + county[-1]: county for county in reversed(counties)}
    return _indexed(short_forms | {county: county for county in counties})


@cache
def _every_county() -> dict[str, str]:
    return _indexed({county: county for county in cities_of_county()})


def _indexed(places: dict[str, str]) -> dict[str, str]:
    """The places by name, and '' for the first two characters of each, by which most words are sorted out."""
    return {name[:2]: "" for name in places} | places


def _leading(words: str, places: dict[str, str]) -> str | None:
    """The place whose name, the longest first, begins the words."""
    if words[:2] not in places:
        return None
    for size in range(min(len(words), _LONGEST_COUNTY), 1, -1):
        if place := places.get(words[:size]):
            return place
    return None


@dataclass(frozen=True, slots=True)
class Area:
    """The city a notice speaks for, and what counts as a district there."""

    city: str | None

    def counties(self) -> tuple[str, ...]:
        return counties_of().get(self.city, ()) if self.city else ()

    def has(self, district: str | None) -> bool:
        """Whether a place is one of the city's counties, or a city where the notice speaks for a province."""
        counted = self.counties() if self.city in counties_of() else None
        known = district in city_by_word() or bool(district and district.endswith("州"))
        return district in counted if counted is not None else known

    def in_line(self, words: str) -> str | None:
        """The district that a bare heading names (江岸, 金水区, 郑州市金水区); None when it names none."""
        words = self._without_city(words.strip())
        if len(words) > _LONGEST_AREA:
            return None
        if county := _county_by_word(self.city).get(words):
            return county
        if _OUTER.match(words) or full_city(words) == self.city:
            return None
        if words in city_by_word() or (words.endswith("州") and words[:-1] in city_by_word()):
            return words
        known = words in cities_of_county()
        named = (
            words[-1:] in _AREA_ENDS and _AREA.fullmatch(words) and not _NO_DISTRICT.search(words)
        )
        return words if known or named else None

    def is_outer(self, words: str) -> bool:
        """A heading like 市直 or 省属医院, or the city's own name: it ends a district without opening one."""
        return bool(_OUTER.match(words.strip()))

    def in_name(self, name: str, *, with_cities: bool) -> str | None:
        """The district in front of an institution's name, or of its branch (四方台分院).

        A county-level city in front (榆树市人民医院) is as often part of the proper name as an address: it counts only
        when `with_cities`, that is, when the document names other members by 区 or 县 too.
        """
        bare = self._without_city(name)
        county = _leading(bare, _with_units(self.city))
        county = county or _leading(self._without_short_city(name), _with_units(self.city))
        if county:
            return county if with_cities or not county.endswith("市") else None
        if county := _leading(bare, _every_county()):
            if not county.endswith("市"):
                return county
            elsewhere = self.city and self.city not in cities_of_county()[county]
            return county if with_cities and not elsewhere else None
        zone = (
            _LEADING_ZONE.match(name) or _LEADING_ZONE.match(bare) or _LEADING_DISTRICT.match(bare)
        )
        if zone and not _NO_DISTRICT.search(zone[0]):
            return self._bare_zone(zone[0])
        return self._of_branch(name)

    def in_address(self, address: str) -> str | None:
        """The district with which an address begins."""
        bare = re.sub(r"^[一-龥]{2,7}?(?:省|自治区)", "", address.strip())
        bare = self._without_city(bare)
        if county := _leading(bare, _with_units(self.city)) or _leading(bare, _every_county()):
            return county
        zone = _LEADING_ZONE.match(bare)
        return zone and zone[0]

    def resolved(self, name: str) -> str:
        """A bare 市人民医院 with the city in front; other names as they are."""
        bare = name.startswith("市") and not name.startswith(_NO_CITY)
        return self.city + name[1:] if bare and self.city else name

    def _bare_zone(self, zone: str) -> str:
        """A zone without its city's short name (西安高新区 → 高新区), unless nothing of its own is left (长春新区)."""
        rest = zone.removeprefix(short(self.city)) if self.city else zone
        return zone if rest in ("新区", "开发区", "新城", "") else rest

    def _without_city(self, words: str) -> str:
        if not self.city:
            return words
        rest = words.removeprefix(self.city)
        return rest or words

    def _without_short_city(self, words: str) -> str:
        return words.removeprefix(short(self.city)) if self.city else words

    def _of_branch(self, name: str) -> str | None:
        branch = _BRANCH.search(name)
        tail = name[: branch.end(1)] if branch else ""
        for county in self.counties() if branch else ():
            if tail.endswith((county, short(county))) and len(tail) > len(short(county)) + 2:
                return county
        return None


def names_districts(names: list[str]) -> bool:
    """Whether any of the names is introduced by a 区 or 县, so that a leading county-level city is one more district."""
    return any(
        (county := _leading(name, _every_county())) and county[-1] in "区县旗" for name in names
    ) or any(
        (match := _LEADING_DISTRICT.match(name)) and not _NO_DISTRICT.search(match[0])
        for name in names
    )
