"""Releases: the documents without which no score changes."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import IsNull

from indices.models.dimensions import EditionDimension
from indices.models.editions import Edition
from indices.models.stating import CONTENT, NULLABLE, Stated, says_something
from portal.guards import LinesOf
from portal.models import Place
from portal.sources import SourceDocument, SourceDocumentQuerySet


class ReleaseQuerySet(SourceDocumentQuerySet):
    """Questions that one asks of releases; those of every source document."""


class Release(SourceDocument):
    """One publication of scores into an edition: its first, an addition, or a correction.

    Published ones are applied in the order of their publication: the last statement about a place in a
    dimension is the current one. `replaces` is set where the whole of an earlier release is reversed; the
    lines say what stands instead.
    """

    class Nature(models.TextChoices):
        FIRST = "first", "首次发布"
        ADDITION = "addition", "补充"
        CORRECTION = "correction", "更正"

    edition = models.ForeignKey(
        Edition, verbose_name="版次", on_delete=models.PROTECT, related_name="releases"
    )
    nature = models.CharField("性质", max_length=10, choices=Nature)
    explanation = models.TextField(
        "更正理由", blank=True, help_text="更正时必填，公众可见：错在哪里，依据什么改。"
    )
    compared_at = models.DateTimeField("对照时间", editable=False)
    file_name = models.CharField("原文件名", max_length=255, blank=True, editable=False)
    file_sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="起草人",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta(SourceDocument.Meta):
        verbose_name = "数据发布"
        verbose_name_plural = "数据发布"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["edition", "published_at"], name="release_by_publication"),
        ]
        constraints = [
            *SourceDocument.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(nature="first", published_at__isnull=False),
                name="release_first_once",
                violation_error_message="这一版已经首次发布。",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | ~Q(nature="correction")
                | ~Q(explanation=""),
                name="release_correction_has_its_reason",
                violation_error_message="更正须写明理由。",
            ),
            models.CheckConstraint(
                condition=Q(nature__in=["first", "addition", "correction"])
                & (Q(replaces__isnull=True) | Q(nature="correction")),
                name="release_nature_is_known",
                violation_error_message="只有更正才能取代先前的发布。",
            ),
            models.CheckConstraint(
                condition=Q(file_name="", file_sha256="")
                | ~Q(file_name="") & Q(file_sha256__regex=r"^[0-9a-f]{64}\Z"),
                name="release_file_has_its_digest",
                violation_error_message="原文件名须与 SHA-256 一起登记。",
            ),
        ]

    def __str__(self):
        return f"{self.edition}·{self.get_nature_display()}"

    def get_absolute_url(self):
        """Where its edition's page shows it."""
        return f"{self.edition.get_absolute_url()}#release-{self.pk}"


class ReleaseLineQuerySet(models.QuerySet):
    """Questions that one asks of the lines of a draft: what publishing them would do to what stands now."""

    def new(self):
        """Return the lines that state what is not stated yet."""
        return self.filter(~Exists(_standing()), retracts=False)

    def changed(self):
        """Return the lines that state otherwise than what stands."""
        return self.filter(Exists(_standing()), ~Exists(_the_same()), retracts=False)

    def removed(self):
        """Return the lines that take back what stands."""
        return self.filter(Exists(_standing()), retracts=True)

    def unchanged(self):
        """Return the lines that do nothing: they state what stands, or take back what does not."""
        return self.filter(
            Q(Exists(_the_same()), retracts=False) | Q(~Exists(_standing()), retracts=True)
        )

    def overtaken(self):
        """Return the lines whose place and dimension another release has restated since the draft was compared."""
        return self.filter(
            Exists(_standing().filter(known_from__gt=OuterRef("release__compared_at")))
        )


def _standing():
    from indices.models.scores import Score

    return Score.objects.current().filter(dimension=OuterRef("dimension"), place=OuterRef("place"))


def _the_same():
    same = _standing()
    for name in CONTENT:
        equal = Q(**{name: OuterRef(name)})
        if name in NULLABLE:
            equal |= Q(IsNull(F(name), True), IsNull(OuterRef(name), True))
        same = same.filter(equal)
    return same


class ReleaseLine(Stated):
    """One row of a release: what it states of one place in one dimension, or that it takes a statement back."""

    release = models.ForeignKey(
        Release, verbose_name="数据发布", on_delete=models.CASCADE, related_name="lines"
    )
    dimension = models.ForeignKey(
        EditionDimension, verbose_name="维度", on_delete=models.PROTECT, related_name="+"
    )
    place = models.ForeignKey(
        Place, verbose_name="地方", on_delete=models.PROTECT, related_name="+"
    )
    retracts = models.BooleanField("撤去", default=False)

    objects = ReleaseLineQuerySet.as_manager()

    guard = LinesOf("release")
    wagtail_reference_index_ignore = True

    class Meta(Stated.Meta):
        verbose_name = "发布的一行"
        verbose_name_plural = "发布的各行"
        default_permissions = ()
        constraints = [
            *Stated.Meta.constraints,
            models.UniqueConstraint(
                fields=["release", "dimension", "place"],
                name="release_line_once",
                violation_error_message="同一个地方的同一个维度在一次发布中只能有一行。",
            ),
            says_something("release_line_says_something", unless=Q(retracts=True)),
        ]

    def __str__(self):
        return f"{self.place_id}·{self.dimension_id}"
