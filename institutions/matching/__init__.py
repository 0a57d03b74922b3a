"""Which institution a printed name means: pure rules, no database.

`Matcher(names, judgements).match(printed, …)` is the door. It links only what is certain (the same name after folding,
or a judgement that an editor made) and lays everything else before an editor, each candidate with its reason. What two
names are compared by, and which differences say that they are two institutions, stands in the modules of this package.
"""

from institutions.matching.matcher import Matcher
from institutions.matching.values import Candidate, Judgement, KnownName, Match

__all__ = ["Candidate", "Judgement", "KnownName", "Match", "Matcher"]
