"""Which institution is meant by what a reader typed: a code, any name it ever had, its sound or initials.

Knows how names fit and in which order they are offered, and that a merged institution's names lead to
the one that it is part of. Only public institutions are found. Hides that all ways to fit are tried in
one query. It guesses nothing: where several fit, the reader chooses.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Length
from django.utils import timezone

from institutions.histories import all_merges
from institutions.models import Institution, InstitutionName
from institutions.register.counting import whole_of
from institutions.register.lineage import wholes
from portal.names import fold
from portal.parameters import printable
from portal.records import instant

LONGEST = 200
MOST = 20
# Rows read for the MOST institutions: of one institution several names can fit.
_ROWS = MOST * 10
_MOST_WORDS = 8
_BY_CODE, _BY_NAME = 0, 1


@dataclass(frozen=True)
class Bearer:
    """An institution (primary key) by the name that fits; `exact` when it is the name or code as typed."""

    institution: int
    name: str
    exact: bool


@dataclass(frozen=True)
class Found:
    """An institution that can be meant, under its name of the day (`name_on`), with its place.

    `bearer` is the one whose `name` fits: another one when it is part of `institution` on that day.
    """

    institution: Institution
    bearer: Institution
    name: str
    exact: bool

    @property
    def is_merged(self):
        return self.bearer.pk != self.institution.pk


def bearers(text: str, known_at=None) -> list[Bearer]:
    """Return the public institutions that `text` can mean, the likeliest first, MOST at most; one query.

    A code alone is decisive, then a whole name; only when neither fits are names offered that contain
    every word, that sound so, or whose initials begin so. Names known now count, and those known at
    `known_at`.
    """
    words = _words(text)
    if not words:
        return []
    code = _rows(Institution.objects.public().filter(code="".join(words)), _BY_CODE, "pk", "name")
    names = _names(known_at)
    named = _rows(_public(names.filter(key="".join(words))), _BY_NAME, "institution_id", "name")
    near = _near(names.filter(~Exists(code), ~Exists(named)), words)
    offered = code.union(named, near, all=True).order_by("rank", "length", "sound", "bearer")[
        :_ROWS
    ]
    found, best = {}, None
    for row in offered:
        best = row["rank"] if best is None else best
        if best <= _BY_NAME and row["rank"] > best:
            break
        exact = best <= _BY_NAME
        found.setdefault(row["bearer"], Bearer(row["bearer"], row["called"], exact))
    return list(found.values())[:MOST]


def find(text: str, on: date | None = None, known_at=None) -> list[Found]:
    """Return what `text` can mean on the day `on` (today when None), as `bearers`, with their rows.

    Institutions that are part of the same one on that day are offered once, as that one. Four queries
    at most, however many are found.
    """
    return gathered(bearers(text, known_at), on or timezone.localdate(), known_at)


def meant(text: str, on: date, known_at=None) -> tuple[Bearer | None, list[Found]]:
    """Return (the one institution that `text` means, []), or (None, those that it can mean: none or several).

    One query where one or none fits. Where all that fit are part of one on the day `on`, it is that one.
    """
    fitting = bearers(text, known_at)
    if len(fitting) < 2:
        return (fitting[0] if fitting else None), []
    choices = gathered(fitting, on, known_at)
    if len(choices) > 1:
        return None, choices
    only = choices[0]
    return Bearer(only.institution.pk, only.name, only.exact), []


def gathered(found: list[Bearer], on: date, known_at=None) -> list[Found]:
    """Return `found` as rows, each under the one that it is part of on the day `on`; as in `find`."""
    if not found:
        return []
    by_part = wholes(all_merges(instant(known_at)), on)
    leads = {bearer.institution: whole_of(bearer.institution, by_part) for bearer in found}
    wanted = {*leads, *leads.values()}
    named = Institution.objects.public().named(on, known_at).filter(pk__in=wanted)
    rows = {row.pk: row for row in named.select_related("place")}
    offered = {}
    for bearer in found:
        own = rows[bearer.institution]
        whole = rows.get(leads[bearer.institution], own)
        offered.setdefault(whole.pk, Found(whole, own, bearer.name, bearer.exact))
    return list(offered.values())


def _words(text):
    """Return the folded words of what a reader typed, without what no name and no database can hold."""
    words = printable(text[:LONGEST]).split()
    return [key for key in map(fold, words) if key][:_MOST_WORDS]


def _names(known_at):
    known = Q(known_to__isnull=True)
    if known_at is not None:
        known |= Q(known_from__lte=known_at, known_to__gt=known_at)
    return InstitutionName.objects.filter(known)


def _public(names):
    public = Institution.objects.public().filter(pk=OuterRef("institution"))
    return names.filter(Exists(public))


def _near(names, words):
    whole = "".join(words)
    # Han characters are found as they are written: a homophone is another name.
    heard = whole.replace("ü", "v").replace("'", "").replace("’", "")
    contains = Q()
    for word in words:
        contains &= Q(key__contains=word)
    ranks = [When(key__startswith=whole, then=2), When(key__contains=whole, then=3)]
    fits = contains
    if heard.isascii() and heard.isalnum():
        ranks += [When(pinyin=heard, then=2), When(pinyin__startswith=heard, then=4)]
        ranks += [When(initials__startswith=heard, then=5)]
        fits |= Q(pinyin__startswith=heard) | Q(initials__startswith=heard)
    rank = Case(*ranks, default=6, output_field=IntegerField())
    # What is cheap to ask stands first: the database asks each row in this order.
    return _rows(_public(names.filter(fits)), rank, "institution_id", "name")


def _rows(rows, rank, bearer, name):
    rank = rank if isinstance(rank, Case) else Value(rank, output_field=IntegerField())
    sound = F("pinyin") if rows.model is Institution else F("institution__pinyin")
    return rows.order_by().values(
        bearer=F(bearer), called=F(name), rank=rank, length=Length(name), sound=sound
    )
