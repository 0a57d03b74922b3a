"""Names that a reader may mean: while typing, and when nothing was found.

Knows a name by its characters, its pinyin and its initials, and likeness by characters and by sound
(郑洲颐和 sounds as 郑州颐和). Only suggests; never answers in place of the reader.
"""

from rapidfuzz import fuzz, process

from portal.search.language import Query
from portal.search.tokens import flat, is_han
from portal.search.vocabulary import Vocabulary, sound_of

MOST = 8
_ALIKE = 70
# Names that are much less alike than the best one are not offered beside it.
_BEHIND = 12
_LONGEST = 40


def _inside(text):
    return flat(text).replace(" ", "")[:_LONGEST]


def completions(typed: str, vocabulary: Vocabulary, most: int = MOST) -> list[str]:
    """Return the names that `typed` begins, then those that contain it; by sound when it is Latin letters.

    Shorter names come first.
    """
    text = _inside(typed)
    if not text:
        return []
    found = {}
    spoken = vocabulary.spoken if text.isascii() and text.isalpha() else {}
    for name, key in vocabulary.written.items():
        sound = spoken.get(name)
        keys = [key, sound.full, sound.initials] if sound else [key]
        if any(each.startswith(text) for each in keys):
            found[name] = (0, len(key))
        elif text in key:
            found[name] = (1, len(key))
    return sorted(found, key=lambda name: (found[name], name))[:most]


def alike(query: Query, vocabulary: Vocabulary, most: int = 3) -> list[str]:
    """Return the names most like what was typed, by characters or by sound; none that is hardly alike.

    A part of a name counts as well as the whole (郑洲颐和 → 郑州颐和医院).
    """
    text = _inside(query.text)
    if len(text) < 2:
        return []
    spoken = vocabulary.spoken
    keys = {name: key for name, key in vocabulary.written.items() if len(key) >= min(len(text), 3)}
    best = dict.fromkeys(keys, 0.0)
    for name, score in _ratios(text, keys):
        best[name] = score
    if any(map(is_han, text)):
        sound = sound_of(text).full
        for name, score in _ratios(sound, {name: spoken[name].full for name in keys}):
            best[name] = max(best[name], 0.97 * score)
    least = max(_ALIKE, max(best.values(), default=0) - _BEHIND)
    likely = [name for name, score in best.items() if score >= least and keys[name] != text]
    return sorted(likely, key=lambda name: (-best[name], len(keys[name]), name))[:most]


def _ratios(text, keys):
    found = process.extract(
        text, keys, scorer=fuzz.partial_ratio, processor=None, limit=50, score_cutoff=_ALIKE
    )
    # A long text contains many short names: what it has beyond them counts against them.
    return [(name, score * min(1, len(key) / len(text))) for key, score, name in found]
