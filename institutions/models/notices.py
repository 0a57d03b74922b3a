"""Notices: the documents without which nothing in the register changes."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from wagtail.search import index

from institutions.models.schemes import Scheme
from institutions.noticetext import privacy
from portal.models import Organisation, Place
from portal.sources import SourceDocument, SourceDocumentQuerySet

# A year outside these is a slip of the pen: the first notice that could list an institution, and plans.
FIRST_DAY, LAST_DAY = "1949-10-01", "2100-12-31"


def within_years(name, *fields):
    """Return the constraint that each of these dates, where given, lies in the register's years."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(
            **{f"{field}__range": (FIRST_DAY, LAST_DAY)}
        )
    return models.CheckConstraint(
        condition=condition,
        name=name,
        violation_error_message="日期须在 1949 年 10 月 1 日到 2100 年底之间，请检查年份。",
    )


def file_path(notice, filename):
    """Return where a notice's file is stored: under the digest of its bytes, never under its own name."""
    ending = filename.rpartition(".")[2].lower()
    return f"notices/{notice.file_sha256}.{ending}"


class NoticeQuerySet(SourceDocumentQuerySet):
    """Questions that one asks of notices; those of every source document."""


class Notice(index.Indexed, SourceDocument):
    """One official notice that lists institutions, as printed: who issued what, when, and its dates.

    Three dates that are not each other: issued, effective, and an editor's `stated_on` with its reason,
    which alone can make the day of issue a first day.
    """

    class Nature(models.TextChoices):
        NOTICE = "notice", "通知公告"
        NEWS = "news", "新闻报道"
        ROSTER = "roster", "名册"

    class Extent(models.TextChoices):
        FULL = "full", "全部名单"
        ADDITIONS = "additions", "新增名单"
        CHANGES = "changes", "变动名单"
        EXAMPLES = "examples", "举例"
        UNKNOWN = "unknown", "未载明"

    nature = models.CharField("文件性质", max_length=8, choices=Nature, default=Nature.NOTICE)
    title = models.CharField("标题", max_length=300)
    issuer_as_printed = models.CharField("发文机关（照原文）", max_length=200, blank=True)
    issuer = models.ForeignKey(
        Organisation,
        verbose_name="发文机关",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        help_text="发布前必须选定。",
    )
    doc_number = models.CharField("文号", max_length=100, blank=True, help_text="没有载明就留空。")
    issued_on = models.DateField(
        "印发日期", null=True, blank=True, help_text="文件落款的日期；没有载明就留空。"
    )
    effective_on = models.DateField(
        "生效日期", null=True, blank=True, help_text="文件写明的执行日期；没有写明就留空。"
    )
    stated_on = models.DateField(
        "编辑认定的起始日",
        null=True,
        blank=True,
        help_text="条目、文件和协议都没有日期时才用；必须写明认定依据。",
    )
    stated_basis = models.CharField(
        "认定依据",
        max_length=300,
        blank=True,
        help_text="凭什么认定，例如“经办机构电话答复：自印发之日起执行”。",
    )
    scheme = models.ForeignKey(
        Scheme,
        verbose_name="定点制度",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
    )
    area = models.ForeignKey(
        Place,
        verbose_name="适用地区",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
    )
    extent = models.CharField(
        "名单范围",
        max_length=9,
        choices=Extent,
        default=Extent.UNKNOWN,
        help_text="“全部名单”也不等于收录完整：收录完整须另行声明。",
    )
    list_complete = models.BooleanField(
        "名单印全", null=True, blank=True, help_text="文件是否把自己的名单逐一印出。"
    )
    stated_counts = models.JSONField("文中数字", default=dict, blank=True, editable=False)
    warnings = models.JSONField("读取提示", default=list, blank=True, editable=False)
    text = models.TextField("全文")
    file = models.FileField(
        "原文件", upload_to=file_path, max_length=200, blank=True, editable=False
    )
    file_name = models.CharField("原文件名", max_length=255, blank=True, editable=False)
    file_sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    file_is_private = models.BooleanField(
        "原文件不公开",
        default=False,
        help_text="原文件含有个人手机号、身份证号等不宜公开的内容时勾选；校验值照样公开。",
    )
    url = models.URLField("原文网址", max_length=500, blank=True)

    objects = NoticeQuerySet.as_manager()

    # At the desk a notice is looked for by any name that stands in it.
    offers_its_text = True
    search_fields = [
        index.SearchField("shown_title", boost=2),
        index.SearchField("doc_number", boost=2),
        index.SearchField("issuers", boost=1.5),
        index.SearchField("shown_text"),
        index.AutocompleteField("shown_title"),
        index.AutocompleteField("doc_number"),
        index.AutocompleteField("issuers"),
    ]

    class Meta(SourceDocument.Meta):
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["published_at"], name="notice_by_publication")]
        constraints = [
            *SourceDocument.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""),
                name="notice_has_title_and_text",
                violation_error_message="标题和全文不能为空。",
            ),
            models.CheckConstraint(
                condition=Q(stated_on__isnull=True, stated_basis="")
                | Q(stated_on__isnull=False) & ~Q(stated_basis=""),
                name="notice_stated_day_has_its_basis",
                violation_error_message="编辑认定的起始日和认定依据须一起填写。",
            ),
            models.CheckConstraint(
                condition=Q(file="", file_name="", file_sha256="")
                | Q(file_sha256__regex=r"^[0-9a-f]{64}\Z") & ~Q(file="") & ~Q(file_name=""),
                name="notice_file_has_its_digest",
                violation_error_message="原文件须与文件名、SHA-256 一起登记。",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | Q(issuer__isnull=False, scheme__isnull=False, area__isnull=False),
                name="notice_is_whole_when_published",
                violation_error_message="发布前须选定发文机关、定点制度和适用地区。",
            ),
            models.CheckConstraint(
                condition=Q(extent__in=["full", "additions", "changes", "examples", "unknown"])
                & Q(nature__in=["notice", "news", "roster"]),
                name="notice_words_are_known",
                violation_error_message="没有这种名单范围或文件性质。",
            ),
            within_years("notice_dates_in_years", "issued_on", "effective_on", "stated_on"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """The address of its public page."""
        return f"/institutions/notices/{self.pk}/"

    @classmethod
    def get_indexed_objects(cls):
        return super().get_indexed_objects().select_related("issuer")

    @property
    def search_day(self):
        """The day by which search orders it: that of its issue."""
        return self.issued_on

    def shown_title(self):
        """Return the title as readers see it."""
        return privacy.mask(self.title)

    def shown_text(self):
        """Return the text as readers see it."""
        return privacy.mask(self.text)

    def issuers(self):
        """Return who issued it, as printed and as known."""
        known = self.issuer.name if self.issuer else ""
        return list(dict.fromkeys(filter(None, (self.issuer_as_printed, known))))

    def clean(self):
        super().clean()
        self.stated_basis = self.stated_basis.strip()
        if (self.stated_on is None) != (not self.stated_basis):
            missing = "stated_on" if self.stated_on is None else "stated_basis"
            raise ValidationError({missing: "编辑认定的起始日和认定依据须一起填写。"})

    def keep_file(self, name, data):
        """Take these bytes as the notice's file, with their name and digest; unsaved."""
        from django.core.files.base import ContentFile

        self.file_name = name[-255:]
        self.file_sha256 = hashlib.sha256(data).hexdigest()
        path = file_path(self, name)
        storage = self.file.storage
        # The path is the content: a file that stands there already is this one.
        self.file.name = path if storage.exists(path) else storage.save(path, ContentFile(data))
