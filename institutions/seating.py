"""Where institutions lie, kept with its known time: each move is stated beside the row that it changes.

`Institution.save` calls `settle`; whoever writes institutions in bulk calls it too.
"""

from institutions.models import Seat
from portal.records import supersede

_BATCH = 900


def settle(institutions, *, at=None):
    """State the present place of these saved institutions where it is not stated yet; in bulk.

    `at` as in `portal.records.supersede`, in the caller's transaction.
    """
    rows = {row.pk: row for row in institutions}
    keys, stated = list(rows), {}
    for start in range(0, len(keys), _BATCH):
        part = Seat.objects.current().filter(institution__in=keys[start : start + _BATCH])
        stated.update((seat.institution_id, seat) for seat in part)
    moved = [
        row
        for row in rows.values()
        if row.place_id != (stated[row.pk].place_id if row.pk in stated else None)
    ]
    supersede(
        [stated[row.pk] for row in moved if row.pk in stated],
        [Seat(institution=row, place_id=row.place_id) for row in moved if row.place_id],
        at=at,
    )
