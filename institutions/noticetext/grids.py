"""What stands in rows: tables with headings and without, tables of one cell to a line, cases with their stories.

Knows when a row belongs to the table that is open. It hides the three sorts of tables; the reader asks for each line whether
it is part of one.
"""

import re

from institutions.noticetext import cases, headless, linekinds, rescue, stacked, strings
from institutions.noticetext.drafts import Draft, Reading
from institutions.noticetext.folding import Line
from institutions.noticetext.gathering import Gathering
from institutions.noticetext.items import NUMBERING, entry_of
from institutions.noticetext.tables import Table, cells_of, heading_of, read_row

_TOTAL = re.compile(r"(?:\|\s*)?(?:合\s*计|总\s*计|小\s*计|共\s*计)")
_SEPARATOR, _WIDE = re.compile(r"[|\t]"), re.compile(r"[|\t]| {2,}")


class Grids(Gathering):
    """The tables of one notice. `open` says that a list is open, `resume` which line is the next that is not read yet."""

    def __init__(self, reading: Reading):
        super().__init__(reading)
        self.table: Table | None = None
        self.open = False
        self.resume = 0

    def _read_table(self, place: int, line: Line) -> bool:
        reading = self.reading
        if table := heading_of(line, reading.text):
            self.table, self.open = table, True
            return True
        if self.table is None:
            self.table = headless.table_at(reading.lines, place, reading.text, reading.area)
        plain = not _SEPARATOR.search(line.text)
        if self.table is None or (plain and linekinds.is_furniture(line.text)):
            return False
        cells = [cell for cell in cells_of(line, reading.text) if cell.text]
        numbered = NUMBERING.match(line.text) and " " in line.text
        numbered = numbered or self.table.fits(line, reading.text)
        if len(cells) < 2 and not numbered and not _WIDE.search(line.text):
            if linekinds.is_prose(line.text) or linekinds.is_heading(line.text):
                self.table = None
            return False
        if len(cells) == 1 and (
            district := reading.area.in_line(linekinds.without_marks(cells[0].text))
        ):
            self.outline.district = district
            return True
        entries = read_row(self.table, line, reading.text, reading.raw)
        if not entries:
            self._note_row(line)
        for entry in entries:
            for one in strings.each_name(entry, reading.text):
                self._add(Draft(one, how="table"), line.start, line.end)
        return True

    def _read_stack(self, place: int) -> bool:
        """A table with one cell on each line; its rows are read at once and their lines left out afterwards."""
        reading = self.reading
        table = stacked.table_at(reading.lines, place)
        if table is None:
            return False
        rows, self.resume = stacked.rows_from(
            table, reading.lines, place, reading.text, reading.raw
        )
        for row in rows:
            if isinstance(row, Line):
                self._note_row(row)
            else:
                self._add(Draft(row, how="table"), row.start, row.end)
        self.open = True
        return True

    def _read_case(self, place: int, line: Line) -> bool:
        """A case of misconduct with its decision: one entry, or a warning when nothing is done to a designation."""
        case = cases.case_at(self.reading.lines, place)
        if case is None:
            return False
        end = case.story[-1].end if case.story else line.end
        self.resume, self.open = place + 1 + len(case.story), False
        entry = entry_of(self.reading.text, self.reading.raw, *case.name)
        if case.act is None or entry is None:
            message = "这个案例没有写到对定点资格的处理，没有读成条目。"
            self.reading.warn("no_action", message, line.start, end)
            return True
        draft = Draft(entry, how="line")
        self._add(draft, line.start, end)
        entry.start, entry.end = line.start, end
        entry.effective_date, entry.needs_review = case.day, case.doubtful
        draft.act, draft.act_is_local = case.act, True
        return True

    def _add_rescued(self, line: Line, start: int, end: int) -> bool:
        """An entry from a line of unknown shape, to be looked at."""
        draft = self._add_span(start, end, how="line")
        if draft:
            draft.entry.start, draft.entry.end = line.start, line.end
            draft.entry.needs_review = True
        return draft is not None

    def _note_row(self, line: Line):
        if (name := rescue.name_on(line)) and self._add_rescued(line, *name):
            return
        if not _TOTAL.match(line.text):
            self.reading.warn(
                "unread_row", "表格中的这一行没有读到机构名称，请核对。", line.start, line.end
            )
