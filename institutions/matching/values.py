"""What goes into matching and what comes out: known names, judgements, candidates. Hides nothing; values only."""

from dataclasses import dataclass

# The kinds of name under which an institution may be linked without an editor; short and campus names are shared.
LINKING = frozenset({"official", "former", "alias"})


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name that an institution bears or bore.

    `institution` is the public code; `kind` one of official, former, alias, short, campus. `cities` are the folded
    names, long and short, of the institution's place and of all places above it; empty when they are not known.
    """

    institution: str
    name: str
    kind: str
    place: str | None
    cities: frozenset[str]
    credit_code: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """An editor's word, remembered: this printed name, in notices of this city, is or is not that institution.

    Without a city it holds wherever the name is printed.
    """

    printed: str
    city: str | None
    institution: str
    same: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """An institution that a printed name may mean.

    `name` is the name of it that was compared, `reason` is shown to the editor, `score` lies between 0 and 1.
    """

    institution: str
    name: str
    reason: str
    certain: bool
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """The answer for one printed name: linked when certain, else at most five candidates, the likeliest first."""

    linked: Candidate | None
    candidates: tuple[Candidate, ...]
    reason: str
