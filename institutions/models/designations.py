"""Designations: derived from published lines by the register's fold, and written by nothing else."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from institutions.models.institutions import Institution
from institutions.models.lines import NoticeLine
from institutions.models.schemes import Kind
from institutions.register.lines import Basis
from institutions.register.periods import State
from portal.guards import CloseOnly
from portal.records import Recorded, RecordedQuerySet


class DesignationQuerySet(RecordedQuerySet):
    """Questions that one asks of designations."""

    def in_force(self, on, known_at=None):
        """Return those certainly in force on the day `on`: begun, not ended, not suspended or in doubt."""
        return self.known(known_at).valid(on).filter(~_interrupted(on, known_at))

    def with_unknown_start(self, on, known_at=None):
        """Return those listed, not ended by the day `on`, with no first day; suspended or doubtful ones not."""
        return self.known(known_at).start_unknown(on).filter(~_interrupted(on, known_at))


def _interrupted(on, known_at):
    rows = Interruption.objects.known(known_at).touching(on)
    return Exists(rows.filter(institution=OuterRef("institution"), kind=OuterRef("kind")))


class Designation(Recorded):
    """One institution designated for one kind over one period, both days included.

    `valid_from` empty: the first day is not recorded, never "always"; `basis` says whose word it is.
    """

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="designations"
    )
    kind = models.ForeignKey(
        Kind, verbose_name="定点类别", on_delete=models.PROTECT, related_name="designations"
    )
    basis = models.CharField(
        "起始日依据", max_length=11, choices=[(basis.value, basis.value) for basis in Basis]
    )
    state = models.CharField(
        "终止方式", max_length=9, choices=[(state.value, state.value) for state in State]
    )
    opened_by = models.ForeignKey(
        NoticeLine, verbose_name="起始依据", on_delete=models.PROTECT, related_name="opened"
    )
    closed_by = models.ForeignKey(
        NoticeLine,
        verbose_name="终止依据",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="closed",
    )

    objects = DesignationQuerySet.as_manager()

    guard = CloseOnly(apart=("institution", "kind"))

    class Meta(Recorded.Meta):
        verbose_name = "定点记录"
        verbose_name_plural = "定点记录"
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["institution", "kind"], name="designation_by_history"),
            models.Index(
                fields=["kind", "institution"],
                name="designation_current",
                condition=Q(known_to__isnull=True),
            ),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                condition=Q(basis__in=list(Basis)) & Q(state__in=list(State)),
                name="designation_words_are_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    valid_from__isnull=False, basis__in=["line", "notice", "agreement", "editor"]
                )
                | Q(valid_from__isnull=True, basis__in=["issued_only", "none"]),
                name="designation_first_day_has_its_basis",
            ),
            models.CheckConstraint(
                condition=Q(state="open", valid_to__isnull=True, closed_by__isnull=True)
                | ~Q(state="open") & Q(valid_to__isnull=False, closed_by__isnull=False),
                name="designation_end_has_its_line",
            ),
        ]

    def __str__(self):
        return (
            f"{self.institution_id}·{self.kind_id} {self.valid_from or '?'}—{self.valid_to or ''}"
        )


class Interruption(Recorded):
    """Days on which one institution's designation for one kind is suspended, or in doubt.

    In doubt: the lines, taken together, allow neither yes nor no; `code` is the finding's
    (`institutions.register.periods.FINDINGS`). Derived beside `Designation` from the same lines.
    """

    class Nature(models.TextChoices):
        SUSPENDED = "suspended", "中止"
        DOUBTFUL = "doubtful", "存疑"

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="interruptions"
    )
    kind = models.ForeignKey(
        Kind, verbose_name="定点类别", on_delete=models.PROTECT, related_name="interruptions"
    )
    nature = models.CharField("性质", max_length=9, choices=Nature)
    code = models.CharField("情形", max_length=30, blank=True)
    line = models.ForeignKey(
        NoticeLine, verbose_name="依据", on_delete=models.PROTECT, related_name="interrupting"
    )

    class Meta(Recorded.Meta):
        verbose_name = "中止或存疑"
        verbose_name_plural = "中止或存疑"
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["institution", "kind"], name="interruption_by_history"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                condition=Q(nature="suspended", code="", valid_from__isnull=False)
                | Q(nature="doubtful") & ~Q(code=""),
                name="interruption_says_what_it_is",
            ),
        ]

    def __str__(self):
        return f"{self.institution_id}·{self.kind_id} {self.get_nature_display()}"

    def includes(self, day):
        """Return whether `day` is one of these days."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )
