"""Run as a program: the PDF on standard input, its text on standard output, or a `Refusal` as exit status.

Stands alone, so that the process is small. Hides PDFium: its objects become characters and ruling lines
with their places on the page, and `portal.pdflayout` makes lines of them.
"""

import ctypes
import enum
import signal
import sys
from contextlib import suppress

from portal.pdflayout import Glyph, Page, Rule, text_of_pages

MAX_PAGES = 200
MAX_CHARACTERS = 300_000
MAX_OBJECTS = 200_000
MAX_SEGMENTS = 200_000
# Of the processor's time, and of what is held beyond the empty engine.
MAX_SECONDS = 1.7
MAX_GROWTH = 44 * 1024 * 1024

# What the engine puts between characters: spaces and line breaks.
_PUT_IN = frozenset(map(ord, " \r\n"))
# A shape that is no wider than this is a line.
_THIN = 2.0


class Refusal(enum.IntEnum):
    """Why a file is not read; numbers that the interpreter itself never ends with."""

    ENCRYPTED = 41
    DAMAGED = 42
    PAGES = 43
    LONG = 44
    SCAN = 45


class _Refused(Exception):
    def __init__(self, refusal):
        self.refusal = refusal


def read(data: bytes) -> str:
    """Return the text of a PDF; raises _Refused."""
    import pypdfium2.raw as pdfium

    fonts = (ctypes.POINTER(ctypes.c_char) * 1)()
    # No fonts of this machine: they are large, and the text does not depend on them.
    config = pdfium.FPDF_LIBRARY_CONFIG(
        version=2, m_pUserFontPaths=fonts, m_pIsolate=None, m_v8EmbedderSlot=0
    )
    pdfium.FPDF_InitLibraryWithConfig(config)
    _set_limits()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD
        raise _Refused(Refusal.ENCRYPTED if locked else Refusal.DAMAGED)
    count = pdfium.FPDF_GetPageCount(document)
    if count > MAX_PAGES:
        raise _Refused(Refusal.PAGES)
    reader = _PageReader(pdfium)
    pages = (reader.page(pdfium.FPDF_LoadPage(document, index)) for index in range(count))
    text = text_of_pages(page for page in pages if page)
    if not text.strip():
        raise _Refused(Refusal.SCAN if reader.pages else Refusal.DAMAGED)
    return text


def _set_limits():
    """Let this process work no longer than MAX_SECONDS and grow no further than MAX_GROWTH, where the system
    can do that: it is ended by SIGPROF, or finds no memory."""
    with suppress(AttributeError, OSError):
        signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)
    with suppress(ImportError, OSError):
        import resource

        with open("/proc/self/statm", encoding="ascii") as sizes:
            held = int(sizes.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + MAX_GROWTH, held + MAX_GROWTH))


class _PageReader:
    """Takes the characters and ruling lines of page after page, as long as they are not too many."""

    def __init__(self, pdfium):
        self.pdfium = pdfium
        self.sides = [ctypes.c_float() for _ in range(4)]
        self.pages = self.characters = self.objects = self.segments = 0

    def page(self, handle) -> Page | None:
        if not handle:
            return None
        self.pages += 1
        try:
            width = self.pdfium.FPDF_GetPageWidthF(handle)
            height = self.pdfium.FPDF_GetPageHeightF(handle)
            turn = _Turn(self.pdfium.FPDFPage_GetRotation(handle), width, height)
            return Page(self._glyphs(handle, turn), self._rules(handle, turn), width)
        finally:
            self.pdfium.FPDF_ClosePage(handle)

    def _glyphs(self, handle, turn):
        pdfium = self.pdfium
        texts = pdfium.FPDFText_LoadPage(handle)
        count = max(pdfium.FPDFText_CountChars(texts), 0)
        self.characters += count
        if self.characters > MAX_CHARACTERS:
            raise _Refused(Refusal.LONG)
        rect = pdfium.FS_RECTF()
        glyphs = []
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(texts, index)
            character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
            if code in _PUT_IN and pdfium.FPDFText_IsGenerated(texts, index) == 1:
                glyphs.append(Glyph(character, 0, 0, 0, 0))
                continue
            # The loose box is the place that the font gives a character, not the ink in it.
            pdfium.FPDFText_GetLooseCharBox(texts, index, rect)
            box = turn.box(rect.left, rect.bottom, rect.right, rect.top)
            glyphs.append(Glyph(character, *box))
        pdfium.FPDFText_ClosePage(texts)
        return glyphs

    def _rules(self, handle, turn):
        pdfium = self.pdfium
        count = max(pdfium.FPDFPage_CountObjects(handle), 0)
        self.objects += count
        if self.objects > MAX_OBJECTS:
            raise _Refused(Refusal.LONG)
        rules = []
        for index in range(count):
            drawn = pdfium.FPDFPage_GetObject(handle, index)
            if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_PATH:
                rules += self._thin(drawn, turn) or self._strokes(drawn, turn)
        return rules

    def _thin(self, drawn, turn):
        """Return a shape so thin that it can only be one line, in a list; else nothing."""
        left, bottom, right, top = self.sides
        if not self.pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            return []
        x0, y0, x1, y1 = turn.box(left.value, bottom.value, right.value, top.value)
        if x1 - x0 <= _THIN:
            return [Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)]
        if y1 - y0 <= _THIN:
            return [Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)]
        return []

    def _strokes(self, drawn, turn):
        """Yield the straight strokes of one path, and the sides of its rectangles."""
        pdfium = self.pdfium
        count = max(pdfium.FPDFPath_CountSegments(drawn), 0)
        self.segments += count
        if self.segments > MAX_SEGMENTS:
            raise _Refused(Refusal.LONG)
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        start = last = None
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = turn.point(
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO or last is None:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                yield Rule(*last, *point)
            last = point
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield Rule(*point, *start)


class _Turn:
    """From the page's own coordinates to those of a reader: the page's turn undone, downwards counted from its top."""

    def __init__(self, quarters, width, height):
        self.quarters, self.width, self.height = quarters, width, height

    def point(self, x, y):
        """Return (from the left, from the top)."""
        if self.quarters == 1:
            return y, x
        if self.quarters == 2:
            return self.width - x, y
        if self.quarters == 3:
            return self.width - y, self.height - x
        return x, self.height - y

    def box(self, left, bottom, right, top):
        """Return (left, top, right, bottom) as a reader sees them."""
        if self.quarters == 0:
            return left, self.height - top, right, self.height - bottom
        (a, b), (c, d) = self.point(left, bottom), self.point(right, top)
        return min(a, c), min(b, d), max(a, c), max(b, d)


def main() -> int:
    """Read standard input to standard output and return the exit status."""
    try:
        text = read(sys.stdin.buffer.read())
    except _Refused as refused:
        return refused.refusal
    except MemoryError:
        return Refusal.LONG
    sys.stdout.buffer.write(text.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
