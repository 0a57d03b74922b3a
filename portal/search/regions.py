"""By which places something in one place is found: the place itself and those that contain it.

A country contains everything there is, and narrows nothing: it counts only for what is about it alone.
"""

from portal.models import Place
from portal.search.kinds import Choice

_ABOVE = ("", "parent__", "parent__parent__", "parent__parent__parent__")
_FIELDS = ("code", "name", "level")


def regions_of(places) -> dict[int, tuple[Choice, ...]]:
    """Return {primary key of a place: the choices (code, name) of it and of those above it}; one query."""
    fields = [f"{above}{name}" for above in _ABOVE for name in _FIELDS]
    rows = Place.objects.filter(pk__in=set(places)).order_by().values_list("pk", *fields)
    return {pk: tuple(_choices(told)) for pk, *told in rows}


def _choices(told):
    for start in range(0, len(told), len(_FIELDS)):
        code, name, level = told[start : start + len(_FIELDS)]
        if code and (start == 0 or level != Place.Level.COUNTRY):
            yield code, name
