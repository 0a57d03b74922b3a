"""What an import of a roster would do, row by row: pure comparison, nothing is written."""

from collections import defaultdict

from institutions.models import Institution
from portal.importing import RowChange
from portal.tabular import Problem


def conflicts(entries):
    """Return Problems for rows that speak of one institution and disagree, or say one period twice."""
    problems, facts, periods = [], defaultdict(dict), {}
    for entry in entries:
        told = facts[entry.key]
        for name, value in entry.facts.items():
            row, said = told.setdefault(name, (entry.row, value))
            if said != value:
                label = _label(name)
                problems.append(
                    Problem(entry.row, label, f"与第 {row} 行同一机构的{label}不一致。")
                )
        if entry.kind is None:
            continue
        days = (entry.key, entry.kind.pk, entry.valid_from, entry.valid_to)
        if days in periods:
            problems.append(
                Problem(entry.row, "名称", f"与第 {periods[days]} 行重复：同一机构、类别和起止日。")
            )
        periods[days] = entry.row
    return problems


def change_of(entry, held, default_day):
    """Return the RowChange of one sound entry; `default_day` is the head's day for rows without their own."""
    label = entry.name + (f"（{entry.kind.name}）" if entry.kind else "")
    if entry.institution is None:
        return RowChange("new", label, entry.row, (("机构", "", "新建"), *_period_words(entry)))
    differences = fact_differences(entry)
    new_aliases = [name for name in entry.aliases if not held.bears(entry.institution, name)]
    if new_aliases:
        differences.append(("别名", "", "、".join(new_aliases)))
    act = "changed" if differences else "unchanged"
    if entry.kind is not None:
        first = entry.valid_from or default_day
        found = held.period_at(entry.institution, entry.kind, first, entry.valid_to)
        if found != "same":
            act = "new" if found is None else "changed"
            differences += _period_words(entry)
    return RowChange(act, label, entry.row, tuple(differences))


def fact_differences(entry):
    """Return [(label, before, after)] for the facts in which a row differs from its institution."""
    return [
        (_label(name), _shown(entry.institution, name), _shown_value(name, value))
        for name, value in entry.facts.items()
        if getattr(entry.institution, name) != value
    ]


def _label(name):
    return str(Institution._meta.get_field(name).verbose_name)


def _shown(institution, name):
    return _shown_value(name, getattr(institution, name))


def _shown_value(name, value):
    choices = dict(Institution._meta.get_field(name).flatchoices)
    return str(choices.get(value, "" if value is None else value))


def _period_words(entry):
    if entry.kind is None:
        return []
    first = entry.valid_from.isoformat() if entry.valid_from else "未载明"
    last = entry.valid_to.isoformat() if entry.valid_to else "未载明"
    return [("定点期", "", f"{first} 至 {last}")]
