"""The order of a series' editions, the same on every database."""

from datetime import date


def age(edition):
    """Return the key by which editions of one series stand in order: year, day of release, code."""
    # The databases disagree about where an unknown day stands.
    return edition.year, edition.released_on or date.min, edition.code


def preceding(edition):
    """Return the edition before this one in its series; None for the first."""
    rows = sorted(edition.index.editions.defer("method"), key=age)
    at = rows.index(edition)
    return rows[at - 1] if at else None
