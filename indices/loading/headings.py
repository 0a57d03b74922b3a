"""The heading row of a table of scores: where the places are, and which column says what of which dimension.

Pure. Wide: a place has one row, each dimension its columns. Long: a row is one place in one dimension, which
a column names. Panels side by side repeat their headings and are read as one list.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from indices.loading.cells import FIELDS
from indices.tables import COLUMNS
from portal.names import fold
from portal.tabular import Problem, column_letter
from portal.tabular.cells import shown

# Titles and remarks may stand above the heading row, within so many rows.
DEEPEST_HEADING = 20
# What a column of the overall dimension is filed under while the dimension has no name in the file.
OVERALL = ""

_LABELS = {column.key: column.label for column in COLUMNS}
# In the order in which they are asked: how the source prints a name, what else may name a place.
_NAMES = ("name_as_published", "city", "country", "place", "province")
_WORDS = {
    "code": "place_code iso3 iso code country_code 代码 地方代码 城市代码 国家代码 区划代码 行政区划代码",
    "name_as_published": "name_as_published 来源中的写法",
    "city": "city region name 城市 城市名称 地区 地区名称 名称",
    "country": "country economy 国家 国家或地区 国家/地区 国家(地区)",
    "place": "place 地方",
    "province": "province 省份 省",
    "edition": "edition 版次",
    "year": "year 年份 年度",
    "index": "index 指数代码",
    "dimension": "dimension 维度代码",
    "dimension_label": "dimension_label 维度",
    # Columns of our own export that say nothing to an import.
    "ours": "source known_from 依据 记入时间",
    "passed over": "no no. note notes 序号 编号 备注 注 说明 来源",
}
_ROLES = {fold(word): role for role, words in _WORDS.items() for word in words.split()}
_ROLES[fold("Country Code")] = "code"
_BARE_WORDS = {
    "score": "score value 得分 分数 分值 总分 指数值 数值",
    "rank_published": "rank rank_published 位次 排名 名次 排位",
}
_BARE = {fold(word): field for field, words in _BARE_WORDS.items() for word in words.split()}
_BARE |= {fold(word): field for field in FIELDS for word in (field, _LABELS[field])}
_ENDINGS = re.compile(
    r"(?P<base>.+?)(?:[ _-]+(?P<word>score|value|rank[ _]published|rank[ _]from|rank[ _]to|rank|tied|tier"
    r"|top_n|status|locator|quote)|[ _-]*(?P<chinese>得分|分数|分值|排名|位次|名次|梯队|披露))",
    re.IGNORECASE,
)
_FIELD_OF = {
    "value": "score",
    "rank": "rank_published",
    "分数": "score",
    "分值": "score",
    "排名": "rank_published",
    "名次": "rank_published",
    "得分": "score",
    "位次": "rank_published",
    "梯队": "tier",
    "披露": "status",
}
_UNIT = re.compile(r"\((?:分|位|名|%)\)$")
_WHOLE = frozenset({"总", "总体", "综合", "total", "overall"})


def dimension_key(text):
    """Return the key under which a dimension's code, name or label is compared with a heading."""
    return fold(text).replace("_", "-")


@dataclass(frozen=True)
class Slot:
    """The columns that speak of one dimension: {field: index}. `title` is its heading; None: a column names it."""

    title: str | None
    fields: dict[str, int]


@dataclass(frozen=True)
class Panel:
    """One list in the sheet: the columns of the place, of the dimension's name in a long one, and the slots."""

    code: int | None
    name: int | None
    second_name: int | None
    dimension: tuple[int, ...]
    slots: tuple[Slot, ...]
    keeps_name: bool


@dataclass(frozen=True)
class Layout:
    """How a sheet is read. `edition` is (index, by year only) or None; `passed_over` are headings not read."""

    number: int
    headings: tuple[str, ...]
    panels: tuple[Panel, ...]
    edition: tuple[int, bool] | None
    index: int | None
    passed_over: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def is_long(self):
        """Whether each row names its dimension."""
        return bool(self.panels) and bool(self.panels[0].dimension)

    @property
    def titles(self):
        """The dimensions of a wide sheet, in order: {heading: whether it has a column of ranks}."""
        found = {}
        for slot in self.panels[0].slots if self.panels else ():
            if slot.title is not None:
                found[slot.title] = "rank_published" in slot.fields
        return found

    def heading(self, index):
        """Return what a problem calls a column: its heading, with its letter where panels repeat it."""
        words = shown(self.headings[index]) if index < len(self.headings) else column_letter(index)
        return f"{words}（{column_letter(index)}列）" if len(self.panels) > 1 else words


def _plain(text):
    return _UNIT.sub("", " ".join(unicodedata.normalize("NFKC", text).split()))


def _told(text, known):
    """Return (role, dimension's title, field) of one heading; `known` are dimension keys of the edition."""
    plain = _plain(text)
    if role := _ROLES.get(fold(plain)):
        return role, None, None
    if dimension_key(plain) in known:
        return "score", plain, "score"
    if field := _BARE.get(fold(plain)):
        return field, OVERALL, field
    if found := _ENDINGS.fullmatch(plain):
        base = found["base"].strip(" _-")
        word = (found["word"] or found["chinese"]).lower().replace(" ", "_")
        if dimension_key(base) not in known and fold(base) in _WHOLE:
            base = OVERALL
        return word, base, _FIELD_OF.get(word, word)
    return "score", plain, "score"


