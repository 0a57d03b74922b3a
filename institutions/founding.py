"""Making institutions: a code that will never change, and the first official name with its source.

Hides how a code is found: the sound of the name, with a number behind it where that is taken.
"""

from django.db import transaction
from django.utils import timezone

from institutions.models import Institution, InstitutionName
from institutions.models.institutions import RESERVED_CODES
from institutions.seating import settle
from portal.models import Change
from portal.names import pinyin_slug
from portal.records import supersede

_BATCH = 500
_CHUNK = 5000


def free_codes(names):
    """Return a code for each of `names` that no institution has and that differ from each other.

    One query, however many names. Must be called inside the transaction that makes them, which holds
    the queue of changes.
    """
    codes = Institution.objects.order_by().values_list("code", flat=True)
    taken = {*RESERVED_CODES, *codes.iterator(chunk_size=_CHUNK)}
    numbers, free = {}, []
    for name in names:
        base = code = pinyin_slug(name) or "jigou"
        while code in taken:
            numbers[base] = numbers.get(base, 1) + 1
            code = f"{base}-{numbers[base]}"
        taken.add(code)
        free.append(code)
    return free


@transaction.atomic
def found_institutions(rows, *, source_words, at=None):
    """Create an institution for each of `rows`, (name, {field: value}), and return them in order.

    Each gets its first official name with `source_words`, known from `at` (default now). All or
    nothing, in bulk. Fields are those of `Institution`, taken as checked. Waits in the queue of changes,
    so that two who found at once do not take the same code.
    """
    Change.objects.queue()
    at = at or timezone.now()
    rows = [(name.strip(), fields) for name, fields in rows]
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
    settle(institutions, at=at)
    return institutions
