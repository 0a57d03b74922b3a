"""Resources in the words of OpenAPI 3.1: rows from columns, parameters, answers and problems, in Chinese."""

from drf_spectacular.plumbing import ResolvedComponent

from portal.api.formats import MEDIA_TYPES
from portal.api.problems import MEDIA_TYPE
from portal.api.questions import DEFAULT_LIMIT, MOST, form_parameters

_TYPES = {
    "text": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "instant": {"type": "string", "format": "date-time"},
    "boolean": {"type": "boolean"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "records": {"type": "array", "items": {"type": "object"}},
}
_LISTS = {"texts", "records"}

PROBLEM = {
    "type": "object",
    "description": "没有得到答案的原因（RFC 9457）。",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "固定为 about:blank。"},
        "title": {"type": "string", "description": "一句话的原因。"},
        "status": {"type": "integer", "description": "HTTP 状态码。"},
        "detail": {"type": "string", "description": "具体情况。"},
        "parameter": {"type": "string", "description": "有问题的参数。"},
    },
}
_PROBLEMS = {
    "400": (
        "参数有误",
        "参数 limit 应为 1 至 1000 之间的整数，收到的是“0”。",
        {"parameter": "limit"},
    ),
    "404": ("没有找到", "这个地址没有内容。", {}),
    "406": ("没有这种格式", "可用的格式：application/json、text/csv。", {}),
    "429": ("请求太频繁", "请求太频繁，请在 12 秒后再试。", {}),
}


def component(registry, name, schema):
    """Return a reference to a schema that is written once, under `name`."""
    made = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, schema=schema, object=name)
    registry.register_on_missing(made)
    return made.ref


def column_schema(column):
    """Return the schema of one column's value; null unless every row has one."""
    schema = dict(_TYPES[column.kind])
    told = column.help or f"{column.label}。"
    if column.choices:
        stored = [value for value, _ in column.choices if value]
        schema["enum"] = stored if column.always else [*stored, None]
        told += (
            "".join(f" {value} {label}；" for value, label in column.choices).rstrip("；") + "。"
        )
    if not column.always and column.kind != "texts":
        schema["type"] = [schema["type"], "null"]
        # Of rows within a row, the column itself says when it has none.
        told += "" if column.kind in _LISTS else "没有时为 null。"
    schema["title"], schema["description"] = column.label, told
    if column.example is not None:
        schema["examples"] = [column.example]
    return schema


def row_schema(resource):
    """Return the schema of a resource's rows. No field is required: `fields=` may leave any out."""
    return {
        "type": "object",
        "description": resource.description,
        "additionalProperties": False,
        "properties": {column.key: column_schema(column) for column in resource.columns},
    }


def example_row(resource):
    """Return a row made of the columns' examples."""
    return {
        column.key: column.example
        if column.example is not None
        else ([] if column.kind in _LISTS else None)
        for column in resource.columns
    }


def problems(registry, *statuses):
    """Return the responses of these statuses."""
    reference = component(registry, "Problem", PROBLEM)
    return {status: _problem(reference, status) for status in statuses}


def _problem(reference, status):
    title, detail, more = _PROBLEMS[status]
    example = {
        "type": "about:blank",
        "title": title,
        "status": int(status),
        "detail": detail,
        **more,
    }
    answer = {
        "description": title,
        "content": {MEDIA_TYPE: {"schema": reference, "example": example}},
    }
    if status == "429":
        schema = {"type": "integer", "minimum": 1}
        answer["headers"] = {
            "Retry-After": {"description": "多少秒后可以再试。", "required": True, "schema": schema}
        }
    return answer


def problem(registry, status, title, members):
    """Return the response of a problem of one address only, with its further members."""
    reference = component(registry, "Problem", PROBLEM)
    schema = {"allOf": [reference, {"type": "object", "properties": members}]}
    return {"description": title, "content": {MEDIA_TYPE: {"schema": schema}}}


