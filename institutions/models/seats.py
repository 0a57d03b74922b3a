"""Where institutions lie, as the portal stated it: on this rests which coverage speaks of them."""

from django.db import models

from institutions.models.institutions import Institution
from portal.models import Place
from portal.records import Recorded, one_current


class Seat(Recorded):
    """One statement that an institution lies in a place; the current one is `Institution.place`.

    An answer given before a move or a correction stays what it was: it is asked with `known_at`.
    """

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="seats"
    )
    place = models.ForeignKey(
        Place, verbose_name="所在地", on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Recorded.Meta):
        verbose_name = "机构所在地"
        verbose_name_plural = "机构所在地"
        default_permissions = ()
        constraints = [*Recorded.Meta.constraints, one_current("institution")]

    def __str__(self):
        return f"{self.institution_id} {self.place_id}"
