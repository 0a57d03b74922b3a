"""What a form offers to choose places from: an edition's own, in its order, for five places at most."""

from indices.filters import MOST_PLACES
from portal.models import Place

# More places than this are not offered in lists; then their codes are typed.
MOST_OFFERED = 400


def offered_places(order):
    """Return the places of an Order in their order, None when there are too many to choose from; one query."""
    if len(order.places) > MOST_OFFERED:
        return None
    found = Place.objects.in_bulk(order.places)
    return [found[pk] for pk in order.places]


def slots_of(chosen):
    """Return the chosen places, filled up with None to as many as may be chosen."""
    return [*chosen, *[None] * (MOST_PLACES - len(chosen))]
