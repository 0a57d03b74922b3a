"""The stored register on one day: how many are designated, and who stands in the list.

Knows how the stored periods and interruptions are counted by the database, so that the answer is that of
`institutions.register.count`, which defines it. Hides that most institutions are counted in one
statement, and that those few that are suspended, in doubt or merged that day are counted one by one.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, Sum

from institutions.histories import all_merges
from institutions.models import Designation, Institution, Interruption, NoticeLine
from institutions.register.answers import Rule
from institutions.register.counting import Both, Counts, settle
from institutions.register.lineage import wholes


@dataclass(frozen=True)
class Tally:
    """The counts of one day, and how many institutions are listed: in force, undated, suspended or doubtful."""

    counts: Counts
    listed: int


class RegisterDay:
    """The register on the day `on`, as known at an instant (now when None), of some kinds (None: all).

    Queries are sent when they are needed, each once: two for merges, two for what is not plain.
    """

    def __init__(self, on, known_at=None, *, kinds=None):
        self.on, self.known_at = on, known_at
        self.kinds = None if kinds is None else frozenset(kinds)

    @cached_property
    def by_part(self):
        """{institution: the merge by which it is part of another on this day}, by primary keys."""
        return wholes(all_merges(self.known_at), self.on)

    def tally(self, institutions=None):
        """Return the Tally of all, or of those in the QuerySet `institutions`; at most two more queries."""
        plain = self._designations().exclude(institution__in=self._interrupted())
        plain = plain.exclude(institution__in=self._family)
        if institutions is not None:
            plain = plain.filter(institution__in=institutions.order_by().values("pk"))
        numbers = _numbers(plain)
        settled = self._settled
        if institutions is not None:
            others = Q(pk__in=self._interrupted()) | Q(pk__in=self._family)
            settled = settled.within(set(institutions.filter(others).values_list("pk", flat=True)))
        counts = settled.counts()
        return Tally(
            Counts(
                _sum(numbers["dated"], numbers["with_dated"], counts.in_force),
                _sum(numbers["undated"], numbers["with_undated"], counts.start_unknown),
                _sum(numbers["dated"] + numbers["undated"], numbers["all"], counts.total),
                counts.suspended,
                counts.in_doubt,
            ),
            numbers["all"] + len(settled.institutions),
        )

    def listed(self, institutions=None):
        """Return the institutions that stand in the list on this day, merged parts with their wholes.

        A QuerySet, of all or of those in `institutions`; what `Tally.listed` counts.
        """
        rows = Institution.objects.all() if institutions is None else institutions
        of_row = {"institution": OuterRef("pk")}
        on_their_own = Exists(self._designations().filter(**of_row))
        on_their_own |= Exists(self._interruptions().filter(**of_row))
        merged = Q(pk__in=self._settled.institutions & self._family)
        return rows.filter(merged | ~Q(pk__in=self._family) & Q(on_their_own))

    @cached_property
    def _family(self):
        """Whoever is part of another on this day, or has parts."""
        return frozenset(self.by_part) | {merge.whole for merge in self.by_part.values()}

    def _known(self, model):
        # `current()` is what an index of each table holds.
        rows = model.objects.current() if self.known_at is None else None
        rows = model.objects.known(self.known_at) if rows is None else rows
        return rows if self.kinds is None else rows.filter(kind__in=self.kinds)

    def _designations(self):
        return self._known(Designation).touching(self.on)

    def _interruptions(self):
        return self._known(Interruption).touching(self.on)

    def _interrupted(self):
        return self._interruptions().order_by().values("institution")

    @cached_property
    def _settled(self):
        """What is counted one by one: whoever is interrupted on this day or of a family, settled."""
        held = defaultdict(set)
        theirs = Q(institution__in=self._interrupted()) | Q(institution__in=self._family)
        columns = ("institution", "kind", "valid_from")
        for *pair, first in self._designations().filter(theirs).values_list(*columns):
            held[Rule.START_UNKNOWN if first is None else Rule.IN_FORCE].add(tuple(pair))
        natures = defaultdict(set)
        columns = ("institution", "kind", "nature")
        for *pair, nature in self._interruptions().values_list(*columns):
            natures[nature].add(tuple(pair))
        doubtful = natures[Interruption.Nature.DOUBTFUL]
        suspended = natures[Interruption.Nature.SUSPENDED] - doubtful
        return settle(
            {
                Rule.IN_FORCE: held[Rule.IN_FORCE] - doubtful - suspended,
                Rule.START_UNKNOWN: held[Rule.START_UNKNOWN] - doubtful - suspended,
                Rule.SUSPENDED: suspended,
                Rule.IN_DOUBT: doubtful,
            },
            self.by_part,
        )


def _numbers(designations):
    """Return how many of `designations` are dated and undated, and of how many institutions; one query."""
    dated, undated = Q(valid_from__isnull=False), Q(valid_from__isnull=True)
    each = (
        designations.order_by()
        .values("institution")
        .annotate(begun=Count("pk", filter=dated), unknown=Count("pk", filter=undated))
    )
    return each.aggregate(
        all=Count("institution"),
        with_dated=Count("institution", filter=Q(begun__gt=0)),
        with_undated=Count("institution", filter=Q(unknown__gt=0)),
        dated=Sum("begun", default=0),
        undated=Sum("unknown", default=0),
    )


def _sum(designations, institutions, others):
    return Both(designations + others.designations, institutions + others.institutions)


def counts_as_printed(notice):
    """Return [(action, Both)] of the adopted lines of `notice` for each of its actions; one query.

    The numbers of `institutions.quotable.noticelists.count_lines`, counted by the database. Renaming and merging
    concern no kind and are not counted.
    """
    each = (
        NoticeLine.objects.filter(notice=notice, institution__isnull=False, kind__isnull=False)
        .order_by()
        .values("action", "institution")
        .annotate(kinds=Count("kind", distinct=True))
    )
    asked = {}
    for action in NoticeLine.Action.values:
        asked[f"{action}_pairs"] = Sum("kinds", filter=Q(action=action), default=0)
        asked[f"{action}_all"] = Count("institution", filter=Q(action=action))
    found = each.aggregate(**asked)
    return [
        (action, Both(found[f"{action}_pairs"], found[f"{action}_all"]))
        for action in NoticeLine.Action
        if found[f"{action}_all"]
    ]
