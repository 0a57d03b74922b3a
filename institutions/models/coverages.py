"""Coverage: declarations that the register holds every list of a kind in an area, from a day on."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from institutions.models.notices import within_years
from institutions.models.schemes import Kind
from portal.models import Place
from portal.records import Recorded


class Coverage(Recorded):
    """One editor's declaration, and on what basis; without it no answer is 否.

    `valid_from` to `valid_to` are the days for which the register is complete; no `valid_to`: it is kept
    complete until the declaration is withdrawn. No notice creates one by itself.
    """

    kind = models.ForeignKey(
        Kind, verbose_name="定点类别", on_delete=models.PROTECT, related_name="coverages"
    )
    area = models.ForeignKey(
        Place,
        verbose_name="地区",
        on_delete=models.PROTECT,
        related_name="coverages",
        help_text="包括其下的区、县（市）和功能区。",
    )
    basis = models.TextField(
        "声明依据", help_text="凭什么说收录完整，例如“经办机构提供的全部在册名单，逐条核对”。"
    )
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="声明人",
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )

    class Meta(Recorded.Meta):
        verbose_name = "收录完整声明"
        verbose_name_plural = "收录完整声明"
        ordering = ["-pk"]
        default_permissions = ("add", "view")
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_from__isnull=False),
                name="coverage_has_a_first_day",
                violation_error_message="请填写从哪一天起收录完整。",
            ),
            models.CheckConstraint(
                condition=~Q(basis=""),
                name="coverage_has_a_basis",
                violation_error_message="请写明声明的依据。",
            ),
            within_years("coverage_days_in_years", "valid_from", "valid_to"),
        ]

    def __str__(self):
        return f"{self.kind}，{self.area}，{self.valid_from}起"
