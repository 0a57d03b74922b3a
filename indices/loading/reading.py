"""From a sheet's rows to entries: one for each place and dimension of which the sheet says something.

Pure: which dimension a title means is asked of a function. What is wrong is noted by row and column and the
reading goes on, so that an editor sees all of it at once.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from indices.loading.cells import Said, WrongCell, read_cells
from indices.loading.headings import Layout
from indices.models import Edition, EditionDimension, Status
from portal.names import fold
from portal.tabular import Problem, Row
from portal.tabular.cells import shown

MAX_FAULTS = 1000
MOST_NAMED = 20
_LONGEST_NAME = 100
_REMARK = re.compile(
    r"(?:资料来源|数据来源|来源|注|备注|说明|note|source)s?[0-9]*[:：.]?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says of one place in one dimension; `name` finds the place, `printed` is kept."""

    row: int
    code: str
    name: str
    printed: str
    dimension: EditionDimension
    said: Said


@dataclass
class Noted:
    """What was met on the way: faults, at most MAX_FAULTS, and what an editor should know."""

    faults: list[Problem] = field(default_factory=list)
    beyond: int = 0
    others: dict[str, int] = field(default_factory=dict)
    taken: int = 0
    blank: int = 0
    zeros: list[str] = field(default_factory=list)
    zero_count: int = 0

    def fault(self, row, column, words):
        """Note something wrong; past MAX_FAULTS it is only counted."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Problem(row, column, words))
        else:
            self.beyond += 1

    def all_faults(self):
        """Return the faults; the last one says how many were not kept."""
        if not self.beyond and len(self.faults) < MAX_FAULTS:
            return self.faults
        return [*self.faults, Problem(None, "", f"问题有 {MAX_FAULTS} 处或更多，其余没有列出。")]

    def zero(self, row, dimension):
        """Note a printed 0 that the file does not explain; the first MOST_NAMED are named."""
        self.zero_count += 1
        if len(self.zeros) < MOST_NAMED:
            self.zeros.append(f"第 {row} 行“{dimension.label}”")

    def zero_warning(self):
        """Return the warning that names the printed zeros, or None."""
        if not self.zeros:
            return None
        named = "、".join(self.zeros) + ("等" if self.zero_count > len(self.zeros) else "")
        return Problem(
            None,
            "",
            f"得分印作 0 的有 {self.zero_count} 处（{named}），照印的记为 0；"
            "如果是按规则计零或缺数据，请用“披露”一列写明。",
        )


@dataclass
class Reader:
    """Reads one sheet for one edition. `dimension_of(title)` returns an EditionDimension or raises ValueError in Chinese.

    Afterwards `told` has {dimension's key: the fields for which the sheet has columns}.
    """

    rows: Iterable[Row]
    layout: Layout
    edition: Edition
    dimension_of: Callable[[str], EditionDimension]
    noted: Noted = field(default_factory=Noted)
    told: dict[int, set[str]] = field(default_factory=dict)
    _known: dict[str, EditionDimension | None] = field(default_factory=dict)

    def titles(self):
        """Return {title: whether it has ranks} of all dimensions that the sheet names, in order; a long one is gone through."""
        if not self.layout.is_long:
            return self.layout.titles
        panel = self.layout.panels[0]
        ranks = [slot.fields.get("rank_published") for slot in panel.slots]
        found = {}
        for row in self._rows():
            if not self._is_remark(row) and (title := self._title(row, panel)):
                ranked = any(at is not None and row.cell(at).strip() for at in ranks)
                found[title] = found.get(title, False) or ranked
        return found

    def entries(self):
        """Yield an Entry for each statement, in the sheet's order; faults go to `noted`."""
        slots = [(panel, self._resolved(panel)) for panel in self.layout.panels]
        for row in self._rows():
            if self._is_remark(row):
                continue
            self.noted.taken += 1
            for panel, resolved in slots:
                yield from self._of_panel(row, panel, resolved)
            if len(self.noted.faults) >= MAX_FAULTS:
                return

    def _rows(self):
        own, index = self._own_words(), self.layout.index
        names = {fold(self.edition.index.code), fold(self.edition.index.name)}
        others = self.noted.others
        others.clear()
        started = False
        for row in self.rows:
            if not started:
                started = row.number == self.layout.number
                continue
            if index is not None and fold(row.cell(index)) not in names:
                label = row.cell(index).strip() or "未写明的指数"
            elif self.layout.edition and fold(row.cell(self.layout.edition[0])) not in own:
                label = row.cell(self.layout.edition[0]).strip() or "未写明的版次"
            else:
                yield row
                continue
            if len(others) < MOST_NAMED or label in others:
                others[label] = others.get(label, 0) + 1

    def _own_words(self):
        words = {fold(self.edition.label), fold(self.edition.code)}
        if self.layout.edition and self.layout.edition[1]:
            words.add(str(self.edition.year))
        return words

    def _is_remark(self, row):
        filled = [cell for cell in row.cells if cell.strip()]
        return len(filled) == 1 and bool(_REMARK.match(filled[0].strip()))

    def _resolved(self, panel):
        """Return [(dimension, fields)] of a wide panel's slots; columns under two names of one dimension are joined."""
        if panel.dimension:
            return []
        joined = {}
        for slot in panel.slots:
            dimension = self.dimension_of(slot.title)
            fields = joined.setdefault(dimension.pk, (dimension, {}))[1]
            self._tell(dimension, panel, slot.fields)
            for name, at in slot.fields.items():
                if fields.setdefault(name, at) != at:
                    self.noted.fault(
                        self.layout.number,
                        self.layout.heading(at),
                        f"与“{self.layout.heading(fields[name])}”说的是同一个维度。",
                    )
        return list(joined.values())

    def _tell(self, dimension, panel, fields):
        told = self.told.setdefault(dimension.pk, set())
        told.update(fields, {"name_as_published"} if panel.keeps_name else ())

    def _of_panel(self, row, panel, resolved):
        code = row.cell(panel.code).strip() if panel.code is not None else ""
        printed = " ".join(row.cell(panel.name).split()) if panel.name is not None else ""
        name = printed
        if not name and panel.second_name is not None:
            name = row.cell(panel.second_name).strip()
        if panel.dimension:
            resolved = self._named(row, panel)
        for dimension, fields in resolved:
            said = self._said(row, fields)
            if said is None:
                self.noted.blank += 1
                continue
            if len(printed) > _LONGEST_NAME:
                words = f"有 {len(printed)} 个字，最多 {_LONGEST_NAME} 个。"
                self.noted.fault(row.number, self.layout.heading(panel.name), words)
                return
            if said.value == 0 and said.status == Status.DISCLOSED:
                self.noted.zero(row.number, dimension)
            kept = printed if panel.keeps_name else ""
            yield Entry(
                row.number, unicodedata.normalize("NFKC", code), name, kept, dimension, said
            )

    def _said(self, row, fields):
        try:
            return read_cells(
                {name: row.cell(at) for name, at in fields.items()}, self.edition.unit
            )
        except WrongCell as wrong:
            at = fields.get(wrong.field, next(iter(fields.values())))
            self.noted.fault(row.number, self.layout.heading(at), str(wrong))
            return None

    def _title(self, row, panel):
        return next((text for at in panel.dimension if (text := row.cell(at).strip())), "")

    def _named(self, row, panel):
        """Return [(dimension, fields)] of a row of a long sheet; an unknown dimension is a fault, told once."""
        fields = panel.slots[0].fields
        title = self._title(row, panel)
        if title not in self._known:
            try:
                self._known[title] = self.dimension_of(title) if title else None
            except ValueError as error:
                self._known[title] = None
                self.noted.fault(row.number, self.layout.heading(panel.dimension[0]), str(error))
        if not title and any(row.cell(at).strip() for at in fields.values()):
            words = f"没有写明维度（“{shown(row.cell(panel.name or 0))}”）。"
            self.noted.fault(row.number, self.layout.heading(panel.dimension[0]), words)
        dimension = self._known[title]
        if dimension is not None and dimension.pk not in self.told:
            self._tell(dimension, panel, fields)
        return [(dimension, fields)] if dimension is not None else []
