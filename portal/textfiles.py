"""Uploaded text and Word files as plain text.

Knows which files are accepted, how their encodings are told apart, and how large they may be when packed and unpacked. It
hides the zip container and Word's markup: a caller gets lines, headings as `# ` lines of their level, table cells with tabs.
"""

import io
import struct
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import mammoth

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_XML_BYTES = 12 * 1024 * 1024
MAX_ENTRIES = 2000
MAX_RATIO = 200
RATIO_FLOOR = 1024 * 1024

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    _ZIP,
    _OLE,
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
)
_WORD_PARTS = frozenset({"[Content_Types].xml", "word/document.xml"})
_ENCRYPTED_FLAG = 0x1


class UnreadableFile(ValueError):
    """The file is refused; the message tells the editor why, in Chinese."""


def read_text(name: str, data: bytes) -> str:
    """The plain text of an uploaded .txt, .md or .docx file.

    Text files: by their BOM, else strict UTF-8, else strict GB18030, else refused. Word files: one line for a paragraph,
    headings marked `# ` to `###### ` by their level, the cells of a table row joined with tabs. Line ends come as \\n.
    Raises UnreadableFile for a file that is too large, damaged, encrypted, with macros, or not what its ending says.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    _check_size(data)
    if ending in {"txt", "md"}:
        text = decoded(data)
    elif ending == "docx":
        text = _word_text(data)
    elif ending in {"docm", "dotm"}:
        raise UnreadableFile("不接受带宏的Word文件，请另存为.docx后再上传。")
    elif ending == "doc":
        raise UnreadableFile("不支持旧版.doc文件，请另存为.docx后再上传。")
    else:
        raise UnreadableFile("只支持.txt、.md和.docx文件。")
    return _checked(text)


def read_argument(file: str) -> str:
    """The plain text of the file that a command was given; "-" is plain text from standard input.

    Raises UnreadableFile, which names the file, also for one that cannot be opened.
    """
    try:
        if file == "-":
            return read_text("-.txt", sys.stdin.buffer.read(MAX_BYTES + 1))
        with Path(file).open("rb") as source:
            return read_text(file, source.read(MAX_BYTES + 1))
    except OSError as error:
        raise UnreadableFile(f"读不到文件 {file}。") from error
    except UnreadableFile as error:
        raise UnreadableFile(f"读不了 {file}：{error}") from error


def _check_size(data: bytes):
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"文件超过{MAX_BYTES // 1024 // 1024}MB，请拆分后再上传。")
    if not data:
        raise UnreadableFile("文件是空的。")


def decoded(data: bytes) -> str:
    """What the bytes of a plain text say: by their BOM, else strict UTF-8, else strict GB18030.

    Raises UnreadableFile for what is too large, empty, in another encoding, or no text at all.
    """
    _check_size(data)
    if data.startswith(_FOREIGN):
        raise UnreadableFile("文件内容不是纯文本，与扩展名不符。")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], encoding, "文件开头标明的编码与内容不符。")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "gb18030", "无法识别文件编码，请另存为UTF-8后再上传。")


def _strictly(data: bytes, encoding: str, message: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(message) from error


def _checked(text: str) -> str:
    """The text with line ends of one kind; refused when it holds control characters or nothing at all."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for character in text:
        if (character < " " and character not in "\n\t\x0b\x0c") or "\x7f" <= character < "\xa0":
            if character == "\x85":
                continue
            raise UnreadableFile(f"文件含有控制字符（U+{ord(character):04X}），可能不是文本文件。")
    if not text.strip():
        raise UnreadableFile("文件中没有文字。")
    return text


def _word_text(data: bytes) -> str:
    if data.startswith(_OLE):
        raise UnreadableFile("文件已加密或是旧版.doc格式，请解除密码并另存为.docx后再上传。")
    if not data.startswith(_ZIP):
        raise UnreadableFile("文件内容不是Word文档，与扩展名不符。")
    _check_container(data)
    try:
        _refuse_entities(data)
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(lambda image: {}),
            style_map="p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh",
        ).value
    except UnreadableFile:
        raise
    except Exception as error:
        # A damaged file may fail anywhere in the zip reader, the XML parser or mammoth; none of it is our fault.
        raise UnreadableFile("Word文件已损坏，无法读取。") from error
    lines = _Lines()
    lines.feed(html)
    lines.close()
    return lines.text()


def _check_container(data: bytes):
    """Look at the zip directory only: sizes, ratio, entries, macros, encryption. Nothing is unpacked.

    The XML parts have a lower limit of their own, since the parser holds them in memory as a tree.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            entries = container.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError) as error:
        raise UnreadableFile("Word文件不完整或已损坏，无法读取。") from error
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    markup = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFile(f"Word文件内部条目超过{MAX_ENTRIES}个，已拒绝。")
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableFile(f"Word文件解压后超过{MAX_UNPACKED_BYTES // 1024 // 1024}MB，已拒绝。")
    if markup > MAX_XML_BYTES:
        raise UnreadableFile("Word文件的正文过长，请拆分后再上传。")
    for entry in entries:
        if entry.file_size > RATIO_FLOOR and entry.file_size > MAX_RATIO * entry.compress_size:
            raise UnreadableFile("Word文件的压缩比异常，已拒绝。")
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise UnreadableFile("文件已加密，请解除密码后再上传。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFile("不接受带宏的Word文件，请另存为不带宏的.docx后再上传。")
    if not names >= _WORD_PARTS:
        raise UnreadableFile("文件内容不是Word文档，与扩展名不符。")


def _refuse_entities(data: bytes):
    """No Word file declares a document type; one that does wants its entities expanded without end."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        for entry in container.infolist():
            if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in container.read(entry):
                raise UnreadableFile("Word文件含有不允许的文档类型声明，已拒绝。")


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
