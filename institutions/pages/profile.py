"""What the page of one institution shows: names, answers for a day, timeline, notices, and who is part of it.

Keeps the number of queries the same however long its history is.
"""

from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from institutions.checking import known_of, lines_of
from institutions.models import Institution, InstitutionName, NoticeLine
from institutions.pages.drawing import timeline_of
from institutions.pages.finderpage import Part
from institutions.pages.kindstates import kinds_told, states_of
from institutions.pages.maplinks import map_links
from institutions.pages.questions import CHECK, address
from institutions.pages.quotations import Quotation, quotations
from institutions.pages.stretches import Nature, Stretch, stretches_of
from institutions.register.counting import whole_of
from portal.figures import quoted_by
from portal.references import format_reference

# Lines of notices shown; the history lists what all of them state.
MOST_LINES = 100


@dataclass(frozen=True)
class Told:
    """One stretch with the published lines that state it."""

    stretch: Stretch
    lines: tuple[NoticeLine, ...]


def whole_on(institution, asked):
    """Return the institution that this one is part of on the day asked; None when it stands for itself.

    `asked` is a RegisterFilter; a whole that no reader may see is none.
    """
    whole = whole_of(institution.pk, asked.register.by_part)
    if whole == institution.pk:
        return None
    return Institution.objects.public().filter(pk=whole).first()


def profile_context(institution, asked):
    """Return what the page shows of `institution` (named and with its place) on the day of `asked`."""
    parts = _parts_of(institution, asked)
    known = known_of([institution.pk], [kind.pk for kind in asked.kinds], asked.known_at)
    told = kinds_told(known.register)
    own = told.get(institution.pk, set())
    heard = own.union(*(told.get(part.institution.pk, ()) for part in parts))
    kinds = [kind for kind in asked.kinds if kind.pk in heard]
    stretches = stretches_of(known.register, institution.pk, kinds)
    told_by = lines_of(known.rows, {line for one in stretches for line in one.lines})
    lines, more = _lines_about(institution)
    states = states_of(known, institution.pk, kinds, asked.day)
    return {
        "institution": institution,
        "asked": asked,
        "present": f"?{asked.query(known_at=None)}",
        "states": [(state, _check_of(institution, state, asked)) for state in states],
        "names": _names_of(institution, asked.known_at),
        "parts": parts,
        "timeline": timeline_of(stretches, timezone.localdate()),
        "natures": [nature for nature in Nature if any(one.nature is nature for one in stretches)],
        "told": [Told(one, tuple(told_by[line.key] for line in one.lines)) for one in stretches],
        "lines": lines,
        "more_lines": more,
        "maps": map_links(institution, institution.name_on),
        "stories": quoted_by(format_reference("institution", institution.code)),
    }


def _check_of(institution, state, asked):
    """Return the address at which this state is answered with its evidence."""
    return address(CHECK, institution.code, state.kind.code, asked.day, asked.known_at)


def _parts_of(institution, asked):
    by_part = asked.register.by_part
    keys = [
        part
        for part in by_part
        if part != institution.pk and whole_of(part, by_part) == institution.pk
    ]
    rows = Institution.objects.public().named(asked.day, asked.known_at).filter(pk__in=keys)
    return [Part(row, row.name_on, by_part[row.pk].on) for row in rows]


def _names_of(institution, known_at):
    """Return its names as known at an instant: official ones first, the latest at the head."""
    order = list(InstitutionName.Kind.values)
    rows = InstitutionName.objects.known(known_at).filter(institution=institution)
    rows = rows.order_by(F("valid_from").desc(nulls_last=True), "pk")
    return sorted(rows, key=lambda row: order.index(row.kind))


def _lines_about(institution) -> tuple[list[Quotation], bool]:
    """Return the published lines about it, the latest notice first, and whether there are more."""
    rows = NoticeLine.objects.filter(
        Q(institution=institution) | Q(into=institution, institution__isnull=False),
        notice__published_at__isnull=False,
    ).select_related("notice__issuer", "notice__replaced_by", "kind__scheme", "institution", "into")
    rows = rows.order_by("-notice__published_at", "notice", "number")[: MOST_LINES + 1]
    found = quotations(rows)
    return found[:MOST_LINES], len(found) > MOST_LINES
