"""The register's filter vocabulary as parameters of the API, and the records that they name."""

from institutions.filters import LONGEST_NAME
from institutions.models import Institution, Kind, Notice, Scheme
from institutions.models.institutions import Level
from portal.api import asking
from portal.api.places import CODE as PLACE_CODE
from portal.models import Place
from portal.parameters import BadParameter


def _kinds():
    return list(Kind.objects.values_list("code", flat=True))


def _schemes():
    return list(Scheme.objects.values_list("code", flat=True))


SCHEME = asking.coded_choice(
    "scheme", "只要这种定点制度，填代码。", "一种定点制度的代码", _schemes, example="gongshang"
)
KIND = asking.coded_choice(
    "kind", "只要这种定点类别，填代码。", "一种定点类别的代码", _kinds, example="yiliao"
)
DISTRICT = asking.code(
    "district",
    "只要在这个地方的，含其下各级，填地方代码。",
    "一个地方的代码",
    example="410102",
    pattern=PLACE_CODE,
)
LEVEL = asking.choice("level", "只要这一等级的：", Level.choices, example="3a")
NAME = asking.words(
    "q",
    "只要名称含这些字的：全称、曾用名、别名、简称，或拼音、首字母的开头；也可填代码。",
    LONGEST_NAME,
    example="人民医院",
)
INSTITUTION = asking.code(
    "institution", "只要关于这家机构的，填机构代码。", "一家机构的代码", example="zzsrmyy"
)
NOTICE = asking.key("notice", "只要这份通知的，填通知编号。", "一份通知的编号", example="7")
AREA = asking.code(
    "area",
    "只要适用于这个地方的，填地方代码。",
    "一个地方的代码",
    example="410100",
    pattern=PLACE_CODE,
)


def institution_of(given, known_at):
    """Return the public institution that the parameter names, or None without one; else raises BadParameter."""
    if not given.get("institution"):
        return None
    found = Institution.objects.public(known_at).filter(code=given["institution"]).first()
    if found is None:
        raise BadParameter("institution", "一家机构的代码", given["institution"])
    return found


def notice_of(given, known_at):
    """Return the published notice that the parameter names, or None without one; else raises BadParameter."""
    if not given.get("notice"):
        return None
    found = Notice.objects.published(known_at).filter(pk=int(given["notice"])).first()
    if found is None:
        raise BadParameter("notice", "一份通知的编号", given["notice"])
    return found


def area_of(given):
    """Return the place that the parameter names, or None without one; else raises BadParameter."""
    if not given.get("area"):
        return None
    found = Place.objects.filter(code=given["area"]).first()
    if found is None:
        raise BadParameter("area", "一个地方的代码", given["area"])
    return found
