"""Making institutions: a code that will never change, and the first official name with its source.

Hides how a code is found: the sound of the name, with a number behind it where that is taken.
"""

import re

from django.utils import timezone

from institutions.models import Institution, InstitutionName
from institutions.models.institutions import RESERVED_CODES
from portal.names import pinyin_slug
from portal.records import supersede

_NUMBERED = re.compile(r"(.+?)-(\d+)")
_BATCH = 500


def free_codes(names):
    """Return a code for each of `names` that no institution has and that differ from each other.

    Two queries for each 500 names at most. Must be called inside the transaction that makes them.
    """
    bases = [pinyin_slug(name) or "jigou" for name in names]
    taken = set(RESERVED_CODES) | _taken(set(bases))
    codes = []
    for base in bases:
        code, number = base, 1
        while code in taken:
            number += 1
            code = f"{base}-{number}"
        taken.add(code)
        codes.append(code)
    return codes


def _taken(bases):
    found = set()
    ordered = sorted(bases)
    for start in range(0, len(ordered), _BATCH):
        part = ordered[start : start + _BATCH]
        rows = Institution.objects.filter(code__in=part).values_list("code", flat=True)
        met = set(rows)
        found |= met
        for base in met:
            numbered = Institution.objects.filter(code__startswith=f"{base}-")
            found.update(numbered.values_list("code", flat=True))
    return found


def found_institutions(rows, *, source_words, at=None):
    """Create an institution for each of `rows`, (name, {field: value}), and return them in order.

    Each gets its first official name with `source_words`, known from `at` (default now). In the
    caller's transaction; in bulk. Fields are those of `Institution`, taken as checked.
    """
    at = at or timezone.now()
    rows = list(rows)
    institutions = []
    for (name, fields), code in zip(rows, free_codes([name for name, _ in rows]), strict=True):
        institution = Institution(code=code, **fields)
        institution.bear(name)
        institutions.append(institution)
    Institution.objects.bulk_create(institutions, batch_size=_BATCH)
    official = InstitutionName.Kind.OFFICIAL
    supersede(
        [],
        [
            InstitutionName.of(row, row.name, kind=official, source_words=source_words)
            for row in institutions
        ],
        at=at,
    )
    return institutions
