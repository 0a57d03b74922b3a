"""One concrete model for each thing that the kernel offers to the floors above it."""

from django.db import models

from portal.guards import APPEND_ONLY, CloseOnly, LinesOf, Permanent
from portal.records import Recorded, one_current
from portal.sources import SourceDocument


class Report(SourceDocument):
    """One report, whose lines state readings."""

    title = models.CharField("标题", max_length=100)

    class Meta(SourceDocument.Meta):
        verbose_name = "报告"

    def __str__(self):
        return self.title


class ReportLine(models.Model):
    """One line of a report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="lines")
    subject = models.CharField("对象", max_length=20)

    guard = LinesOf("report")

    class Meta:
        verbose_name = "报告的一行"

    def __str__(self):
        return self.subject


class Reading(Recorded):
    """One value of a subject, with its two times."""

    subject = models.CharField("对象", max_length=20)
    value = models.DecimalField("数值", max_digits=8, decimal_places=2, null=True)

    class Meta(Recorded.Meta):
        verbose_name = "读数"
        constraints = [*Recorded.Meta.constraints, one_current("subject")]

    def __str__(self):
        return f"{self.subject} {self.value}"


class Entry(models.Model):
    """One entry of a log."""

    text = models.CharField("内容", max_length=20)

    guard = APPEND_ONLY

    class Meta:
        verbose_name = "日志"

    def __str__(self):
        return self.text


class Seat(models.Model):
    """One seat, cited by its code."""

    code = models.CharField("代码", max_length=20)
    colour = models.CharField("颜色", max_length=20, blank=True)

    guard = Permanent(("code",))

    class Meta:
        verbose_name = "席位"

    def __str__(self):
        return self.code


class Sitting(Recorded):
    """One period for which a seat is taken; a seat has one sitter at a time."""

    seat = models.ForeignKey(Seat, verbose_name="席位", on_delete=models.PROTECT, related_name="+")

    guard = CloseOnly(apart=("seat",))

    class Meta(Recorded.Meta):
        verbose_name = "在席"

    def __str__(self):
        return f"{self.seat} {self.valid_from}"
