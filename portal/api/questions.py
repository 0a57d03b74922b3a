"""One address, read: which rows of a resource, which columns, in which order and form.

Knows the parameters that every list has beside its own. Nothing unknown, doubled or empty is passed over.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from portal.api import asking
from portal.api.formats import MEDIA_TYPES
from portal.api.problems import not_found, unknown_parameter
from portal.api.resources import Resource
from portal.parameters import BadParameter
from portal.tabular import Column

DEFAULT_LIMIT, MOST = 100, 1000
CURSOR = "cursor"


def form_parameters(resource: Resource, *, detail=False):
    """Return the parameters of form that a list of the resource takes, or a detail."""
    keys = "|".join(column.key for column in resource.columns)
    fields = asking.Parameter(
        "fields",
        "只要这些字段，用逗号隔开；次序照本表，不照此处。省略为全部字段。",
        {"type": "string", "pattern": f"^(?:{keys})(?:,(?:{keys}))*$"},
        "用逗号隔开的字段名",
        ",".join(column.key for column in resource.columns[:2]),
    )
    formats = asking.Parameter(
        "format",
        "格式：json、csv（UTF-8，无 BOM）或 xlsx；省略时看请求头 Accept。"
        "csv 和 xlsx 不带 limit 时给出整张表。",
        {"type": "string", "enum": list(MEDIA_TYPES)},
        "以下之一：json、csv、xlsx",
        "json",
    )
    if detail:
        return (fields, formats)
    names = resource.ordering_names
    ordering = asking.Parameter(
        "ordering",
        f"次序，前加减号为倒序；省略为 {names[0]}。"
        "照会改的字段（如名称、更新时间）排，翻页之间改动过的行可能重复或漏掉。",
        {"type": "string", "enum": names},
        f"以下之一：{'、'.join(names)}",
        names[0],
    )
    limit = asking.number(
        "limit", f"一页至多几行，省略为 {DEFAULT_LIMIT}。", 1, MOST, example=DEFAULT_LIMIT
    )
    return (fields, formats, ordering, limit)


@dataclass(frozen=True)
class Question:
    """What an address asks. `given` are the resource's own parameters; `limit` None: not said."""

    resource: Resource
    given: dict[str, str]
    columns: tuple[Column, ...]
    format: str
    ordering: str
    limit: int | None = None
    cursor: str = ""

    @property
    def sense(self):
        """Return all that a cursor is bound to, as one string: the rows and their order."""
        return urlencode({"": self.resource.name, "ordering": self.ordering, **self.given})

    def asked(self, **more):
        """Return what the resource's filter makes of the parameters, `more` in place of what is given.

        A value that the schema allows and the filter refuses names something that is not there: Problem 404.
        """
        try:
            return self.resource.read({**self.given, **more})
        except BadParameter as error:
            named = next(one for one in self.resource.parameters if one.name == error.name)
            if named.could_be(self.given[error.name]):
                detail = f"参数 {error.name} 所指的内容没有找到：“{self.given[error.name]}”。"
                raise not_found(detail, parameter=error.name) from error
            raise


def question_of(resource: Resource, parameters, *, detail=False) -> Question:
    """Return the Question of an address's parameters (a QueryDict).

    Raises Problem for a parameter that is not known here, BadParameter for one with a wrong value.
    """
    own = resource.detail_parameters if detail else resource.parameters
    known = {one.name: one for one in (*own, *form_parameters(resource, detail=detail))}
    names = [*known] if detail else [*known, CURSOR]
    given = {name: single(parameters, name) for name in _checked(parameters, names)}
    read = {name: known[name].read(value) for name, value in given.items() if name in known}
    fields = read.get("fields", "").split(",")
    columns = [one for one in resource.columns if "fields" not in read or one.key in fields]
    return Question(
        resource,
        {one.name: read[one.name] for one in own if one.name in read},
        tuple(columns),
        read.get("format", ""),
        read.get("ordering", resource.ordering_names[0]),
        int(read["limit"]) if "limit" in read else None,
        given.get(CURSOR, ""),
    )


def _checked(parameters, names):
    for name in parameters:
        if name not in names:
            raise unknown_parameter(name, names)
    return list(parameters)


def single(parameters, name):
    """Return the one value of a parameter; raises BadParameter when it is empty or given twice."""
    values = parameters.getlist(name)
    if len(values) > 1:
        raise BadParameter(name, "一个值，不能重复", "”“".join(values))
    if not values[0]:
        raise BadParameter(name, "一个值", "")
    return values[0]
