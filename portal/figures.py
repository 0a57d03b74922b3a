"""The figure registry: a figure is a number or a word in a story that refers to records.

Knows how a figure is named, who can state it, and who quotes it. Hides in which app its records live.
No figure is computed here: each app registers resolvers from its own `figures.py`, and page, chart,
API, story and claim check all ask here, so that a count has one implementation.

A figure's reference is one string, `name:code` with optional parameters, as in
`index.rank:zhengzhou?dimension=overall&edition=2020`. The name is lower-case words joined by dots, the
code is a public code (`[a-z0-9-]+`), the parameters are percent-encoded UTF-8 (RFC 3986), each key once.
The canonical form, which `str()` gives, has its parameters in the order of their keys.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote, unquote

MAX_LENGTH = 255

_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_CODE = re.compile(r"[a-z0-9-]+")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_ENCODED = re.compile(r"([A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})+")

_resolvers = {}
_quoters = []


class FigureError(Exception):
    """A figure cannot be stated; the message says why, in Chinese."""


class BadFigureReference(FigureError, ValueError):
    """The string is no figure reference, or its parameters do not fit the figure.

    `parameter` is the name of the one that is wrong, where one is.
    """

    def __init__(self, message, parameter=""):
        self.parameter = parameter
        super().__init__(message)


class UnknownFigure(FigureError):
    """No app states figures of this name."""


class FigureNotFound(FigureError):
    """There is no public record that this figure could be taken from."""


@dataclass(frozen=True)
class FigureReference:
    """The name of one figure: which figure (`name`), of what (`code`), in which respect."""

    name: str
    code: str
    parameters: tuple[tuple[str, str], ...] = ()

    def __post_init__(self):
        object.__setattr__(self, "parameters", tuple(sorted(self.parameters)))
        keys = [key for key, value in self.parameters if value]
        if not (_NAME.fullmatch(self.name) and _CODE.fullmatch(self.code)):
            raise BadFigureReference(f"“{self.name}:{self.code}”不是有效的数字引用。")
        for key, value in self.parameters:
            if not (_KEY.fullmatch(key) and value.isprintable()):
                raise BadFigureReference(
                    "数字引用的参数须写成“名=值”，名用小写字母，值为可见文字。", key
                )
            if keys.count(key) != 1:
                raise BadFigureReference("数字引用的参数不能为空，同一参数只能写一次。", key)
        if len(str(self)) > MAX_LENGTH:
            longest = max(self.parameters, key=lambda pair: len(pair[1]), default=("",))
            raise BadFigureReference(f"数字引用不能超过 {MAX_LENGTH} 个字符。", longest[0])

    def __str__(self):
        query = "&".join(f"{key}={quote(value, safe='')}" for key, value in self.parameters)
        return f"{self.name}:{self.code}" + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Source:
    """Where a figure stands written: a published document's title and address, and the words quoted."""

    title: str
    url: str = ""
    quote: str = ""
    locator: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure as it could be stated at `known_at`.

    `value` is what arithmetic uses: None when it is not disclosed (never 0). `text` is what a sentence
    prints, `unit` its counting unit (家, 家次, 位). `valid_on` is the day for which it holds, None where
    the figure has none. At least one source: a figure without one raises ValueError.
    """

    value: int | Decimal | str | None
    unit: str
    text: str
    sources: tuple[Source, ...]
    valid_on: date | None
    known_at: datetime
    url: str

    def __post_init__(self):
        object.__setattr__(self, "sources", tuple(self.sources))
        if not self.sources:
            raise ValueError("a figure has a source")


@dataclass(frozen=True)
class _Resolver:
    resolve: object
    label: str
    required: frozenset
    optional: frozenset


def parse(text):
    """Return the FigureReference that a string writes; raise BadFigureReference when it is none.

    Any order of parameters is read; `parse(str(reference)) == reference` holds for every reference.
    """
    head, question, query = text.partition("?")
    name, _, code = head.partition(":")
    parameters = [part.partition("=") for part in query.split("&")] if question else []
    if not all(_ENCODED.fullmatch(value) for _, _, value in parameters):
        raise BadFigureReference(f"“{text}”的参数不是有效的“名=值”。")
    try:
        decoded = [(key, unquote(value, errors="strict")) for key, _, value in parameters]
    except UnicodeDecodeError as error:
        raise BadFigureReference(f"“{text}”的参数不是有效的 UTF-8。") from error
    return FigureReference(name, code, tuple(decoded))


def register(name, resolver, *, label, required=(), optional=()):
    """Let `resolver` state the figures called `name`; `label` is what an editor reads (总体位次).

    `resolver(references, known_at)` takes a list of FigureReferences and an aware instant or None
    (now), and returns {reference: Figure}, from public records only, leaving out what it cannot state,
    in a number of queries that does not grow with the list. `required` and `optional` name the
    parameters. A later registration of a name takes the earlier one's place.
    """
    if not _NAME.fullmatch(name):
        raise BadFigureReference(f"“{name}”不是有效的数字名称。")
    _resolvers[name] = _Resolver(resolver, label, frozenset(required), frozenset(optional))


def registered():
    """Return {name: label} of all figures that can be stated, in the order of their names."""
    return {name: _resolvers[name].label for name in sorted(_resolvers)}


def resolve(reference, known_at=None):
    """Return the Figure of a reference (string or FigureReference) as known at an instant (None: now).

    Raises BadFigureReference, UnknownFigure, or FigureNotFound when there is no public record.
    """
    reference = _checked(reference)
    figure = resolve_many([reference], known_at).get(reference)
    if figure is None:
        raise FigureNotFound(f"查不到“{reference}”：没有这条记录，或当时尚未发布。")
    return figure


def resolve_many(references, known_at=None):
    """Return {reference: Figure}, keyed as asked, for those that can be stated; one call per name.

    Raises BadFigureReference or UnknownFigure when any of them is wrong.
    """
    asked = {reference: _checked(reference) for reference in references}
    by_name = {}
    for reference in dict.fromkeys(asked.values()):
        by_name.setdefault(reference.name, []).append(reference)
    found = {}
    for name, group in by_name.items():
        found.update(_resolvers[name].resolve(group, known_at))
    return {given: found[parsed] for given, parsed in asked.items() if parsed in found}


def _checked(reference):
    if isinstance(reference, str):
        reference = parse(reference)
    resolver = _resolvers.get(reference.name)
    if resolver is None:
        raise UnknownFigure(f"没有名为“{reference.name}”的数字。")
    keys = {key for key, _ in reference.parameters}
    if missing := sorted(resolver.required - keys):
        raise BadFigureReference(f"“{reference}”缺少参数：{'、'.join(missing)}。", missing[0])
    if strange := sorted(keys - resolver.required - resolver.optional):
        raise BadFigureReference(f"“{reference}”有不认识的参数：{'、'.join(strange)}。", strange[0])
    return reference


def register_quoter(quoter):
    """Let `quoter` tell which published stories quote a record.

    `quoter(references)` takes a list of record references (`kind:code`, see `portal.references`) and
    returns {reference: [Target, …]} of public stories, in a constant number of queries.
    """
    if quoter not in _quoters:
        _quoters.append(quoter)


def quoted_by(reference):
    """Return the list of Targets of the public stories that quote a record; empty when none does."""
    return quoted_by_many([reference])[reference]


def quoted_by_many(references):
    """Return {reference: [Target, …]} for all the references asked, each story once.

    Each registered quoter is asked once, however many references.
    """
    references = list(dict.fromkeys(references))
    answers = [quoter(references) for quoter in _quoters]
    return {
        reference: list(
            dict.fromkeys(target for answer in answers for target in answer.get(reference, ()))
        )
        for reference in references
    }
