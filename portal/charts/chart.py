"""What every chart has, whatever its kind: table, CSV, the two drawings, and a name made of its content."""

import hashlib
import json
from dataclasses import fields, is_dataclass

from django.core.cache import cache
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.charts.sheets import NARROW, WIDE, Sheet
from portal.charts.vega import drawn
from portal.tabular import Column, write_csv

# Raised with every change of the drawings, so that no old one comes out of the cache.
DRAWING = 1
MOST_ROWS = 30
MEASURES = ("score", "rank")

_KEPT_SECONDS = 30 * 24 * 3600


class Chart:
    """The manner of all kinds; a kind adds `header`, `body`, `cells`, `sentences` and `layout(sheet)`.

    `header` and `body` are the table in words, `cells` the same for CSV with numbers where the words are
    digits, `sentences` the rows of the text alternative, `layout` a Drawing for Vega.
    """

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return the table: its headings, then its rows, all in words."""
        return (self.header, *self.body)

    def csv(self) -> bytes:
        """Return the table as a CSV file for Excel, in UTF-8, no cell a formula."""
        columns = [
            Column(f"column{index}", label, value=lambda row, index=index: row[index])
            for index, label in enumerate(self.header)
        ]
        return b"".join(write_csv(columns, self.cells))

    def text(self) -> str:
        """Return the chart in words: title, unit, every row, what is not comparable."""
        opening = f"{self.title}。" + (f"单位：{self.unit}。" if self.unit else "")
        told = "；".join(self.sentences) or "没有数据"
        return f"{opening}{told}。" + (self.note if self.note else "")

    @property
    def table(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the rows of the table, each with its address or ""."""
        return list(zip(self.addresses, self.body, strict=True))

    @property
    def addresses(self) -> list[str]:
        """The address of each row; of most charts the rows have none."""
        return [""] * len(self.body)

    @property
    def named_by(self) -> int:
        """Which cell names its row."""
        return 0

    @property
    def digest(self) -> str:
        """A name of the content: the same for equal charts, another for any other word or number."""
        content = json.dumps([type(self).__name__, DRAWING, _plain(self)], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @property
    def stem(self) -> str:
        """What the chart's ids on a page begin with."""
        return self.name or f"chart-{self.digest}"

    @property
    def wide(self) -> SafeString:
        """The drawing for columns of 36rem and more."""
        return self._svg(WIDE)

    @property
    def narrow(self) -> SafeString:
        """The drawing for narrower columns: at 360 pixels its words are 15 pixels high."""
        return self._svg(NARROW)

    def _svg(self, sheet: Sheet) -> SafeString:
        """Draw, or take what was drawn of the same content; only names and words around it are made anew."""
        key = f"portal.chart:{self.digest}:{sheet.name}"
        if (found := cache.get(key)) is None:
            drawing = self.layout(sheet)
            found = (drawing.width, drawing.height, drawn(drawing))
            cache.set(key, found, _KEPT_SECONDS)
        width, height, marks = found
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" class="chart-drawing chart-{sheet}" role="img"'
            ' aria-labelledby="{stem}-{sheet}-title" aria-describedby="{stem}-{sheet}-words"'
            ' focusable="false" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
            ' fill="none" font-family="sans-serif"><title id="{stem}-{sheet}-title">{title}</title>'
            '<desc id="{stem}-{sheet}-words">{words}</desc>{marks}</svg>',
            sheet=sheet.name,
            stem=self.stem,
            width=width,
            height=height,
            title=self.title,
            words=self.text(),
            marks=mark_safe(marks),  # noqa: S308 - the library's output, read and escaped anew by us
        )


def _plain(value):
    if is_dataclass(value):
        return [_plain(getattr(value, f.name)) for f in fields(value) if f.name != "name"]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, str | bool) else str(value)
