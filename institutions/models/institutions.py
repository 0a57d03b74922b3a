"""Institutions: the real ones that notices name, each under a public code that never changes."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from wagtail.search import index

from institutions.creditcodes import CREDIT_CODE_RULE, tidy_credit_code, validate_credit_code
from institutions.noticetext import privacy
from portal.guards import Permanent
from portal.models import SLUG_RULE, Change, Place
from portal.names import fold, syllables
from portal.records import instant
from portal.search.vocabulary import beginning_keys, name_keys
from portal.sources import Versioned

# Fixed words of the addresses below /institutions/, which no code may take.
RESERVED_CODES = ("check", "notices", "kinds", "export", "receipt")


class Level(models.TextChoices):
    """Grades of hospitals (医院分级管理办法): three levels with their classes."""

    THIRD_SPECIAL = "3s", "三级特等"
    THIRD_A = "3a", "三级甲等"
    THIRD_B = "3b", "三级乙等"
    THIRD_C = "3c", "三级丙等"
    THIRD = "3", "三级"
    SECOND_A = "2a", "二级甲等"
    SECOND_B = "2b", "二级乙等"
    SECOND_C = "2c", "二级丙等"
    SECOND = "2", "二级"
    FIRST_A = "1a", "一级甲等"
    FIRST_B = "1b", "一级乙等"
    FIRST_C = "1c", "一级丙等"
    FIRST = "1", "一级"
    NONE = "0", "未定级"


class Ownership(models.TextChoices):
    """Who runs an institution."""

    PUBLIC = "public", "公立"
    PRIVATE = "private", "民营"
    MILITARY = "military", "军队"
    OTHER = "other", "其他"


class Datum(models.TextChoices):
    """In which system coordinates are given; they differ by hundreds of metres in China."""

    WGS84 = "wgs84", "WGS-84"
    GCJ02 = "gcj02", "GCJ-02（火星坐标）"


class InstitutionQuerySet(models.QuerySet):
    """Questions that one asks of institutions."""

    def public(self, at=None):
        """Return those that a notice published by `at` (now when None) names; a withdrawn one too.

        Also those into which another was merged by then: that is stated in public, and the other's address
        leads there. What only drafts name, or nobody, no reader sees.
        """
        from institutions.models import Merge, Notice, NoticeLine

        lines = NoticeLine.objects.filter(
            notice__in=Notice.objects.published(at), institution__isnull=False
        )
        merges = Merge.objects.filter(known_from__lte=instant(at))
        return self.filter(
            Exists(lines.filter(institution=OuterRef("pk")))
            | Exists(lines.filter(into=OuterRef("pk")))
            | Exists(merges.filter(whole=OuterRef("pk")))
        )

    def named(self, on, known_at=None):
        """Give each the official name that it bore on the day `on`, as known then, as `name_on`.

        Of the names in force that day the one that began last counts; where none is known for the day,
        the present name.
        """
        from institutions.models import InstitutionName

        names = InstitutionName.objects.known(known_at).official_on(on)
        own = names.filter(institution=OuterRef("pk")).values("name")[:1]
        return self.annotate(name_on=Coalesce(Subquery(own), F("name")))

    def seated(self, known_at=None):
        """Give each the place that the portal stated at `known_at`, and the three above it: `area_0` to `area_3`."""
        from institutions.models import Seat

        seats = Seat.objects.known(known_at).filter(institution=OuterRef("pk"))
        paths = ("place", *(f"place__{'__'.join(['parent'] * above)}" for above in (1, 2, 3)))
        return self.annotate(
            **{
                f"area_{above}": Subquery(seats.values(path)[:1])
                for above, path in enumerate(paths)
            }
        )

    def within(self, place):
        """Return those in `place` or in a place inside it, three levels down."""
        return self.filter(
            Q(place=place)
            | Q(place__parent=place)
            | Q(place__parent__parent=place)
            | Q(place__parent__parent__parent=place)
        )


class Institution(index.Indexed, Versioned):
    """One real institution. It is never deleted, and its code never changes.

    `name` is its present official name, kept by `institutions.naming` from the names with their dates.
    """

    code = models.CharField(
        "机构代码",
        max_length=64,
        unique=True,
        editable=False,
        validators=[RegexValidator(SLUG_RULE, "代码只能用小写字母、数字和连字符。")],
    )
    name = models.CharField("现用名称", max_length=200, editable=False)
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    # Order and search by sound.
    pinyin = models.CharField(max_length=600, editable=False)
    credit_code = models.CharField(
        "统一社会信用代码",
        max_length=18,
        blank=True,
        db_index=True,
        help_text="18 位，末位是校验位。不知道就留空。",
    )
    level = models.CharField("等级", max_length=2, choices=Level, blank=True)
    ownership = models.CharField("办医主体", max_length=8, choices=Ownership, blank=True)
    place = models.ForeignKey(
        Place,
        verbose_name="所在地",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="institutions",
        help_text="区、县（市）或功能区；只知道到市就选市。",
    )
    address = models.CharField("地址", max_length=200, blank=True)
    phone = models.CharField(
        "电话", max_length=60, blank=True, help_text="对外公布的座机；不登记个人手机号。"
    )
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True, blank=True)
    datum = models.CharField("坐标系", max_length=5, choices=Datum, blank=True)
    note = models.TextField("备注", blank=True, help_text="只在编辑部可见。")

    objects = InstitutionQuerySet.as_manager()

    guard = Permanent(("code",))

    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("other_names", boost=2),
        index.SearchField("sounds"),
        index.SearchField("described"),
        index.SearchField("code"),
        index.SearchField("credit_code"),
        index.AutocompleteField("name"),
        index.AutocompleteField("other_names"),
        index.AutocompleteField("sounds_begun"),
        index.AutocompleteField("code"),
        index.AutocompleteField("credit_code"),
        index.AutocompleteField("address"),
    ]

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构"
        ordering = ["pinyin", "code"]
        default_permissions = ("add", "change", "view")
        indexes = [models.Index(fields=["pinyin", "code"], name="institution_by_sound")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=SLUG_RULE) & ~Q(code__in=RESERVED_CODES),
                name="institution_code_fits_addresses",
                violation_error_message="代码只能用小写字母、数字和连字符，且不能用保留字。",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="institution_has_a_name",
                violation_error_message="名称不能为空。",
            ),
            models.CheckConstraint(
                condition=Q(credit_code="") | Q(credit_code__regex=CREDIT_CODE_RULE),
                name="institution_credit_code_is_well_formed",
                violation_error_message="统一社会信用代码须为 18 位数字或大写字母（不含 I、O、S、V、Z）。",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True, datum="")
                | Q(
                    # A check lets pass what is neither true nor false, as NULL in a range is.
                    longitude__isnull=False,
                    latitude__isnull=False,
                    longitude__range=(-180, 180),
                    latitude__range=(-90, 90),
                    datum__in=Datum.values,
                ),
                name="institution_coordinates_are_whole",
                violation_error_message="经度、纬度和坐标系须一起填写；经度在 -180 到 180 之间，纬度在 -90 到 90 之间。",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["", *Level.values]),
                name="institution_level_is_known",
                violation_error_message="没有这个等级。",
            ),
            models.CheckConstraint(
                condition=Q(ownership__in=["", *Ownership.values]),
                name="institution_ownership_is_known",
                violation_error_message="没有这种办医主体。",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The address of its public page."""
        return f"/institutions/{self.code}/"

    def save(self, **kwargs):
        """Save, and state where the institution lies when that is new (`institutions.seating`).

        Answers rest on that place, so it is stated in the queue of changes, which is joined before the row
        is held: verbs that publish take them in this order.
        """
        from institutions.seating import settle

        with transaction.atomic():
            Change.objects.queue()
            super().save(**kwargs)
            settle([self])

    @classmethod
    def get_indexed_objects(cls):
        from institutions.models import InstitutionName

        names = Prefetch("names", InstitutionName.objects.current(), to_attr="current_names")
        return super().get_indexed_objects().select_related("place__parent").prefetch_related(names)

    def other_names(self):
        """Return the names that it bears or bore beside its present one, as now stated."""
        if not hasattr(self, "current_names"):
            self.current_names = list(self.names.current())
        return sorted({row.name for row in self.current_names} - {self.name})

    def sounds(self):
        """Return its names by sound, as search keeps them (`name_keys`)."""
        return name_keys(self.name, *self.other_names())

    def sounds_begun(self):
        """Return its names by sound, as they are offered while being typed."""
        return beginning_keys(self.name, *self.other_names())

    def described(self):
        """Return what else is said of it in public: its level, who runs it, and where it lies."""
        above = self.place.parent if self.place else None
        areas = [place.name for place in (above, self.place) if place]
        return [
            self.get_level_display(),
            self.get_ownership_display(),
            "".join(areas),
            self.address,
        ]

    def bear(self, name):
        """Take `name` as the present name, with the keys by which lists find and order it; unsaved."""
        self.name, self.name_key = name, fold(name)
        self.pinyin = " ".join(syllables(name))[:600]

    def clean(self):
        super().clean()
        self.credit_code = tidy_credit_code(self.credit_code)
        errors = {}
        if self.credit_code:
            try:
                validate_credit_code(self.credit_code)
            except ValidationError as error:
                errors["credit_code"] = error
        for field in ("phone", "address"):
            if privacy.spans(getattr(self, field)):
                errors[field] = "这里像是个人手机号或身份证号，不能公开，请改用对外公布的电话。"
        if errors:
            raise ValidationError(errors)
