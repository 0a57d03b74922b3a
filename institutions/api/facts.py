"""One question about facts of an institution and a kind, in two times: designations, and what interrupts them."""

from dataclasses import dataclass

from django.db.models import Case, DateTimeField, F, When

from institutions.api import vocabulary
from institutions.filters import RegisterFilter
from institutions.models import Institution
from portal.records import instant


@dataclass(frozen=True)
class FactFilter:
    """What the register's filter asks, of one institution or of all, as stated then or ever."""

    register: RegisterFilter
    institution: Institution | None = None
    ever: bool = False

    @classmethod
    def read(cls, given):
        """Return the filter that parameters give; raises BadParameter for what does not exist."""
        register = RegisterFilter.read(given)
        institution = vocabulary.institution_of(given, register.known_at)
        return cls(register, institution, given.get("history") == "all")

    def among(self, facts):
        """Return those of a QuerySet stated at the instant asked, or by then when all ever stated are asked for.

        `closed_at` is when a row was closed, as far as that was known at the instant.
        """
        asked, at = self.register, instant(self.register.known_at)
        stated = facts.filter(known_from__lte=at)
        rows = stated if self.ever else stated.known(at)
        if self.institution is not None:
            rows = rows.filter(institution=self.institution)
        if asked.kind_keys is not None:
            rows = rows.filter(kind__in=asked.kind_keys)
        if asked.on is not None:
            rows = rows.touching(asked.on)
        if asked.district or asked.level or asked.name:
            rows = rows.filter(institution__in=asked.public().order_by().values("pk"))
        closed = When(known_to__lte=at, then=F("known_to"))
        return rows.annotate(closed_at=Case(closed, output_field=DateTimeField()))
