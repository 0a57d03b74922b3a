"""Files that wait between the preview of an import and its confirmation."""

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

LIFETIME = datetime.timedelta(hours=2)


class ImportDraftQuerySet(models.QuerySet):
    """Questions that one asks of waiting files."""

    def waiting(self, *, user, importer):
        """Return the files that this account may still confirm with that importer."""
        return self.filter(user=user, importer=importer, created_at__gt=timezone.now() - LIFETIME)

    def expired(self):
        """Return the files that nobody may confirm any more."""
        return self.filter(created_at__lte=timezone.now() - LIFETIME)


class ImportDraft(models.Model):
    """One uploaded file whose preview an editor has seen: public nowhere, gone when confirmed or after two hours.

    `digest` is that of the plan that was shown; `options` is the form that came with the file, as it was sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="上传人", on_delete=models.CASCADE, related_name="+"
    )
    importer = models.CharField("导入类型", max_length=50)
    name = models.CharField("文件名", max_length=255)
    data = models.BinaryField("文件内容")
    options = models.TextField("选项", blank=True)
    digest = models.CharField("预览摘要", max_length=64)
    created_at = models.DateTimeField("上传时间", auto_now_add=True)

    objects = ImportDraftQuerySet.as_manager()

    # It refers to nothing that is published and is referred to by nothing.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "待确认的导入"
        verbose_name_plural = "待确认的导入"
        default_permissions = ()
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self):
        return self.name
