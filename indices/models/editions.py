"""Editions of a series: one report, with its three years and dates kept apart."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search.index import AutocompleteField, Indexed, RelatedFields, SearchField

from indices.models.series import Index, code_fits, code_rule
from indices.ranking import Method
from portal.guards import Permanent
from portal.models import Organisation, Place
from portal.records import instant
from portal.sources import Versioned

FIRST_YEAR, LAST_YEAR = 1900, 2100


class EditionQuerySet(models.QuerySet):
    """Questions that one asks of editions."""

    def public(self, at=None):
        """Return the editions that readers could see at the instant `at` (now when None).

        Something of it has been published by then, and no embargo lasts beyond it: at the embargo's
        instant itself the edition is public. Raises ValueError for a naive datetime.
        """
        from indices.models.releases import Release

        at = instant(at)
        published = Release.objects.published(at).filter(edition=OuterRef("pk"))
        return self.filter(
            Exists(published), Q(embargoed_until__isnull=True) | Q(embargoed_until__lte=at)
        )


class Edition(Indexed, Versioned, ClusterableModel):
    """One edition of a series, as its publishers named and dated it.

    `year` is the year in its label, `reference_year` the year that it measures, `released_on` the day it
    came out: three facts, of which the last two may be unknown.
    """

    index = models.ForeignKey(
        Index, verbose_name="指数", on_delete=models.PROTECT, related_name="editions"
    )
    code = models.CharField(
        "代码",
        max_length=50,
        validators=[code_rule],
        help_text="网址中使用，一般就是年份；定下后不能再改。",
    )
    label = models.CharField("版次", max_length=50, help_text="照封面写，如“2020”“2020年版”。")
    year = models.PositiveSmallIntegerField("版次年份", help_text="版次名称中的年份，用于排序。")
    reference_year = models.PositiveSmallIntegerField(
        "参考年份", null=True, blank=True, help_text="数据所属的年份；没有载明就留空。"
    )
    released_on = models.DateField(
        "发布日期", null=True, blank=True, help_text="报告公布的日期；没有载明就留空。"
    )
    title = models.CharField(
        "报告名称", max_length=200, blank=True, help_text="如“中国城市数字治理报告（2020）”。"
    )
    universe = models.CharField(
        "评估对象",
        max_length=200,
        blank=True,
        help_text="照报告写，如“2019年度GDP排名前100位的城市”。",
    )
    universe_size = models.PositiveIntegerField(
        "评估对象数量", null=True, blank=True, help_text="没有载明就留空。"
    )
    place_level = models.CharField(
        "评估对象的级别",
        max_length=12,
        choices=Place.Level,
        blank=True,
        help_text="表中的地名先按这一级别认；留空则不限。",
    )
    unit = models.CharField("得分单位", max_length=20, blank=True, help_text="如“分”；没有就留空。")
    rank_method = models.CharField(
        "并列的排法",
        max_length=11,
        choices=[(method.value, method.label) for method in Method],
        default=Method.COMPETITION.value,
    )
    method = models.TextField("方法", blank=True, help_text="指标和算法，照报告扼要写。")
    source_words = models.TextField("来源说明", help_text="出自哪里：发布机构、标题、日期、网址。")
    url = models.URLField("网址", max_length=500, blank=True)
    embargoed_until = models.DateTimeField(
        "解禁时间", null=True, blank=True, help_text="在此之前不能发布，也不出现在任何公开页面。"
    )

    objects = EditionQuerySet.as_manager()

    guard = Permanent(("index", "code"), deletable=True)

    search_fields = [
        SearchField("full_name", boost=2),
        SearchField("title"),
        SearchField("universe"),
        SearchField("method"),
        SearchField("source_words"),
        SearchField("reference_year"),
        RelatedFields("publishers", [RelatedFields("organisation", [SearchField("name")])]),
        RelatedFields("dimensions", [SearchField("label")]),
        RelatedFields("index", [AutocompleteField("sounds_begun"), AutocompleteField("code")]),
        AutocompleteField("full_name"),
        AutocompleteField("title"),
        AutocompleteField("code"),
    ]

    class Meta:
        verbose_name = "版次"
        verbose_name_plural = "版次"
        ordering = ["index__position", "index__code", "-year", "-released_on", "-code"]
        constraints = [
            models.UniqueConstraint(
                fields=["index", "code"],
                name="edition_code_once_in_its_index",
                violation_error_message="这个指数中已有代码相同的版次。",
            ),
            models.UniqueConstraint(
                fields=["index", "label"],
                name="edition_label_once_in_its_index",
                violation_error_message="这个指数中已有名称相同的版次。",
            ),
            code_fits("edition_code_fits_addresses"),
            models.CheckConstraint(
                condition=~Q(label="") & ~Q(source_words=""),
                name="edition_has_its_words",
                violation_error_message="版次和来源说明不能为空。",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR))
                & (
                    Q(reference_year__isnull=True)
                    | Q(reference_year__range=(FIRST_YEAR, LAST_YEAR))
                ),
                name="edition_years_are_years",
                violation_error_message=f"年份须在 {FIRST_YEAR} 到 {LAST_YEAR} 之间。",
            ),
            models.CheckConstraint(
                condition=Q(universe_size__isnull=True) | Q(universe_size__gte=1),
                name="edition_universe_is_not_empty",
                violation_error_message="评估对象数量至少是 1；不知道就留空。",
            ),
            models.CheckConstraint(
                condition=Q(rank_method__in=[method.value for method in Method]),
                name="edition_rank_method_is_known",
                violation_error_message="没有这种并列的排法。",
            ),
        ]

    def __str__(self):
        return f"{self.index.name}（{self.label}）"

    def get_absolute_url(self):
        """The address of its public page."""
        return f"/indices/{self.index.code}/{self.code}/"

    @property
    def is_embargoed(self):
        """Whether nothing of it may be published yet."""
        return self.embargoed_until is not None and self.embargoed_until > instant()

    @classmethod
    def get_indexed_objects(cls):
        objects = super().get_indexed_objects().select_related("index")
        return objects.prefetch_related("publishers__organisation")

    def full_name(self):
        """Return its name with that of its series."""
        return str(self)

    @property
    def search_day(self):
        """The day by which search orders it: that on which the report came out."""
        return self.released_on

    def clean(self):
        super().clean()
        if self.pk and self.is_embargoed and self.releases.published().exists():
            raise ValidationError({"embargoed_until": "已经发布的版次不能再设解禁时间。"})


class EditionPublisher(models.Model):
    """One body that published an edition, in the order in which the report names them."""

    edition = ParentalKey(Edition, on_delete=models.CASCADE, related_name="publishers")
    organisation = models.ForeignKey(
        Organisation, verbose_name="发布机构", on_delete=models.PROTECT, related_name="+"
    )
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    sort_order_field = "sort_order"

    class Meta:
        verbose_name = "发布机构"
        verbose_name_plural = "发布机构"
        ordering = ["sort_order", "pk"]

    def __str__(self):
        return str(self.organisation)
