"""Remembered judgements: this printed name is, or is not, that institution."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from institutions.models.institutions import Institution
from portal.names import fold


class Match(models.Model):
    """One judgement of an editor, used whenever the name is printed again in a notice of that city.

    `city` is empty for a judgement that holds wherever the name is printed.
    """

    printed = models.CharField("印出的名称", max_length=200)
    key = models.CharField(max_length=200, editable=False, db_index=True)
    city = models.CharField(
        "城市", max_length=50, blank=True, help_text="这一判断只在哪个城市的通知中用。"
    )
    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="matches"
    )
    same = models.BooleanField("是同一家", default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="判断人",
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    at = models.DateTimeField("判断时间", auto_now=True)

    class Meta:
        verbose_name = "名称判断"
        verbose_name_plural = "名称判断"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "city", "institution"],
                name="match_judged_once",
                violation_error_message="这个名称与这家机构已有判断，请直接修改。",
            ),
            models.UniqueConstraint(
                fields=["key", "city"],
                condition=Q(same=True),
                name="match_means_one_institution",
                violation_error_message="这个名称已被判断为另一家机构。",
            ),
            models.CheckConstraint(
                condition=~Q(printed="") & ~Q(key=""),
                name="match_has_a_name",
                violation_error_message="名称不能为空。",
            ),
        ]

    def __str__(self):
        return f"“{self.printed}”{'是' if self.same else '不是'}{self.institution}"

    def save(self, *args, **kwargs):
        self.key = fold(self.printed)
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self.key = fold(self.printed)
        others = Match.objects.filter(key=self.key, city=self.city).exclude(pk=self.pk)
        if others.filter(institution=self.institution_id).exists():
            raise ValidationError("这个名称与这家机构已有判断，请直接修改。")
        if self.same and others.filter(same=True).exists():
            raise ValidationError("这个名称已被判断为另一家机构。")
