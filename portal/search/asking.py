"""What an address asks of the search page: words, filters, order, page. Whatever stands there gets an answer.

What cannot be understood is left out of account; the words are read by `portal.search.language`.
"""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.urls import reverse

from portal.parameters import printable
from portal.search.facets import FACETS
from portal.search.kinds import kinds
from portal.search.language import LONGEST_QUERY

SORTS = {"relevance": "最相关", "date": "最新"}
_LONGEST_VALUE = 64
_LONGEST_NUMBER = 5


@dataclass(frozen=True)
class Asked:
    """One question to the search page; `chosen` are the filters, {facet: value}."""

    text: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1

    @classmethod
    def read(cls, parameters):
        """Return the question of an address's parameters (a QueryDict); nothing in it is an error."""
        chosen = {name: printable(parameters.get(name, ""))[:_LONGEST_VALUE] for name in FACETS}
        if chosen["type"] not in {kind.name for kind in kinds()}:
            chosen["type"] = ""
        sort = parameters.get("sort", "")
        return cls(
            printable(parameters.get("q", ""))[:LONGEST_QUERY].strip(),
            {name: value for name, value in chosen.items() if value},
            sort if sort in SORTS else "relevance",
            _number(parameters.get("page", "")),
        )

    def address(self, **changes):
        """Return the address of this question with some filters (or `sort`) changed; '' takes one back.

        It leads to the first page.
        """
        sort = changes.pop("sort", self.sort)
        values = {"q": self.text, **self.chosen, **changes}
        if sort != "relevance":
            values["sort"] = sort
        return f"{reverse('search')}?{urlencode({key: value for key, value in values.items() if value})}"

    def without(self, facet):
        """Return the address of this question without one of its filters."""
        return self.address(**{facet: ""})

    def plain(self):
        """Return the same words without any filter."""
        return replace(self, chosen={}, page=1)


def _number(given):
    if given.isascii() and given.isdigit() and len(given) <= _LONGEST_NUMBER:
        return max(int(given), 1)
    return 1
