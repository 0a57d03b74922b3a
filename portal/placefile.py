"""What a file of places says: its columns, words for levels, and what is wrong with it.

Pure: knows no database. Whether a parent exists is `portal.loading`'s question.
"""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass

from portal.models import CODE_RULE, Place, PlaceName
from portal.names import fold
from portal.textfiles import UnreadableFile, decoded

COLUMNS = {
    "code": "代码",
    "name": "名称",
    "short_name": "简称",
    "level": "级别",
    "parent": "上级",
    "other_names": "其他名称",
}
LONGEST = {"code": 32, "name": 100, "short_name": 50}
LONGEST_OTHER_NAME = 100

_HEADINGS = {fold(word): column for column, label in COLUMNS.items() for word in (column, label)}
_LEVELS = {fold(word): level for level, label in Place.Level.choices for word in (level, label)}
_KINDS = {label: kind for kind, label in PlaceName.Kind.choices}
_KIND_MARK = re.compile(rf"({'|'.join(_KINDS)})[：:]")


class RefusedFile(ValueError):
    """A file that cannot be loaded; `errors` says in Chinese what is wrong, one entry a fault."""

    def __init__(self, errors):
        super().__init__("\n".join(errors))
        self.errors = list(errors)


@dataclass(frozen=True)
class OtherName:
    """One other name of a place; `kind` is '' where the file does not say which kind it is."""

    name: str
    kind: str = ""


@dataclass(frozen=True)
class PlaceRow:
    """One row of the file, with the number under which a spreadsheet shows it."""

    number: int
    code: str
    name: str
    short_name: str
    level: str
    parent: str
    other_names: tuple[OtherName, ...] = ()


def row_error(number, column, words):
    """Return one fault's words, with the row and the column in which it stands."""
    return f"第 {number} 行“{COLUMNS[column]}”：{words}"


def _table(data):
    try:
        table = list(csv.reader(io.StringIO(decoded(data), newline=""), strict=True))
    except UnreadableFile as error:
        raise RefusedFile([str(error)]) from error
    except csv.Error as error:
        raise RefusedFile(["文件不是完整的 CSV：引号没有成对，或有一格太长。"]) from error
    if not table:
        raise RefusedFile(["文件是空的。"])
    return table


def _columns(heading):
    """Return the column that each cell of the heading row names; every one must be there once."""
    named = [_HEADINGS.get(fold(cell)) for cell in heading]
    errors = [
        f"第 1 行：不认识列“{cell}”。"
        for cell, column in zip(heading, named, strict=True)
        if not column
    ]
    for column, label in COLUMNS.items():
        count = named.count(column)
        if count == 0:
            errors.append(f"第 1 行：缺少列“{label}”（{column}）。")
        elif count > 1:
            errors.append(f"第 1 行：列“{label}”（{column}）出现了 {count} 次。")
    if errors:
        raise RefusedFile(errors)
    return named


def _other_names(cell):
    names = {}
    for part in filter(None, (part.strip() for part in re.split(r"[；;|｜]", cell))):
        mark = _KIND_MARK.match(part)
        name = part[mark.end() :].strip() if mark else part
        names.setdefault(fold(name), OtherName(name, _KINDS[mark[1]] if mark else ""))
    return tuple(names.values())


def _faults(row, cells):
    """Yield (column, words) for each thing wrong within one row."""
    for column, cell in cells.items():
        if any(unicodedata.category(c) in ("Cc", "Cs") for c in cell):
            yield column, "含有控制字符。"
    if not re.fullmatch(CODE_RULE, row.code):
        yield "code", f"“{row.code}”须为六位数字、两至三个小写字母，或以 x- 开头。"
    if not fold(row.name):
        yield "name", "不能为空。"
    for column, longest in LONGEST.items():
        if len(getattr(row, column)) > longest:
            yield column, f"超过 {longest} 个字。"
    if not row.level:
        known = "、".join(f"{level}（{label}）" for level, label in Place.Level.choices)
        yield "level", f"不认识“{cells['level']}”，可用：{known}。"
    for other in row.other_names:
        if not fold(other.name):
            yield "other_names", "有一个名称只有类型没有名字。"
        elif len(other.name) > LONGEST_OTHER_NAME:
            yield "other_names", f"“{other.name[:10]}…”超过 {LONGEST_OTHER_NAME} 个字。"


def _row(number, cells):
    return PlaceRow(
        number=number,
        code=fold(cells["code"]),
        name=cells["name"],
        short_name=cells["short_name"],
        level=_LEVELS.get(fold(cells["level"]), ""),
        parent=fold(cells["parent"]),
        other_names=_other_names(cells["other_names"]),
    )


def read_places(data: bytes):
    """Return the rows of a CSV of places, and the list of what is wrong with them.

    Encodings and size as `portal.textfiles` takes them. The columns are `COLUMNS`, under their English
    or Chinese names, in any order. Other names are separated by ；or |, each with its kind in front of
    a colon where that is known (曾用名：襄樊). Raises `RefusedFile` when no row can be read at all.
    """
    heading, *lines = _table(data)
    columns = _columns(heading)
    rows, errors, first_with = [], [], {}
    for number, line in enumerate(lines, start=2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) != len(columns):
            errors.append(f"第 {number} 行：有 {len(line)} 格，应为 {len(columns)} 格。")
            continue
        cells = dict(zip(columns, (cell.strip() for cell in line), strict=True))
        row = _row(number, cells)
        errors += [row_error(number, column, words) for column, words in _faults(row, cells)]
        first = first_with.setdefault(row.code, number)
        if first != number:
            errors.append(row_error(number, "code", f"“{row.code}”与第 {first} 行重复。"))
        rows.append(row)
    return rows, errors
