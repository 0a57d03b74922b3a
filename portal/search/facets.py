"""Narrowing what was found, and counting it: by type, section, year and place.

The counts of a facet are of strict matches that pass all other filters, so that they sum to what is found
without a choice in this facet. Only a place is counted more than once: what lies in a district lies in its
city too. What has no section, year or place is counted as such. Pure, but for the aspects that it asks for.
"""

from collections import Counter
from dataclasses import dataclass, replace

from portal.search.finding import Hit
from portal.search.kinds import Aspects, Choice, by_content_type, kinds

FACETS = {"type": "类型", "section": "栏目", "year": "年份", "place": "地方"}
# In an address: that there is none. No code of ours is a lone hyphen.
NONE = "-"
_WITHOUT = {"section": "不属栏目", "year": "不记年份", "place": "不记地方"}
# What a list of values shows at once, and at all; places beyond are reached by searching for them.
AT_ONCE, MOST = 8, 40


@dataclass(frozen=True)
class Entry:
    """One hit with the values by which it is narrowed: {facet: choices}, at least one for each facet."""

    hit: Hit
    choices: dict[str, tuple[Choice, ...]]

    def passes(self, chosen: dict[str, str], but: str = "") -> bool:
        """Say whether it has all chosen values, the facet `but` left out of account."""
        return all(
            any(value == code for code, _ in self.choices[facet])
            for facet, value in chosen.items()
            if facet != but
        )


@dataclass(frozen=True)
class Value:
    """One value of a facet with how many strict matches have it; its address chooses it, or takes it back."""

    code: str
    label: str
    count: int
    is_chosen: bool
    url: str = ""


@dataclass(frozen=True)
class Facet:
    """One facet with its values: those shown at once, and the others."""

    name: str
    label: str
    values: tuple[Value, ...]

    @property
    def at_once(self):
        return self.values[:AT_ONCE]

    @property
    def others(self):
        return self.values[AT_ONCE:]

    @property
    def is_telling(self):
        """Whether there is anything to choose."""
        return len(self.values) > 1 or any(value.is_chosen for value in self.values)


def entries_of(hits: list[Hit]) -> list[Entry]:
    """Return the hits with their values, in the queries of the kinds among them."""
    kind_of = by_content_type()
    keys = {}
    for hit in hits:
        keys.setdefault(hit.content_type, []).append(hit.key)
    aspects = {
        content_type: kind_of[content_type].aspects(keys[content_type]) for content_type in keys
    }
    entries = []
    for hit in hits:
        kind = kind_of[hit.content_type]
        known = aspects[hit.content_type].get(hit.key, Aspects())
        entries.append(Entry(hit, _choices(kind, known)))
    return entries


def _choices(kind, known):
    choices = {
        "type": ((kind.name, kind.label),),
        "section": (known.section,) if known.section else (),
        "year": ((str(known.year), f"{known.year}年"),) if known.year else (),
        "place": tuple(dict.fromkeys(known.places)),
    }
    return {name: found or ((NONE, _WITHOUT[name]),) for name, found in choices.items()}


def facets_of(entries: list[Entry], chosen: dict[str, str]) -> list[Facet]:
    """Return the facets of the entries: years from the latest, types as registered, others by their counts."""
    return [_facet(name, entries, chosen) for name in FACETS]


def _facet(name, entries, chosen):
    counts = Counter(
        choice
        for entry in entries
        if entry.passes(chosen, but=name)
        for choice in entry.choices[name]
    )
    if name == "year":
        ordered = sorted(
            counts, key=lambda choice: (choice[0] == NONE, -int(choice[0].strip("-") or 0))
        )
    else:
        ordered = sorted(counts, key=lambda choice: (choice[0] == NONE, -counts[choice], choice))
    values = [
        Value(code, label, counts[code, label], chosen.get(name) == code)
        for code, label in ordered[:MOST]
    ]
    if name in chosen and not any(value.is_chosen for value in values):
        values.append(Value(chosen[name], label_of(name, chosen[name], entries), 0, True))
    return Facet(name, FACETS[name], tuple(values))


def label_of(name: str, code: str, entries: list[Entry]) -> str:
    """Return what readers read for a chosen value, whether or not anything found has it."""
    if code == NONE:
        return _WITHOUT.get(name, code)
    labels = (label for entry in entries for found, label in entry.choices[name] if found == code)
    return next(labels, _label_without_any(name, code))


def _label_without_any(name, code):
    if name == "year" and code.isdecimal():
        return f"{code}年"
    return next((kind.label for kind in kinds() if name == "type" and kind.name == code), code)


def addressed(facet: Facet, address) -> Facet:
    """Return the facet with the address of each value; `address(facet, value)` makes one ('' takes it back)."""
    values = (
        replace(value, url=address(facet.name, "" if value.is_chosen else value.code))
        for value in facet.values
    )
    return replace(facet, values=tuple(values))
