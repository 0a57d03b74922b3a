"""Word files as lines of text: headings as `# ` lines of their level, the cells of a table row with tabs.

Hides Word's markup and the HTML through which it is read.
"""

import io
from html.parser import HTMLParser

import mammoth

from portal.containers import WORD, check_container
from portal.decoding import UnreadableFile

# The reader holds each element as an object, and goes down into elements by calling itself.
MAX_ELEMENTS = 200_000
MAX_DEPTH = 150


def word_text(data: bytes) -> str:
    """The text of a .docx file, a blank line between two paragraphs. Raises UnreadableFile."""
    check_container(data, WORD, _Elements().watch)
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(lambda image: {}),
            style_map="p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh",
        ).value
    except Exception as error:
        # A damaged file may fail anywhere in the zip reader, the XML parser or mammoth; none of it is our fault.
        raise UnreadableFile("Word文件已损坏，无法读取。") from error
    lines = _Lines()
    lines.feed(html)
    lines.close()
    return lines.text()


class _Elements:
    """Counts the elements of all parts, and how deep they lie in one another."""

    def __init__(self):
        self.count = self.depth = 0

    def watch(self, name, parser):
        self.depth = 0
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end

    def start(self, name, attributes):
        self.count += 1
        self.depth += 1
        if self.count > MAX_ELEMENTS or self.depth > MAX_DEPTH:
            raise UnreadableFile("Word文件的内容过长或过于复杂，请拆分后再上传。")

    def end(self, name):
        self.depth -= 1


class _Lines(HTMLParser):
    """Mammoth's HTML as lines: one for a paragraph, a heading, an item of a list or a table row."""

    _HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.words: list[str] = []
        self.prefix = ""
        self.cells: list[list[str]] = []

    def handle_starttag(self, tag, attrs):
        if tag in self._HEADINGS:
            self.prefix = self._HEADINGS[tag]
        elif tag == "br":
            self.words.append(" " if self.cells or self.prefix else "\n")
        elif tag == "tr":
            self._end_line()
            self.cells.append([])
        elif tag in {"td", "th", "li"}:
            self._end_line()

    def handle_endtag(self, tag):
        if tag == "p" and self.cells:
            self.words.append(" ")
        elif tag in {"p", "li"} or tag in self._HEADINGS:
            self._end_line()
        elif tag in {"td", "th"} and self.cells:
            self.cells[-1].append(self._taken())
        elif tag == "tr" and self.cells:
            row = "\t".join(self.cells.pop())
            if self.cells:
                self.words.append(row + " ")
            elif row.strip():
                self.lines.append(row)

    def handle_data(self, data):
        self.words.append(data)

    def _taken(self) -> str:
        text = "".join(self.words).strip()
        self.words, self.prefix = [], ""
        return text

    def _end_line(self):
        prefix = self.prefix
        text = self._taken()
        if text:
            self.lines.append(prefix + text)

    def text(self) -> str:
        """All lines, a blank one between two, as in text that was typed."""
        self._end_line()
        return "\n\n".join(self.lines)
