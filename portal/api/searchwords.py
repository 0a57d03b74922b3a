"""Search in the words of OpenAPI: its parameters and its answer, in Chinese."""

from portal.api import asking
from portal.api.describing import component, not_modified, problems
from portal.search.asking import SORTS
from portal.search.facets import NONE
from portal.search.kinds import kinds
from portal.search.language import LONGEST_QUERY

DEFAULT_LIMIT, MOST, LAST_PAGE = 20, 100, 1000


def parameters():
    """Return the parameters, in the order in which they are described; `q` first."""
    none = f"；{NONE} 为没有的"
    year = {"type": "string", "pattern": f"^(?:(?:19|20)[0-9]{{2}}|{NONE})$"}
    codes = {"type": "string", "minLength": 1, "maxLength": asking.LONGEST_CODE}
    codes["pattern"] = f"^(?:{asking.CODE_PATTERN}|{NONE})$"
    return (
        asking.words(
            "q",
            "要找的词：空格隔开的都要有，加引号的照原样找；必填。",
            LONGEST_QUERY,
            example="郑州 数字治理",
        ),
        asking.choice("type", "只要这一类：", [(kind.name, kind.label) for kind in kinds()]),
        asking.Parameter("section", f"栏目的网址标识{none}。", codes, "栏目的网址标识", "minsheng"),
        asking.Parameter("year", f"年份{none}。", year, "四位年份", "2020"),
        asking.Parameter(
            "place", f"地方的代码，连同其下的各地{none}。", codes, "地方的代码", "410100"
        ),
        asking.choice("sort", "次序：", list(SORTS.items())),
        asking.number(
            "limit", f"一页至多几项，省略为 {DEFAULT_LIMIT}。", 1, MOST, example=DEFAULT_LIMIT
        ),
        asking.number("page", "第几页，省略为 1。", 1, LAST_PAGE, example=1),
    )


_ANSWER = {
    "count": {"type": "integer", "description": "每个词都有的共几项。"},
    "near": {"type": "integer", "description": "另有几项相近。"},
    "next": {
        "type": ["string", "null"],
        "format": "uri",
        "description": "下一页的地址；没有时为 null。",
    },
}
_RESULT = {
    "match": {
        "type": "string",
        "enum": ["strict", "near"],
        "description": "strict 每个词都有；near 相近，不计入 count。",
    },
    "score": {"type": "number", "description": "相符的程度，只在同一次答案中可比。"},
    "title": {"type": "string", "description": "标题或名称。"},
    "passage": {
        "type": ["string", "null"],
        "description": "含有所找的词的一段文字；没有时为 null。",
    },
    "day": {
        "type": ["string", "null"],
        "format": "date",
        "description": "稿件首发、通知印发或报告发布的日期；没有时为 null。",
    },
    "about": {
        "type": "array",
        "items": {"type": "string"},
        "description": "栏目、发文机关、所在地等。",
    },
    "url": {"type": "string", "format": "uri", "description": "网页。"},
}


def _object(properties):
    return {"type": "object", "required": [*properties], "properties": properties}


def _answer(registry):
    labels = "；".join(f"{kind.name} {kind.label}" for kind in kinds())
    names = [kind.name for kind in kinds()]
    of_kind = {"type": "string", "enum": names, "description": f"类型：{labels}。"}
    result = component(registry, "SearchResult", _object({"type": of_kind, **_RESULT}))
    results = {"type": "array", "items": result}
    return component(registry, "SearchAnswer", _object({**_ANSWER, "results": results}))


def search_operation(registry):
    """Return the operation of search."""
    described = [one.described() for one in parameters()]
    described[0]["required"] = True
    return {
        "operationId": "search",
        "summary": "搜索",
        "description": "稿件、定点机构、通知、指数、地方、人物和专题，一次全部搜索。"
        "名称也可以用拼音或首字母。每个词都有的在前，相近的在后；只有公开的内容。",
        "tags": ["搜索"],
        "parameters": described,
        "responses": {
            "200": {
                "description": "一页结果。",
                "content": {"application/json": {"schema": _answer(registry)}},
            },
            **not_modified(),
            **problems(registry, "400", "429"),
        },
    }
