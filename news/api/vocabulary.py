"""What one may ask of stories: the parameters, and the section, topic, person and place that they name."""

from news.models import Person, SectionPage, Topic
from news.visibility import public
from portal.api import asking
from portal.api.places import CODE as PLACE_CODE
from portal.models import Place
from portal.parameters import BadParameter

# Of a page of the tree, whose address may have hyphens anywhere.
PAGE_SLUG = "[a-z0-9_-]+"

SECTION = asking.code(
    "section",
    "只要这个栏目的，填网址标识。",
    "一个栏目的网址标识",
    example="minsheng",
    pattern=PAGE_SLUG,
)
TOPIC = asking.code(
    "topic", "只要这个专题的，填网址标识。", "一个专题的网址标识", example="shuzi-zhili"
)
PERSON = asking.code(
    "person", "只要署有此人名字的，填网址标识。", "一个人物的网址标识", example="li-na"
)
PLACE = asking.code(
    "place",
    "只要引用了这个地方的记录的，含其中的机构和适用于它的通知，填地方代码。",
    "一个地方的代码",
    example="410100",
    pattern=PLACE_CODE,
)
FROM = asking.day("from", "只要这一天起首发的，含当日（北京时间）。")
TO = asking.day("to", "只要到这一天为止首发的，含当日（北京时间）。")
UPDATED_SINCE = asking.instant(
    "updated_since", "只要这一刻起首发或更新过的，含这一刻；只写日期指当日结束时。"
)


def public_sections():
    """Return the sections that readers can see."""
    return public(SectionPage.objects.all())


def section_of(given):
    """Return the public section that the parameter names, or None without one; else raises BadParameter."""
    return _named(given, SECTION, public_sections(), "slug")


def topic_of(given):
    """Return the public topic that the parameter names, or None without one; else raises BadParameter."""
    return _named(given, TOPIC, Topic.objects.public(), "slug")


def person_of(given):
    """Return the public person that the parameter names, or None without one; else raises BadParameter."""
    return _named(given, PERSON, Person.objects.public(), "slug")


def place_of(given):
    """Return the place that the parameter names, or None without one; else raises BadParameter."""
    return _named(given, PLACE, Place.objects.all(), "code")


def _named(given, parameter, rows, field):
    wanted = given.get(parameter.name)
    if not wanted:
        return None
    found = rows.filter(**{field: wanted}).first()
    if found is None:
        raise BadParameter(parameter.name, parameter.wanted, wanted)
    return found
