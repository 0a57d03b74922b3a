"""Places for machines: divisions, countries and development zones, with the names under which they are found."""

from dataclasses import dataclass

from django.db.models import Prefetch

from portal.api import asking
from portal.api.resources import Resource, register
from portal.models import Place, PlaceName
from portal.names import fold
from portal.parameters import BadParameter
from portal.tabular import Column

CODE = r"[0-9]{6}|[a-z]{2,3}|x-[a-z0-9]+(?:-[a-z0-9]+)*"

COLUMNS = (
    Column(
        "code",
        "代码",
        help="GB/T 2260 六位代码、ISO 3166 国家代码（小写），或本站以 x- 开头的代码。",
        always=True,
        example="410100",
    ),
    Column("name", "名称", help="全称。", always=True, example="郑州市"),
    Column("short_name", "简称", help="行文用的简称。", example="郑州"),
    Column("level", "级别", choices=tuple(Place.Level.choices), always=True, example="prefecture"),
    Column("parent", "上级", value="parent.code", help="上级的代码。", example="410000"),
    Column(
        "other_names",
        "其他名称",
        value=lambda place: sorted(place.other_names()),
        kind="texts",
        computed=True,
        help="别名、曾用名、外文名。",
        example=["商都"],
    ),
)

PARAMETERS = (
    asking.choice("level", "只要这一级：", Place.Level.choices, example="prefecture"),
    asking.code(
        "parent",
        "只要直属这个地方的，填它的代码。",
        "一个地方的代码",
        example="410100",
        pattern=CODE,
    ),
    asking.words("name", "只要叫这个名称的：全称、简称或其他名称，须完整。", 100, example="郑州"),
)


@dataclass(frozen=True)
class PlaceFilter:
    """One question about places: of which level, inside which place, under which name."""

    level: str = ""
    parent: Place | None = None
    name: str = ""

    @classmethod
    def read(cls, given):
        """Return the filter that parameters give; raises BadParameter for a parent that does not exist."""
        parent = None
        if given.get("parent"):
            parent = Place.objects.filter(code=given["parent"]).first()
            if parent is None:
                raise BadParameter("parent", "一个地方的代码", given["parent"])
        return cls(given.get("level", ""), parent, given.get("name", ""))

    def rows(self):
        """Return the places asked for."""
        rows = Place.objects.all()
        if self.name:
            # Words that say nothing name nothing, not every place without a short name.
            named = Place.objects.named(self.name) if fold(self.name) else Place.objects.none()
            rows = Place.objects.filter(pk__in=named.order_by().values("pk"))
        if self.level:
            rows = rows.filter(level=self.level)
        if self.parent is not None:
            rows = rows.within(self.parent)
        names = PlaceName.objects.true()
        return rows.select_related("parent").prefetch_related(
            Prefetch("names", names, to_attr="true_names")
        )


PLACES = Resource(
    name="places",
    title="地方",
    description="行政区划、国家和地区，以及开发区等功能区。其他数据用这里的代码指地方。",
    columns=COLUMNS,
    parameters=PARAMETERS,
    read=PlaceFilter.read,
    rows=PlaceFilter.rows,
    key_pattern=CODE,
    orderings={"code": "code", "name": "name"},
)


def register_all():
    """Give the places their addresses; called once when the app is ready."""
    register(PLACES)
