"""Dimensions: stable in a series, named, weighed and nested anew in each edition."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from indices.models.editions import Edition
from indices.models.series import Index, code_fits, code_rule
from portal.guards import Permanent


class Dimension(models.Model):
    """One dimension of a series under a stable code; what an edition calls it is `EditionDimension.label`."""

    index = models.ForeignKey(
        Index, verbose_name="指数", on_delete=models.PROTECT, related_name="dimensions"
    )
    code = models.CharField(
        "代码",
        max_length=50,
        validators=[code_rule],
        help_text="网址和数据表的列名中使用；定下后不能再改。",
    )
    name = models.CharField("名称", max_length=100, help_text="如“数字基础设施”。")

    guard = Permanent(("index", "code"), deletable=True)

    class Meta:
        verbose_name = "维度"
        verbose_name_plural = "维度"
        ordering = ["index__code", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["index", "code"],
                name="dimension_code_once_in_its_index",
                violation_error_message="这个指数中已有代码相同的维度。",
            ),
            code_fits("dimension_code_fits_addresses"),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="dimension_has_a_name",
                violation_error_message="名称不能为空。",
            ),
        ]

    def __str__(self):
        return self.name


class EditionDimension(models.Model):
    """One dimension in one edition: its label there, its weight, the dimension above it, its order.

    The one without a parent is the overall score. `decimals` is to how many places the report prints its
    scores: they are shown so, and ranks are checked with what that rounding allows.
    """

    edition = models.ForeignKey(
        Edition, verbose_name="版次", on_delete=models.PROTECT, related_name="dimensions"
    )
    dimension = models.ForeignKey(
        Dimension, verbose_name="维度", on_delete=models.PROTECT, related_name="in_editions"
    )
    label = models.CharField("本版名称", max_length=100, help_text="照报告写，如“数字政务服务”。")
    parent = models.ForeignKey(
        "self",
        verbose_name="上级维度",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="留空即总指数，每版只有一个。",
    )
    weight = models.DecimalField(
        "权重",
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="百分数，如 25；没有公布就留空。",
    )
    decimals = models.PositiveSmallIntegerField(
        "小数位", null=True, blank=True, help_text="报告印出的得分有几位小数；留空则随数据。"
    )
    lower_is_better = models.BooleanField("数值越小越好", default=False)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    guard = Permanent(("edition", "dimension"), deletable=True)

    class Meta:
        verbose_name = "本版维度"
        verbose_name_plural = "本版维度"
        ordering = ["edition", F("parent").asc(nulls_first=True), "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "dimension"],
                name="edition_dimension_once",
                violation_error_message="这一版已有这个维度。",
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(parent__isnull=True),
                name="edition_has_one_root",
                violation_error_message="这一版已有总指数，请选择上级维度。",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="edition_dimension_is_not_its_own_parent",
                violation_error_message="一个维度不能是自己的上级。",
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__range=(0, 100)),
                name="edition_dimension_weight_is_a_share",
                violation_error_message="权重须在 0 到 100 之间；没有公布就留空。",
            ),
            models.CheckConstraint(
                condition=Q(decimals__isnull=True) | Q(decimals__lte=6),
                name="edition_dimension_decimals_fit",
                violation_error_message="小数位最多 6 位。",
            ),
            models.CheckConstraint(
                condition=~Q(label=""),
                name="edition_dimension_has_a_label",
                violation_error_message="本版名称不能为空。",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def is_root(self):
        """Whether it is the edition's overall score."""
        return self.parent_id is None

    def clean(self):
        super().clean()
        if (
            self.dimension_id
            and self.edition_id
            and self.dimension.index_id != self.edition.index_id
        ):
            raise ValidationError({"dimension": "维度不属于这一版的指数。"})
        above, met = self.parent, {self.pk}
        while above is not None:
            if above.edition_id != self.edition_id:
                raise ValidationError({"parent": "上级维度不在这一版。"})
            if above.pk in met:
                raise ValidationError({"parent": "上级维度绕成了一圈。"})
            met.add(above.pk)
            above = above.parent
