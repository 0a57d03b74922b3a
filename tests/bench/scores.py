"""What the bench measures of the indices: a large import, a long export, wide pages, charts.

Places, values and ranks come from a number alone, so that two runs measure the same work.
"""

import random
import tempfile
import time
from decimal import Decimal
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection

from indices.models import Dimension, Edition, EditionDimension, Index, ReleaseLine
from indices.publishing import draft_release, publish
from portal.charts import Bar, BarChart, DotChart, LineChart, Point, Series
from portal.models import Place, User
from tests.bench.measuring import page_figures, peak_bytes, seconds, stream_figures

MEGABYTE = 1024 * 1024
DIMENSIONS = 10
PLACES = 10_000
WIDE_PLACES = 300
SERIES, EDITIONS = 20, 15
_BATCH = 2000


def _place(number):
    return f"x-bench-{number}"


def _places(count):
    held = Place.objects.filter(code__startswith="x-bench-").count()
    Place.objects.bulk_create(
        [
            Place(
                code=_place(number),
                name=f"测量{number}市",
                name_key=f"测量{number}市",
                short_name="",
                short_name_key="",
                level=Place.Level.PREFECTURE,
            )
            for number in range(held, count)
        ],
        batch_size=_BATCH,
    )
    return list(Place.objects.filter(code__startswith="x-bench-").order_by("pk")[:count])


def _edition(code, year=2020, dimensions=DIMENSIONS):
    index, _ = Index.objects.get_or_create(code=code, defaults={"name": f"{code} 指数"})
    edition = Edition.objects.create(
        index=index, code=str(year), label=str(year), year=year, source_words="测量"
    )
    root = None
    for number in range(dimensions):
        stable, _ = Dimension.objects.get_or_create(
            index=index, code=f"d{number}", defaults={"name": f"维度{number}"}
        )
        row = EditionDimension.objects.create(
            edition=edition,
            dimension=stable,
            label=stable.name,
            parent=root,
            position=number,
            decimals=2,
        )
        root = root or row
    return edition


def _value(chance):
    return Decimal(chance.randrange(10_000)) / 100


def import_scores(rows):
    """Import and publish `rows` scores of 10,000 places by the command: time and memory."""
    rows = int(rows)
    places, dimensions = _places(PLACES), rows // PLACES
    edition = _edition(f"bench-{rows}", dimensions=dimensions)
    chance = random.Random(rows)
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        path = Path(folder) / "scores.csv"
        with path.open("w", encoding="utf-8") as out:
            out.write("place_code,dimension,score,rank_published\n")
            for place in places:
                for number in range(dimensions):
                    out.write(f"{place.code},d{number},{_value(chance)},\n")
        del places
        connection.ensure_connection()
        idle = peak_bytes()
        options = {
            "index": edition.index.code,
            "edition": edition.label,
            "source": "测量",
            "by": User.objects.order_by("pk").first().username,
            "publish": True,
        }
        _, took = seconds(
            lambda: call_command("import_scores", path, **options, stdout=StringIO(), verbosity=0)
        )
    return {
        "rows": rows,
        "seconds": took,
        "rate": rows / took,
        "megabytes": (peak_bytes() - idle) / MEGABYTE,
    }


def export_scores(rows):
    """Take the whole of that edition as CSV: the first byte, all of it, and the memory."""
    return stream_figures(get_wsgi_application(), f"/indices/bench-{int(rows)}/2020/", "format=csv")


def _publish(edition, places, chance):
    user = User.objects.order_by("pk").first()
    release = draft_release(edition, by=user, source_words="测量")
    dimensions = list(edition.dimensions.order_by("position"))
    ReleaseLine.objects.bulk_create(
        [
            ReleaseLine(
                release=release, dimension=dimension, place=place, value=_value(chance), rank=rank
            )
            for dimension in dimensions
            for rank, place in enumerate(chance.sample(places, len(places)), 1)
        ],
        batch_size=_BATCH,
    )
    publish(release, by=user)


def index_pages():
    """Measure a wide edition (300 places, ten dimensions), and a place in twenty series of fifteen editions."""
    places = _places(WIDE_PLACES)
    chance = random.Random(WIDE_PLACES)
    _publish(_edition("bench-wide"), places, chance)
    for number in range(SERIES):
        for year in range(2006, 2006 + EDITIONS):
            _publish(_edition(f"bench-series-{number}", year, 4), places[:5], chance)
    application = get_wsgi_application()
    chosen = "&".join(f"place={place.code}" for place in places[:5])
    return {
        "edition": page_figures(application, "/indices/bench-wide/2020/"),
        "edition_sorted": page_figures(application, "/indices/bench-wide/2020/", "sort=d5"),
        "series": page_figures(application, "/indices/bench-series-0/"),
        "compare": page_figures(
            application, "/indices/compare/", f"index=bench-wide&edition=2020&{chosen}"
        ),
        "place": page_figures(application, f"/places/{places[0].code}/"),
    }


def _charts(number):
    def point(value):
        return Point(f"{value}.50", Decimal(value))

    bars = tuple(Bar(f"第{at}城市", point(100 - at), rank=str(at)) for at in range(1, 31))
    series = tuple(
        Series(f"第{one}城市", tuple(point(one + at) for at in range(15))) for one in range(1, 6)
    )
    years = tuple(str(2006 + at) for at in range(15))
    title = f"测量用的图 {number}"
    return (
        BarChart(title=title, unit="分", bars=bars),
        LineChart(title=title, unit="位", columns=years, series=series, measure="rank"),
        DotChart(title=title, unit="分", dimensions=years, series=series),
    )


def charts():
    """Draw each kind of chart, both widths, anew and from the cache: milliseconds and bytes."""
    for chart in _charts(0):
        str(chart.wide)
    figures = {}
    for chart in _charts(time.time_ns()):
        drawn, anew = seconds(lambda chart=chart: (chart.wide, chart.narrow))
        _, again = seconds(lambda chart=chart: (chart.wide, chart.narrow))
        figures[type(chart).__name__] = {
            "anew": 1000 * anew,
            "again": 1000 * again,
            "bytes": sum(len(svg.encode()) for svg in drawn),
        }
    return figures


STAGES = {stage.__name__: stage for stage in (import_scores, export_scores, index_pages, charts)}
