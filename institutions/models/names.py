"""The names of institutions, with their dates and where they are written."""

from django.db import models
from django.db.models import F, Q

from institutions.models.institutions import Institution
from portal.names import fold, syllables
from portal.records import Recorded, RecordedQuerySet


class NameQuerySet(RecordedQuerySet):
    """Questions that one asks of names."""

    def official_on(self, on):
        """Return the official names not excluded on the day `on`, the one that began last first.

        A name without a first day excludes no day before its end, and yields to one that has begun. Of
        names that begin on one day the desk's comes before those of notices, whenever each was stated.
        """
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
        rows = self._not_ended(on).filter(begun, kind=InstitutionName.Kind.OFFICIAL)
        return rows.order_by(
            F("valid_from").desc(nulls_last=True),
            F("line__notice_id").desc(nulls_first=True),
            F("line__number").desc(nulls_first=True),
            "-pk",
        )


class InstitutionName(Recorded):
    """One name that an institution bears or bore, from when to when, and where that is written.

    Rows with a `line` follow from a published renaming; the others were entered at the desk.
    """

    class Kind(models.TextChoices):
        OFFICIAL = "official", "正式名称"
        FORMER = "former", "曾用名"
        ALIAS = "alias", "别名"
        SHORT = "short", "简称"
        CAMPUS = "campus", "院区"

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="names"
    )
    name = models.CharField("名称", max_length=200)
    key = models.CharField(max_length=200, editable=False, db_index=True)
    # The sound in one word, and the first letters: zhengzhouyihe, zzyh.
    pinyin = models.CharField(max_length=600, editable=False, db_index=True)
    initials = models.CharField(max_length=200, editable=False, db_index=True)
    kind = models.CharField(
        "类型",
        max_length=8,
        choices=Kind,
        default=Kind.OFFICIAL,
        help_text="正式名称可以有多个，以起止日区分；说不清起止日的旧名记为“曾用名”。",
    )
    source_words = models.CharField("依据", max_length=300)
    line = models.ForeignKey(
        "institutions.NoticeLine",
        verbose_name="依据的名单条目",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = NameQuerySet.as_manager()

    class Meta(Recorded.Meta):
        verbose_name = "机构名称"
        verbose_name_plural = "机构名称"
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(key=""),
                name="institutionname_is_not_empty",
                violation_error_message="名称不能为空。",
            ),
            models.CheckConstraint(
                condition=~Q(source_words=""),
                name="institutionname_has_a_source",
                violation_error_message="请写明名称的依据。",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["official", "former", "alias", "short", "campus"]),
                name="institutionname_kind_is_known",
                violation_error_message="没有这种名称类型。",
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def of(cls, institution, name, **fields):
        """Return an unsaved row with the keys by which this name is found."""
        heard = [syllable.casefold() for syllable in syllables(fold(name))]
        return cls(
            institution=institution,
            name=name.strip(),
            key=fold(name),
            pinyin="".join(heard)[:600],
            initials="".join(syllable[0] for syllable in heard if syllable)[:200],
            **fields,
        )
