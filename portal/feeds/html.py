"""HTML for feed readers: what a page shows, as plain HTML that stands anywhere.

Knows which elements and attributes readers of feeds keep. Everything else goes: scripts, styles, frames, drawings
(their words and tables stay). Every address becomes absolute.
"""

import re

from bs4 import BeautifulSoup
from bs4.element import PreformattedString

from portal.canonical import absolute

KEPT = {
    *("p", "h2", "h3", "h4", "div", "blockquote", "ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "a", "img", "br"),
    *("b", "strong", "i", "em", "sup", "sub", "cite", "code"),
}
# Elements that not every reader knows, and what stands for them.
INSTEAD = {
    "figure": "div",
    "figcaption": "div",
    "section": "div",
    "aside": "div",
    "details": "div",
    "summary": "p",
    "h1": "h2",
}
GONE = (
    "script",
    "style",
    "svg",
    "iframe",
    "object",
    "embed",
    "form",
    "button",
    "template",
    "noscript",
)
ATTRIBUTES = {
    "a": ("href",),
    "img": ("src", "alt"),
    "th": ("scope", "colspan", "rowspan"),
    "td": ("colspan", "rowspan"),
    "ol": ("start",),
}
# A picture is given in the largest of its sizes up to this width.
WIDEST = 800

_SIZE = re.compile(r"(\S+)\s+(\d+)w")


def feed_html(html, base):
    """Return `html`, which stood on the page at the absolute address `base`, for a reader of feeds."""
    soup = BeautifulSoup(f"<div>{html}</div>", "html.parser")
    for text in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        text.extract()
    for element in soup.find_all(GONE):
        element.decompose()
    for element in soup.div.find_all(True):
        _simplify(element, base)
    return soup.div.decode_contents(formatter="minimal").strip()


def _simplify(element, base):
    element.name = INSTEAD.get(element.name, element.name)
    if element.name == "img":
        element["src"] = _source_of(element)
    for name in list(element.attrs):
        if name not in ATTRIBUTES.get(element.name, ()):
            del element[name]
    for name in ("href", "src"):
        if name in element.attrs:
            element[name] = absolute(element[name], base)
            if not element[name]:
                del element[name]
    if element.name == "img" and not element.get("src"):
        element.decompose()
    elif element.name not in KEPT or (element.name == "a" and not element.get("href")):
        element.unwrap()


def _source_of(image):
    sizes = [(int(width), url) for url, width in _SIZE.findall(image.get("srcset", ""))]
    fitting = [size for size in sizes if size[0] <= WIDEST]
    return max(fitting)[1] if fitting else image.get("src", "")
