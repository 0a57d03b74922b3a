"""The datasets of the catalogue: what this portal gives away whole, told for people.

Knows what a dataset says of itself beside its columns: what is held and what is not, whose words it rests on,
under which terms it may be used, how often it grows. The columns, the title and the rows are those of the API's
resource of the same name; a dataset whose resource is not registered is not in the catalogue. Floors register
theirs when they are ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from portal.api.resources import Resource, resources
from portal.opendata.dumps import Dumped


@dataclass(frozen=True)
class Licence:
    """Under which terms the rows may be used: a name, the terms' own address, and what they leave untouched."""

    name: str
    url: str
    words: str


CC_BY = "https://creativecommons.org/licenses/by/4.0/deed.zh-hans"
OPEN = Licence(
    "知识共享 署名 4.0 国际（CC BY 4.0）",
    CC_BY,
    "本站的整理和编排可以自由使用，包括商用，须注明本站名称和取用日期。"
    "通知、报告的原文归发布机构；引用其中的名单和数字，请一并写明发布机构和文件名。",
)
LISTING = Licence(
    "知识共享 署名 4.0 国际（CC BY 4.0）",
    CC_BY,
    "题录、栏目、署名和地址可以自由使用，须注明本站名称。稿件正文和图片的著作权归本站或原作者，转载须另获许可。",
)


@dataclass(frozen=True)
class Coverage:
    """What the records themselves tell: what is held, what is not, whose words, where and from when to when.

    `dated` says which dates `first` and `last` are.
    """

    held: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    dated: str = "日期"

    @property
    def interval(self):
        """The days as ISO 8601 writes an interval, an end that is not known as `..`; '' without any."""
        if self.first is None and self.last is None:
            return ""
        return "/".join(day.isoformat() if day else ".." for day in (self.first, self.last))


@dataclass(frozen=True)
class Dataset:
    """One entry of the catalogue.

    `name` is that of its resource. `about` says to a reader what one row is and what it is good for, `rhythm`
    when rows come. `coverage` asks the records, in a number of queries that does not grow with them. `dump`
    is there when the rows can be stated as they were known at an instant. `example` is a question to the API.
    """

    name: str
    about: str
    rhythm: str
    coverage: Callable[[], Coverage]
    licence: Licence = OPEN
    dump: Dumped | None = None
    example: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def resource(self) -> Resource | None:
        """The API's resource that has the rows, None while it is not registered."""
        return next((one for one in resources() if one.name == self.name), None)

    @property
    def title(self):
        """The name for people."""
        return self.resource.title

    def get_absolute_url(self):
        """The address of its page."""
        return f"/data/{self.name}/"


_datasets: dict[str, Dataset] = {}


def register(dataset: Dataset):
    """Put a dataset into the catalogue, after those registered before; one of the same name takes its place."""
    _datasets[dataset.name] = dataset


def datasets() -> list[Dataset]:
    """Return the datasets of the catalogue, in the order in which the floors registered them."""
    return [one for one in _datasets.values() if one.resource is not None]


def dataset_of(name) -> Dataset | None:
    """Return the dataset of that name, None when the catalogue has none."""
    return next((one for one in datasets() if one.name == name), None)
