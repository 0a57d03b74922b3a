"""Pictures and their sizes."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index


class Picture(AbstractImage):
    """One picture, with the words that must accompany it wherever it is shown."""

    credit = models.CharField(
        "署名或来源", max_length=100, blank=True, help_text="如“张三 摄”；插入稿件时自动带出。"
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [*Image.search_fields, index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = "图片"
        verbose_name_plural = "图片"


class PictureRendition(AbstractRendition):
    """One size of a picture: made once, and kept until the picture changes."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
