"""An importer as an app writes one: organisations by their code."""

from django import forms
from django.urls import reverse

from portal.importing import Importer, Plan, RowChange
from portal.models import Organisation
from portal.tabular import Column, Problem

COLUMNS = (
    Column("code", "代码", required=True, max_length=50, help="小写字母、数字和连字符"),
    Column("name", "名称", required=True, max_length=100),
    Column("short_name", "简称", max_length=50),
    Column("place", "地方", value="place.name", computed=True),
)


class OptionsForm(forms.Form):
    """Whether organisations that the file lacks go."""

    replace = forms.BooleanField(label="删除文件里没有的", required=False)


class OrganisationImporter(Importer):
    name = "organisations_import"
    title = "导入机构"
    explanation = "每行一个机构，按代码认。"
    columns = COLUMNS
    permission = "portal.add_organisation"
    options_form = OptionsForm

    def plan(self, table, *, options, by):
        known = {one.code: one for one in Organisation.objects.order_by("code")}
        plan = Plan(problems=list(table.problems), payload=[])
        for row in table.rows:
            one = known.pop(row.values["code"], None) or Organisation(code=row.values["code"])
            differences = tuple(
                (column.label, before, row.values[column.key])
                for column in table.present
                if (before := getattr(one, column.key) if one.pk else "") != row.values[column.key]
            )
            act = "new" if one.pk is None else "changed" if differences else "unchanged"
            plan.changes.append(RowChange(act, row.values["name"], row.number, differences))
            if row.values["name"] == "无名":
                plan.problems.append(Problem(row.number, "名称", "不是名称。"))
            if row.values["name"].startswith("疑"):
                plan.warnings.append(Problem(row.number, "名称", "请再看一眼。"))
            plan.payload.append((one, row.values))
        if options.get("replace"):
            plan.changes += [RowChange("removed", one.name) for one in known.values()]
        else:
            plan.notes += [f"文件里没有的 {len(known)} 个机构保持不变。"] if known else []
        plan.payload.append(list(known.values()) if options.get("replace") else [])
        return plan

    def apply(self, plan, *, options, by):
        *rows, gone = plan.payload
        for one, values in rows:
            for name, value in values.items():
                setattr(one, name, value)
            one.save()
            if one.name == "中断":
                raise RuntimeError("stopped in the middle")
        for one in gone:
            one.delete()
        return len(rows)

    def done(self, result):
        return f"导入了 {result} 个机构。", reverse("wagtailadmin_home")
