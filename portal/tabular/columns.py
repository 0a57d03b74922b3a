"""One column of an exported and imported table: its heading, what its cells are, where its value comes from."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from portal.names import fold
from portal.tabular.cells import as_date, as_decimal, as_integer, shown

KINDS = {"text": "文字", "date": "日期", "integer": "整数", "decimal": "数字"}
# What only the API gives out: instants, yes and no, texts in a list, rows of another table.
COMPUTED_KINDS = {"instant": "时刻", "boolean": "是或否", "texts": "多项文字", "records": "记录"}
_READERS = {"date": as_date, "integer": as_integer, "decimal": as_decimal}


@dataclass(frozen=True)
class Column:
    """One column. `key` names it in JSON and for developers, `label` is its Chinese heading.

    `value` says where an exported row has it: the attribute `key` when empty, a path ("place.name"), or a
    function of the row. A `required` column must be in an imported file and none of its cells blank; a
    `computed` one is exported only, and passed over in an import. `choices` are (stored, Chinese) pairs:
    a sheet shows the Chinese, JSON has what is stored, an import takes either. `always` says that every
    exported row has a value; `example` is one, for the description of the data. `unit` is what a number counts.
    """

    key: str
    label: str
    value: str | Callable[[Any], Any] = ""
    kind: str = "text"
    help: str = ""
    required: bool = False
    computed: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    max_length: int | None = None
    always: bool = False
    example: Any = None
    unit: str = ""

    def __post_init__(self):
        if self.kind not in KINDS and not (self.computed and self.kind in COMPUTED_KINDS):
            raise ValueError(f"no such kind of column: {self.kind}")

    def of(self, row) -> Any:
        """Return the column's value of an exported row, as stored; None wherever its path ends early."""
        if callable(self.value):
            return self.value(row)
        for name in (self.value or self.key).split("."):
            row = getattr(row, name)
            if row is None:
                return None
        return row

    def cell(self, row) -> str | int | float | Decimal | datetime.date | None:
        """Return what a sheet's cell shows of an exported row: of a choice its Chinese, of yes and no 是 and 否."""
        value = self.of(row)
        if self.choices:
            return self._labels.get(value, value)
        if isinstance(value, bool):
            return "是" if value else "否"
        if value is None or isinstance(value, int | float | Decimal | datetime.date):
            return value
        return str(value)

    def read(self, text: str) -> Any:
        """Return what the text of an imported cell states: "" or None when blank.

        Raises ValueError with what is wrong, in Chinese.
        """
        text = text.strip()
        if not text:
            if self.required:
                raise ValueError("不能为空。")
            return "" if self.kind == "text" else None
        if self.choices:
            if (folded := fold(text)) not in self._stored:
                words = "、".join(label for _, label in self.choices)
                raise ValueError(f"不认识“{shown(text)}”，可填：{words}。")
            return self._stored[folded]
        if self.kind != "text":
            return _READERS[self.kind](text)
        if self.max_length and len(text) > self.max_length:
            raise ValueError(f"有 {len(text)} 个字，最多 {self.max_length} 个。")
        return text

    @property
    def expected(self) -> str:
        """What a cell may hold, in words for the editor."""
        if self.choices:
            return "、".join(label for _, label in self.choices)
        return KINDS[self.kind]

    @cached_property
    def _labels(self):
        return dict(self.choices)

    @cached_property
    def _stored(self):
        return {fold(word): stored for stored, label in self.choices for word in (stored, label)}
