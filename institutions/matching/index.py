"""Where to look among tens of thousands of names: by the name itself, by code, and by what a similar name would share.

Knows which keys two names that may be one have in common. It hides how they are kept: a sorted array of packed numbers,
which takes a tenth of the memory of a dictionary, and a bound on how many names one key may bring.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from institutions.matching.anatomy import Anatomy, anatomy
from institutions.matching.values import KnownName
from portal.names import fold

# A key that brings more names than this tells nothing; reading on would cost more than it finds.
CROWD = 50
_LONGEST_PIECE, _LONGEST_NAME = 20, 20
_ID_BITS = 24
_KEY_MASK = (1 << 40) - 1
_PRECEDENCE = ("official", "former", "alias", "short", "campus")


class Postings:
    """From keys to sorted row numbers. Two keys may fall together (once in 10¹²): the caller compares in any case."""

    def __init__(self, pairs: Iterable[tuple[str, int]]):
        packed = array("Q", ((hash(key) & _KEY_MASK) << _ID_BITS | row for key, row in pairs))
        self._packed = array("Q", sorted(packed))

    def rows(self, key: str) -> list[int] | None:
        """The rows under a key; None when they are a crowd."""
        first = (hash(key) & _KEY_MASK) << _ID_BITS
        begin = bisect_left(self._packed, first)
        end = bisect_left(self._packed, first + (1 << _ID_BITS), begin)
        if end - begin > CROWD:
            return None
        return [number & ((1 << _ID_BITS) - 1) for number in self._packed[begin:end]]


class NameIndex:
    """All known names, in an order that does not depend on the order in which they came."""

    def __init__(self, names: Iterable[KnownName]):
        self.names = sorted(set(names), key=_order)
        self.of_institution: dict[str, KnownName] = {}
        self._exact: dict[str, list[int]] = {}
        self._codes: dict[str, list[str]] = {}
        for row, name in enumerate(self.names):
            self._exact.setdefault(fold(name.name), []).append(row)
            self.of_institution.setdefault(name.institution, name)
            if name.credit_code:
                holders = self._codes.setdefault(fold(name.credit_code), [])
                if name.institution not in holders[-1:]:
                    holders.append(name.institution)
        self._shared = Postings(self._pairs())

    def bearing(self, folded: str) -> list[KnownName]:
        """The names that are equal to a folded name; of a crowd only the first."""
        return [self.names[row] for row in self._exact.get(folded, ())[:CROWD]]

    def is_crowded(self, folded: str) -> bool:
        """Whether so many names are equal to a folded name that not all of them are looked at."""
        return len(self._exact.get(folded, ())) > CROWD

    def holding(self, code: str) -> list[str]:
        """The institutions with a folded unified social credit code, in order."""
        return self._codes.get(code, [])

    def similar(self, printed: Anatomy) -> list[KnownName]:
        """The names that may be found similar to `printed`: a superset, in order, without the name itself."""
        rows: set[int] = set()
        crowded = printed.is_generic
        if not crowded:
            found = self._shared.rows(_own_key(printed))
            crowded = found is None
            rows.update(found or ())
        if crowded:
            for key in _place_keys(printed):
                rows.update(self._shared.rows(key) or ())
        for key in _slip_keys(printed):
            rows.update(self._shared.rows(key) or ())
        return [self.names[row] for row in sorted(rows)]

    def _pairs(self) -> Iterator[tuple[str, int]]:
        for row, name in enumerate(self.names):
            parts = anatomy(fold(name.name))
            if not parts.is_generic:
                yield _own_key(parts), row
            for key in {*_place_keys(parts, smallest_only=True), *_slip_keys(parts)}:
                yield key, row


def _order(name: KnownName) -> tuple:
    kind = _PRECEDENCE.index(name.kind)
    rest = (name.place or "", name.credit_code or "", sorted(name.cities))
    return (name.institution, kind, name.name, *rest)


def _own_key(parts: Anatomy) -> str:
    return f"{parts.signature}#{'/'.join(parts.pieces)}"


def _place_keys(parts: Anatomy, *, smallest_only: bool = False) -> set[str]:
    """The name's own words under its places: of a known name under the smallest only, of a printed one under each."""
    own = _own_key(parts)
    if not parts.places:
        return {f"{own}@", f"{own}@{parts.level}"}
    places = parts.places[-1:] if smallest_only else parts.places
    words = {place.word for place in places}
    if "大学" in parts.kinds:
        words |= {word[0] for word in words}
    if smallest_only and parts.is_generic:
        words.add(parts.places[-1].unit)
    elif not smallest_only:
        words.add("")
    return {f"{own}@{word}" for word in words}


def _slip_keys(parts: Anatomy) -> Iterator[str]:
    """The keys that two names share whose whole, or whose first piece, differs by one character."""
    if parts.is_personal:
        return
    if len(parts.folded) <= _LONGEST_NAME:
        yield from (f"~{word}" for word in _with_one_less(parts.folded))
    if parts.pieces and 2 <= len(parts.pieces[0]) <= _LONGEST_PIECE:
        rest = "/".join(parts.pieces[1:])
        yield from (f"{parts.signature}#{rest}~{word}" for word in _with_one_less(parts.pieces[0]))


def _with_one_less(word: str) -> set[str]:
    """The word and the word without each of its characters: words that differ by one have one of these in common."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
