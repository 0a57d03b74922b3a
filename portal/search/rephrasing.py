"""What else a reader may have meant: the pieces of a query, each with other words for it.

Knows the words with which one asks (什么时候, 第几), which say nothing about the answer's words; numbers
written in two ways; and takes synonyms and aliases from the vocabulary. Quoted words stay as they are.
"""

import re
from dataclasses import dataclass

from portal.search.language import Query
from portal.search.numerals import variants
from portal.search.tokens import Phrase, is_han, phrase
from portal.search.vocabulary import Vocabulary

_QUESTIONS = re.compile(
    "请问|我想知道|想知道|什么时候|什么时间|什么地方|为什么|是什么|有什么|什么样|什么|啥时候|啥时|啥|何时|何地|"
    "哪一天|哪一年|哪天|哪年|哪里|哪儿|哪些|哪家|哪个|哪几|哪|怎么办理|怎么办|怎么样|怎么|怎样|如何|为何|"
    "有没有|能不能|可不可以|是不是|会不会|能否|是否|可否|"
    "有多少|多少|多久|多长时间|多长|多大|多远|几点|几号(?!线)|几月|几天|第几名|第几|几家|几个|几所|"
    "吗|呢|吧|么$|(?<=[\u4e00-\u9fff]{2})的(?=[\u4e00-\u9fff]{2})"
)
_GAPS = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Piece:
    """One thing that was asked for: as typed first, then the words that may stand for it."""

    phrases: tuple[Phrase, ...]
    quoted: bool = False

    @property
    def tokens(self) -> set[str]:
        """The pairs and words of all its phrases, without single characters that only lie between words."""
        return {token for each in self.phrases for token in each.tokens if _says_something(token)}

    def __str__(self):
        return str(self.phrases[0])


def _says_something(token):
    return len(token) > 1 or not is_han(token)


def as_typed(query: Query) -> list[Piece]:
    """Return each word of the query as a piece, without other words."""
    return [Piece((word.phrase,), word.quoted) for word in query.words]


def _piece(part, vocabulary):
    """Return the piece for one part, with its synonyms, and all of them with numbers written otherwise."""
    texts = dict.fromkeys([part, *vocabulary.others(part)])
    for text in [*texts]:
        # 地铁 1 号线 becomes 地铁一号线, one run.
        texts.update((_GAPS.sub("", variant), None) for variant in variants(text))
    return Piece(tuple(dict.fromkeys(filter(None, map(phrase, texts)))))


def pieces_of(query: Query, vocabulary: Vocabulary) -> list[Piece]:
    """Return the pieces of the query: without question words, cut at known words, with other words for each."""
    pieces = {}
    for word in query.words:
        if word.quoted:
            pieces[str(word)] = Piece((word.phrase,), quoted=True)
            continue
        asked = [part for part in _QUESTIONS.split(str(word)) if part.strip()]
        for text in asked:
            for part, _known in vocabulary.cut(text.strip()):
                pieces.setdefault(part, _piece(part, vocabulary))
    return list(pieces.values()) or as_typed(query)
