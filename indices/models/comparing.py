"""Which editions may be compared: an editor's declaration. Without one, nothing is compared."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from indices.editions import age
from indices.models.editions import Edition
from portal.sources import Versioned


class ComparabilityQuerySet(models.QuerySet):
    """Questions that one asks of declarations."""

    def among(self, editions):
        """Return the declarations whose two editions are both among these (a list or QuerySet)."""
        return self.filter(earlier__in=editions, later__in=editions)


class Comparability(Versioned):
    """Two editions of one series: how far they may be compared, and why. No row: not comparable."""

    class Extent(models.TextChoices):
        FULL = "full", "得分和位次都可比"
        SCORES = "scores", "只有得分可比"
        NONE = "none", "不可比"

    earlier = models.ForeignKey(
        Edition, verbose_name="前一版", on_delete=models.PROTECT, related_name="compared_later"
    )
    later = models.ForeignKey(
        Edition, verbose_name="后一版", on_delete=models.PROTECT, related_name="compared_earlier"
    )
    extent = models.CharField("可比范围", max_length=6, choices=Extent)
    reason = models.CharField(
        "理由", max_length=300, help_text="给读者看，如“评估对象由 100 个城市改为 35 个”。"
    )

    objects = ComparabilityQuerySet.as_manager()

    class Meta:
        verbose_name = "可比性"
        verbose_name_plural = "可比性"
        ordering = ["-later__year", "-earlier__year", "pk"]
        constraints = [
            models.UniqueConstraint(
                Least("earlier", "later"),
                Greatest("earlier", "later"),
                name="comparability_once_for_a_pair",
                violation_error_message="这两版的可比性已经声明过。",
            ),
            models.CheckConstraint(
                condition=~Q(earlier=F("later")),
                name="comparability_is_of_two_editions",
                violation_error_message="请选择两个不同的版次。",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & Q(extent__in=["full", "scores", "none"]),
                name="comparability_has_its_reason",
                violation_error_message="请选定可比范围，写明理由。",
            ),
        ]

    def __str__(self):
        return f"{self.earlier.label}—{self.later.label}：{self.get_extent_display()}"

    def clean(self):
        super().clean()
        if None in (self.earlier_id, self.later_id):
            return
        if self.earlier.index_id != self.later.index_id:
            raise ValidationError({"later": "两个版次须属于同一个指数。"})
        if age(self.earlier) > age(self.later):
            raise ValidationError({"later": "后一版早于前一版，请对调。"})
