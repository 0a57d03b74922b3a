"""The bodies that stand behind notices, reports and papers."""

from django.db import models
from django.db.models import Q

from portal.models.places import Place

# What an address part made of words may be (codes of organisations, slugs of people and topics).
SLUG_RULE = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"


class Organisation(models.Model):
    """One body that issues notices, publishes reports or prints a paper."""

    code = models.SlugField("代码", unique=True, help_text="网址中使用，小写字母、数字和连字符。")
    name = models.CharField("名称", max_length=200, unique=True)
    short_name = models.CharField("简称", max_length=100, blank=True)
    place = models.ForeignKey(
        Place,
        verbose_name="所在地",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
    )
    url = models.URLField("网站", blank=True)

    class Meta:
        verbose_name = "组织机构"
        verbose_name_plural = "组织机构"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=SLUG_RULE),
                name="organisation_code_fits_addresses",
                violation_error_message="代码只能用小写字母、数字和连字符。",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="organisation_has_a_name",
                violation_error_message="名称不能为空。",
            ),
        ]

    def __str__(self):
        return self.name
