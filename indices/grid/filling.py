"""A pasted block laid into the cells of a posted form, before anything is saved.

Knows which column and which row each of its cells means. All of the block is laid or none of it; the names
that mean no place are told with the places that come close.
"""

import re
from dataclasses import dataclass, field, replace

from indices.grid.blocks import column_of, read_block
from indices.grid.cellwords import BOTH, RANK, SCORE, words_of
from indices.grid.overlay import NOTHING, held_cells
from indices.grid.posted import Typed
from indices.placing import Places, remember
from portal.models.places import CODE_RULE

_MOST_TOLD = 20
# A form may have so many fields (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS), and a cell has three.
_MOST_FIELDS = 15_000


@dataclass
class Filled:
    """What became of a block: how many cells it filled and rows it added, or why it was not laid.

    `unknown` are (name, reason, candidates) of rows that mean no place.
    """

    cells: int = 0
    added: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unknown: list[tuple] = field(default_factory=list)


class Filler:
    """Lays blocks into `posted`, a form of this edition with this draft.

    `start` is the (dimension, box, place) of the cell on which the block is laid where it has no headings
    or no names; any of them may be None. `meanings` are an editor's words {name: name or code of the place}.
    """

    def __init__(self, edition, posted, draft, *, start=(None, None, None), meanings=None, by=None):
        self.edition, self.posted, self.draft, self.by = edition, posted, draft, by
        self.start = start
        self.meanings = meanings or {}
        shown = (SCORE, RANK) if posted.boxes == BOTH else (posted.boxes,)
        self.columns = [(dimension, box) for dimension in posted.dimensions for box in shown]

    def fill(self, text):
        """Lay the block that `text` is; return what became of it as Filled."""
        done = Filled()
        try:
            block = read_block(text)
            targets = self._targets(block)
        except ValueError as error:
            done.problems.append(str(error))
            return done
        places = self._places(block, done)
        count = len({*self.posted.rows, *places})
        most = _MOST_FIELDS // (3 * max(1, len(self.posted.dimensions)))
        if count > most:
            done.problems.append(
                f"表中会有 {count} 个地方，一次最多 {most} 个：请先保存一部分，或改用文件导入。"
            )
        if done.problems or done.unknown:
            return done
        self._lay(block, targets, places, done)
        return done

    def _targets(self, block):
        """Return the (dimension, box) of each column of the block."""
        width = max((len(row.cells) for row in block.rows), default=0)
        if block.headings is not None:
            return self._headed(block.headings)
        first = self.columns.index(self.start[:2]) if self.start[:2] in self.columns else 0
        targets = self.columns[first : first + width]
        filled = max(
            (at for row in block.rows for at, cell in enumerate(row.cells) if cell), default=-1
        )
        if filled >= len(targets):
            raise ValueError(f"粘贴的数据有 {filled + 1} 列，从这一格起只有 {len(targets)} 列。")
        return targets

    def _headed(self, headings):
        columns = [
            (pk, (row.label, row.dimension.name, row.dimension.code))
            for pk, row in self.posted.dimensions.items()
        ]
        targets = [column_of(heading, columns, boxes=self.posted.boxes) for heading in headings]
        unknown = [words for words, found in zip(headings, targets, strict=True) if found is None]
        if unknown:
            words = "、".join(f"“{heading}”" for heading in unknown)
            raise ValueError(
                f"不认识列名{words}：请用本版维度的名称或代码，可加“位次”“得分”；不要的列请先删去。"
            )
        return targets

    def _places(self, block, done):
        """Return the place of each row of the block, by primary key; tell in `done` those that have none."""
        if not block.names_places:
            return self._rows_below(block, done)
        finder = Places(self.edition.index, self.edition.place_level)
        found, met = [], set()
        for row in block.rows:
            placed = self._find(finder, row)
            if placed.place is None:
                done.unknown.append((row.name or row.code, placed.reason, placed.candidates))
                continue
            if placed.place.pk in met:
                done.problems.append(f"第 {row.line} 行：{placed.place.name}已在前面出现过。")
            met.add(placed.place.pk)
            found.append(placed.place.pk)
            if row.name not in ("", placed.place.name, placed.place.short_name):
                self.posted.printed.setdefault(placed.place.pk, row.name[:100])
        return found

    def _rows_below(self, block, done):
        rows, place = self.posted.rows, self.start[2]
        first = rows.index(place) if place in rows else 0
        below = rows[first : first + len(block.rows)]
        if len(below) < len(block.rows):
            done.problems.append(
                f"粘贴的数据有 {len(block.rows)} 行，从这一格起只有 {len(below)} 行；请在第一列写明地名。"
            )
        return below

    def _find(self, finder, row):
        meant = self.meanings.get(row.name or row.code, "").strip()
        if meant:
            placed = _by_code_or_name(finder, meant)
            if placed.place is not None and row.name:
                remember(self.edition.index, row.name, placed.place, by=self.by)
            return placed
        if row.code:
            return finder.find(code=row.code, name=row.name)
        return _by_code_or_name(finder, row.name)

    def _lay(self, block, targets, places, done):
        posted = self.posted
        known = set(posted.rows)
        done.added = [place for place in places if place not in known]
        posted.rows += done.added
        held = held_cells(posted.dimensions, done.added, self.draft)
        for row, place in zip(block.rows, places, strict=True):
            for (dimension, box), text in zip(targets, row.cells, strict=False):
                if not text:
                    continue
                key = dimension, place
                typed = posted.cells.get(key) or self._as_held(key, held.get(key, NOTHING))
                words = {SCORE: "score", RANK: "rank"}[box]
                posted.cells[key] = replace(typed, words=replace(typed.words, **{words: text}))
                done.cells += 1

    def _as_held(self, key, held):
        decimals = self.posted.dimensions[key[0]].decimals
        shown = words_of(held.content, decimals=decimals, boxes=self.posted.boxes)
        return Typed(shown, shown, held.mark)


def _by_code_or_name(finder, words):
    if re.fullmatch(CODE_RULE, words.strip().lower()):
        placed = finder.find(code=words)
        if placed.place is not None:
            return placed
    return finder.find(name=words)


def told_unknown(unknown):
    """Return the first of the names that mean no place, each once, and how many there are."""
    once = {name: (name, reason, candidates) for name, reason, candidates in unknown}
    return list(once.values())[:_MOST_TOLD], len(once)
