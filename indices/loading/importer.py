"""The desk's import of scores: what the form asks, what the preview shows, and the draft that is left.

The same verb as the command's. The preview stages the rows and rolls them back; nothing is published here,
the draft's own screen does that.
"""

import hashlib
import unicodedata
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from wagtail.admin.widgets import AdminAutoHeightTextInput

from indices.choosers import EditionChooser
from indices.loading.files import uploaded_file
from indices.loading.importing import Order, import_scores
from indices.models import Edition
from indices.placing import remember
from indices.tables import COLUMNS
from portal.importing import Importer, Plan
from portal.importing.views import ROWS_SHOWN
from portal.models import Place
from portal.names import fold
from portal.tabular import Problem

_LONGEST_NAME = 100


class ScoresForm(forms.Form):
    """What belongs to a file of scores: the edition, the source, and how the file is to be taken."""

    edition = forms.ModelChoiceField(
        label="指数版次",
        queryset=Edition.objects.select_related("index"),
        widget=EditionChooser(),
        error_messages={"required": "请选择版次。", "invalid_choice": "没有这个版次，请重新选择。"},
    )
    source_words = forms.CharField(
        label="来源说明",
        widget=AdminAutoHeightTextInput(),
        help_text="公众可见：发布机构、标题、日期、网址。",
        error_messages={"required": "请写明来源。"},
    )
    explanation = forms.CharField(
        label="更正理由",
        required=False,
        widget=AdminAutoHeightTextInput(),
        help_text="改动已发布的数据时填写，公众可见：错在哪里，依据什么改。",
    )
    replace = forms.BooleanField(
        label="撤去文件里没有的行",
        required=False,
        help_text="文件是这一版的全部数据时勾选；只涉及文件所含的维度。",
    )
    create_dimensions = forms.BooleanField(
        label="新建文件中的新维度",
        required=False,
        help_text="这一版还没有的维度照列名新建；还没有总指数时，唯一有排名的或第一个作为总指数。",
    )
    places = forms.CharField(
        label="地名对应",
        required=False,
        widget=AdminAutoHeightTextInput(),
        help_text="认不出的写法在这里写明，一行一个：写法=代码，如“杭州=330100”。导入后记住，下次不必再写。",
    )

    def clean_source_words(self):
        return self.cleaned_data["source_words"].strip()

    def clean_explanation(self):
        return self.cleaned_data["explanation"].strip()

    def clean_places(self):
        """Return [(name as printed, Place)] of the lines."""
        told, errors = [], []
        for number, line in enumerate(self.cleaned_data["places"].splitlines(), 1):
            name, _, code = line.replace("＝", "=").rpartition("=")
            code = unicodedata.normalize("NFKC", code).strip().lower()
            if not line.strip():
                continue
            place = Place.objects.filter(code=code).first()
            if not fold(name) or len(name.strip()) > _LONGEST_NAME:
                errors.append(f"第 {number} 行应写成 写法=代码。")
            elif place is None:
                errors.append(f"第 {number} 行：没有代码为“{code}”的地方。")
            else:
                told.append((name, place))
        if errors:
            raise ValidationError(errors)
        return told


@dataclass
class ScoresPlan(Plan):
    """A plan whose rows are counted in the database: `totals` holds the counts, `changes` the first rows alone."""

    totals: dict[str, int] = field(default_factory=dict)

    @property
    def counts(self):
        """How many rows each act meets."""
        return self.totals

    @property
    def does_something(self):
        """Whether applying it would change anything."""
        return any(count for act, count in self.totals.items() if act != "unchanged")

    @property
    def digest(self):
        """The SHA-256 of what the plan says: its counts, first rows, problems and notes."""
        said = f"{super().digest}{sorted(self.totals.items())}"
        return hashlib.sha256(said.encode()).hexdigest()


class ScoresImporter(Importer):
    """Scores of one edition."""

    name = "indices_import"
    title = "导入指数数据"
    explanation = (
        "一次导入一个版次的得分和位次，先列出会有哪些变化，确认后成为一份草稿，发布另行确认。"
        "长表：每行一个地方的一个维度，用下面的列。宽表：每行一个地方，每个维度一列得分"
        "（列名为维度的代码或名称）和一列位次（如“数字基础设施排名”“infra_rank”）；"
        "左右并排的几栏也能读。有“版次”或“年份”一列时，只取所选版次的行。"
    )
    columns = COLUMNS
    permission = "indices.add_release"
    options_form = ScoresForm

    def read(self, upload, *, options):
        """Return the ScoreFile of the upload. Raises UnreadableFile."""
        return uploaded_file(upload)

    def plan(self, table, *, options, by):
        """Return what the file would do; all of it is staged and rolled back."""
        with transaction.atomic():
            outcome = self._run(table, options, by, dry_run=True)
            transaction.set_rollback(True)
        places = [Problem(one.row, "地方", one.sentence) for one in outcome.unmatched]
        return ScoresPlan(
            changes=outcome.examples,
            problems=[*outcome.problems, *places],
            warnings=[
                *outcome.warnings,
                *(Problem(None, one.dimension, one.sentence) for one in outcome.conflicts),
            ],
            notes=_notes(outcome, options),
            payload=table,
            totals={
                "new": outcome.new,
                "changed": outcome.changed,
                "removed": outcome.removed,
                "unchanged": outcome.unchanged,
            },
        )

    def apply(self, plan, *, options, by):
        """Write the draft and return it, with what the editor has said of places."""
        return self._run(plan.payload, options, by).release

    def done(self, result):
        """Lead to the draft."""
        words = f"已导入为草稿：{result.edition}。请核对后发布。"
        return words, reverse("release:edit", args=[result.pk])

    def _run(self, file, options, by, *, dry_run=False):
        edition = options["edition"]
        for name, place in options["places"]:
            remember(edition.index, name, place, by=by)
        order = Order(
            edition=edition,
            source_words=options["source_words"],
            explanation=options["explanation"],
            by=by,
            replace=options["replace"],
            create_dimensions=options["create_dimensions"],
            dry_run=dry_run,
            examples=ROWS_SHOWN if dry_run else 0,
        )
        return import_scores(file, order)


def _notes(outcome, options):
    """Return what an editor should know before confirming, as sentences."""
    notes = list(outcome.notes)
    if outcome.created:
        notes.append(f"将新建维度：{'、'.join(outcome.created)}。")
    if outcome.kept:
        names = "、".join(outcome.kept_names)
        more = "等" if outcome.kept > len(outcome.kept_names) else ""
        notes.append(f"文件里没有、现有 {outcome.kept} 行，保留不动：{names}{more}。")
    if outcome.conflicts:
        notes.append(
            f"公布的位次与得分不符 {len(outcome.conflicts)} 处，照公布的保留，列在“请留意”里。"
        )
    if (outcome.changed or outcome.removed) and not options["explanation"]:
        notes.append("有改动或撤去，发布前须写明更正理由。")
    return notes
