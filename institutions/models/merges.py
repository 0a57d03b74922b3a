"""Merges: dated statements that one institution is part of another from a day on."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from institutions.models.institutions import Institution
from institutions.models.notices import within_years
from portal.guards import APPEND_ONLY


class Merge(models.Model):
    """One editor's statement that from the day `on` the institution `part` is part of `whole`.

    A row with `undoes` says that that row is void, from its own `known_from` on. No row is altered, and
    no period rewritten. Merges that a notice states are its lines, not rows here.
    """

    part = models.ForeignKey(
        Institution, verbose_name="被并入的机构", on_delete=models.PROTECT, related_name="merges"
    )
    whole = models.ForeignKey(
        Institution, verbose_name="并入", on_delete=models.PROTECT, related_name="merged_parts"
    )
    on = models.DateField("合并日期", help_text="从这一天起由合并后的机构答复。")
    source_words = models.TextField("依据")
    undoes = models.OneToOneField(
        "self",
        verbose_name="撤销的合并",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="undone_by",
    )
    known_from = models.DateTimeField("记入时间", default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="经手人",
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )

    guard = APPEND_ONLY

    class Meta:
        verbose_name = "机构合并"
        verbose_name_plural = "机构合并"
        ordering = ["-pk"]
        default_permissions = ("add", "view")
        constraints = [
            models.CheckConstraint(
                condition=~Q(part=F("whole")),
                name="merge_joins_two",
                violation_error_message="一家机构不能并入自己。",
            ),
            models.CheckConstraint(
                condition=~Q(source_words=""),
                name="merge_has_a_source",
                violation_error_message="请写明合并的依据。",
            ),
            models.CheckConstraint(
                condition=Q(undoes__isnull=True) | ~Q(undoes=F("id")),
                name="merge_undoes_another",
            ),
            within_years("merge_day_in_years", "on"),
        ]

    def __str__(self):
        verb = "撤销：" if self.undoes_id else ""
        return f"{verb}{self.part} 并入 {self.whole}"

    def clean(self):
        super().clean()
        if self.part_id and self.part_id == self.whole_id:
            raise ValidationError({"whole": "一家机构不能并入自己。"})
