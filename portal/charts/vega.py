"""Drawings made SVG by Vega, in-process, through vl-convert; the result cut down to what a page may hold.

Knows Vega's specification and what its SVG is like. Hides the library. Vega's roles and English labels are
taken out (the whole drawing is one image with a Chinese name), each mark's words become its `<title>`, the
looks become classes; there is no style attribute, no script, no address, no id.

The library's engine runs in threads of its own, which a fork does not take along: a process that was forked
off one that had drawn would wait for ever. Servers fork before they draw.
"""

import re
from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.ElementTree import fromstring

from portal.charts.sheets import Drawing

_SCHEMA = "https://vega.github.io/schema/vega/v5.json"
# Vega writes the names of marks into its classes; each may be there once.
_NAMED = "mark"
_KEPT = {
    "d", "dy", "fill", "font-size", "height", "stroke", "stroke-dasharray", "stroke-linecap",
    "stroke-width", "text-anchor", "transform", "width", "x", "x1", "x2", "y", "y1", "y2",
}  # fmt: skip
# What all marks of a group share is said once.
_INHERITED = (
    "fill", "font-size", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-width", "text-anchor",
)  # fmt: skip
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_NAMESPACE = re.compile(r"^\{[^}]*\}")


def drawn(drawing: Drawing) -> str:
    """Return the marks of a drawing as SVG elements, without the `<svg>` around them."""
    # Loading it starts a JavaScript engine: only a process that draws pays.
    import vl_convert

    root = fromstring(vl_convert.vega_to_svg(specification(drawing), allowed_base_urls=[]))
    made = {one.get("class", "").rpartition(" ")[2]: one for one in root.iter()}
    return "".join(
        tostring(_trimmed(made[f"{_NAMED}{index}"], look), encoding="unicode")
        for index, (_, look, _, _) in enumerate(drawing.groups)
    )


def specification(drawing: Drawing) -> dict:
    """Return the Vega specification of a drawing; it holds all its data and asks for no other."""
    return {
        "$schema": _SCHEMA,
        "width": drawing.width,
        "height": drawing.height,
        "padding": 0,
        "autosize": "none",
        "scales": [
            {
                "name": one.name,
                "type": "linear",
                "zero": False,
                "domain": list(one.domain),
                "range": list(one.reach),
            }
            for one in drawing.scales
        ],
        "data": [
            {"name": f"data{index}", "values": values}
            for index, (_, _, _, values) in enumerate(drawing.groups)
        ],
        "marks": [
            {
                "type": kind,
                "name": f"{_NAMED}{index}",
                "from": {"data": f"data{index}"},
                "encode": {"enter": _encoding(kind, style, values)},
            }
            for index, (kind, _, style, values) in enumerate(drawing.groups)
        ],
    }


def _encoding(kind, style, values):
    encoding = {
        ("description" if name == "tip" else name): {"field": name}
        for name in values[0]
        if name != "zero"
    }
    return encoding | {
        name: value if isinstance(value, dict) else {"value": value}
        for name, value in style.items()
    }


def _trimmed(group, look) -> Element:
    """Return a mark group with its look for a class, and only what its marks are drawn with."""
    made = Element("g", {"class": look})
    for mark in group:
        _copy(mark, made)
    for name in _INHERITED:
        if len(said := {mark.get(name) for mark in made}) == 1 and None not in said:
            made.set(name, said.pop())
            for mark in made:
                del mark.attrib[name]
    return made


def _copy(mark, parent):
    attributes = {
        name: _LONG_NUMBER.sub(_short, value) for name, value in mark.items() if name in _KEPT
    }
    made = SubElement(parent, _NAMESPACE.sub("", mark.tag), attributes)
    made.text = mark.text
    if label := mark.get("aria-label"):
        SubElement(made, "title").text = label
    for child in mark:
        _copy(child, made)


def _short(found):
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
