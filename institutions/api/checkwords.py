"""The check in the words of OpenAPI: its parameters, its answer and its problems, in Chinese."""

from institutions.finding import LONGEST
from institutions.models import Kind
from institutions.register.answers import Rule, Verdict
from portal.api import asking
from portal.api.describing import component, problem, problems

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_DAY_OR_NULL = {"type": ["string", "null"], "format": "date"}
_INSTANT = {"type": "string", "format": "date-time"}
_INSTANT_OR_NULL = {"type": ["string", "null"], "format": "date-time"}


def _object(description="", **properties):
    told = {"description": description} if description else {}
    return {"type": "object", **told, "required": [*properties], "properties": properties}


def _told(schema, description):
    return {**schema, "description": description}


_INSTITUTION = _object(
    code=_told(_TEXT, "机构代码。"),
    name=_told(_TEXT, "现用名称。"),
    name_on=_told(_TEXT, "所问那一天的名称。"),
    url=_told(_TEXT, "网页。"),
)
_KIND = _object(
    code=_told(_TEXT, "类别代码。"),
    name=_told(_TEXT, "类别名称。"),
    scheme=_object(code=_TEXT, name=_TEXT),
)
_NOTICE = _object(
    id=_told({"type": "integer"}, "通知编号。"),
    title=_TEXT,
    issuer=_TEXT,
    doc_number=_TEXT_OR_NULL,
    issued_on=_DAY_OR_NULL,
    effective_on=_DAY_OR_NULL,
    stated_on=_DAY_OR_NULL,
    published_at=_INSTANT,
    withdrawn_at=_INSTANT_OR_NULL,
    sha256=_TEXT_OR_NULL,
    url=_TEXT,
)
_LINE = _object(
    notice=_NOTICE,
    number={"type": "integer"},
    quote=_told(_TEXT, "原文，个人号码已遮去。"),
    name_as_printed=_TEXT,
    action=_TEXT,
    kind=_TEXT_OR_NULL,
    on=_told(_DAY_OR_NULL, "从哪一天起有效力。"),
    basis=_TEXT,
    basis_text=_TEXT,
)
_ANSWER = _object(
    "一个答案，连同所据的条目。",
    verdict={"type": "string", "enum": [*Verdict], "description": "是、否、无法确定。"},
    verdict_label=_TEXT,
    rule={"type": "string", "enum": [*Rule]},
    rule_text=_told(_TEXT, "为什么是这个答案。"),
    institution=_INSTITUTION,
    answered_for={**_INSTITUTION, "description": "由哪家机构答复：已并入他家的由他家。"},
    kind=_KIND,
    on={"type": "string", "format": "date"},
    known_at=_INSTANT,
    learned_at=_told(_INSTANT_OR_NULL, "本站何时得知。"),
    covered=_told({"type": "boolean"}, "那一天是否在收录完整的范围内；不在则不会答“否”。"),
    lines={"type": "array", "items": _LINE},
    unknown={
        "type": "array",
        "description": "还有什么不知道。",
        "items": _object(code=_TEXT, text=_TEXT),
    },
    authority=_told(_TEXT, "资格以谁的答复为准。"),
    receipt=_told(_TEXT, "可核验的回执。"),
)


def _blank_too(schema):
    """Return a schema that takes the empty value of a form too."""
    pattern = schema["pattern"].removeprefix("^").removesuffix("$")
    return {"type": "string", "pattern": f"^(?:{pattern})?$"}


def _parameters():
    kinds = list(Kind.objects.values_list("code", flat=True))
    kind = {"type": "string", "enum": kinds} if kinds else asking.CODE_SCHEMA
    day, known = (_blank_too(one.schema) for one in (asking.AS_OF, asking.KNOWN_AT))
    name = {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": r"[^\s]"}
    told = (
        ("institution", True, name, "机构的名称（全称、曾用名、别名）或代码。", "郑州市人民医院"),
        ("kind", True, kind, "定点类别的代码。", kinds[0] if kinds else None),
        ("on", False, day, "问哪一天，含当日；省略为今天（北京时间）。", "2020-09-01"),
        ("known_at", False, known, asking.KNOWN_AT.help, "2026-11-01T00:00:00Z"),
    )
    for name, required, schema, help, example in told:
        shown = {} if example is None else {"example": example}
        yield {
            "name": name,
            "in": "query",
            "required": required,
            "description": help,
            "schema": schema,
            **shown,
        }


def check_operation(registry):
    """Return the operation of the check."""
    candidate = _object(code=_TEXT, name=_TEXT, matched=_told(_TEXT, "相符的名称。"))
    several = {"candidates": {"type": "array", "items": candidate}}
    answer = component(registry, "CheckAnswer", _ANSWER)
    return {
        "operationId": "institutions_check",
        "summary": "按日期查资格",
        "description": "一家机构在某一天、某种类别下是不是定点机构：是、否，或无法确定。"
        "“否”只在收录完整的范围内才会答；答案连同原文条目和还不知道的事一并给出。答案随时刻而变，不可缓存。",
        "tags": ["机构"],
        "parameters": [*_parameters()],
        "responses": {
            "200": {"description": "答案。", "content": {"application/json": {"schema": answer}}},
            "409": problem(registry, "409", "名称对应多家机构", several),
            **problems(registry, "400", "404", "429"),
        },
    }
