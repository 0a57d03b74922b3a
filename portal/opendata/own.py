"""What the catalogue says of the ground floor's own data: places, and the log of changes."""

from django.db.models import Count, Max, Min
from django.utils import timezone

from portal.models import Change, Place
from portal.opendata.datasets import Coverage, Dataset, register


def place_coverage():
    """Return how many places of each level there are; one query."""
    counted = dict(Place.objects.order_by().values_list("level").annotate(Count("pk")))
    held = tuple(
        f"{label} {counted[level]} 个" for level, label in Place.Level.choices if level in counted
    )
    return Coverage(
        held=held,
        missing=("只有本站的记录用到的地方，不是全国行政区划的全表。", "曾用代码和撤并的沿革。"),
        sources=("GB/T 2260《中华人民共和国行政区划代码》", "ISO 3166"),
    )


def change_coverage():
    """Return how many changes there are, and from which day to which; one query."""
    told = Change.objects.aggregate(count=Count("pk"), first=Min("at"), last=Max("at"))
    return Coverage(
        held=(f"{told['count']} 次变更，从第一次起，没有空号",) if told["count"] else (),
        missing=("草稿、未发布的文件和经手人。",),
        first=timezone.localdate(told["first"]) if told["first"] else None,
        last=timezone.localdate(told["last"]) if told["last"] else None,
    )


DATASETS = (
    Dataset(
        name="places",
        about="行政区划、国家和地区、开发区，一行一个：代码、全称、简称、上级和其他名称。其他数据都用这里的代码。",
        rhythm="随记录的需要增补。",
        coverage=place_coverage,
        keywords=("行政区划", "地方代码"),
        example="/api/v1/places/?name=郑州",
    ),
    Dataset(
        name="changes",
        about="每一次发布、更新、更正和撤下，一行一次，按发生的次序。从头执行一遍，得到的就是现在作数的全部记录。",
        rhythm="每次发布、更正、撤下即时更新。",
        coverage=change_coverage,
        keywords=("变更", "更正", "历史"),
        example="/api/v1/changes/?since=0",
    ),
)


def register_all():
    """Put the ground floor's data into the catalogue; called once when the app is ready."""
    for one in DATASETS:
        register(one)