def not_modified():
    """Return the response to a client that has these bytes."""
    return {"304": {"description": "与 If-None-Match 或 If-Modified-Since 所说的相同，没有正文。"}}


def _row_reference(resource, registry):
    name = "".join(part.capitalize() for part in resource.name.split("-"))
    return component(registry, name, row_schema(resource))


def _files():
    text = {"schema": {"type": "string", "description": "首行为字段名，逗号分隔，CRLF 换行。"}}
    book = {"schema": {"type": "string", "format": "binary"}}
    return {MEDIA_TYPES["csv"]: text, MEDIA_TYPES["xlsx"]: book}


def list_operation(resource, registry):
    """Return the operation of a resource's list."""
    schema = {
        "type": "object",
        "required": ["next", "results"],
        "additionalProperties": False,
        "properties": {
            "next": {
                "type": ["string", "null"],
                "format": "uri",
                "description": "下一页的地址，原样取用；没有下一页时为 null。",
            },
            "results": {"type": "array", "items": _row_reference(resource, registry)},
        },
    }
    example = {"next": None, "results": [example_row(resource)]}
    asked = (*resource.parameters, *form_parameters(resource))
    return {
        "operationId": f"{resource.name}_list",
        "summary": f"{resource.title}：列表",
        "description": f"{resource.description}\n\n"
        f"每页 {DEFAULT_LIMIT} 行，可用 limit 改为 1 至 {MOST} 行。下一页照 next（或响应头 Link）取，"
        "不要自行拼写其中的 cursor：翻页期间有新增时，每行仍只出现一次。",
        "tags": [resource.title],
        "parameters": [one.described() for one in asked],
        "responses": {
            "200": {
                "description": f"{resource.title}的一页；csv 和 xlsx 是整张表。",
                "content": {
                    MEDIA_TYPES["json"]: {"schema": schema, "example": example},
                    **_files(),
                },
            },
            **not_modified(),
            **problems(registry, "400", "404", "406", "429"),
        },
    }


def detail_operation(resource, registry):
    """Return the operation of one row of a resource."""
    key = next(column for column in resource.columns if column.key == resource.key)
    named = {
        "name": resource.key,
        "in": "path",
        "required": True,
        "description": key.help or f"{key.label}。",
        "schema": {"type": "string", "pattern": f"^(?:{resource.key_pattern})$"},
    }
    if key.example is not None:
        named["example"] = str(key.example)
    asked = (*resource.detail_parameters, *form_parameters(resource, detail=True))
    content = {"schema": _row_reference(resource, registry), "example": example_row(resource)}
    return {
        "operationId": f"{resource.name}_detail",
        "summary": f"{resource.title}：一项",
        "description": resource.description,
        "tags": [resource.title],
        "parameters": [named, *(one.described() for one in asked)],
        "responses": {
            "200": {
                "description": f"一项{resource.title}。",
                "content": {MEDIA_TYPES["json"]: content, **_files()},
            },
            **not_modified(),
            **problems(registry, "400", "404", "406", "429"),
        },
    }


def root_operation(registry):
    """Return the operation of the table of resources."""
    address = {"type": "string", "format": "uri"}
    one = {
        "type": "object",
        "required": ["name", "title", "url"],
        "properties": {"name": {"type": "string"}, "title": {"type": "string"}, "url": address},
    }
    schema = {
        "type": "object",
        "required": ["resources", "schema", "docs"],
        "properties": {
            "resources": {"type": "array", "items": one},
            "schema": {**address, "description": "本接口的 OpenAPI 描述。"},
            "docs": {**address, "description": "本接口的说明页。"},
        },
    }
    return {
        "operationId": "root",
        "summary": "全部数据",
        "description": "本接口提供哪些数据，各在什么地址。",
        "tags": ["总目"],
        "parameters": [],
        "responses": {
            "200": {
                "description": "全部数据的地址。",
                "content": {MEDIA_TYPES["json"]: {"schema": schema}},
            },
            **not_modified(),
            **problems(registry, "400", "429"),
        },
    }
