"""Places, and the names under which they are found."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Prefetch, Q
from wagtail.search import index

from portal.guards import Permanent
from portal.names import fold
from portal.search.vocabulary import beginning_keys, name_keys

CODE_RULE = r"^([0-9]{6}|[a-z]{2,3}|x-[a-z0-9]+(-[a-z0-9]+)*)\Z"


class PlaceQuerySet(models.QuerySet):
    """Questions that one asks of places."""

    def named(self, name):
        """Return the places that bear `name` as name, short name or other name, whatever its width.

        Several places may answer (鼓楼区 is in four cities); choosing is the caller's judgement.
        """
        key = fold(name)
        return self.filter(Q(name_key=key) | Q(short_name_key=key) | Q(names__key=key)).distinct()

    def within(self, place):
        """Return the places directly inside `place`: its districts, counties and zones."""
        return self.filter(parent=place)


class Place(index.Indexed, models.Model):
    """One place that a record or a story can be about: a division, a country, a development zone."""

    class Level(models.TextChoices):
        COUNTRY = "country", "国家或地区"
        PROVINCE = "province", "省级"
        PREFECTURE = "prefecture", "地级"
        COUNTY = "county", "县级"
        ZONE = "zone", "功能区"

    code = models.CharField(
        "代码",
        max_length=32,
        unique=True,
        validators=[
            RegexValidator(CODE_RULE, "代码须为六位数字、两至三个小写字母，或以 x- 开头。")
        ],
        help_text="GB/T 2260 六位代码，或 ISO 3166 国家代码（小写）；两者都没有时用 x- 开头的自编代码。",
    )
    name = models.CharField("名称", max_length=100, help_text="全称，如“郑州市”。")
    short_name = models.CharField("简称", max_length=50, blank=True, help_text="如“郑州”。")
    name_key = models.CharField(max_length=100, editable=False, db_index=True)
    short_name_key = models.CharField(max_length=50, editable=False, db_index=True)
    level = models.CharField("级别", max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self",
        verbose_name="上级",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )

    objects = PlaceQuerySet.as_manager()

    # Records, files and addresses name places by their codes.
    guard = Permanent(("code",), deletable=True)

    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("short_name", boost=2),
        index.SearchField("other_names", boost=2),
        index.SearchField("sounds"),
        index.SearchField("code"),
        index.AutocompleteField("name"),
        index.AutocompleteField("other_names"),
        index.AutocompleteField("sounds_begun"),
        index.AutocompleteField("code"),
    ]

    class Meta:
        verbose_name = "地方"
        verbose_name_plural = "地方"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE_RULE),
                name="place_code_is_standard",
                violation_error_message="代码须为六位数字、两至三个小写字母，或以 x- 开头。",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="place_has_a_name",
                violation_error_message="名称不能为空。",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="place_is_not_its_own_parent",
                violation_error_message="一个地方不能是自己的上级。",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name_key = fold(self.name)
        self.short_name_key = fold(self.short_name)
        super().save(*args, **kwargs)

    @classmethod
    def get_indexed_objects(cls):
        return (
            super()
            .get_indexed_objects()
            .prefetch_related(Prefetch("names", PlaceName.objects.true(), to_attr="true_names"))
        )

    def other_names(self):
        """Return its other names, without remembered judgements of how sources print it."""
        if not hasattr(self, "true_names"):
            self.true_names = list(self.names.true())
        return [row.name for row in self.true_names]

    def sounds(self):
        """Return its names by sound, as search keeps them (`name_keys`)."""
        return name_keys(self.short_name or self.name, *self.other_names())

    def sounds_begun(self):
        """Return its names by sound, as they are offered while being typed."""
        return beginning_keys(self.short_name or self.name, *self.other_names())

    @property
    def label(self):
        """The name that a sentence uses: short where there is one."""
        return self.short_name or self.name


class PlaceNameQuerySet(models.QuerySet):
    """Questions that one asks of other names."""

    def true(self):
        """Return those under which a place is known, not only printed in some source."""
        return self.exclude(kind=PlaceName.Kind.PRINTED)


class PlaceName(models.Model):
    """One other name of a place, or a remembered judgement that a printed name means it."""

    class Kind(models.TextChoices):
        ALIAS = "alias", "别名"
        FORMER = "former", "曾用名"
        FOREIGN = "foreign", "外文名"
        PRINTED = "printed", "来源中的写法"

    place = models.ForeignKey(
        Place, verbose_name="地方", on_delete=models.CASCADE, related_name="names"
    )
    name = models.CharField("名称", max_length=100)
    key = models.CharField(max_length=100, editable=False, db_index=True)
    kind = models.CharField("类型", max_length=8, choices=Kind, default=Kind.ALIAS)
    source = models.CharField("依据", max_length=200, blank=True)

    objects = PlaceNameQuerySet.as_manager()

    class Meta:
        verbose_name = "地方的其他名称"
        verbose_name_plural = "地方的其他名称"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "key"],
                name="place_name_once_per_place",
                violation_error_message="这个地方已有同样的名称。",
            ),
            models.CheckConstraint(
                condition=~Q(key=""),
                name="place_name_is_not_empty",
                violation_error_message="名称不能为空。",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.key = fold(self.name)
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self.key = fold(self.name)
        others = PlaceName.objects.filter(place_id=self.place_id, key=self.key)
        if not self.key:
            raise ValidationError({"name": "名称不能为空。"})
        if others.exclude(pk=self.pk).exists():
            raise ValidationError({"name": "这个地方已有同样的名称。"})
