"""Keeping the index true: whatever a write changes can be found as soon as its transaction ends.

Wagtail indexes an object when its own row is saved, one at a time: before the rows that belong to it are
written, and never when rows are written in bulk. What it misses is indexed by `reindex`, in the transaction
of the write, and told on by `reindexed` to those whose entries hold words of these objects.
"""

from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal
from modelsearch.backends import get_search_backends

# Sent with `sender`, a model, and `keys`, the primary keys of its objects that were indexed anew.
reindexed = Signal()
_BATCH = 500


def reindex(model, keys) -> None:
    """Index anew the objects of `model` with these primary keys, from what their rows now hold."""
    keys = list(dict.fromkeys(keys))
    backends = list(get_search_backends(with_auto_update=True))
    for start in range(0, len(keys), _BATCH):
        objects = list(model.get_indexed_objects().filter(pk__in=keys[start : start + _BATCH]))
        for backend in backends:
            backend.add_bulk(model, objects)
    if keys:
        reindexed.send(sender=model, keys=keys)


def follow(model, changed, keys_of) -> None:
    """From now on, index objects of `model` anew when a row of `changed` is saved or deleted.

    `keys_of(row)` gives the primary keys of the objects whose entries hold words of that row.
    """

    def note(instance, raw=False, **kwargs):
        if not raw:
            reindex(model, keys_of(instance))

    for signal in (post_save, post_delete):
        signal.connect(note, sender=changed, weak=False)
