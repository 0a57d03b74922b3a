"""Movement between two editions, for machines: how a place's rank moved, or why nothing may be said.

Knows the names of the answer's parts, which stay. `delta` is null wherever the editions were not declared
comparable or a rank is not one number; then `reason` says why.
"""

from rest_framework.response import Response

from indices.editions import age
from indices.models import Edition, Index, Score
from indices.movements import declarations, movement
from indices.quotable.statements import Asked, dimensions_by_code, public_editions, statements_of
from indices.wording import rank_words
from portal.api import Reading, asking, instant_text
from portal.api.describing import component, problems
from portal.api.problems import not_found, unknown_parameter
from portal.api.questions import single
from portal.models import Place
from portal.parameters import BadParameter, instant_of
from portal.records import instant

PARAMETERS = (
    asking.code("index", "哪个指数。", "指数的代码", example="digital-governance"),
    asking.code("place", "哪个地方。", "地方的代码", example="410100"),
    asking.code("edition", "哪一版；省略为最新一版。", "版次的代码", example="2020"),
    asking.code("since", "与哪一版比；省略为前一版。", "版次的代码", example="2019"),
    asking.code("dimension", "哪个维度；省略为总指数。", "维度的代码"),
    asking.KNOWN_AT,
)
REQUIRED = ("index", "place")
NO_EARLIER = "这是收录的第一版，没有可比的前一版。"
NOT_EARLIER = "作比的一版并不早于所问的一版。"

_TEXT = {"type": "string"}
_NUMBER = {"type": ["integer", "null"]}
_STANDING = {
    "type": "object",
    "required": ["code", "label", "rank", "rank_text", "url"],
    "properties": {
        "code": _TEXT,
        "label": _TEXT,
        "rank": {**_NUMBER, "description": "公布的位次；没有公布成一个数的为 null，绝不为 0。"},
        "rank_text": {**_TEXT, "description": "位次的说法，或没有位次的缘由。"},
        "url": {**_TEXT, "description": "网页。"},
    },
}
_ANSWER = {
    "type": "object",
    "description": "一个地方在两版之间的升降。",
    "required": [
        "index",
        "place",
        "dimension",
        "edition",
        "since",
        "delta",
        "text",
        "reason",
        "known_at",
    ],
    "properties": {
        "index": _TEXT,
        "place": _TEXT,
        "dimension": {"type": ["string", "null"], "description": "维度的代码。"},
        "edition": _STANDING,
        "since": {"anyOf": [_STANDING, {"type": "null"}], "description": "作比的一版。"},
        "delta": {**_NUMBER, "description": "升了几位，降为负；两版不可比时为 null。"},
        "text": {**_TEXT, "description": "如“上升3位”；不可比时为空。"},
        "reason": {"type": ["string", "null"], "description": "为什么没有升降。"},
        "known_at": {"type": "string", "format": "date-time"},
    },
}


class MovementView(Reading):
    """Answer how a place's rank moved from one edition to another."""

    def get(self, request):
        """Return the movement, or a Problem: 400 for a wrong parameter, 404 for what no reader can see."""
        given = _given(request.GET)
        known_at = instant(
            instant_of("known_at", given["known_at"]) if "known_at" in given else None
        )
        index = _one(Index.objects.public(known_at), "index", given)
        place = _one(Place.objects.all(), "place", given)
        editions = public_editions([index.code], known_at)[index.code]
        later = _edition(editions, "edition", given) or editions[-1]
        at = editions.index(later)
        since = _edition(editions, "since", given) or (editions[at - 1] if at else None)
        dimension = given.get("dimension", "")
        shown = dimensions_by_code([later.pk]).get((later.pk, dimension))
        if dimension and shown is None:
            raise _nothing("dimension", given)
        found = statements_of(
            [Asked(one, dimension, place.code) for one in (later, since) if one is not None],
            known_at,
        )
        scores = {one.edition.pk: told.score for one, told in found.items()}
        return Response(
            {
                "index": index.code,
                "place": place.code,
                "dimension": shown.dimension.code if shown else None,
                **_moved(later, since, scores, request.build_absolute_uri),
                "known_at": instant_text(known_at),
            }
        )

    def operation(self, registry):
        """Return this address as OpenAPI describes it."""
        return {
            "operationId": "indices_movement",
            "summary": "两版之间的升降",
            "description": "只有编辑声明过得分和位次都可比的两版之间才有升降；位次变小为升。",
            "tags": ["指数"],
            "parameters": [
                {**one.described(), "required": one.name in REQUIRED} for one in PARAMETERS
            ],
            "responses": {
                "200": {
                    "description": "升降，或没有升降的理由。",
                    "content": {
                        "application/json": {"schema": component(registry, "Movement", _ANSWER)}
                    },
                },
                **problems(registry, "400", "404", "429"),
            },
        }


def _given(parameters):
    """Return the parameters read strictly: nothing unknown, doubled or empty."""
    known = {one.name: one for one in PARAMETERS}
    for name in parameters:
        if name not in known:
            raise unknown_parameter(name, [*known])
    given = {name: known[name].read(single(parameters, name)) for name in parameters}
    for name in REQUIRED:
        if name not in given:
            raise BadParameter(name, known[name].wanted, "")
    return given


def _nothing(name, given):
    detail = f"参数 {name} 所指的内容没有找到：“{given[name]}”。"
    return not_found(detail, parameter=name)


def _one(rows, name, given):
    found = rows.filter(code=given[name]).first()
    if found is None:
        raise _nothing(name, given)
    return found


def _edition(editions, name, given) -> Edition | None:
    if name not in given:
        return None
    found = next((one for one in editions if one.code == given[name]), None)
    if found is None:
        raise _nothing(name, given)
    return found


def _moved(later, since, scores: dict[int, Score], absolute):
    """Return the two standings and the movement between them."""
    told = {"edition": _standing(later, scores, absolute), "since": None}
    if since is None:
        return {**told, "delta": None, "text": "", "reason": NO_EARLIER}
    told["since"] = _standing(since, scores, absolute)
    if age(since) >= age(later):
        return {**told, "delta": None, "text": "", "reason": NOT_EARLIER}
    declared = declarations([since, later]).get((since.pk, later.pk))
    moved = movement(scores.get(later.pk), scores.get(since.pk), declared)
    return {**told, "delta": moved.delta, "text": moved.words, "reason": moved.reason or None}


def _standing(edition, scores, absolute):
    score = scores.get(edition.pk)
    return {
        "code": edition.code,
        "label": edition.label,
        "rank": score.rank if score else None,
        "rank_text": rank_words(score),
        "url": absolute(edition.get_absolute_url()),
    }
