"""What one may ask of index scores: ONE vocabulary for pages, downloads, comparison, API, blocks and figures.

Knows the parameters (`index`, `edition`, `dimension`, `place`, `sort`, `known_at`, `format`), what is wrong
with a value, and which scores are meant. Hides how codes find their rows.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from indices.models import Edition, EditionDimension, Index, Score
from indices.standings import Nested, dimension_tree
from portal.models import CODE_RULE, SLUG_RULE, Place
from portal.parameters import BadParameter, instant_of

PARAMETERS = ("index", "edition", "dimension", "place", "sort", "known_at", "format")
REPEATED = ("dimension", "place")
FORMATS = ("csv", "xlsx", "json")
MOST_PLACES = 5


@dataclass(frozen=True)
class ScoreFilter:
    """One question to the scores: of which edition, which dimensions and places, in what order, known when.

    No `dimensions` or `places` means all; `sort` None means the overall dimension, the best first;
    `known_at` None is now. `tree` is the edition's dimensions, read once.
    """

    index: Index | None = None
    edition: Edition | None = None
    dimensions: tuple[EditionDimension, ...] = ()
    places: tuple[Place, ...] = ()
    sort: EditionDimension | None = None
    descending: bool = False
    known_at: datetime | None = None
    format: str = ""
    tree: tuple[Nested, ...] = field(default=(), compare=False, repr=False)

    @classmethod
    def read(cls, parameters, *, index=None, edition=None, formats=FORMATS):
        """Return the filter that an address gives; `parameters` is a QueryDict or a dict of strings.

        `index` or `edition` is the one whose page asks, public already; then the address names none. An
        index without an edition means its latest. Empty values ask nothing; raises BadParameter for a
        wrong one. At most four queries.
        """
        given = {name: _values(parameters, name) for name in PARAMETERS}
        known_at = known_at_of(parameters)
        if edition is None:
            index = index or _index_of(given["index"], known_at)
            edition = _edition_of(index, given["edition"], known_at)
        tree = tuple(dimension_tree(edition)) if edition is not None else ()
        by_code = {one.dimension.dimension.code: one.dimension for one in tree}
        wanted = {_dimension_of("dimension", code, by_code) for code in given["dimension"]}
        order = "".join(given["sort"])
        return cls(
            index=edition.index if edition is not None else index,
            edition=edition,
            dimensions=tuple(one.dimension for one in tree if one.dimension in wanted),
            places=_places_of(given["place"]),
            sort=_dimension_of("sort", order.removeprefix("-"), by_code) if order else None,
            descending=order.startswith("-"),
            known_at=known_at,
            format=_format_of("".join(given["format"]), formats),
            tree=tree,
        )

    @property
    def shown(self):
        """The dimensions asked for, or all, each before those below it."""
        return self.dimensions or tuple(one.dimension for one in self.tree)

    @property
    def root(self):
        """The overall dimension; None in an edition without any."""
        return next((one.dimension for one in self.tree if one.dimension.is_root), None)

    @property
    def order(self):
        """The dimension by which places are sorted."""
        return self.sort or self.root

    def scores(self):
        """Return the public scores asked for, by dimension and place."""
        rows = Score.objects.public(self.known_at).filter(dimension__edition=self.edition)
        if self.dimensions:
            rows = rows.filter(dimension__in=self.dimensions)
        if self.places:
            rows = rows.filter(place__in=self.places)
        return rows.order_by("dimension__position", "dimension", "place__code")

    def query(self, **others):
        """Return the canonical query string beside the edition's own address, `others` replaced; '' when empty."""
        sign = "-" if self.descending else ""
        values = {
            "dimension": [row.dimension.code for row in self.dimensions],
            "place": [row.code for row in self.places],
            "sort": self.order
            and (self.sort or self.descending)
            and sign + self.order.dimension.code,
            "known_at": self.known_at and self.known_at.isoformat(),
        } | others
        return urlencode({name: value for name, value in values.items() if value}, doseq=True)


def known_at_of(parameters):
    """Return the instant of knowledge that an address asks for; None for now."""
    given = parameters.get("known_at", "").strip()
    return instant_of("known_at", given) if given else None


def _values(parameters, name):
    """Return what is given for a parameter, without empty values, each once; of the single ones the last."""
    given = (
        parameters.getlist(name) if hasattr(parameters, "getlist") else [parameters.get(name, "")]
    )
    given = given if name in REPEATED else given[-1:]
    return list(dict.fromkeys(value.strip() for value in given if value.strip()))


def _index_of(given, known_at):
    if not given:
        return None
    code = given[0]
    rows = Index.objects.public(known_at)
    found = rows.filter(code=code).first() if re.match(SLUG_RULE, code) else None
    if found is None:
        raise BadParameter("index", "一个指数的代码", code)
    return found


def _edition_of(index, given, known_at):
    if index is None:
        if given:
            raise BadParameter("index", "一个指数的代码", "")
        return None
    rows = Edition.objects.public(known_at).filter(index=index).select_related("index")
    if not given:
        return rows.order_by("-year", "-released_on", "-code").first()
    code = given[0]
    found = rows.filter(code=code).first() if re.match(SLUG_RULE, code) else None
    if found is None:
        raise BadParameter("edition", f"“{index}”的一个版次的代码", code)
    return found


def _dimension_of(name, code, by_code):
    if code not in by_code:
        raise BadParameter(name, "这一版的一个维度的代码", code)
    return by_code[code]


def _places_of(codes):
    if len(codes) > MOST_PLACES:
        raise BadParameter("place", f"至多 {MOST_PLACES} 个地方的代码", "、".join(codes))
    sound = [code for code in codes if re.match(CODE_RULE, code)]
    found = {row.code: row for row in Place.objects.filter(code__in=sound)}
    for code in codes:
        if code not in found:
            raise BadParameter("place", "一个地方的代码", code)
    return tuple(found[code] for code in codes)


def _format_of(form, offered):
    if form and form not in offered:
        raise BadParameter("format", f" {'、'.join(offered)}", form)
    return form
