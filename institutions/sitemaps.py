"""What the sitemap lists of this floor: public institutions and published notices.

A notice last changed when it was published, replaced or withdrawn; an institution when a statement about it did, be
it a line of a notice, a name or a merge. An institution that is part of another today is left out: its address leads
to the other. Each file costs as many queries however many institutions there are.
"""

from django.db.models import Max
from django.utils import timezone

from institutions.counting import RegisterDay
from institutions.models import Institution, InstitutionName, Merge, Notice, NoticeLine
from portal.sitemaps import register


def _institutions():
    parts = RegisterDay(timezone.localdate(), None).by_part
    return Institution.objects.public().exclude(pk__in=list(parts)).order_by("pk")


def _institution_rows(start, end):
    rows = list(_institutions().values_list("pk", "code")[start:end])
    if not rows:
        return []
    changed = _changes(rows[0][0], rows[-1][0])
    return [(f"/institutions/{code}/", changed.get(key)) for key, code in rows]


def _changes(first, last):
    """Return {institution: when a statement about it last changed} for keys from `first` to `last`; four queries."""
    found = {}
    for rows, of, instants in _statements():
        named = rows.filter(**{f"{of}__gte": first, f"{of}__lte": last})
        latest = named.order_by().values(of)
        told = latest.annotate(**{f"at_{number}": Max(at) for number, at in enumerate(instants)})
        for row in told:
            key = row.pop(of)
            known = [at for at in (*row.values(), found.get(key)) if at is not None]
            found[key] = max(known)
    return found


def _statements():
    """Return (rows, what names the institution, their instants) for each kind of statement about institutions."""
    lines = NoticeLine.objects.filter(notice__published_at__isnull=False)
    of_notice = (
        "notice__published_at",
        "notice__withdrawn_at",
        "notice__replaced_by__published_at",
    )
    return (
        (lines, "institution", of_notice),
        (lines, "into", of_notice),
        (InstitutionName.objects.all(), "institution", ("known_from", "known_to")),
        (Merge.objects.all(), "whole", ("known_from",)),
    )


def _notices():
    return Notice.objects.published().order_by("pk")


def _notice_rows(start, end):
    columns = ("pk", "published_at", "withdrawn_at", "replaced_by__published_at")
    return [
        (f"/institutions/notices/{key}/", max(at for at in times if at is not None))
        for key, *times in _notices().values_list(*columns)[start:end]
    ]


def register_all():
    """Teach the sitemap this floor's pages; called once when the app is ready."""
    register("institutions", count=lambda: _institutions().count(), rows=_institution_rows)
    register("notices", count=lambda: _notices().count(), rows=_notice_rows)
