"""The facts that one change closed and opened, page by page: the heaviest change costs no more than a page of it.

Knows their order, which is that of carrying them out: first what was closed, then what was opened, each by
resource and number. A page begins after the last fact of the page before.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse

from portal.api import asking
from portal.api.changes import CHANGES
from portal.api.conditions import last_change
from portal.api.cursors import Mark, mark_of
from portal.api.describing import component, not_modified, problems
from portal.api.effects import Spans, all_tracked
from portal.api.encoding import encoded
from portal.api.formats import MEDIA_TYPES
from portal.api.problems import not_found, unknown_parameter
from portal.api.questions import CURSOR, single
from portal.api.reading import Reading, conditional
from portal.models import Change

MOST = 5000
LIMIT = asking.number("limit", f"一页至多几条，省略为 {MOST}。", 1, MOST, example=MOST)
_ENDS = (("closed", "known_to"), ("opened", "known_from"))

_FACT = {
    "type": "object",
    "description": "一条停用或新增的记录。",
    "required": ["effect", "resource", "id"],
    "properties": {
        "effect": {
            "type": "string",
            "enum": ["closed", "opened"],
            "description": "closed 停用；opened 新增，其余字段与该数据相同，只少 known_to。",
        },
        "resource": {"type": "string", "description": "数据名。"},
        "id": {"type": "integer", "description": "编号。"},
    },
}
_PAGE = {
    "type": "object",
    "required": ["next", "results"],
    "additionalProperties": False,
    "properties": {
        "next": {
            "type": ["string", "null"],
            "format": "uri",
            "description": "下一页的地址，原样取用；没有下一页时为 null。",
        },
        "results": {"type": "array", "items": _FACT},
    },
}


class ChangeFactsView(Reading):
    """The facts of one change."""

    def get(self, request, sequence):
        """Return a page of them; Problem 404 for a change that there is not."""
        given = _given(request.GET)
        limit = int(given.get(LIMIT.name, MOST))
        change = _change(sequence)
        after = mark_of(given[CURSOR], request.path).values if CURSOR in given else ()
        found = _facts(change, after, limit + 1)
        link = None
        if len(found) > limit:
            cursor = Mark(found[limit - 1].place).text(request.path)
            query = urlencode({**given, CURSOR: cursor})
            link = request.build_absolute_uri(f"{request.path}?{query}")
        lines = ",\n".join(encoded(fact.told) for fact in found[:limit])
        body = f'{{"next":{encoded(link)},"results":[\n{lines}\n]}}'
        response = HttpResponse(body.encode(), content_type=MEDIA_TYPES["json"])
        if link:
            response["Link"] = f'<{link}>; rel="next"'
        return conditional(request, response, last_change())

    def operation(self, registry):
        """Return this address as OpenAPI describes it."""
        schema = {"type": "string", "pattern": f"^(?:{CHANGES.key_pattern})$"}
        named = {"name": "sequence", "in": "path", "required": True, "schema": schema}
        return {
            "operationId": "changes_facts",
            "summary": "变更：逐条取用",
            "description": "一次变更停用和新增的记录：先停用的，后新增的，各按数据名和编号排列。"
            "照此次序执行，与一次执行这行变更的 closed 和 opened 相同。",
            "tags": [CHANGES.title],
            "parameters": [
                {**named, "description": "变更的序号。", "example": "1"},
                LIMIT.described(),
            ],
            "responses": {
                "200": {
                    "description": "一页记录。",
                    "content": {
                        MEDIA_TYPES["json"]: {"schema": component(registry, "ChangeFacts", _PAGE)}
                    },
                },
                **not_modified(),
                **problems(registry, "400", "404", "429"),
            },
        }


@dataclass(frozen=True)
class _Fact:
    """One fact: its place among all of the change, which a cursor carries on, and what is told of it."""

    place: tuple[int, str, int]
    told: dict


def _given(parameters):
    """Return the parameters read strictly: nothing unknown, doubled or empty."""
    known = (LIMIT.name, CURSOR)
    for name in parameters:
        if name not in known:
            raise unknown_parameter(name, known)
    given = {name: single(parameters, name) for name in parameters}
    return {name: LIMIT.read(one) if name == LIMIT.name else one for name, one in given.items()}


def _change(sequence):
    found = None
    if re.fullmatch(CHANGES.key_pattern, sequence, re.ASCII):
        found = Change.objects.filter(sequence=sequence).first()
    if found is None:
        raise not_found(f"没有找到变更“{sequence[:50]}”。")
    return found


def _facts(change, after, count):
    """Return the first `count` facts of a change whose places come after `after`, or all first ones when empty."""
    spans, found = Spans([change]), []
    for number, (end, name) in enumerate(_ENDS):
        for tracked in all_tracked():
            place = (number, tracked.name)
            if place < after[:2] or len(found) == count:
                continue
            rows = _rows(spans, tracked, name).order_by("pk")
            if place == after[:2]:
                rows = rows.filter(pk__gt=after[2])
            told = _told(tracked, end, rows[: count - len(found)])
            found += [_Fact((*place, one["id"]), {"effect": end, **one}) for one in told]
    return found


def _rows(spans, tracked, name):
    """Return the facts of one end. Opened ones lie side by side, so that their keys lead to them best."""
    if name == "known_from":
        return spans.among(tracked.rows(), name)
    return spans.near(tracked, name)


def _told(tracked, end, rows):
    if end == "closed":
        return [tracked.taken(key) for key in rows.values_list("pk", flat=True)]
    return [tracked.told(row) for row in tracked.finish(list(rows))]
