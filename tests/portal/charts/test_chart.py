"""What every chart has: two drawings kept by content, ids of its own, a place on the page."""

import re

import html5lib
import pytest
from django.core.cache import cache
from django.template.loader import render_to_string

from portal.charts import Bar, Break, Point, chart, vega
from tests.portal.charts.reading import (
    HOSTILE,
    SVG,
    course,
    element,
    plot,
    ranking,
    score,
    seen,
    titles,
)

CHARTS = pytest.mark.parametrize(
    "make",
    [
        ranking,
        lambda **f: course([3, None, 1], breaks=(Break(1, "换法"),), **f),
        lambda **f: plot(["1", None], **f),
    ],
    ids=["bars", "lines", "dots"],
)


@pytest.fixture
def drawings(monkeypatch):
    """Count what is really drawn."""
    cache.clear()
    done = []

    def counted(drawing):
        done.append(drawing.sheet.name)
        return vega.drawn(drawing)

    monkeypatch.setattr(chart, "drawn", counted)
    return done


@CHARTS
def test_a_second_drawing_costs_none(make, drawings):
    first = (make().wide, make().narrow)
    assert (make().wide, make().narrow) == first
    assert drawings == ["wide", "narrow"]


def test_another_name_on_the_page_costs_no_drawing(drawings):
    one, two = ranking().wide, ranking(name="second").wide
    assert drawings == ["wide"]
    assert two == one.replace(ranking().stem, "second")


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "另一个"},
        {"unit": "位"},
        {"note": "满分。"},
        {"bars": (Bar("城0", score("90.5")),)},
        {"bars": (Bar("城0", score("90.50"), highlighted=True),)},
        {"bars": (Bar("城0", Point("90.50")),)},
    ],
)
def test_another_content_has_another_digest(fields):
    base = ranking(bars=(Bar("城0", score("90.50")),))
    assert ranking(**{"bars": base.bars} | fields).digest != base.digest
    assert ranking(bars=base.bars).digest == base.digest


def test_another_drawing_has_another_digest(monkeypatch):
    before = ranking().digest
    monkeypatch.setattr(chart, "DRAWING", chart.DRAWING + 1)
    assert ranking().digest != before


@CHARTS
@pytest.mark.parametrize("sheet", ["wide", "narrow"])
def test_a_drawing_is_one_image_with_a_name_and_words(make, sheet):
    one = make()
    root = element(getattr(one, sheet))
    stem = f"{one.stem}-{sheet}"
    assert {name: root.get(name) for name in ("role", "aria-labelledby", "aria-describedby")} == {
        "role": "img",
        "aria-labelledby": f"{stem}-title",
        "aria-describedby": f"{stem}-words",
    }
    title, words = list(root)[:2]
    assert (title.tag, title.get("id"), title.text) == (f"{SVG}title", f"{stem}-title", one.title)
    assert (words.tag, words.get("id"), words.text) == (f"{SVG}desc", f"{stem}-words", one.text())


@CHARTS
def test_no_style_no_script_no_address_no_second_id(make):
    for svg in (make().wide, make().narrow):
        assert (
            re.findall(
                r"<(?!/?(?:svg|title|desc|g|text|path|line)\b)[^>]*>|style=|href|url\(|\son\w+=",
                svg,
            )
            == []
        )
        # Vega's English roles and labels would be read aloud.
        assert re.findall(r'(?:aria-[a-z]+|role)="([^"]*)"', svg) == [
            "img",
            *re.findall(r'id="([^"]*)"', svg),
        ]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(words):
    one = ranking(title=words, bars=(Bar(words, Point(words, 1), rank="1"),))
    for svg in (one.wide, one.narrow):
        assert titles(svg) == [f"{one.bars[0].label}，位次1，{one.bars[0].point.text}"]
        assert {found.tag.removeprefix(SVG) for found in element(svg).iter()} <= {
            "svg", "title", "desc", "g", "text", "path",
        }  # fmt: skip


def test_what_is_drawn_is_what_was_given():
    bars = (Bar("郑州", score("88.10"), rank="7"), Bar("西安", Point("未披露"), rank="10"))
    assert sorted(seen(ranking(bars=bars).wide)) == sorted(
        ["7", "郑州", "88.10", "10", "西安", "未披露"]
    )


@CHARTS
def test_the_component_is_valid_and_has_all_four(make):
    one = make(source="《报告》<1>", note="满分100分。")
    html = render_to_string("components/chart.html", {"chart": one, "download": "/x.csv?a=1&b=2"})
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    figure = parser.parseFragment(html).find("figure")
    ids = [found.get("id") for found in figure.iter() if found.get("id")]
    assert len(ids) == len(set(ids)) == 5
    table = figure.find(".//table")
    assert (
        tuple(tuple("".join(cell.itertext()) for cell in row) for row in table.iter("tr"))
        == one.rows()
    )
    assert "".join(figure.find(".//details/p").itertext()) == one.text()
    assert figure.find("figcaption//a").get("href") == "/x.csv?a=1&b=2"
    assert [found.text for found in figure.findall("figcaption/p")][:2] == [
        "满分100分。",
        "来源：《报告》<1>",
    ]


def test_rows_name_themselves_and_lead_to_their_pages():
    one = ranking(
        bars=(Bar("郑州", score("1"), rank="7", url="/places/zhengzhou/"), Bar("西安", score("0")))
    )
    html = render_to_string("components/chart.html", {"chart": one})
    assert re.findall(r'<th scope="row">(.*?)</th>', html) == [
        '<a href="/places/zhengzhou/">郑州</a>',
        "西安",
    ]


def test_an_empty_chart_takes_no_place():
    html = render_to_string("components/chart.html", {"chart": ranking(0)})
    assert html.strip() == ""


@pytest.mark.parametrize("one", [ranking(0), course(), plot()], ids=["bars", "lines", "dots"])
def test_charts_of_nothing_can_be_drawn(one):
    assert [seen(one.wide), seen(one.narrow)] == [[], []]
