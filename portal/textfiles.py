"""Uploaded files as plain text: text, Word, tables, PDF.

Knows which files are accepted and by what they are known; each kind's own reader hides its format. A
caller gets lines, headings as `# ` lines of their level, table cells with tabs.
"""

import sys
from pathlib import Path

from portal.decoding import (
    MAX_BYTES,
    UnreadableFile,
    check_size,
    decoded,
    refuse_control_characters,
)
from portal.pdffiles import pdf_text
from portal.tabular import read_sheets, sheets_text
from portal.wordfiles import word_text

__all__ = ["ACCEPTED", "MAX_BYTES", "UnreadableFile", "decoded", "read_argument", "read_text"]

ACCEPTED = ".txt、.md、.docx、.xlsx、.csv和.pdf"

_MACROS = {"docm": ".docx", "dotm": ".docx", "xlsm": ".xlsx", "xltm": ".xlsx", "xlam": ".xlsx"}
_OLD = {"doc": ".docx", "wps": ".docx", "xls": ".xlsx", "et": ".xlsx", "xlsb": ".xlsx"}


def read_text(name: str, data: bytes) -> str:
    """The plain text of an uploaded .txt, .md, .docx, .xlsx, .csv or .pdf file.

    Text files: by their BOM, else strict UTF-8, else strict GB18030, else refused. Word files: one line for a
    paragraph, headings marked `# ` to `###### ` by their level, the cells of a table row joined with tabs.
    Tables: see `portal.tabular.sheets_text`; PDF: see `portal.pdffiles.pdf_text`. Line ends come as \\n.
    Raises UnreadableFile for a file that is too large, damaged, encrypted, with macros, or not what its ending says.
    """
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    check_size(data)
    if ending in {"txt", "md"}:
        text = decoded(data)
    elif ending == "docx":
        text = word_text(data)
    elif ending in {"xlsx", "csv"}:
        text = sheets_text(read_sheets(name, data))
    elif ending == "pdf":
        text = pdf_text(data)
    elif ending in _MACROS:
        raise UnreadableFile(f"不接受带宏的.{ending}文件，请另存为{_MACROS[ending]}后再上传。")
    elif ending in _OLD:
        raise UnreadableFile(f"不支持.{ending}文件，请另存为{_OLD[ending]}后再上传。")
    else:
        raise UnreadableFile(f"只支持{ACCEPTED}文件。")
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


def _checked(text: str) -> str:
    """The text with line ends of one kind; refused when it holds control characters or nothing at all."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    refuse_control_characters(text)
    if not text.strip():
        raise UnreadableFile("文件中没有文字。")
    return text
