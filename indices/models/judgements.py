"""Remembered judgements: which place a printed name means in one series."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from indices.models.series import Index
from portal.models import Place
from portal.names import fold


class PlaceJudgement(models.Model):
    """An editor's word that, in this series, a name as printed means this place.

    Per series: 吉林 is a city in one list and a province in another.
    """

    index = models.ForeignKey(
        Index, verbose_name="指数", on_delete=models.CASCADE, related_name="place_judgements"
    )
    name = models.CharField("来源中的写法", max_length=100)
    key = models.CharField(max_length=100, editable=False)
    place = models.ForeignKey(
        Place, verbose_name="地方", on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="判断人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    at = models.DateTimeField("判断时间", auto_now=True)

    class Meta:
        verbose_name = "地名判断"
        verbose_name_plural = "地名判断"
        ordering = ["index__code", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["index", "key"],
                name="place_judged_once_in_its_index",
                violation_error_message="这个写法已经判断过。",
            ),
            models.CheckConstraint(
                condition=~Q(key=""),
                name="place_judgement_has_a_name",
                violation_error_message="写法不能为空。",
            ),
        ]

    def __str__(self):
        return f"{self.name} → {self.place}"

    def save(self, *args, **kwargs):
        self.key = fold(self.name)
        super().save(*args, **kwargs)
