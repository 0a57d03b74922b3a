"""Words that mean the same, and names: what search knows beside the texts themselves.

The floors above say what they hold: `register(source)` takes a source of names (institutions, people) or
of synonyms. Nothing is learnt from texts. A vocabulary is made anew when the stamp of a source has changed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

from portal.names import syllables
from portal.search.tokens import flat, is_han

_SOUNDING = 16


class Source(Protocol):
    """Where words come from: `stamp()` changes whenever `groups()` does, and costs one small query.

    A group is a tuple of words for one thing, the usual one first; a name without others is a group of one.
    Only the words of a source of `names` are suggested to readers.
    """

    names: bool

    def stamp(self): ...

    def groups(self) -> Iterable[tuple[str, ...]]: ...


@dataclass(frozen=True)
class Sound:
    """How a name is typed by sound: 郑州 is `zhengzhou` and `zz`."""

    full: str
    initials: str


@lru_cache(maxsize=200_000)
def sound_of(name: str) -> Sound:
    """Return the pinyin of a name and its initials, folded; other characters stand as they are.

    Read without the large dictionaries of names, which take 300 MB: who writes an entry has them, who
    suggests can do without (长治 is suggested for `zhangzhi`, and found for `changzhi`).
    """
    inside = flat(name).replace(" ", "")
    spoken = [syllable.lower() for syllable in syllables(inside, is_name=False)]
    initials = "".join(
        syllable[0] if syllable.isascii() and syllable.isalpha() else syllable
        for syllable in spoken
    )
    return Sound("".join(spoken), initials)


def name_keys(*names: str) -> str:
    """Return what a model indexes beside its names so that they are found by sound: `zhengzhou zz …`.

    Every part of two syllables and more is a key, joined and by its initials (zzyh finds 郑州颐和医院); of
    long names the parts within the first _SOUNDING syllables.
    """
    return _keys_of(
        spoken[start:end]
        for spoken in _spoken(names)
        for start in range(len(spoken))
        for end in range(start + 2, len(spoken) + 1)
    )


def beginning_keys(*names: str) -> str:
    """Return what is offered beside names while their sound is still being typed: their ends, joined and by initials.

    A key that goes on is found by its beginning: `zhengzhou` and `zzyh` offer 郑州颐和医院, `yiheyi` too.
    """
    return _keys_of(spoken[start:] for spoken in _spoken(names) for start in range(len(spoken) - 1))


def _spoken(names):
    """Yield the syllables of each name, as far as it is spoken."""
    for name in filter(None, names):
        yield [part.lower() for part in syllables(flat(name).replace(" ", ""))][:_SOUNDING]


def _keys_of(parts):
    keys = {}
    for part in parts:
        if all(syllable.isascii() and syllable.isalnum() for syllable in part):
            keys["".join(part)] = None
            keys["".join(syllable[0] for syllable in part)] = None
    return " ".join(keys)


class Vocabulary:
    """Names, each with the other names of the same thing, and synonyms."""

    def __init__(
        self, names: Iterable[tuple[str, ...]] = (), synonyms: Iterable[tuple[str, ...]] = ()
    ):
        self._same = defaultdict(dict)
        self.names = list(dict.fromkeys(name for group in map(self._add, names) for name in group))
        for group in synonyms:
            self._add(group)

    def _add(self, group):
        """Take the words of a group as meaning the same; return those with anything to find in them."""
        flats = {word: text for word in group if (text := flat(word).strip())}
        for text in flats.values():
            self._same[text].update(dict.fromkeys(flats.values()))
        return list(flats)

    @cached_property
    def _longest(self):
        """The length of the longest word by its first two characters."""
        longest = defaultdict(int)
        for text in self._same:
            longest[text[:2]] = max(longest[text[:2]], len(text))
        return dict(longest)

    @cached_property
    def written(self) -> dict[str, str]:
        """Each name with its folded characters."""
        return {name: flat(name).replace(" ", "") for name in self.names}

    @cached_property
    def spoken(self) -> dict[str, Sound]:
        """Each name with its sound; made when somebody types Latin letters, or finds nothing."""
        return {name: sound_of(name) for name in self.names}

    def others(self, text: str) -> list[str]:
        """Return the words that mean the same as `text` (the inside of a flat form), without itself."""
        return [other for other in self._same.get(text, ()) if other != text]

    def cut(self, text: str) -> list[tuple[str, bool]]:
        """Cut the inside of a flat form into known words and what lies between: [(part, known)…].

        From left to right the longest known word of two characters or more is taken.
        """
        parts, unknown, place = [], "", 0
        while place < len(text):
            end = min(place + self._longest.get(text[place : place + 2], 0), len(text))
            while end > place + 1 and not self._is_word(text, place, end):
                end -= 1
            if end > place + 1:
                parts += [(unknown, False), (text[place:end], True)]
                unknown, place = "", end
            else:
                unknown, place = unknown + text[place], place + 1
        parts.append((unknown, False))
        return [(part.strip(), known) for part, known in parts if part.strip()]

    def _is_word(self, text, start, end):
        """Say whether a known word stands there: a word that is no Han ends where the text's does."""
        if text[start:end] not in self._same:
            return False
        before = is_han(text[start]) or start == 0 or text[start - 1] == " "
        after = is_han(text[end - 1]) or end == len(text) or text[end] == " "
        return before and after


_sources: list[Source] = []
_current = {"stamps": None, "vocabulary": Vocabulary()}


def register(source: Source) -> None:
    """Take part of the site's vocabulary from `source`."""
    _sources.append(source)


def current() -> Vocabulary:
    """Return the site's vocabulary as it is now."""
    stamps = [source.stamp() for source in _sources]
    if stamps != _current["stamps"]:
        held = {True: [], False: []}
        for source in _sources:
            held[source.names].extend(source.groups())
        _current.update(stamps=stamps, vocabulary=Vocabulary(held[True], held[False]))
    return _current["vocabulary"]
