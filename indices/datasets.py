"""What the catalogue says of the indices' data: which editions are held, how much of each, and which dimensions are not."""

from itertools import islice

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from indices.api import scores
from indices.models import Edition, EditionDimension, EditionPublisher, Release, Score, Status
from indices.pages.wordings import extent_words
from portal.opendata.datasets import Coverage, Dataset, register
from portal.opendata.dumps import latest, of_tracked

# Editions and dimensions that are named one by one.
MOST_NAMED = 30
RHYTHM = "随报告录入更新，一般一年一版；更正即时生效。"
KEYWORDS = ("城市指数", "排名", "得分")


def index_coverage():
    """Return the editions held and the dimensions that are missing; five queries."""
    public = Edition.objects.public().select_related("index").defer("method")
    editions = list(public.order_by("-year", "-released_on", "-code")[:MOST_NAMED])
    span = Edition.objects.public().aggregate(first=Min("released_on"), last=Max("released_on"))
    held = _places_held(editions)
    publishers = EditionPublisher.objects.filter(edition__in=Edition.objects.public().order_by())
    names = publishers.order_by().values_list("organisation__name", flat=True).distinct()
    return Coverage(
        held=tuple(f"{one}：{extent_words(one, held.get(one.pk, 0))}" for one in editions),
        missing=(*_dimensions_missing(editions), "报告没有公布的得分和位次一律留空，不推算。"),
        sources=tuple(sorted(names)),
        first=span["first"],
        last=span["last"],
        dated="报告日期",
    )


def _places_held(editions):
    """Return {edition: of how many places anything is stated}; one query."""
    rows = Score.objects.public().filter(dimension__edition__in=editions).order_by()
    rows = rows.values("dimension__edition").annotate(
        held=Count("place", distinct=True, filter=~Q(status=Status.NOT_IN_UNIVERSE))
    )
    return dict(rows.values_list("dimension__edition", "held"))


def _dimensions_missing(editions):
    """Yield the dimensions of these editions of which nothing is stated, edition by edition; one query."""
    stated = Score.objects.current().filter(dimension=OuterRef("pk"))
    rows = EditionDimension.objects.filter(~Exists(stated), edition__in=editions)
    missing = {}
    for row in rows.select_related("edition__index").order_by("pk"):
        missing.setdefault(row.edition, []).append(row.label)
    for edition, labels in islice(missing.items(), MOST_NAMED):
        yield f"{edition}：{'、'.join(labels)}（没有得分和位次）"


def _touched():
    published = Release.objects.published()
    return latest(published.aggregate(Max("published_at"), Max("withdrawn_at")).values())


DATASETS = (
    Dataset(
        name="indices",
        about="收录的每一种指数，一行一种：由谁编制、量的是什么、有哪些版次。",
        rhythm=RHYTHM,
        coverage=index_coverage,
        keywords=KEYWORDS,
        example="/api/v1/indices/",
    ),
    Dataset(
        name="editions",
        about="指数的每一版，一行一版：版次、参考年份、发布日期、评估对象、方法、维度，以及与哪一版可比。",
        rhythm=RHYTHM,
        coverage=index_coverage,
        keywords=KEYWORDS,
        example="/api/v1/editions/?ordering=-year",
    ),
    Dataset(
        name="scores",
        about="一个地方在一版的一个维度上公布的得分和位次，一行一条，各有出处和原话。",
        rhythm=RHYTHM,
        coverage=index_coverage,
        dump=of_tracked(scores.TRACKED, touched=_touched),
        keywords=KEYWORDS,
        example="/api/v1/scores/?history=all&limit=10",
    ),
)


def register_all():
    """Put the indices' data into the catalogue; called once when the app is ready."""
    for one in DATASETS:
        register(one)
