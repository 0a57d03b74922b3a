"""How others point at this floor's public objects: `institution:<code>`, `notice:<id>`."""

from institutions.models import Institution, Notice
from portal.references import Target, register

LONGEST_KEY = 18  # digits that fit into a key of either database


def _institutions(codes):
    rows = Institution.objects.public().filter(code__in=codes)
    return {row.code: Target(row.name, row.get_absolute_url()) for row in rows}


def _notices(codes):
    keys = [int(code) for code in codes if code.isdigit() and len(code) <= LONGEST_KEY]
    rows = Notice.objects.published().filter(pk__in=keys)
    return {str(row.pk): Target(row.title, row.get_absolute_url()) for row in rows}


def register_all():
    """Teach the kernel this floor's kinds; called once when the app is ready."""
    register("institution", _institutions)
    register("notice", _notices)
