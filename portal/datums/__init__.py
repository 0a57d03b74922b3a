"""Every datum has an address: what a floor tells of one number or one record, and where that stands.

Knows two kinds of datums, both under `/d/`: a figure (`index.rank:<code>`, its parameters as the query string)
and a record (`score:881`). Hides which app tells of it: each registers its kinds from its own `datums.py`.
One datum has one address, which `address_of` gives; any order of parameters leads to it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from portal import figures, references
from portal.api import instant_text
from portal.api.resources import resources
from portal.figures import BadFigureReference, FigureReference, Source
from portal.references import BadReference, Target

KNOWN_AT, FORMAT = "known_at", "format"
# What an address has beside a figure's own parameters, which therefore bear other names.
RESERVED = (FORMAT, KNOWN_AT)
# Earlier statements that are told of one datum, the latest first.
LONGEST_HISTORY = 100

_tellers = {}


class NoDatum(Exception):
    """There is no such datum, or no reader may see it; the message says so in Chinese."""


@dataclass(frozen=True)
class Statement:
    """What the portal stated of a datum from one instant until another (None: still).

    `source` is the document that states it, `ended_by` the act that closed it, None where it stands;
    `reference` names the record, '' where it is none.
    """

    text: str
    known_from: datetime
    known_to: datetime | None
    source: Source
    valid_from: date | None = None
    valid_to: date | None = None
    ended_by: Target | None = None
    reference: str = ""

    @property
    def url(self):
        """The statement's own address; '' where it has none."""
        return address_of(self.reference) if self.reference else ""


@dataclass(frozen=True)
class Datum:
    """One datum as known at an instant.

    `value`, `unit` and `text` mean what they do in a Figure: None is never 0. `pinned` is the reference with all
    that was left out filled in, so that it means the same tomorrow. `holds` says in words for which days it is
    true. `standing` is what the portal states instead, of a record that was `known_to` an instant. `records`
    are those whose quoting stories are this datum's; `see` leads to the pages where it stands among others.
    """

    reference: str
    title: str
    value: int | Decimal | str | None
    unit: str
    text: str
    sources: tuple[Source, ...]
    holds: str
    valid_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    known_from: datetime | None = None
    known_to: datetime | None = None
    pinned: str = ""
    standing: tuple[Target, ...] = ()
    history: tuple[Statement, ...] = ()
    note: str = ""
    records: tuple[str, ...] = ()
    see: tuple[Target, ...] = ()
    api: str = ""

    @property
    def heading(self):
        """The datum in one line: what it is, and what is stated."""
        return f"{self.title}：{self.text}"


def register(kind, tell):
    """Let `tell` answer for the figures or the records of this kind (`index.rank`, `score`).

    `tell(reference, known_at)` takes a FigureReference, or a record's code, and an aware instant or None (now);
    it returns a Datum from public records only, in a number of queries that does not grow with its sources,
    history or stories, or None. It may raise FigureError. A later registration takes the earlier one's place.
    """
    _tellers[kind] = tell


def tell(reference, known_at=None):
    """Return the Datum of a reference (a FigureReference, or a record's `kind:code`).

    Raises NoDatum for what is unknown or not public, alike; BadFigureReference where a parameter is wrong.
    """
    if isinstance(reference, FigureReference):
        kind, asked = reference.name, reference
    else:
        kind, asked = references.parse(reference)
    try:
        datum = _tellers[kind](asked, known_at) if kind in _tellers else None
    except (figures.FigureNotFound, figures.UnknownFigure) as error:
        raise NoDatum(str(error)) from error
    if datum is None:
        raise NoDatum(f"查不到“{reference}”：没有这条记录，或当时尚未发布。")
    return datum


def address_of(reference, known_at=None):
    """Return the address of a datum: of a figure's reference (string or FigureReference) or a record's.

    Parameters stand in the order of their names. Raises BadFigureReference or BadReference for what is no
    reference, and for a figure whose parameters bear reserved names.
    """
    text = str(reference)
    head, _, _ = text.partition("?")
    if "." in head:
        parsed = figures.parse(text)
        if {name for name, _ in parsed.parameters} & set(RESERVED):
            raise BadFigureReference(f"数字引用的参数不能叫 {' 或 '.join(RESERVED)}。")
        text = str(parsed)
    else:
        references.parse(text)
    head, _, query = text.partition("?")
    told = [query] if query else []
    if known_at is not None:
        told.append(urlencode({KNOWN_AT: instant_text(known_at)}))
    path = reverse("datum", args=[head])
    return f"{path}?{'&'.join(told)}" if told else path


def read(head, parameters):
    """Return the reference that a path's part and its parameters write: a FigureReference, or `kind:code`.

    Raises BadReference where the part itself is wrong, BadFigureReference where a parameter is. A record has no
    parameters, and those given are left out.
    """
    name, _, code = head.partition(":")
    if "." in name:
        try:
            FigureReference(name, code)
        except BadFigureReference as error:
            raise BadReference(str(error)) from error
        return FigureReference(name, code, tuple(parameters.items()))
    references.parse(head)
    return head


def api_row(resource, key):
    """Return the address of a row in the API; '' where no such resource is registered."""
    named = next((one for one in resources() if one.name == resource), None)
    return reverse(f"api_{resource}_detail", kwargs={named.key: key}) if named else ""
