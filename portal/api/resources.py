"""A resource: one kind of public rows that machines may read, declared once.

Knows what a floor says of its rows: whose question they answer, which parameters narrow them, which columns
they have, how they are ordered and which value names one. List, detail, files, schema and documentation
follow from it. A floor registers its resources when it is ready.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from portal.api.asking import CODE_PATTERN, Parameter
from portal.tabular import Column


def _as_they_are(rows, asked=None):
    return rows


def _no_instant():
    return None


@dataclass(frozen=True)
class Resource:
    """One kind of rows under `/api/v1/<name>/`.

    `read` turns given parameters ({name: value}) into what `rows` and `one` are asked with; it may raise
    BadParameter. `rows` returns an unordered QuerySet of what readers can see and nothing else, `one` the rows
    among which a detail is looked up (as `rows` when None); `moment` are the parameters that a detail takes.

    `key` is the column whose value names a row in an address, `key_path` the unique field behind it.
    `orderings` are {name: field that is never NULL}, the first one the default; ties go by `key_path`.
    `finish` gives rows what no join can, in a number of queries that does not grow with them. `cut` may
    shorten a page whose rows are heavy, to one row at least. `modified` is the instant of the last change of
    anything that the rows show, for those that can tell.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[Any], QuerySet]
    read: Callable[[Mapping[str, str]], Any]
    parameters: tuple[Parameter, ...] = ()
    moment: tuple[str, ...] = ()
    key: str = "code"
    key_path: str = "code"
    key_pattern: str = CODE_PATTERN
    orderings: Mapping[str, str] = field(default_factory=dict)
    one: Callable[[Any], QuerySet] | None = None
    finish: Callable[[Sequence, Any], Iterable] = _as_they_are
    cut: Callable[[Sequence], Sequence] = _as_they_are
    modified: Callable[[], datetime | None] = _no_instant

    def __post_init__(self):
        if self.key not in {column.key for column in self.columns}:
            raise ValueError(f"{self.name} has no column {self.key}")

    @property
    def takes_knowledge(self):
        """Whether the rows can be asked as known at an instant."""
        return any(parameter.name == "known_at" for parameter in self.parameters)

    @property
    def detail_parameters(self):
        """The parameters that narrow a detail: those of its moment."""
        return tuple(one for one in self.parameters if one.name in self.moment)

    @property
    def ordering_names(self):
        """All values of `ordering`, the default first."""
        return [name for offered in self.orderings for name in (offered, f"-{offered}")]

    def order(self, ordering):
        """Return the (path, descending) pairs of a value of `ordering`; the last one is unique."""
        descending = ordering.startswith("-")
        path = self.orderings[ordering.removeprefix("-")]
        pairs = [(path, descending)]
        return pairs if path == self.key_path else [*pairs, (self.key_path, descending)]


_resources: dict[str, Resource] = {}


def register(resource: Resource):
    """Give a resource its addresses; a later one of the same name takes the earlier one's place."""
    _resources[resource.name] = resource


def resources():
    """Return all resources by their names."""
    return [_resources[name] for name in sorted(_resources)]
