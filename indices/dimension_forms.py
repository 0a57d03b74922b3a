"""The table of an edition's dimensions as a form: rows that point at each other by their number in it.

Knows what a row means that leaves its code or the dimension above it empty. Saves nothing.
"""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.forms import BaseFormSet, formset_factory

from indices.models import EditionDimension, ReleaseLine, Score
from indices.models.series import code_rule
from indices.wording import value_text
from portal.names import fold

BLANK_ROWS = 5
MOST_ROWS = 100


@dataclass(frozen=True)
class Wanted:
    """One row as an editor wants it: `row` is what it stands for, None for a new one.

    `above` is the place of the dimension above it in the list of wanted rows, None for the overall score.
    `decimals_changed` is False when the editor left them as they were shown: imports raise them meanwhile.
    """

    row: EditionDimension | None
    code: str
    label: str
    above: int | None
    weight: Decimal | None
    decimals: int | None
    decimals_changed: bool
    lower_is_better: bool


class DimensionForm(forms.Form):
    """One row; `parent` names another row by its number, empty for the overall score."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(
        label="本版名称", max_length=100, error_messages={"required": "请填写本版名称。"}
    )
    code = forms.CharField(label="代码", max_length=50, required=False, validators=[code_rule])
    parent = forms.TypedChoiceField(label="上级维度", required=False, coerce=int, empty_value=None)
    weight = forms.DecimalField(
        label="权重（%）",
        required=False,
        min_value=0,
        max_value=100,
        max_digits=7,
        decimal_places=4,
        error_messages=dict.fromkeys(("min_value", "max_value"), "权重须在 0 到 100 之间。"),
    )
    decimals = forms.IntegerField(
        label="小数位",
        required=False,
        min_value=0,
        max_value=6,
        show_hidden_initial=True,
        error_messages=dict.fromkeys(("min_value", "max_value"), "小数位最多 6 位。"),
    )
    lower_is_better = forms.BooleanField(label="越小越好", required=False)
    position = forms.IntegerField(label="顺序", required=False, min_value=0, max_value=999)

    def __init__(self, *args, row=None, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        self.fields["parent"].choices = [("", "总指数之下"), *choices]
        if row is not None:
            self.fields["code"].disabled = True
            self.initial["code"] = row.dimension.code
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    @property
    def is_kept(self):
        """Whether the row is filled in and not to be deleted."""
        told = getattr(self, "cleaned_data", None)
        return bool(told) and not told.get("DELETE")


class DimensionRows(BaseFormSet):
    """The whole table; `rows` are the dimensions that stand, `root` the number of the overall score's row."""

    def __init__(self, *args, rows=(), root=0, **kwargs):
        self.rows, self.root = {row.pk: row for row in rows}, root
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index):
        named = [(str(at), self._called(at)) for at in range(self.total_form_count())]
        choices = [choice for choice in named if choice[0] != str(index)]
        return {"row": self.rows.get(self._key(index)), "choices": choices}

    def _given(self, at, name):
        if self.is_bound:
            return self.data.get(f"{self.prefix}-{at}-{name}", "")
        initial = self.initial or []
        return initial[at].get(name, "") if at is not None and at < len(initial) else ""

    def _key(self, at):
        given = str(self._given(at, "pk") or "")
        return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else None

    def _called(self, at):
        return self._given(at, "label") or f"第 {at + 1} 行"

    def clean(self):
        unseen = set(self.rows) - {form.row.pk for form in self.forms if form.row is not None}
        if unseen:
            words = "、".join(self.rows[pk].label for pk in sorted(unseen))
            raise forms.ValidationError(f"这一版在您打开之后多了维度：{words}。请重新打开后再填。")
        kept = [at for at, form in enumerate(self.forms) if form.is_kept]
        if not kept:
            raise forms.ValidationError("请至少填写一个维度：总指数。")
        if self.root not in kept:
            raise forms.ValidationError("请在一个填了名称的行上选定总指数。")
        self._check_rows(kept)
        self._check_circles(kept)
        self._check_deleted()

    def _check_rows(self, kept):
        gone = self.dropped
        seen = {
            "label": {fold(row.label) for row in gone},
            "code": {row.dimension.code for row in gone},
        }
        for form in (self.forms[at] for at in kept):
            for name, words in (("label", "名称"), ("code", "代码")):
                key = fold(form.cleaned_data.get(name) or "")
                if key and key in seen[name]:
                    form.add_error(name, f"这一版已有{words}相同的维度。")
                seen[name].add(key)
            if form.cleaned_data.get("pk") and form.row is None:
                form.add_error(None, "这个维度已不在这一版，请重新打开。")

    def _check_circles(self, kept):
        above = {at: self.above(at) for at in kept}
        for at in kept:
            form, met, step = self.forms[at], {at}, above[at]
            if step is not None and step not in kept:
                form.add_error("parent", "上级维度没有填写，或已勾选删除。")
                continue
            while step is not None and step not in met:
                met.add(step)
                step = above.get(step)
            if step is not None:
                form.add_error("parent", "上级维度绕成了一圈。")

    def _check_deleted(self):
        # A form that is to be deleted is not asked whether it is valid, so the table says it.
        held = [
            row.label
            for row in self.dropped
            if Score.objects.filter(dimension=row).exists()
            or ReleaseLine.objects.filter(dimension=row).exists()
        ]
        if held:
            words = "、".join(held)
            raise forms.ValidationError(f"“{words}”已有数据（含草稿），不能删除。")

    def above(self, at):
        """Return the number of the row above this one; None for the overall score's."""
        if at == self.root:
            return None
        chosen = self.forms[at].cleaned_data.get("parent")
        return self.root if chosen is None else chosen

    @property
    def wanted(self):
        """The rows of a valid table in their order, as a list of Wanted; the overall score is among them."""
        kept = [at for at, form in enumerate(self.forms) if form.is_kept]
        last = len(self.forms) * 1000
        order = {
            at: (last if told is None else told, at)
            for at in kept
            for told in [self.forms[at].cleaned_data.get("position")]
        }
        places = {at: place for place, at in enumerate(sorted(kept, key=order.get))}
        return [self._wanted(at, places) for at in places]

    def _wanted(self, at, places):
        form, above = self.forms[at], self.above(at)
        told = form.cleaned_data
        return Wanted(
            row=form.row,
            code=told["code"],
            label=told["label"],
            above=None if above is None else places[above],
            weight=told["weight"],
            decimals=told["decimals"],
            decimals_changed="decimals" in form.changed_data,
            lower_is_better=told["lower_is_better"],
        )

    @property
    def dropped(self):
        """The dimensions that are to be deleted."""
        return [
            form.row
            for form in self.forms
            if form.row is not None and getattr(form, "cleaned_data", {}).get("DELETE")
        ]


DimensionFormSet = formset_factory(
    DimensionForm,
    formset=DimensionRows,
    extra=BLANK_ROWS,
    can_delete=True,
    can_delete_extra=False,
    max_num=MOST_ROWS,
    validate_max=True,
    absolute_max=MOST_ROWS + BLANK_ROWS,
)


def initial_of(row, places):
    """Return what the table shows of a dimension that stands; `places` gives each dimension's row number."""
    root = row.parent_id is None or row.parent.parent_id is None
    return {
        "pk": row.pk,
        "label": row.label,
        "code": row.dimension.code,
        "parent": "" if root else str(places[row.parent_id]),
        "weight": row.weight if row.weight is None else value_text(row.weight),
        "decimals": row.decimals,
        "lower_is_better": row.lower_is_better,
        "position": row.position,
    }
