"""When what readers see last changed, for resources of which every change stands in the log of changes."""

from portal.models import Change


def last_change():
    """Return the instant of the last change, or None when there was none."""
    return Change.objects.values_list("at", flat=True).first()
