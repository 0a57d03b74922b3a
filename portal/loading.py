"""Loading places from a file: all or nothing, in a number of queries that does not grow with the rows.

Places that the file does not name stay as they are, and so do other names that it does not list: they
may be remembered judgements of editors.
"""

from dataclasses import dataclass

from django.db import transaction

from portal.models import Place, PlaceName
from portal.names import fold
from portal.placefile import RefusedFile, read_places, row_error
from portal.search.keeping import reindex


@dataclass(frozen=True)
class Loaded:
    """How many places a load added, altered and found as the file has them."""

    added: int
    updated: int
    unchanged: int


def _ring(code, parents):
    """Return the codes that lead from `code` upwards back to itself, or [] when none do."""
    path = [code]
    while (above := parents.get(path[-1])) and above not in path[1:]:
        path.append(above)
        if above == code:
            return path
    return []


def _tree_errors(rows, places):
    """Return the faults of the tree that would stand after the load."""
    by_key = {place.pk: place.code for place in places.values()}
    parents = {place.code: by_key.get(place.parent_id, "") for place in places.values()}
    parents |= {row.code: row.parent for row in rows}
    errors = [
        row_error(row.number, "parent", f"没有代码为“{row.parent}”的地方。")
        for row in rows
        if row.parent and row.parent not in parents
    ]
    errors += [
        row_error(row.number, "parent", f"上级成环：{' → '.join(ring)}。")
        for row in rows
        if (ring := _ring(row.code, parents))
    ]
    return errors


def _state(row, places):
    parent = places.get(row.parent)
    return {
        "name": row.name,
        "short_name": row.short_name,
        "name_key": fold(row.name),
        "short_name_key": fold(row.short_name),
        "level": row.level,
        "parent_id": parent.pk if parent else None,
    }


def _create(rows, places):
    """Make the places of `rows`, parents before their children: one query for each level of the tree."""
    waiting = rows
    while waiting:
        ready = [row for row in waiting if not row.parent or row.parent in places]
        made = Place.objects.bulk_create(
            [Place(code=row.code, **_state(row, places)) for row in ready]
        )
        places |= {place.code: place for place in made}
        waiting = [row for row in waiting if row.code not in places]
    return places


def _update(rows, places):
    for row in rows:
        for field, value in _state(row, places).items():
            setattr(places[row.code], field, value)
    fields = ["name", "short_name", "name_key", "short_name_key", "level", "parent"]
    Place.objects.bulk_update([places[row.code] for row in rows], fields, batch_size=500)


def _differs(row, place, by_key):
    return (row.name, row.short_name, row.level, row.parent) != (
        place.name,
        place.short_name,
        place.level,
        by_key.get(place.parent_id, ""),
    )


def _names(rows, by_key):
    """Return {code: (other names that are new, known ones whose kind the file corrects)}."""
    known = {}
    for name in PlaceName.objects.all():
        known.setdefault(by_key[name.place_id], {})[name.key] = name
    names = {}
    for row in rows:
        new, corrected = names[row.code] = [], []
        for other in row.other_names:
            standing = known.get(row.code, {}).get(fold(other.name))
            if not standing:
                new.append(other)
            elif other.kind and standing.kind != other.kind:
                standing.kind = other.kind
                corrected.append(standing)
    return names


def _write_names(names, places):
    PlaceName.objects.bulk_create(
        PlaceName(
            place=places[code],
            name=other.name,
            key=fold(other.name),
            kind=other.kind or PlaceName.Kind.ALIAS,
        )
        for code, (new, _) in names.items()
        for other in new
    )
    corrected = [name for _, names_corrected in names.values() for name in names_corrected]
    PlaceName.objects.bulk_update(corrected, ["kind"], batch_size=500)


@transaction.atomic
def load_places(data: bytes, *, dry_run=False):
    """Bring the places of a CSV file (see `portal.placefile`) into the database and return `Loaded`.

    Rows may stand in any order; a parent is in the file or in the database already. Raises
    `RefusedFile` with every fault at once, and then nothing is written. Loading a file again changes
    nothing. `dry_run` counts without writing.
    """
    rows, errors = read_places(data)
    places = {place.code: place for place in Place.objects.all()}
    errors += _tree_errors(rows, places)
    if errors:
        raise RefusedFile(errors)

    by_key = {place.pk: code for code, place in places.items()}
    names = _names(rows, by_key)
    added = [row for row in rows if row.code not in places]
    standing = [row for row in rows if row.code in places]
    altered = [row for row in standing if _differs(row, places[row.code], by_key)]
    touched = {row.code for row in altered} | {r.code for r in standing if any(names[r.code])}
    if not dry_run:
        places = _create(added, places)
        _update(altered, places)
        _write_names(names, places)
        reindex(Place, [places[code].pk for code in (*(row.code for row in added), *touched)])
    return Loaded(len(added), len(touched), len(rows) - len(added) - len(touched))
