"""What was taken over from elsewhere, so that taking it over again changes nothing."""

from django.db import models
from django.db.models import Q


class ArchivedStory(models.Model):
    """One story of an old site's archive or of a newspaper page, and the page it became here."""

    # The archive of all that came from newspaper pages; no old site's archive may bear its name.
    NEWSPAPER_PAGES = "版面"

    # It belongs to its story and is no use of it that an editor should be warned of.
    wagtail_reference_index_ignore = True

    archive = models.CharField("档案", max_length=50)
    key = models.CharField("原编号", max_length=100)
    digest = models.CharField("内容摘要值", max_length=64)
    page = models.OneToOneField(
        "news.ArticlePage",
        verbose_name="稿件",
        on_delete=models.CASCADE,
        related_name="archived_story",
    )

    class Meta:
        verbose_name = "旧稿"
        verbose_name_plural = "旧稿"
        constraints = [
            models.UniqueConstraint(fields=["archive", "key"], name="archived_story_once"),
            models.CheckConstraint(condition=~Q(key=""), name="archived_story_has_a_key"),
        ]

    def __str__(self):
        return f"{self.archive} {self.key}"
