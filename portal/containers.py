"""The zip containers of Word and Excel: what is refused before anything of them is opened.

Knows how large a container may be packed and unpacked, and what it may hold. Sizes, ratio, encryption
and macros are read from the zip's directory; then every XML part is run through a parser that keeps
nothing, because the readers that follow hold a whole part in memory and trust what it says.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from portal.decoding import OLE, ZIP, UnreadableFile

MAX_ENTRIES = 2000
MAX_RATIO = 200
RATIO_FLOOR = 1024 * 1024
# Of one tag, attribute or comment; a parser must hold it whole.
MAX_TOKEN = 1024 * 1024

_ENCRYPTED_FLAG = 0x1
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_STEP = 64 * 1024
_READ_PROBLEMS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    NotImplementedError,
    OSError,
)


@dataclass(frozen=True)
class ContainerKind:
    """One kind of container: its words, the parts that it must have, and how large it may be unpacked."""

    name: str
    document: str
    ending: str
    old_ending: str
    parts: frozenset[str]
    max_unpacked: int
    max_markup: int


WORD = ContainerKind(
    name="Word文件",
    document="Word文档",
    ending=".docx",
    old_ending=".doc",
    parts=frozenset({"[Content_Types].xml", "word/document.xml"}),
    max_unpacked=60 * 1024 * 1024,
    max_markup=12 * 1024 * 1024,
)
EXCEL = ContainerKind(
    name="Excel文件",
    document="Excel工作簿",
    ending=".xlsx",
    old_ending=".xls",
    parts=frozenset({"[Content_Types].xml", "xl/workbook.xml"}),
    max_unpacked=160 * 1024 * 1024,
    max_markup=128 * 1024 * 1024,
)


def check_container(
    data: bytes,
    kind: ContainerKind,
    watch: Callable[[str, expat.XMLParserType], None] | None = None,
):
    """Refuse, with UnreadableFile, a container that is not whole, not harmless or not what it claims.

    `watch` is called with the name and the parser of each XML part before it is read; it may set
    handlers on the parser, and they may refuse what they see.
    """
    if data.startswith(OLE):
        raise UnreadableFile(
            f"文件已加密或是旧版{kind.old_ending}格式，请解除密码并另存为{kind.ending}后再上传。"
        )
    if not data.startswith(ZIP):
        raise UnreadableFile(f"文件内容不是{kind.document}，与扩展名不符。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            entries = container.infolist()
            _check_directory(entries, kind)
            for entry in entries:
                if _is_markup(entry):
                    _check_part(container, entry, kind, watch)
    except UnreadableFile:
        raise
    except _READ_PROBLEMS as error:
        raise UnreadableFile(f"{kind.name}不完整或已损坏，无法读取。") from error


def _is_markup(entry) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


def _check_directory(entries, kind):
    names = [entry.filename for entry in entries]
    if len(names) > MAX_ENTRIES:
        raise UnreadableFile(f"{kind.name}内部条目超过{MAX_ENTRIES}个，已拒绝。")
    if sum(entry.file_size for entry in entries) > kind.max_unpacked:
        size = kind.max_unpacked // 1024 // 1024
        raise UnreadableFile(f"{kind.name}解压后超过{size}MB，已拒绝。")
    if sum(entry.file_size for entry in entries if _is_markup(entry)) > kind.max_markup:
        raise UnreadableFile(f"{kind.name}的内容过长，请拆分后再上传。")
    for entry in entries:
        if entry.file_size > RATIO_FLOOR and entry.file_size > MAX_RATIO * entry.compress_size:
            raise UnreadableFile(f"{kind.name}的压缩比异常，已拒绝。")
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise UnreadableFile("文件已加密，请解除密码后再上传。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFile(f"不接受带宏的{kind.name}，请另存为不带宏的{kind.ending}后再上传。")
    if not kind.parts <= set(names):
        raise UnreadableFile(f"文件内容不是{kind.document}，与扩展名不符。")
    if len({name.lower() for name in names}) != len(names):
        # Two readers would read two different files.
        raise UnreadableFile(f"{kind.name}不完整或已损坏，无法读取。")


def _check_part(container, entry, kind, watch):
    """Run one part through a parser of its own; the zip's checksum is checked on the way."""

    def refuse_doctype(*declaration):
        raise UnreadableFile(f"{kind.name}含有不允许的文档类型声明，已拒绝。")

    # No encoding but UTF-8: the readers that follow know no other. Of UTF-16 the parser thinks for itself.
    parser = expat.ParserCreate("UTF-8")
    parser.ordered_attributes = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    if watch:
        watch(entry.filename, parser)
    given = 0
    try:
        with container.open(entry) as part:
            while step := part.read(_STEP):
                if not given and step.startswith(_WIDE):
                    raise UnreadableFile(f"{kind.name}已损坏，无法读取。")
                parser.Parse(step)
                given += len(step)
                if given - max(parser.CurrentByteIndex, 0) > MAX_TOKEN:
                    raise UnreadableFile(f"{kind.name}不完整或已损坏，无法读取。")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableFile(f"{kind.name}已损坏，无法读取。") from error
