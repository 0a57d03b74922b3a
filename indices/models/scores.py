"""Scores: what releases state, row by row, as it was known. Written by publishing and by nothing else."""

from django.db import models
from django.db.models import Q

from indices.models.dimensions import EditionDimension
from indices.models.releases import Release
from indices.models.stating import Stated, says_something
from portal.models import Place
from portal.records import Recorded, RecordedQuerySet, instant, one_current


class ScoreQuerySet(RecordedQuerySet):
    """Questions that one asks of scores."""

    def ever_public(self, known_at=None):
        """Return what readers could see at some instant until `known_at` (now when None), closed since or not.

        A score stands in the table only since its release was published; an embargo that lasts hides
        the edition besides. Raises ValueError for a naive datetime.
        """
        at = instant(known_at)
        hidden = EditionDimension.objects.filter(edition__embargoed_until__gt=at)
        return self.filter(known_from__lte=at).exclude(dimension__in=hidden.order_by().values("pk"))

    def public(self, known_at=None):
        """Return what readers could see at the instant `known_at` (now when None); ValueError when naive."""
        at = instant(known_at)
        return self.ever_public(at).known(at)

    def known_just_before(self, at):
        """Return what stood until the instant `at`, whatever was published at that very instant."""
        return self.filter(Q(known_to__isnull=True) | Q(known_to__gte=at), known_from__lt=at)


class Score(Stated, Recorded):
    """What one release states of one place in one dimension of an edition, from its publication until another's.

    When it is true in the world is the edition's matter (its reference year), so its own days stay empty.
    """

    dimension = models.ForeignKey(
        EditionDimension, verbose_name="维度", on_delete=models.PROTECT, related_name="scores"
    )
    place = models.ForeignKey(
        Place, verbose_name="地方", on_delete=models.PROTECT, related_name="scores"
    )
    release = models.ForeignKey(
        Release, verbose_name="依据", on_delete=models.PROTECT, related_name="scores"
    )

    objects = ScoreQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta(Recorded.Meta):
        verbose_name = "得分"
        verbose_name_plural = "得分"
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["dimension", "place"], name="score_by_history"),
        ]
        constraints = [
            *Recorded.Meta.constraints,
            *Stated.Meta.constraints,
            one_current("dimension", "place"),
            says_something("score_says_something"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True, valid_to__isnull=True),
                name="score_is_of_its_edition",
                violation_error_message="得分的时间由版次决定。",
            ),
        ]

    def __str__(self):
        return f"{self.place_id}·{self.dimension_id}"
