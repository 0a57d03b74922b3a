"""What a reader typed, as phrases that must all be there.

Spaces and the marks between clauses separate words; quotation marks of any kind hold a phrase together.
Nothing that can be typed or sent is an error; what is too long is cut.
"""

import re
import unicodedata
from dataclasses import dataclass

from portal.search.tokens import Phrase, phrase

LONGEST_QUERY = 200
MOST_WORDS = 16
_QUOTED = re.compile('"([^"]*)"|“([^”]*)”|「([^」]*)」|『([^』]*)』|‘([^’]*)’')
_SEPARATORS = re.compile(r"[\s,;?!、。,;]+")


@dataclass(frozen=True)
class Word:
    """One thing that was asked for; a quoted one is never replaced by a similar one."""

    phrase: Phrase
    quoted: bool = False

    def __str__(self):
        return str(self.phrase)


@dataclass(frozen=True)
class Query:
    """What was typed: `text` as far as it was read, and its words; no word, nothing to look for."""

    text: str
    words: tuple[Word, ...]

    def __bool__(self):
        return bool(self.words)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        return tuple(word.phrase for word in self.words)


def _split(text):
    """Yield (part, quoted) in the order in which they were typed."""
    end = 0
    for match in _QUOTED.finditer(text):
        yield from ((part, False) for part in _SEPARATORS.split(text[end : match.start()]))
        yield match[match.lastindex], True
        end = match.end()
    yield from ((part, False) for part in _SEPARATORS.split(text[end:]))


def parse(typed: str) -> Query:
    """Return the query that `typed` means: at most LONGEST_QUERY characters and MOST_WORDS different words."""
    text = typed[:LONGEST_QUERY]
    # Full-width spaces, quotes and commas become half-width ones.
    narrow = unicodedata.normalize("NFKC", text)
    words = {}
    for part, quoted in _split(narrow):
        found = phrase(part)
        if found and (found not in words or quoted):
            words[found] = Word(found, quoted)
    return Query(text.strip(), tuple(words.values())[:MOST_WORDS])
