"""Several questions to the register, of whatever schemes, districts and days, answered in one set of queries.

Knows the rows from which the counts and lists of blocks and figures are made; what counts as what is
`institutions.register.counting.settle`, and the answer is that of `RegisterFilter.counts`. For one
question on a page of its own `institutions.counting` asks the database to count instead.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from institutions.histories import all_merges
from institutions.models import Designation, Interruption
from institutions.register.answers import Rule
from institutions.register.counting import Settled, settle
from institutions.register.lineage import wholes

_PLACES = tuple(f"institution__place{'__parent' * step}" for step in range(4))


@dataclass(frozen=True)
class Standing:
    """What the register holds on one day: pairs (institution, kind) by their state, as primary keys.

    `opened_by` gives the notice that opened each pair's period.
    """

    settled: Settled
    opened_by: dict[tuple[int, int], int]


@dataclass(frozen=True)
class _Row:
    institution: int
    kind: int
    first: object
    last: object
    told: object
    places: tuple = ()

    def concerns(self, kinds, day):
        """Return whether this row is of one of `kinds` (None: all) and does not exclude `day`."""
        begun = self.first is None or self.first <= day
        ended = self.last is not None and self.last < day
        return begun and not ended and (kinds is None or self.kind in kinds)


def standings(filters):
    """Return {filter: Standing} for `RegisterFilter`s of one instant of knowledge; four queries.

    Scheme, kind, district and day are heeded; their `kinds` must be given, or each asks for its own.
    Raises ValueError for filters of different instants.
    """
    filters = list(dict.fromkeys(filters))
    if not filters:
        return {}
    if len(instants := {one.known_at for one in filters}) > 1:
        raise ValueError("filters that are answered together share one instant of knowledge")
    (known_at,) = instants
    merges = all_merges(known_at)
    periods = _rows(Designation, "opened_by__notice", filters, known_at, _PLACES)
    gaps = _rows(Interruption, "nature", filters, known_at)
    return {one: _standing(one, periods, gaps, wholes(merges, one.day)) for one in filters}


def _rows(model, told, filters, known_at, places=()):
    wanted = Q()
    for one in filters:
        day = Q(valid_from__isnull=True) | Q(valid_from__lte=one.day)
        day &= Q(valid_to__isnull=True) | Q(valid_to__gte=one.day)
        wanted |= day if one.kind_keys is None else day & Q(kind__in=one.kind_keys)
    rows = model.objects.known(known_at).filter(wanted).order_by()
    columns = ("institution", "kind", "valid_from", "valid_to", told)
    return [
        _Row(*values[: len(columns)], values[len(columns) :])
        for values in rows.values_list(*columns, *places)
    ]


def _standing(one, periods, gaps, by_part):
    kinds, day = one.kind_keys, one.day
    natures = defaultdict(set)
    for gap in gaps:
        if gap.concerns(kinds, day):
            natures[gap.told].add((gap.institution, gap.kind))
    doubtful = natures[Interruption.Nature.DOUBTFUL]
    suspended = natures[Interruption.Nature.SUSPENDED] - doubtful
    held = {Rule.SUSPENDED: suspended, Rule.IN_DOUBT: doubtful}
    held |= {Rule.IN_FORCE: set(), Rule.START_UNKNOWN: set()}
    inside, opened_by = set(), {}
    for row in periods:
        if not row.concerns(kinds, day):
            continue
        pair = (row.institution, row.kind)
        opened_by[pair] = row.told
        if pair not in doubtful and pair not in suspended:
            held[Rule.START_UNKNOWN if row.first is None else Rule.IN_FORCE].add(pair)
        if one.district is None or one.district.pk in row.places:
            inside.add(row.institution)
    return Standing(settle(held, by_part).within(inside), opened_by)
