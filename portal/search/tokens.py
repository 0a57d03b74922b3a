"""What of a text is indexed: runs of Han characters as overlapping pairs, everything else as words.

The flat form of a text is its runs with one space before, between and after them: `GDP达5.52亿元` is
` gdp 达 5 52 亿元 `. A phrase is found where its own flat form stands in the text's (see `Phrase`). Tokens
are what is looked up: 郑州数字 gives 郑州, 州数, 数字 and 字, so that each pair is a word and the last
character can be asked for by its beginning.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from portal.search.folding import fold_text, fold_with_offsets

# Han and kana: scripts that leave no space between words.
_HAN = "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUN = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_HAN_RUN = re.compile(f"[{_HAN}]+")
# Between two fields of a document; no text folds to it, so no phrase crosses it.
BREAK = "¶"
# Between the titles and the leads of a document's head.
TITLES_END = "¶¶"
LONGEST_WORD = 64
LONGEST_TEXT = 200_000


def is_han(text: str) -> bool:
    """Say whether `text` is one run of Han characters."""
    return _HAN_RUN.fullmatch(text) is not None


def runs_of(text: str) -> list[str]:
    """Return the runs of an original text: folded, words cut at LONGEST_WORD characters."""
    return [
        run if is_han(run) else run[:LONGEST_WORD]
        for run in _RUN.findall(fold_text(text[:LONGEST_TEXT]))
    ]


def flat(text: str) -> str:
    """Return the flat form of an original text; ' ' when there is nothing to find in it."""
    return flat_of_runs(runs_of(text))


def flat_of_runs(runs) -> str:
    return f" {' '.join(runs)} " if runs else " "


def flat_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return the flat form of an original text, and where in it each of its characters stood.

    The spaces of the flat form stand where the run before them ended.
    """
    folded = fold_with_offsets(text[:LONGEST_TEXT])
    pieces, starts = [" "], [0]
    for match in _RUN.finditer(folded.text):
        run = match[0] if is_han(match[0]) else match[0][:LONGEST_WORD]
        places = folded.starts[match.start() : match.start() + len(run)]
        pieces.append(f"{run} ")
        starts += [*places, places[-1] + 1]
    return "".join(pieces), starts


def flat_of_fields(texts) -> str:
    """Return the flat form of several texts with a BREAK between them."""
    return f" {BREAK} ".join(flat(text).strip() for text in texts).join("  ")


def run_tokens(run: str) -> list[str]:
    """Return the tokens of one run of a flat form."""
    if not is_han(run):
        return [run]
    return [*map("".join, pairwise(run)), run[-1]]


def tokens_of(flat_text: str) -> list[str]:
    """Return the tokens of a flat form, in order."""
    return [token for run in flat_text.split() for token in run_tokens(run)]


@dataclass(frozen=True)
class Phrase:
    """Runs that stand one after the other in a text: 地铁1号线 is the runs 地铁, 1 and 号线.

    A Han run may begin in the middle of the text's when it is the first, and end there when it is the last.
    A word is matched whole.
    """

    runs: tuple[str, ...]

    def __str__(self):
        return " ".join(self.runs)

    @cached_property
    def pattern(self) -> str:
        """The part of a flat form that is this phrase, with the spaces where a run must begin or end."""
        before = "" if is_han(self.runs[0]) else " "
        after = "" if is_han(self.runs[-1]) else " "
        return f"{before}{' '.join(self.runs)}{after}"

    @property
    def by_beginning(self) -> bool:
        """Whether the last token, a single Han character, stands for all that begin with it."""
        return len(self.runs[-1]) == 1 and is_han(self.runs[-1])

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The tokens that stand one after the other; the last is a beginning if `by_beginning`."""
        last = self.runs[-1]
        ends = run_tokens(last)[:-1] if is_han(last) and len(last) > 1 else [last]
        return (*(token for run in self.runs[:-1] for token in run_tokens(run)), *ends)

    def stands_in(self, flat_text: str) -> bool:
        """Say whether a document with this flat form is found; what both databases must agree with."""
        return self.pattern in flat_text


def phrase(text: str) -> Phrase | None:
    """Return the phrase of an original text, None when nothing in it can be looked for."""
    runs = runs_of(text)
    return Phrase(tuple(runs)) if runs else None
