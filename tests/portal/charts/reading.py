"""Charts to draw, and what can be read from a drawing: its words, its titles, the boxes of its texts."""

from decimal import Decimal

from defusedxml.ElementTree import fromstring
from hypothesis import strategies as st

from portal.charts import Bar, BarChart, DotChart, LineChart, Point, Series
from portal.charts.points import clean
from portal.charts.sheets import box

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    "]]>",
    "a\x00\x08\x1b\u202eb",
    "很长的地名" * 40,
    "W" * 200,
    "😀👩‍👩‍👧",
    "العربية",
    "=1+1",
    "&amp;\"'",
    "\ud800郑州",
    "{{ 7 }}%s{0}",
    "datum.x",
]


def score(words):
    """Return the point of a score as its digits say."""
    return Point(words, Decimal(words))


def rank(number):
    return Point("未披露") if number is None else Point(f"第{number}位", number)


def ranking(count=3, **fields):
    bars = tuple(
        Bar(f"城{index}", score(f"{90 - index}.50"), rank=str(index + 1)) for index in range(count)
    )
    return BarChart(**{"title": "排名", "unit": "分", "bars": bars} | fields)


def course(*rows, **fields):
    """Return a LineChart of ranks; each row is a series."""
    series = tuple(
        Series(f"城{index}", tuple(map(rank, row)), highlighted=index == 0)
        for index, row in enumerate(rows)
    )
    columns = tuple(str(2001 + index) for index in range(len(rows[0]) if rows else 0))
    return LineChart(
        **{"title": "位次", "unit": "位", "columns": columns, "series": series} | fields
    )


def plot(*rows, **fields):
    series = tuple(
        Series(f"城{index}", tuple(Point("缺数据") if one is None else score(one) for one in row))
        for index, row in enumerate(rows)
    )
    names = tuple(f"维度{index}" for index in range(len(rows[0]) if rows else 0))
    return DotChart(
        **{"title": "维度", "unit": "分", "dimensions": names, "series": series} | fields
    )


def element(svg):
    return fromstring(svg)


def titles(svg):
    """Return the words of all marks that have some."""
    return sorted(
        one.text for group in element(svg).iter(f"{SVG}g") for one in group.iter(f"{SVG}title")
    )


def seen(svg):
    """Return all words that are drawn, in the order of the file."""
    return [one.text or "" for one in element(svg).iter(f"{SVG}text")]


def marks(drawing, kind, look=""):
    """Return the values of all marks of a kind whose look has the word `look`."""
    return [
        values
        for this, that, _, found in drawing.groups
        for values in found
        if this == kind and (not look or look in that.split())
    ]


def boxes(drawing):
    """Return the rectangle of each text with its words."""
    return [
        (*box(one["x"], one["y"], one["text"], drawing.sheet, style["align"]), one["text"])
        for kind, _, style, values in drawing.groups
        for one in values
        if kind == "text"
    ]


def collisions(drawing):
    """Return the pairs of texts that touch, and those that leave the sheet."""
    found = boxes(drawing)
    pairs = [
        (one[4], other[4])
        for index, one in enumerate(found)
        for other in found[:index]
        if min(one[2], other[2]) - max(one[0], other[0]) > 0.1
        and min(one[3], other[3]) - max(one[1], other[1]) > 0.1
    ]
    outside = [
        one[4]
        for one in found
        if one[0] < -0.1 or one[2] > drawing.width + 0.1 or one[1] < -0.1 or one[3] > drawing.height
    ]
    return pairs + outside


WORDS = st.one_of(
    st.sampled_from([*HOSTILE, "郑州", "黔西南布依族苗族自治州", "上海"]),
    st.text("郑州北京海深圳第位abW0179.-（），·", min_size=1, max_size=30),
).filter(clean)


@st.composite
def points(draw, ranks=False):
    """A point of any sort: exact, an interval, or without a number."""
    numbers = st.integers(1, 300) if ranks else st.decimals(-999, 9999, places=2)
    value = draw(st.none() | numbers)
    if value is None:
        return Point(draw(WORDS))
    if draw(st.integers(0, 5)) == 0:
        upto = value + draw(st.integers(1, 9))
        return Point(f"{value}至{upto}", value, upto)
    return Point(f"第{value}位" if ranks else f"{value}", value)


@st.composite
def bar_charts(draw):
    ranks = draw(st.booleans())
    bars = draw(
        st.lists(
            st.builds(
                Bar,
                WORDS,
                points(ranks),
                rank=st.sampled_from(["", "1", "12（并列）"]),
                highlighted=st.booleans(),
            ),
            max_size=30,
        )
    )
    return BarChart(
        title=draw(WORDS), unit="分", bars=tuple(bars), measure="rank" if ranks else "score"
    )


@st.composite
def series_charts(draw):
    """A LineChart or a DotChart with up to five series of up to twelve points."""
    ranks, count = draw(st.booleans()), draw(st.integers(1, 12))
    series = draw(
        st.lists(
            st.builds(
                Series,
                WORDS,
                st.lists(points(ranks), min_size=count, max_size=count).map(tuple),
                highlighted=st.booleans(),
            ),
            min_size=1,
            max_size=5,
        )
    )
    labels = tuple(draw(st.lists(WORDS, min_size=count, max_size=count)))
    common = {
        "title": draw(WORDS),
        "series": tuple(series),
        "measure": "rank" if ranks else "score",
    }
    if draw(st.booleans()):
        return LineChart(columns=labels, **common)
    return DotChart(dimensions=labels, **common)
