"""What pasting from Word, WeChat or a newspaper's system leaves behind, and its removal.

The editor itself drops styles and unknown elements; here goes what hides in the text: ideographic
spaces that fake an indent, no-break and zero-width spaces, soft hyphens, empty paragraphs.
"""

import re
import unicodedata

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffc]")
_SPACES = re.compile(r"[ \t\r\n\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_PARAGRAPH = re.compile(r"<(p|li|h[1-6])\b([^>]*)>(.*?)</\1>", re.DOTALL)
_EDGES = re.compile(r"^(?:[ \u00a0\u3000]|<br\s*/?>)+|(?:[ \u00a0\u3000]|<br\s*/?>)+$")
_WIDE_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f]")
_EMPTY = re.compile(r"<p\b[^>]*>(?:\s|<br\s*/?>)*</p>")


def _visible(text: str) -> str:
    """Drop characters that show nothing, and control characters other than line ends and tabs."""
    text = _INVISIBLE.sub("", text)
    return "".join(c for c in text if c in "\n\t\r" or unicodedata.category(c) != "Cc")


def tidy_line(text: str) -> str:
    """Return one clean line: no invisible characters, inner runs of spaces as one, none at the ends."""
    return _SPACES.sub(" ", _visible(text or "")).strip()


def _tidy_paragraph(match: re.Match) -> str:
    tag, attributes, inner = match.groups()
    return f"<{tag}{attributes}>{_EDGES.sub('', inner)}</{tag}>"


def tidy_html(html: str) -> str:
    """Return rich text whose paragraphs start and end with text; empty paragraphs are gone.

    Spaces inside a sentence stay as they are, except no-break and typographic ones, which become
    ordinary: browsers put them in when pasting, nobody typed them.
    """
    html = _WIDE_SPACES.sub(" ", _visible(html or "").replace("&nbsp;", " "))
    html = _PARAGRAPH.sub(_tidy_paragraph, html)
    return _EMPTY.sub("", html)
