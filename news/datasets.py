"""What the catalogue says of the stories and what they carry: which days are held, whose names, which sections."""

from django.db.models import Count, Max, Min
from django.utils import timezone

from news.models import ArticlePage
from portal.models import Change
from portal.opendata.datasets import LISTING, Coverage, Dataset, register

RHYTHM = "随稿件发布即时更新。"
KEYWORDS = ("新闻", "稿件")


def story_coverage():
    """Return how many stories readers can see now, and from which day to which; one query."""
    told = ArticlePage.objects.published().aggregate(
        count=Count("pk"), first=Min("first_published_at"), last=Max("first_published_at")
    )
    return Coverage(
        held=(f"{told['count']} 篇读者现在看得到的稿件",) if told["count"] else (),
        missing=("撤下的、未到发布时间的稿件不在其中。",),
        first=_day(told["first"]),
        last=_day(told["last"]),
        dated="首发日期",
    )


def correction_coverage():
    """Return from when on acts are logged; one query."""
    span = Change.objects.aggregate(first=Min("at"), last=Max("at"))
    return Coverage(
        held=("本站的数据更正和撤回，从第一次变更起全部列出",) if span["first"] else (),
        missing=("撤下的稿件不在其中：编号和时间见变更，标题不留。",),
        first=_day(span["first"]),
        last=_day(span["last"]),
    )


def _day(at):
    return timezone.localdate(at) if at else None


DATASETS = (
    Dataset(
        name="articles",
        about="读者现在看得到的每一篇稿件，一行一篇：标题、栏目、署名、首发和更新时间、正文地址。",
        rhythm=RHYTHM,
        coverage=story_coverage,
        licence=LISTING,
        keywords=KEYWORDS,
        example="/api/v1/articles/?limit=10",
    ),
    Dataset(
        name="sections",
        about="本站的栏目，一行一个。",
        rhythm="很少变动。",
        coverage=story_coverage,
        licence=LISTING,
        keywords=KEYWORDS,
        example="/api/v1/sections/",
    ),
    Dataset(
        name="people",
        about="在稿件上署名的人，一行一位：姓名和所署稿件的网页。",
        rhythm=RHYTHM,
        coverage=story_coverage,
        licence=LISTING,
        keywords=KEYWORDS,
        example="/api/v1/people/",
    ),
    Dataset(
        name="topics",
        about="稿件所属的专题，一行一个。",
        rhythm=RHYTHM,
        coverage=story_coverage,
        licence=LISTING,
        keywords=KEYWORDS,
        example="/api/v1/topics/",
    ),
    Dataset(
        name="corrections",
        about="本站更正和撤回过什么，一行一次：对象、时间、理由。",
        rhythm="每次更正、撤回即时更新。",
        coverage=correction_coverage,
        keywords=("更正", "撤回"),
        example="/api/v1/corrections/",
    ),
)


def register_all():
    """Put this floor's data into the catalogue; called once when the app is ready."""
    for one in DATASETS:
        register(one)
