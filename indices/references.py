"""How others point at this floor's public objects: `index:<code>`, `edition:<id>`, `release:<id>`."""

from indices.models import Edition, Index, Release
from portal.references import Target, register

LONGEST_KEY = 18  # digits that fit into a key of either database


def _keys(codes):
    return [int(code) for code in codes if code.isdigit() and len(code) <= LONGEST_KEY]


def _indices(codes):
    rows = Index.objects.public().filter(code__in=codes)
    return {row.code: Target(row.name, row.get_absolute_url()) for row in rows}


def _editions(codes):
    rows = Edition.objects.public().filter(pk__in=_keys(codes)).select_related("index")
    return {str(row.pk): Target(str(row), row.get_absolute_url()) for row in rows}


def _releases(codes):
    rows = Release.objects.published().filter(
        pk__in=_keys(codes), edition__in=Edition.objects.public()
    )
    rows = rows.select_related("edition__index")
    return {str(row.pk): Target(str(row), row.get_absolute_url()) for row in rows}


def register_all():
    """Teach the kernel this floor's kinds; called once when the app is ready."""
    register("index", _indices)
    register("edition", _editions)
    register("release", _releases)
