"""Which notice speaks for one that was pointed at: a published correction takes its notice's place.

A story, a figure and a link keep pointing at the notice that they were made with; what they show is the
correction that stands now. Hides the chains of corrections: a notice and those that it replaced are one
matter.
"""

from institutions.models import Notice
from portal.records import instant


def present_of(notices, known_at=None):
    """Return {key: the key of its latest correction published by `known_at`} (now when None).

    `notices` are primary keys; a notice without a correction is its own latest. One query.
    """
    successors = {replaced: key for key, replaced in _corrections(known_at)}
    return {key: _chain(key, successors)[-1] for key in notices}


def matters_of(notices):
    """Return {key: the keys of the notice and of all that it replaced, in turn}; one query, none for no notice."""
    if not notices:
        return {}
    replaced = dict(_corrections())
    return {key: frozenset(_chain(key, replaced)) for key in notices}


def _corrections(known_at=None):
    rows = Notice.objects.published(instant(known_at)).filter(replaces__isnull=False)
    return list(rows.order_by().values_list("pk", "replaces_id"))


def _chain(key, following):
    met = [key]
    while (key := following.get(key)) is not None and key not in met:
        met.append(key)
    return met
