"""A story's body as plain text, from its stored form: no query, no template.

Knows which words of each block are the story's own. What is drawn from records, files and players are left out:
their words are not in the story, and machines have addresses of their own for them.
"""

import html
import re

from django.utils.html import strip_tags

_LINE_ENDS = re.compile(r"<br\s*/?>|</(?:p|li|h[1-6]|blockquote|tr)>", re.IGNORECASE)


def text_of(body):
    """Return the words of a StreamField's value, paragraphs and other blocks parted by an empty line."""
    parts = [
        _TELLERS[block["type"]](block["value"])
        for block in body.raw_data
        if block["type"] in _TELLERS
    ]
    return "\n\n".join(part for part in parts if part)


def words_of(markup):
    """Return the words of rich text, its paragraphs and list items parted by an empty line."""
    lines = (
        html.unescape(strip_tags(line)).replace("\xa0", " ") for line in _LINE_ENDS.split(markup)
    )
    return "\n\n".join(told for line in lines if (told := " ".join(line.split())))


def _heading(value):
    return _lines(value.get("kicker"), value.get("text"))


def _picture(value):
    credit = f"（{value['credit']}）" if value.get("credit") else ""
    return f"{value.get('caption') or ''}{credit}"


def _gallery(value):
    return _lines(value.get("title"), *map(_picture, _items(value.get("pictures"))))


def _quote(value):
    speaker = "，".join(filter(None, (value.get("speaker"), value.get("title"))))
    return _lines(value.get("text"), f"——{speaker}" if speaker else "")


def _key_figures(value):
    told = [
        f"{one.get('label') or ''}：{one.get('value') or ''}{one.get('unit') or ''}"
        for one in _items(value.get("figures"))
    ]
    return _lines(value.get("title"), *told, _source(value))


def _table(value):
    table = value.get("table") or {}
    heads = [column.get("heading") or "" for column in table.get("columns", ())]
    rows = [row.get("values", ()) for row in table.get("rows", ())]
    told = ["\t".join(map(_cell, row)) for row in (heads, *rows) if any(map(_cell, row))]
    return _lines(value.get("caption"), *told, _source(value))


def _cell(value):
    return "" if value is None else str(value)


def _source(value):
    return f"数据来源：{value['source']}" if value.get("source") else ""


def _items(stored):
    """Return the values of a list block, whichever of its two stored forms it has."""
    for item in stored or ():
        is_wrapped = isinstance(item, dict) and item.get("type") == "item"
        yield item["value"] if is_wrapped else item


def _lines(*lines):
    return "\n".join(filter(None, lines))


_TELLERS = {
    "paragraph": words_of,
    "heading": _heading,
    "picture": _picture,
    "gallery": _gallery,
    "quote": _quote,
    "key_figures": _key_figures,
    "table": _table,
}
