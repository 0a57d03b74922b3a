"""What readers say is wrong (纠错): the report, its number, and what became of it."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

# Letters and digits that cannot be taken for one another when read aloud or written down.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_number():
    """Return a report's number, eight characters that cannot be guessed: 30^8 possibilities."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


class ErrorReportQuerySet(models.QuerySet):
    """Questions that one asks of reports."""

    def open(self):
        """Return the reports that nobody has answered yet, oldest first."""
        return self.filter(state__in=ErrorReport.OPEN_STATES).order_by("created_at", "pk")

    def sent_since(self, instant):
        """Return the reports sent after `instant`."""
        return self.filter(created_at__gt=instant)


class ErrorReport(models.Model):
    """One reader's word that something published is wrong."""

    class State(models.TextChoices):
        NEW = "new", "待处理"
        CHECKING = "checking", "核实中"
        FIXED = "fixed", "已更正"
        DECLINED = "declined", "经核实无误"

    OPEN_STATES = (State.NEW, State.CHECKING)

    number = models.CharField("编号", max_length=8, unique=True, default=new_number, editable=False)
    reference = models.CharField("对象", max_length=200, editable=False)
    subject = models.CharField("标题", max_length=255, editable=False)
    text = models.TextField("读者说", max_length=2000)
    contact = models.CharField("联系方式", max_length=100, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.NEW)
    answer = models.TextField("答复", max_length=1000, blank=True, help_text="读者凭编号可以看到。")
    created_at = models.DateTimeField("收到时间", default=timezone.now, editable=False)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        "portal.User",
        verbose_name="经办人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    sender = models.CharField(max_length=64, editable=False)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = "读者纠错"
        verbose_name_plural = "读者纠错"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["sender", "created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="error_report_says_something",
                violation_error_message="请写明哪里有误。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["new", "checking"]) | ~Q(answer=""),
                name="closed_error_report_is_answered",
                violation_error_message="办结前请填写答复，读者凭编号可以看到。",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.subject}"
