"""What the bytes of a plain text say, and the refusal that every reader of uploaded files raises.

Hides how encodings are told apart, for a text that is held at once and for one that is read as a stream.
"""

import codecs
import io
import re
from typing import BinaryIO

MAX_BYTES = 5 * 1024 * 1024

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_FOREIGN = (
    ZIP,
    OLE,
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_STEP = 1024 * 1024
# Bytes by which a BOM or another kind of file is known.
_HEAD = 16


class UnreadableFile(ValueError):
    """The file is refused; the message tells the editor why, in Chinese."""


def check_size(data: bytes, largest: int = MAX_BYTES):
    """Refuse what is empty or larger than `largest` bytes."""
    if len(data) > largest:
        raise UnreadableFile(f"文件超过{largest // 1024 // 1024}MB，请拆分后再上传。")
    if not data:
        raise UnreadableFile("文件是空的。")


def decoded(data: bytes) -> str:
    """What the bytes of a plain text say: by their BOM, else strict UTF-8, else strict GB18030.

    Raises UnreadableFile for what is too large, empty, in another encoding, or no text at all.
    """
    check_size(data)
    encoding, start = _encoding(io.BytesIO(data))
    return data[start:].decode(encoding)


def decoded_stream(data: bytes, largest: int) -> io.TextIOWrapper:
    """The same text as a stream whose line ends are left as they are; nothing of it is held.

    Raises UnreadableFile as `decoded` does, with `largest` bytes as the limit.
    """
    check_size(data, largest)
    return decoded_file(io.BytesIO(data))


def decoded_file(file: BinaryIO) -> io.TextIOWrapper:
    """The same of an open file of any length: it is read through once to learn its encoding, and not held."""
    encoding, start = _encoding(file)
    file.seek(start)
    return io.TextIOWrapper(file, encoding, newline="")


def refuse_control_characters(text: str):
    """Refuse a text that holds what no text holds, with its code point.

    Tabs, line ends (U+0085 too) and page breaks are allowed.
    """
    if found := _CONTROL.search(text):
        raise UnreadableFile(f"文件含有控制字符（U+{ord(found[0]):04X}），可能不是文本文件。")


def _encoding(file: BinaryIO) -> tuple[str, int]:
    """Return the encoding in which all of `file` can be read, and where its text starts."""
    file.seek(0)
    head = file.read(_HEAD)
    if not head:
        raise UnreadableFile("文件是空的。")
    if head.startswith(_FOREIGN):
        raise UnreadableFile("文件内容不是纯文本，与扩展名不符。")
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            if not _readable(file, encoding, len(bom)):
                raise UnreadableFile("文件开头标明的编码与内容不符。")
            return encoding, len(bom)
    for encoding in ("utf-8", "gb18030"):
        if _readable(file, encoding, 0):
            return encoding, 0
    raise UnreadableFile("无法识别文件编码，请另存为UTF-8后再上传。")


def _readable(file: BinaryIO, encoding: str, start: int) -> bool:
    """Whether all of it is legal in that encoding; looked at in steps, so that no second copy is held."""
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(start)
    try:
        while step := file.read(_STEP):
            decoder.decode(step)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
