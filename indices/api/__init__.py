"""The indices for machines: the movement between two editions, and the resources that follow from `portal.api`."""

from indices.api import editions, indices, scores
from indices.api.movement import MovementView
from portal.api import register, track

__all__ = ["MovementView", "register_all"]


def register_all():
    """Give this floor's resources their addresses; called once when the app is ready."""
    register(indices.INDICES)
    register(editions.EDITIONS)
    register(scores.SCORES)
    track(scores.TRACKED)
