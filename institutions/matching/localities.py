"""Provinces, cities, districts and development zones at the head of a name, and those in which an institution lies.

Knows GB/T 2260 through the notice reader's list, and the provinces. It hides short forms (郑州, 管城区), which counties'
names stand in several cities, and when a place's name is only an institution's own (中山医院, 南京路店).
"""

import re
from collections.abc import Collection
from functools import cache, lru_cache
from typing import NamedTuple

from institutions.noticetext.places import (
    ZONE_END,
    cities_of_county,
    counties_of,
    full_city,
    short,
)

_PROVINCES = re.findall(
    r"\S+",
    "北京市 天津市 上海市 重庆市 河北省 山西省 辽宁省 吉林省 黑龙江省 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 "
    "湖南省 广东省 海南省 四川省 贵州省 云南省 陕西省 甘肃省 青海省 台湾省 内蒙古自治区 广西壮族自治区 西藏自治区 "
    "宁夏回族自治区 新疆维吾尔自治区 香港特别行政区 澳门特别行政区",
)
_PROVINCE_UNIT = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")
_CITY_UNIT = re.compile(r"(?:地区|自治州|[市盟州])$")
_ROAD = re.compile(r"[东西南北中]?(?:[路街巷道里桥]|大道|[镇乡村])")
_BARE_BODY = re.compile(r"大?(?:医院|总院|诊所|门诊部?|药房|药店|卫生[室所院]|医务室|有限公司)")
_ZONE = re.compile(
    rf"(?:(?!医院|门诊|诊所|药房|药店|公司|卫生|中心|大学)[一-龥]){{0,4}}?(?:{ZONE_END})(?=.)"
)
_ZONE_SHORT = (
    ("经济技术开发区", "经开区"),
    ("高新技术产业开发区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("航空港经济综合实验区", "航空港区"),
)
# What follows the place in names that have nothing else of their own: 新密骨科医院, 市第一人民医院.
GENERIC = re.compile(
    r"第?[一二三四五六七八九十百\d]+(?:人民|医院|院|附|中医)|人民|中心|中医|中西医|妇[幼产女]|疾控|疾病|骨科|精神|传染|口腔|皮肤|胸科|脑科|"
    r"红十字|职业病|眼科|老年|职工|肿瘤|儿童|公立|康复医院|结核|急救"
)
# A place that no list has, told by its unit: 云泽市, and before a generic name 云泽湖区 too.
_UNLISTED = re.compile(
    rf"[一-龥]{{2}}(?:[市县](?![场民政立内口])|(?<![社小院厂校矿军片景牧战东西南北中])区)(?=..)|"
    rf"[一-龥]{{3,4}}(?:[市县旗]|(?<![社小院厂校矿军片景牧战东西南北中])区)(?={GENERIC.pattern})"
)
_LONGEST = 12


class Locality(NamedTuple):
    """A place in a name: its word without the unit, the unit if printed, and whether it alone tells the city or province.

    Zones (高新区) exist in every city and have no word apart from their unit.
    """

    word: str
    unit: str
    tells_city: bool


@cache
def _by_name() -> dict[str, Locality]:
    """Every full name, and the short ones of provinces and cities; where names are shared, the larger place wins."""
    found = {}
    for county, cities in cities_of_county().items():
        word = short(county)
        place = Locality(word, county[len(word) :][-1:], len(cities) == 1)
        found[county] = found[word + county[-1] if word != county else county] = place
    for city in [name for name in counties_of() if name != "市辖区"]:
        word = short(city)
        unit = _CITY_UNIT.search(city)
        found[city] = Locality(word, unit[0] if unit and word != city else "", True)
        found[word] = Locality(word, "", True)
    for province in _PROVINCES:
        word, unit = _PROVINCE_UNIT.sub("", province), _PROVINCE_UNIT.search(province)[0]
        found[province] = found[word + unit[-1]] = Locality(word, unit[-1], True)
        found[word] = Locality(word, "", True)
    return found


@cache
def _short_counties() -> frozenset[str]:
    return frozenset(short(county) for county in cities_of_county() if len(short(county)) > 1)


@cache
def _large() -> frozenset[str]:
    """The full names of all provinces and cities."""
    return frozenset([*_PROVINCES, *counties_of()])


def leading(text: str) -> tuple[list[Locality], str]:
    """The places at the head of `text`, from large to small, and what follows them; something always follows."""
    places = []
    while True:
        length, place = _first(text)
        if place is None:
            return places, text
        places.append(place)
        text = text[length:]


def whole(text: str) -> list[Locality]:
    """The places of which `text` consists entirely (郑州, 河南省郑州市); [] when it says anything else."""
    places, rest = leading(text)
    last = _by_name().get(rest)
    return [*places, last] if last else []


def _first(text: str) -> tuple[int, Locality | None]:
    table = _by_name()
    for length in range(min(_LONGEST, len(text) - 1), 1, -1):
        place = table.get(text[:length])
        if place and not _is_own_name(place, text[length:]):
            return length, place
    if (zone := _ZONE.match(text)) and not text.startswith("立", zone.end()):
        return zone.end(), Locality(_zone_word(zone[0]), "", False)
    if unlisted := _UNLISTED.match(text):
        word, unit = unlisted[0][:-1], unlisted[0][-1]
        return unlisted.end(), Locality(word, unit, unit == "市")
    for length in (4, 3, 2):
        if text[:length] in _short_counties() and GENERIC.match(text, length):
            return length, Locality(text[:length], "", False)
    return 0, None


def _is_own_name(place: Locality, rest: str) -> bool:
    """Whether the word is no place here: 郑州市|立医院, 南京|路店, 中山|医院."""
    if place.unit:
        return rest.startswith("立")
    return bool(_ROAD.match(rest) or _BARE_BODY.fullmatch(rest))


def _zone_word(zone: str) -> str:
    for long, brief in _ZONE_SHORT:
        zone = zone.replace(long, brief)
    return zone


def same_word(one: str, other: str) -> bool:
    """Whether two words name one place; a single character stands for the words that it begins (郑大 is 郑州大学)."""
    if 1 in {len(one), len(other)}:
        return one[0] == other[0]
    return one == other


@lru_cache(maxsize=4096)
def words_of(cities: frozenset[str]) -> frozenset[str]:
    """The places in which an institution lies, without their units as well."""
    return cities | {short(name) for name in cities} | {_zone_word(name) for name in cities}


@lru_cache(maxsize=4096)
def _districts_of(cities: frozenset[str]) -> frozenset[str]:
    small = [name for name in cities if len(name) > 2 and name not in _large()]
    return frozenset(
        short(_zone_word(name)) for name in small if name.endswith(("区", "县", "旗", "市"))
    )


def lies_in(cities: Collection[str], place: str | None) -> bool | None:
    """Whether an institution with these `cities` lies in the city (or province) `place`; None when either is not known."""
    if not cities or not place:
        return None
    words = words_of(frozenset(cities))
    return place in words or full_city(place) in words or _PROVINCE_UNIT.sub("", place) in words


def lies_in_district(cities: frozenset[str], district: str | None) -> bool | None:
    """The same for a district or zone; None also when no district of the institution is known."""
    districts = _districts_of(cities)
    if not districts or not district:
        return None
    return short(_zone_word(district)) in districts


def as_locality(name: str) -> Locality:
    """The place of a notice or of a heading, given by its full or short name."""
    return _by_name().get(name) or Locality(short(_zone_word(name)), "", False)
