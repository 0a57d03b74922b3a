"""The dimensions that a file names: which of the edition's it means, and new ones made on request.

A title is compared with codes, then labels, then names. The stable dimension of a new one is found under
any label that it bears in another edition of the series.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from indices.loading.headings import OVERALL, dimension_key
from indices.models import Dimension, EditionDimension
from indices.models.series import RESERVED
from portal.names import pinyin_slug
from portal.tabular.cells import shown

_OVERALL_CODE, _OVERALL_LABEL = "overall", "总指数"
_LONGEST_CODE = 50


class _Directory:
    """Rows under the keys of their titles, the surer kind of title first."""

    def __init__(self, *kinds):
        self.kinds = []
        for pairs in kinds:
            found = {}
            for title, row in pairs:
                found.setdefault(dimension_key(title), {})[row.pk] = row
            self.kinds.append(found)

    def find(self, title):
        """Return the row of a title, or None. Raises ValueError, in Chinese, where several bear it."""
        key = dimension_key(title)
        rows = next((found[key] for found in self.kinds if key in found), {})
        if len(rows) > 1:
            raise ValueError(f"有几个维度都叫“{shown(title)}”，请改用维度代码。")
        return next(iter(rows.values()), None)


class Dimensions:
    """The dimensions of one edition, by what a file may call them."""

    def __init__(self, edition):
        self.edition = edition
        self._load()

    def _load(self):
        self.rows = list(
            self.edition.dimensions.select_related("dimension").order_by("position", "pk")
        )
        self.root = next((row for row in self.rows if row.is_root), None)
        self._directory = _Directory(
            [(row.dimension.code, row) for row in self.rows],
            [(row.label, row) for row in self.rows],
            [(row.dimension.name, row) for row in self.rows],
        )

    @property
    def keys(self):
        """All keys by which a heading is known for a dimension."""
        return {key for found in self._directory.kinds for key in found}

    def find(self, title):
        """Return the EditionDimension that `title` means; the overall one for ''.

        Raises ValueError, in Chinese, where none does or several do.
        """
        row = self.root if title == OVERALL else self._directory.find(title)
        if row is None:
            raise ValueError(
                f"这一版没有维度“{shown(title) or _OVERALL_LABEL}”。请先在版次中加上，"
                "或改正写法，或要求新建文件中的维度。"
            )
        return row

    def missing(self, titles):
        """Return those of the titles that mean no dimension yet. Raises ValueError as `find` for ambiguous ones."""
        return [
            title
            for title in titles
            if (self.root if title == OVERALL else self._directory.find(title)) is None
        ]

    def create(self, titles):
        """Make the missing ones of {title: whether it has ranks}; return them.

        In an edition without an overall dimension, the only one with ranks becomes it, or else the first.
        Raises ValueError, in Chinese, for a title that cannot be one.
        """
        wanted = self.missing(titles)
        if self.root is None and wanted:
            ranked = [title for title in titles if titles[title]]
            top = ranked[0] if len(ranked) == 1 and ranked[0] in wanted else wanted[0]
            top = OVERALL if OVERALL in wanted else top
            wanted.sort(key=lambda title: title != top)
        position = max((row.position for row in self.rows), default=-1)
        stable = self._stable()
        made = []
        for number, title in enumerate(wanted, position + 1):
            made.append(self._make(title, stable, number))
            self.root = self.root or made[-1]
        self._load()
        return made

    def _make(self, title, stable, position):
        label = title or _OVERALL_LABEL
        dimension = stable.find(title or _OVERALL_CODE)
        if dimension is not None and any(row.dimension_id == dimension.pk for row in self.rows):
            dimension = None
        try:
            if dimension is None:
                dimension = Dimension(index=self.edition.index, code=self._code(title), name=label)
                dimension.full_clean()
                dimension.save()
            row = EditionDimension(
                edition=self.edition,
                dimension=dimension,
                label=label,
                parent=self.root,
                position=position,
            )
            row.full_clean()
        except ValidationError as error:
            words = "".join(error.messages)
            raise ValueError(f"不能新建维度“{shown(title)}”：{words}") from error
        row.save()
        return row

    def _stable(self):
        """Return the Directory of the series' dimensions, by code, name, and their labels in other editions."""
        rows = list(self.edition.index.dimensions.all())
        by_key = {row.pk: row for row in rows}
        labels = EditionDimension.objects.filter(edition__index=self.edition.index).order_by()
        return _Directory(
            [(row.code, row) for row in rows],
            [(row.name, row) for row in rows],
            [(label, by_key[pk]) for label, pk in labels.values_list("label", "dimension")],
        )

    def _code(self, title):
        taken = {*self.edition.index.dimensions.values_list("code", flat=True), *RESERVED}
        if title == OVERALL:
            plain = _OVERALL_CODE
        elif title.isascii():
            plain = slugify(title.replace("_", "-"))[:_LONGEST_CODE]
        else:
            plain = pinyin_slug(title, _LONGEST_CODE, is_name=False)
        plain = re.sub("[-_]+", "-", plain).strip("-") or "dimension"
        code, number = plain, 2
        while code in taken:
            code, number = f"{plain[: _LONGEST_CODE - 4]}-{number}", number + 1
        return code
