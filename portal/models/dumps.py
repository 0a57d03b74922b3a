"""The checksums of whole datasets, each as it stood after one change."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.guards import APPEND_ONLY

SHA256_RULE = r"^[0-9a-f]{64}\Z"


class Dump(models.Model):
    """What the file of one dataset in one content version is, written when it was first made whole.

    The version is the sequence of the last change that it knows. The file itself is made from the records
    whenever it is asked for; that its bytes are these again is what makes it immutable.
    """

    dataset = models.CharField("数据", max_length=50)
    version = models.BigIntegerField("版本")
    rows = models.BigIntegerField("行数")
    size = models.BigIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField("生成时间", default=timezone.now)

    guard = APPEND_ONLY

    class Meta:
        verbose_name = "整库文件"
        verbose_name_plural = "整库文件"
        ordering = ["dataset", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "version"],
                name="dump_once_per_version",
                violation_error_message="这个版本的文件已经登记。",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=SHA256_RULE),
                name="dump_has_a_checksum",
                violation_error_message="SHA-256 是 64 位小写十六进制数。",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=0, rows__gte=0, size__gte=0),
                name="dump_counts_are_not_negative",
                violation_error_message="版本、行数和字节数不能为负。",
            ),
        ]

    def __str__(self):
        return f"{self.dataset} {self.version}"
