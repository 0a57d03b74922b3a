"""What is offered while someone types: names that begin so, then titles that hold the words. Public ones only.

Knows at what cost: the vocabulary is in memory, titles are asked of the index once and of the kinds among
them, a handful each. A name leads to a search for it, a title to its page.
"""

from dataclasses import dataclass

from wagtail.search.models import IndexEntry

from portal.parameters import printable
from portal.search.asking import Asked
from portal.search.finding import Hit
from portal.search.kinds import Kind, by_content_type, results_of
from portal.search.matching import entitles
from portal.search.suggesting import completions
from portal.search.tokens import phrase
from portal.search.vocabulary import current

MOST, MOST_NAMES = 8, 5
LONGEST = 40
_LEAST_FOR_TITLES = 2
_READ = 24


@dataclass(frozen=True)
class Offer:
    """One thing offered: its words, what it is ('' for a name), and where choosing it leads."""

    text: str
    label: str
    url: str


def offers(typed: str) -> list[Offer]:
    """Return what is offered for the beginning of a query; nothing for an empty one."""
    typed = printable(typed)[:LONGEST].strip()
    if not typed:
        return []
    names = [Offer(name, "", Asked(name).address()) for name in completions(typed, current())]
    titles = _titles(typed)
    room = max(MOST_NAMES, MOST - len(titles))
    return [*names[:room], *titles][:MOST]


def _titles(typed):
    wanted = phrase(typed)
    kind_of = {key: kind for key, kind in by_content_type().items() if kind.is_titled}
    if wanted is None or len(typed) < _LEAST_FOR_TITLES or not kind_of:
        return []
    rows = IndexEntry.objects.filter(entitles(wanted), content_type_id__in=kind_of).order_by("-pk")
    rows = rows.values_list("pk", "content_type_id", "object_id")[:_READ]
    hits = [Hit(entry, content_type, key, 0) for entry, content_type, key in rows]
    shown = results_of(_public(hits, kind_of)[:MOST])
    titles = (shown[hit.entry] for hit in hits if hit.entry in shown)
    return [Offer(result.title, kind.label, result.url) for kind, result in titles]


def _public(hits: list[Hit], kind_of: dict[int, Kind]) -> list[Hit]:
    """Return the hits that any reader may see; one query for each kind among them."""
    seen = set()
    for content_type in {hit.content_type for hit in hits}:
        keys = [hit.key for hit in hits if hit.content_type == content_type]
        rows = kind_of[content_type].public().order_by().filter(pk__in=keys)
        seen |= {(content_type, str(pk)) for pk in rows.values_list("pk", flat=True)}
    return [hit for hit in hits if (hit.content_type, hit.key) in seen]
