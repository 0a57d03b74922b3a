"""PDF files with text, read in a process of their own.

A PDF is a program for a large engine written in C++: what breaks it, loops in it or fills it must not be
this process. Knows how long and how large that other process may become; `portal.pdftext` is what it runs.
"""

import os
import subprocess
import sys
from pathlib import Path

from portal.decoding import UnreadableFile
from portal.pdftext import MAX_PAGES, Refusal

# The reader ends itself after two seconds of work; this is for a machine that gives it none.
_PATIENCE = 15
_HOUSE = Path(__file__).resolve().parent.parent
_WORDS = {
    Refusal.ENCRYPTED: "PDF文件已加密，请解除密码后再上传。",
    Refusal.DAMAGED: "PDF文件不完整或已损坏，无法读取。",
    Refusal.PAGES: f"PDF文件超过{MAX_PAGES}页，请拆分后再上传。",
    Refusal.LONG: "PDF文件的内容过长或过于复杂，请拆分后再上传。",
    Refusal.SCAN: "PDF文件中没有文字，可能是扫描件；请上传文字版，或粘贴文字。",
}


def pdf_text(data: bytes) -> str:
    """The text of a PDF file: paragraphs one a line, the cells of a ruled table's row joined with tabs.

    Lines that the page's width has broken are joined, page numbers left out. Raises UnreadableFile for a file
    that is encrypted, damaged, without text (a scan), or too long to be read in two seconds.
    """
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFile("文件内容不是PDF，与扩展名不符。")
    try:
        reading = subprocess.run(
            [sys.executable, "-P", "-m", "portal.pdftext"],
            input=data,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env={**os.environ, "PYTHONPATH": str(_HOUSE)},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(_WORDS[Refusal.LONG]) from error
    if reading.returncode == 0:
        return reading.stdout.decode()
    if reading.returncode < 0:
        # Ended by the system: out of time (SIGPROF) or of memory.
        raise UnreadableFile(_WORDS[Refusal.LONG])
    raise UnreadableFile(_WORDS.get(reading.returncode, _WORDS[Refusal.DAMAGED]))
