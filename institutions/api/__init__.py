"""The register for machines: the check of one institution, and the resources that follow from `portal.api`."""

from institutions.api import check, designations, institutions, interruptions, lines, notices
from institutions.api.check import CheckThrottle, CheckView
from portal.api import register, track

__all__ = ["CheckThrottle", "CheckView", "check", "register_all"]


def register_all():
    """Give this floor's resources their addresses; called once when the app is ready."""
    register(institutions.INSTITUTIONS)
    register(notices.NOTICES)
    register(lines.LINES)
    register(designations.DESIGNATIONS)
    register(interruptions.INTERRUPTIONS)
    track(designations.TRACKED)
    track(interruptions.TRACKED)