def _likeness(row, known):
    """Return how much a row is like a heading: the headings that it surely has, 0 without one for the place."""
    told = [_told(cell, known) for cell in row.cells if cell.strip()]
    if not any(role == "code" or role in _NAMES for role, *_ in told):
        return 0
    sure = [
        cell
        for cell, (role, title, _) in zip(filter(str.strip, row.cells), told, strict=True)
        if title is None or title == OVERALL or role != "score" or dimension_key(title) in known
    ]
    return len(sure)


def find_layout(sheets, known):
    """Return (sheet, Layout) of the one sheet with the likeliest heading row; `known` as `_told` takes it.

    Without one, the Layout has nothing but its problem.
    """
    found = []
    for sheet in sheets:
        rows = list(islice(sheet.rows, DEEPEST_HEADING))
        if rows:
            likeness, at = max((_likeness(row, known), -at) for at, row in enumerate(rows))
            found.append((likeness, sheet, rows[-at]))
    most = max((likeness for likeness, *_ in found), default=0)
    best = [(sheet, row) for likeness, sheet, row in found if likeness == most]
    if most == 0:
        words = "没有找到表头：表头须有地方一列（如“城市”“国家”“place_code”“iso3”“name_as_published”）。"
        return None, _nothing(words if found else "表格是空的。")
    if len(best) > 1:
        names = "、".join(sheet.name for sheet, _ in best)
        return None, _nothing(f"不能确定读哪个工作表（{names}），请只保留一个。")
    sheet, row = best[0]
    return sheet, _layout(row, known)


def _nothing(words):
    return Layout(0, (), (), None, None, (), (Problem(None, "", words),))


def _layout(row, known):
    told = {at: _told(cell, known) for at, cell in enumerate(row.cells) if cell.strip()}
    roles = {at: role for at, (role, *_) in told.items()}
    groups = _groups(
        [at for at in told if roles[at] not in ("edition", "year", "index")], row.cells
    )
    long = any(role in ("dimension", "dimension_label") for role in roles.values())
    problems, panels = [], []
    for group in groups:
        panels.append(_panel({at: told[at] for at in group}, long))
        problems += _doubled(row, {at: told[at] for at in group})
    if not panels[0].slots:
        problems.append(Problem(row.number, "", "没有一列是得分、位次或披露情况。"))
    if long and (strange := sorted(_strange(told))):
        words = "、".join(f"“{shown(row.cells[at])}”" for at in strange)
        problems.append(Problem(row.number, "", f"不认识列{words}，请改正列名或删去。"))
    editions = [at for at, role in roles.items() if role == "edition"]
    years = [at for at, role in roles.items() if role == "year"]
    used = {at for panel in panels for at in (panel.code, panel.name, panel.second_name)}
    return Layout(
        number=row.number,
        headings=row.cells,
        panels=tuple(panels),
        edition=((editions or years)[0], not editions) if editions or years else None,
        index=next((at for at, role in roles.items() if role == "index"), None),
        passed_over=tuple(
            shown(row.cells[at])
            for at, role in roles.items()
            if role == "passed over" or (role in _NAMES and at not in used)
        ),
        problems=tuple(problems),
    )


def _strange(told):
    """Return the columns of a long sheet that speak of a dimension by themselves: it has none such."""
    return [at for at, (_, title, _) in told.items() if title not in (None, OVERALL)]


def _groups(columns, cells):
    """Return the columns in panels: several where the whole of the headings repeats, else one."""
    names = [fold(cells[at]) for at in columns]
    for width in range(1, len(columns) // 2 + 1):
        if len(columns) % width == 0 and names == names[:width] * (len(columns) // width):
            return [columns[at : at + width] for at in range(0, len(columns), width)]
    return [columns]


def _doubled(row, told):
    said = {
        at: role if title is None else (dimension_key(title), field)
        for at, (role, title, field) in told.items()
        if role not in ("ours", "passed over")
    }
    counts = Counter(said.values())
    for at, one in said.items():
        if (again := counts.pop(one, 1)) > 1:
            yield Problem(row.number, shown(row.cells[at]), f"这一列出现了 {again} 次。")


def _panel(told, long):
    roles = {}
    for at, (role, *_) in told.items():
        roles.setdefault(role, at)
    names = [roles[role] for role in _NAMES if role in roles]
    code = roles.get("code")
    slots = {}
    for at, (_, title, field) in told.items():
        if title is not None and (not long or title == OVERALL):
            key = None if long else dimension_key(title)
            slots.setdefault(key, (None if long else title, {}))[1].setdefault(field, at)
    dimension = tuple(roles[role] for role in ("dimension", "dimension_label") if role in roles)
    return Panel(
        code=code,
        name=names[0] if names else None,
        second_name=_second(roles),
        dimension=dimension,
        slots=tuple(Slot(title, fields) for title, fields in slots.values()),
        # Beside a code, the column 地方 is our own name of the place; alone, it is the source's.
        keeps_name=bool(names) and (code is None or bool(roles.keys() & set(_NAMES[:3]))),
    )


def _second(roles):
    """Return the column that names a place where the source's own writing is left blank, as our export does."""
    if "name_as_published" not in roles:
        return None
    return next((roles[role] for role in ("city", "country", "place") if role in roles), None)
