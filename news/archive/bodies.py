"""An old site's story text, plain or HTML, as the blocks of a story of ours.

Knows which elements survive: paragraphs, headings, lists, bold, italic, sub- and superscript, links to
the web. Everything else loses its tags and keeps its words, except scripts, styles and players, which go
whole. It hides the parser; what readers would miss (pictures, tables) is counted in `lost`.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from news.blocks import LONGEST_HEADING
from news.pasting import tidy_html, tidy_line

_INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub", "a": "a"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LISTS = {"ul", "ol"}
_BREAKS = {
    *(
        "p",
        "div",
        "section",
        "article",
        "blockquote",
        "center",
        "pre",
        "hr",
        "li",
        "dl",
        "dt",
        "dd",
    ),
    *("table", "thead", "tbody", "tr", "td", "th", "figure", "figcaption", "header", "footer"),
    *("body", "html", "main", "br"),
    *_HEADINGS,
    *_LISTS,
}
_DROPPED_WHOLE = {"script", "style", "head", "iframe", "object", "noscript", "template", "title"}
_LOST = {"img": "图片", "iframe": "嵌入内容", "video": "视频", "audio": "音频", "table": "表格"}
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{1,1900}\Z", re.IGNORECASE)
_ELEMENTS = "|".join(sorted({*_BREAKS, *_INLINE, *_DROPPED_WHOLE, *_LOST, "span", "font", "u"}))
_IS_HTML = re.compile(
    rf"<(?:{_ELEMENTS})(?:\s[^<>]{{0,2000}})?/?>|&(?:nbsp|amp|lt|gt|quot|[lr]dquo|mdash|hellip|#\d{{2,5}});",
    re.IGNORECASE,
)


@dataclass
class OldBody:
    """The blocks as a story stores them, and how often what was lost on the way."""

    blocks: list = field(default_factory=list)
    lost: Counter = field(default_factory=Counter)


def read_body(text):
    """Return the `OldBody` of a plain text (a paragraph a line) or of HTML."""
    if not _IS_HTML.search(text):
        body = OldBody()
        _add_prose(
            body, "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines())
        )
        return body
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.finished()


def _add_prose(body, html):
    html = tidy_html(html)
    if html:
        body.blocks.append({"type": "paragraph", "value": html})


class _Reader(HTMLParser):
    """Collects paragraphs; closes whatever the old site left open."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.body = OldBody()
        self.prose = []  # finished paragraphs since the last heading
        self.line = []  # the pieces of the paragraph that is open
        self.open = []  # its inline elements that are open
        self.lists = []  # the lists that are open, outermost first
        self.items = []  # the finished items of the outermost one
        self.heading = False
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        if tag in _LOST:
            self.body.lost[_LOST[tag]] += 1
        if tag in _DROPPED_WHOLE:
            self.silent += 1
        elif tag in _BREAKS:
            self.end_line()
            self.heading = tag in _HEADINGS
            if tag in _LISTS:
                self.lists.append(tag)
        elif tag in _INLINE and not self.silent:
            self.open_inline(_INLINE[tag], dict(attrs).get("href") or "")

    def handle_endtag(self, tag):
        if tag in _DROPPED_WHOLE:
            self.silent = max(0, self.silent - 1)
        elif tag in _BREAKS:
            self.end_line()
            if tag in _LISTS and self.lists:
                self.lists.pop()
                if not self.lists:
                    self.end_list(tag)
        elif tag in _INLINE and _INLINE[tag] in self.open:
            self.close_inline(_INLINE[tag])

    def handle_data(self, data):
        if not self.silent:
            self.line.append(escape(re.sub(r"\s+", " ", data), quote=False))

    def open_inline(self, tag, address):
        if tag in self.open:
            return
        if tag == "a":
            if not _ADDRESS.match(address):
                return
            self.line.append(f'<a href="{escape(address)}">')
        else:
            self.line.append(f"<{tag}>")
        self.open.append(tag)

    def close_inline(self, tag):
        """Close `tag` and what was opened inside it, so that elements never overlap."""
        while self.open:
            inner = self.open.pop()
            self.line.append(f"</{inner}>")
            if inner == tag:
                return

    def end_line(self):
        """Finish the open paragraph, item or heading."""
        words = tidy_line(re.sub(r"<[^>]*>", "", "".join(self.line)))
        self.close_inline(None)
        html, self.line = "".join(self.line), []
        if not words:
            return
        if self.lists:
            self.items.append(html)
        elif self.heading and len(words) <= LONGEST_HEADING:
            self.end_prose()
            text = re.sub(r"<[^>]*>", "", html)
            value = {"kicker": "", "text": tidy_line(_unescaped(text))}
            self.body.blocks.append({"type": "heading", "value": value})
        else:
            self.prose.append(f"<p>{html}</p>")
        self.heading = False

    def end_list(self, tag):
        items, self.items = self.items, []
        if items:
            self.prose.append(f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>")

    def end_prose(self):
        _add_prose(self.body, "".join(self.prose))
        self.prose = []

    def finished(self):
        self.end_line()
        if self.lists:
            self.end_list(self.lists[0])
        self.end_prose()
        return self.body


def _unescaped(text):
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
