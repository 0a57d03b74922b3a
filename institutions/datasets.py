"""What the catalogue says of the register's data: which lists are held, for which ranges they are declared complete.

Knows that a notice's own rows are as it stood at an instant, and that names of offices may be put right later:
versions, which never change, leave those out.
"""

from django.db.models import Max, Min
from django.utils import timezone

from institutions.api import designations, interruptions, lines, notices
from institutions.models import Coverage as Declaration
from institutions.models import Institution, Notice, NoticeLine
from portal.opendata.datasets import Coverage, Dataset, register
from portal.opendata.dumps import Dumped, latest, of_tracked

MOST_DECLARATIONS = 20
# A name that editors may put right has no place in bytes that never change.
_NAMES = ("issuer",)
RHYTHM = "随通知发布更新，没有固定日期；更正和撤回即时生效。"
KEYWORDS = ("定点机构", "工伤保险", "医疗机构", "通知")


def register_coverage():
    """Return what the register holds: notices and their issuers, and the ranges declared complete; five queries."""
    published = Notice.objects.published().order_by()
    span = published.aggregate(first=Min("issued_on"), last=Max("issued_on"))
    areas = published.values_list("area__name", flat=True).distinct()
    issuers = published.values_list("issuer__name", flat=True).distinct()
    count = published.count()
    declared = _declarations()
    return Coverage(
        held=((f"{count} 份已发布通知的名单",) if count else ()) + declared,
        missing=(
            f"{'其余' if declared else '各'}类别和地区没有声明收录完整：没有列出不等于不是。",
            "通知没有写明的日期一律留空。",
        ),
        sources=tuple(sorted(issuers)),
        places=tuple(sorted(areas)),
        first=span["first"],
        last=span["last"],
        dated="印发日期",
    )


def institution_coverage():
    """Return how many institutions there are, beside what the register holds."""
    held = register_coverage()
    count = Institution.objects.public().count()
    return Coverage(
        held=(f"{count} 家通知提到过的机构",) if count else (),
        missing=("没有通知提到过的机构。", "等级、地址、电话只有现在的，没有历史。"),
        sources=held.sources,
        places=held.places,
    )


def line_coverage():
    """Return how many lines there are, beside what the register holds."""
    held = register_coverage()
    count = NoticeLine.objects.filter(notice__published_at__isnull=False).count()
    return Coverage(
        held=(f"{count} 条，出自{held.held[0].removesuffix('的名单')}",) if count else (),
        missing=("个人的手机号和身份证号已遮去。",),
        sources=held.sources,
        places=held.places,
        first=held.first,
        last=held.last,
        dated=held.dated,
    )


def _declarations():
    rows = Declaration.objects.current().valid(timezone.localdate())
    rows = rows.select_related("kind__scheme", "area").order_by("pk")[:MOST_DECLARATIONS]
    return tuple(
        f"声明收录完整：{row.kind}，{row.area.name}，{row.valid_from:%Y-%m-%d} 起" for row in rows
    )


def _touched():
    return latest(
        Notice.objects.published().aggregate(Max("published_at"), Max("withdrawn_at")).values()
    )


def _notices_at(at):
    return notices.NoticeFilter(at).rows()


def _lines_at(at):
    return lines.LineFilter(at).rows()


def _told(rows, at):
    return [notices.ToldNotice(row, at) for row in rows]


DATASETS = (
    Dataset(
        name="institutions",
        about="通知提到过的每一家机构，一行一家：代码、现用名称、别名、等级、所在地。",
        rhythm=RHYTHM,
        coverage=institution_coverage,
        example="/api/v1/institutions/?as_of=2020-09-01",
        keywords=KEYWORDS,
    ),
    Dataset(
        name="designations",
        about="哪家机构在哪一类别下、从哪天到哪天是定点机构，一行一段期间，各有依据的通知和条目。按家次计，不按家计。",
        rhythm=RHYTHM,
        coverage=register_coverage,
        dump=of_tracked(designations.TRACKED),
        example="/api/v1/designations/?as_of=2020-09-01",
        keywords=KEYWORDS,
    ),
    Dataset(
        name="interruptions",
        about="定点资格中止或存疑的日子，一行一段；这些日子里定点记录不算有效。",
        rhythm=RHYTHM,
        coverage=register_coverage,
        dump=of_tracked(interruptions.TRACKED),
        example="/api/v1/interruptions/?history=all",
        keywords=KEYWORDS,
    ),
    Dataset(
        name="notices",
        about="公布定点机构的文件，一行一份：文号、三种日期、原文地址、校验值，撤回和被更正的也在。",
        rhythm=RHYTHM,
        coverage=register_coverage,
        dump=Dumped(
            _notices_at,
            tuple(one for one in notices.COLUMNS if one.key not in _NAMES),
            _touched,
            _told,
        ),
        example="/api/v1/notices/?limit=10",
        keywords=KEYWORDS,
    ),
    Dataset(
        name="notice-lines",
        about="通知名单中的每一条，照原文抄录，并注明认作哪家机构；没有采用的写明理由。",
        rhythm=RHYTHM,
        coverage=line_coverage,
        dump=Dumped(_lines_at, lines.COLUMNS, _touched),
        example="/api/v1/notice-lines/?limit=10",
        keywords=KEYWORDS,
    ),
)


def register_all():
    """Put the register's data into the catalogue; called once when the app is ready."""
    for one in DATASETS:
        register(one)
