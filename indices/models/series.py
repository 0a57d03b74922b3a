"""Index series: what stays when editions come and go."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from wagtail.search import index

from portal.guards import Permanent
from portal.models import SLUG_RULE, Organisation
from portal.search.vocabulary import beginning_keys, name_keys
from portal.sources import Versioned

code_rule = RegexValidator(SLUG_RULE, "代码只能用小写字母、数字和连字符。")
# Words that are addresses of their own under /indices/ and /api/v1/indices/.
RESERVED = ("compare", "movement")


def code_fits(name):
    """Return the constraint that `code` may stand in an address."""
    return models.CheckConstraint(
        condition=Q(code__regex=SLUG_RULE),
        name=name,
        violation_error_message="代码只能用小写字母、数字和连字符。",
    )


class IndexQuerySet(models.QuerySet):
    """Questions that one asks of index series."""

    def public(self, at=None):
        """Return the series of which readers could see an edition at the instant `at` (now when None)."""
        from indices.models.editions import Edition

        return self.filter(Exists(Edition.objects.public(at).filter(index=OuterRef("pk"))))


class Index(index.Indexed, Versioned):
    """One index series: what is measured, by whom, edition after edition."""

    code = models.CharField(
        "代码",
        max_length=50,
        unique=True,
        validators=[code_rule],
        help_text="网址中使用，小写字母、数字和连字符；定下后不能再改。",
    )
    name = models.CharField("名称", max_length=100, unique=True, help_text="如“数字治理指数”。")
    description = models.TextField("说明", blank=True, help_text="量的是什么，给读者看的一两句话。")
    compilers = models.ManyToManyField(
        Organisation,
        verbose_name="编制机构",
        blank=True,
        related_name="compiled_indices",
        help_text="各版的发布机构在版次中填写。",
    )
    url = models.URLField("网址", max_length=500, blank=True)
    is_demonstration = models.BooleanField(
        "演示数据", default=False, help_text="勾选后，公众页面处处标明这是演示数据。"
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)

    objects = IndexQuerySet.as_manager()

    guard = Permanent(("code",), deletable=True)

    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("sounds"),
        index.SearchField("description", boost=1.5),
        index.SearchField("code"),
        index.AutocompleteField("name"),
        index.AutocompleteField("sounds_begun"),
        index.AutocompleteField("code"),
        index.RelatedFields(
            "compilers",
            [
                index.SearchField("name"),
                index.SearchField("short_name"),
                index.AutocompleteField("name"),
            ],
        ),
    ]

    class Meta:
        verbose_name = "指数"
        verbose_name_plural = "指数"
        ordering = ["position", "code"]
        constraints = [
            code_fits("index_code_fits_addresses"),
            models.CheckConstraint(
                condition=~Q(code__in=RESERVED),
                name="index_code_is_not_reserved",
                violation_error_message="这个代码已用作网址，请换一个。",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="index_has_a_name",
                violation_error_message="名称不能为空。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The address of its public page."""
        return f"/indices/{self.code}/"

    def sounds(self):
        """Return its name by sound, as search keeps it (`name_keys`)."""
        return name_keys(self.name)

    def sounds_begun(self):
        """Return its name by sound, as it is offered while being typed."""
        return beginning_keys(self.name)

    def clean(self):
        super().clean()
        if self.code in RESERVED:
            raise ValidationError({"code": "这个代码已用作网址，请换一个。"})
