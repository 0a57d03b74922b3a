"""What readers can find: each floor registers its kinds of things, and the search page and the API ask here.

A kind says what of it is public at this moment, by what its objects are narrowed and counted, and what a
list shows of them. Knows no story and no record; hides in which app and table a kind lives.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from modelsearch.utils import get_descendants_content_types_pks

from portal.search.finding import Hit

# A value of a facet: what stands in the address, and what readers read.
Choice = tuple[str, str]


@dataclass(frozen=True)
class Aspects:
    """By what one object is counted and narrowed; None and () where it has nothing of the sort.

    `places` are those that it is about and those that contain them.
    """

    section: Choice | None = None
    year: int | None = None
    places: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Result:
    """What a list shows of one object; `text` is where the passage is taken from, `facts` stand beside the day."""

    title: str
    url: str
    text: str = ""
    day: date | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """One kind of things that are found.

    `public()` returns those that any reader may see now. `aspects(keys)` and `results(keys)` take keys of
    objects that were just seen to be public and return {key as text: …} in a number of queries that does not
    grow with them. `is_titled`: its titles are offered while someone types.
    """

    name: str
    label: str
    public: Callable[[], QuerySet]
    results: Callable[[list[str]], dict[str, Result]]
    aspects: Callable[[list[str]], dict[str, Aspects]] = field(default=lambda _keys: {})
    is_titled: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let readers find a kind; a later one of the same name takes the earlier one's place."""
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    """Return all kinds, in the order in which they were registered."""
    return list(_kinds.values())


def by_content_type() -> dict[int, Kind]:
    """Return {content type in the index: the kind that its objects are of}."""
    return {
        content_type: kind
        for kind in kinds()
        for content_type in get_descendants_content_types_pks(kind.public().model)
    }


def results_of(hits: Iterable[Hit]) -> dict[int, tuple[Kind, Result]]:
    """Return {entry: (its kind, what a list shows)} for the hits, in the queries of the kinds among them."""
    kind_of = by_content_type()
    keys: dict[str, list[str]] = {}
    hits = list(hits)
    for hit in hits:
        keys.setdefault(kind_of[hit.content_type].name, []).append(hit.key)
    shown = {name: _kinds[name].results(wanted) for name, wanted in keys.items()}
    found = {}
    for hit in hits:
        kind = kind_of[hit.content_type]
        if hit.key in shown[kind.name]:
            found[hit.entry] = (kind, shown[kind.name][hit.key])
    return found
