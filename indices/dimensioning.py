"""Writing an edition's table of dimensions: all rows at once, from the version that the editor saw.

Knows in which order rows are written so that there is never a second overall score, and which stable
dimension a row without a code means.
"""

from django.db import transaction
from wagtail.log_actions import log

from indices.models import Dimension, EditionDimension
from indices.publishing import note_update
from portal.models import Change
from portal.names import fold, pinyin_slug


@transaction.atomic
def set_dimensions(edition, wanted, dropped, *, by):
    """Make `wanted` (checked Wanted rows, in order) all the dimensions of this edition, and delete `dropped`.

    Raises StaleVersion when the edition was saved since it was opened; what has scores must have been
    refused before. Readers are told when the edition is public.
    """
    Change.objects.queue()
    edition.save()
    stable = _Stable(edition.index, [*(told.code for told in wanted), *_codes(dropped)])
    rows = _written(edition, wanted, stable)
    root = next(row for row, told in zip(rows, wanted, strict=True) if told.above is None)
    gone = EditionDimension.objects.filter(pk__in=[row.pk for row in dropped])
    # They go from below the overall score, so that none of them is above another or is a second root.
    gone.update(parent=root)
    _nest(rows, wanted)
    gone.delete()
    log(edition, "wagtail.edit", user=by, content_changed=True)
    note_update(edition, by=by)
    return rows


def _codes(rows):
    return [row.dimension.code for row in rows]


def _written(edition, wanted, stable):
    """Save each row without moving those that stand; new ones begin under the overall score of the moment."""
    root = edition.dimensions.filter(parent=None).first()
    rows = [None] * len(wanted)
    # The overall score first: in an edition without one, the others need it above them.
    for at in sorted(range(len(wanted)), key=lambda at: wanted[at].above is not None):
        told = wanted[at]
        row = told.row or EditionDimension(
            edition=edition, dimension=stable.found(told), parent=root
        )
        row.label, row.weight = told.label, told.weight
        row.lower_is_better, row.position = told.lower_is_better, at
        fields = ["label", "weight", "lower_is_better", "position"]
        if told.decimals_changed or row.pk is None:
            row.decimals = told.decimals
            fields.append("decimals")
        row.save(update_fields=fields if row.pk else None)
        root = root or row
        rows[at] = row
    return rows


def _nest(rows, wanted):
    """Put each row below its own; the overall score last, when the former one stands below something."""
    for at in sorted(range(len(rows)), key=lambda at: wanted[at].above is None):
        above = wanted[at].above
        rows[at].parent = None if above is None else rows[above]
        rows[at].save(update_fields=["parent"])


class _Stable:
    """The dimensions of a series, found by code or by what any edition calls them; made when there is none.

    `taken` are the codes that the edition's other rows have: no name leads to them.
    """

    def __init__(self, index, taken):
        self.index = index
        held = list(index.dimensions.all())
        self._by_code = {row.code: row for row in held}
        self._by_name = {fold(row.name): row for row in held}
        labels = EditionDimension.objects.filter(edition__index=index).order_by("pk")
        for row in labels.select_related("dimension"):
            self._by_name.setdefault(fold(row.label), row.dimension)
        self._taken = set(taken)

    def found(self, told):
        """Return the stable dimension of a new row."""
        if told.code:
            return self._by_code.get(told.code) or self._made(told.code, told.label)
        row = self._by_name.get(fold(told.label))
        if row is None or row.code in self._taken:
            row = self._made(self._free(told.label), told.label)
        self._taken.add(row.code)
        return row

    def _free(self, label):
        base = code = pinyin_slug(label) or "weidu"
        number = 1
        while code in self._by_code or code in self._taken:
            number += 1
            code = f"{base[:46]}-{number}"
        return code

    def _made(self, code, name):
        row = Dimension(index=self.index, code=code, name=name)
        row.full_clean()
        row.save()
        self._by_code[code] = row
        return row
