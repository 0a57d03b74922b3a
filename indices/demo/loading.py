"""Loading the demonstration's indices: drafts and publications, in the order in which an editor would act.

Knows the files of this folder. The first load makes everything; after that all of it is the editors', and a
second load finds its series and changes nothing.
"""

import tomllib
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from indices.demo import generated
from indices.models import (
    Comparability,
    Dimension,
    Edition,
    EditionDimension,
    EditionPublisher,
    Index,
    Release,
    ReleaseLine,
)
from indices.publishing import draft_release, publish
from portal.models import Organisation, Place

HERE = Path(__file__).parent
INVENTED = "shifan-city-services"
_INVENTED_WORDS = "演示数据，由固定种子的程序生成，不反映任何城市的真实情况。"


@dataclass(frozen=True)
class Loaded:
    """How many of each were made, all 0 when they stand already; `keys` gives editions by `index/edition`."""

    indices: int = 0
    editions: int = 0
    releases: int = 0
    keys: dict[str, int] = field(default_factory=dict)


def load(*, by):
    """Make the demonstration's indices in the name of `by`; return Loaded.

    In the caller's transaction. Makes nothing on a site that lacks any of the places.
    """
    told = tomllib.loads((HERE / "reports.toml").read_text(encoding="utf-8"))
    codes = [INVENTED, *(entry["code"] for entry in told["indices"])]
    if Index.objects.filter(code__in=codes).exists():
        return Loaded(keys=_keys(codes))
    places = Place.objects.in_bulk(field_name="code")
    if not _named(told) <= places.keys():
        return Loaded()
    for entry in told["organisations"]:
        Organisation.objects.get_or_create(code=entry["code"], defaults={"name": entry["name"]})
    for position, entry in enumerate(told["indices"]):
        _make_report(position, entry, places, by)
    _make_invented(len(told["indices"]), places, by)
    editions = Edition.objects.filter(index__code__in=codes)
    releases = Release.objects.published().filter(edition__in=editions)
    return Loaded(len(codes), editions.count(), releases.count(), _keys(codes))


def _named(told):
    """Return the codes of all places of which something is stated."""
    rows = [
        row
        for index in told["indices"]
        for edition in index["editions"]
        for release in edition["releases"]
        for row in release["rows"]
    ]
    return {row["place"] for row in rows} | set(generated.PLACES)


def _keys(codes):
    rows = Edition.objects.filter(index__code__in=codes).order_by()
    return {
        f"{index}/{code}": pk for index, code, pk in rows.values_list("index__code", "code", "pk")
    }


def _make_report(position, entry, places, by):
    index = _make_index(
        position,
        [(row["code"], row["name"]) for row in entry["dimensions"]],
        code=entry["code"],
        name=entry["name"],
        description=entry["description"],
    )
    index.compilers.set(Organisation.objects.filter(code__in=entry["compilers"]))
    for told in entry["editions"]:
        labels = {row["code"]: row["name"] for row in entry["dimensions"]} | told.get("labels", {})
        facts = {
            name: value
            for name, value in told.items()
            if name not in ("publishers", "labels", "releases")
        }
        edition = _make_edition(index, told["publishers"], **facts)
        dimensions = _name_dimensions(edition, labels)
        for release in told["releases"]:
            lines = [dict(row) for row in release["rows"]]
            _publish(edition, dimensions, places, lines, by, source_words=release["source_words"])
    for told in entry.get("comparabilities", ()):
        _compare(index, told["earlier"], told["later"], told["extent"], told["reason"])


def _make_index(position, dimensions, **facts):
    index = Index(position=position, **facts)
    index.full_clean()
    index.save()
    for code, name in dimensions:
        Dimension.objects.create(index=index, code=code, name=name)
    return index


def _make_edition(index, publishers, **facts):
    edition = Edition(index=index, **facts)
    edition.full_clean()
    edition.save()
    organisations = Organisation.objects.in_bulk(publishers, field_name="code")
    for number, code in enumerate(publishers):
        EditionPublisher.objects.create(
            edition=edition, organisation=organisations[code], sort_order=number
        )
    return edition


def _name_dimensions(edition, labels, *, weights=None, decimals=None):
    """Give the edition its dimensions, the first of `labels` over the others; return them by code."""
    stable = {row.code: row for row in edition.index.dimensions.all()}
    made, root = {}, None
    for position, (code, label) in enumerate(labels.items()):
        made[code] = EditionDimension.objects.create(
            edition=edition,
            dimension=stable[code],
            label=label,
            parent=root,
            weight=(weights or {}).get(code),
            decimals=decimals,
            position=position,
        )
        root = root or made[code]
    return made


def _publish(edition, dimensions, places, rows, by, **words):
    """Publish one release of these rows (dicts of content, with codes of place and dimension)."""
    release = draft_release(edition, by=by, **words)
    ReleaseLine.objects.bulk_create(
        ReleaseLine(
            release=release,
            place=places[row.pop("place")],
            dimension=dimensions[row.pop("dimension")],
            **row,
        )
        for row in rows
    )
    publish(release, by=by)


def _compare(index, earlier, later, extent, reason):
    editions = {row.code: row for row in index.editions.all()}
    declaration = Comparability(
        earlier=editions[earlier], later=editions[later], extent=extent, reason=reason
    )
    declaration.full_clean()
    declaration.save()


def _make_invented(position, places, by):
    labels = {generated.OVERALL: "总指数"} | {row[0]: row[1] for row in generated.DIMENSIONS}
    index = _make_index(
        position,
        labels.items(),
        code=INVENTED,
        name="示范城市服务指数",
        description=_INVENTED_WORDS,
        is_demonstration=True,
    )
    publisher, _ = Organisation.objects.get_or_create(
        code="shifan-zhishu", defaults={"name": "示范指数编制组"}
    )
    index.compilers.set([publisher])
    for year, (first, right) in generated.draw().items():
        edition = _invented_edition(index, publisher, year)
        dimensions = _name_dimensions(
            edition, labels, weights=generated.weights_of(year), decimals=1
        )
        words = {"source_words": _INVENTED_WORDS}
        _publish(edition, dimensions, places, [vars(cell).copy() for cell in first], by, **words)
        if right != first:
            words["explanation"] = (
                "演示更正：首次发布时，西安“办事便利”的得分多录了6分；现予改正，受影响的位次一并改正。"
            )
            rows = [vars(cell).copy() for cell in right]
            _publish(edition, dimensions, places, rows, by, **words)
    _compare_invented(index)


def _invented_edition(index, publisher, year):
    size = len(generated.PLACES) - (year < generated.CHANGED_IN)
    return _make_edition(
        index,
        [publisher.code],
        code=str(year),
        label=f"{year}年版",
        title=f"示范城市服务报告（{year}）",
        year=year,
        reference_year=year - 1,
        universe="示范城市",
        universe_size=size,
        place_level=Place.Level.PREFECTURE,
        unit="分",
        method="五个维度加权平均，保留一位小数；同分并列，其后位次顺延。得分全部由程序生成。",
        source_words=_INVENTED_WORDS,
    )


def _compare_invented(index):
    for earlier, later in pairwise(generated.YEARS):
        if later == generated.CHANGED_IN:
            told = ("none", f"{later}年版改了各维度的权重，并增加一个城市。")
        else:
            told = ("full", "评估对象、维度和权重都没有变。")
        _compare(index, str(earlier), str(later), *told)
