"""Steps of a review: what an editor did to the lines of a draft, so that it can be undone."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from institutions.models.notices import Notice
from portal.guards import LinesOf


class ReviewStep(models.Model):
    """One act of an editor on a draft's lines, and what stood before it.

    The latest step can be undone; then its row goes. Once the notice is published its steps stay as
    they are: who decided which line. `before` is read by `institutions.review.undoing` alone.
    """

    notice = models.ForeignKey(
        Notice, verbose_name="通知", on_delete=models.CASCADE, related_name="steps"
    )
    words = models.CharField("动作", max_length=300)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="经手人",
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    guard = LinesOf("notice")

    class Meta:
        verbose_name = "审核步骤"
        verbose_name_plural = "审核步骤"
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words=""),
                name="reviewstep_says_what",
                violation_error_message="请写明做了什么。",
            ),
        ]

    def __str__(self):
        return self.words
