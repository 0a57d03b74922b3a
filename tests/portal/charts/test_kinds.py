"""The three kinds as data: table, CSV and text, in the same words."""

import csv
import io

import pytest
from hypothesis import given, settings

from portal.charts import Bar, BarChart, Break, Point, Series
from portal.tabular.cells import unprotected
from tests.portal.charts.reading import (
    HOSTILE,
    bar_charts,
    course,
    plot,
    rank,
    ranking,
    score,
    series_charts,
    titles,
)


def read(content):
    return [
        tuple(unprotected(cell) for cell in row)
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    ]


def test_a_ranking_in_four_ways():
    chart = ranking(2, source="报告", note="满分100分。")
    assert chart.rows() == (
        ("位次", "城市", "得分"),
        ("1", "城0", "90.50"),
        ("2", "城1", "89.50"),
    )
    assert chart.csv().decode("utf-8-sig") == "位次,城市,得分\r\n1,城0,90.50\r\n2,城1,89.50\r\n"
    assert chart.text() == "排名。单位：分。城0：位次1，90.50；城1：位次2，89.50。满分100分。"
    assert titles(chart.wide) == ["城0，位次1，90.50", "城1，位次2，89.50"]


def test_a_ranking_without_ranks_has_no_column_for_them():
    chart = BarChart(title="得分", bars=(Bar("郑州", Point("未披露"), url="/places/zhengzhou/"),))
    assert chart.rows() == (("城市", "得分"), ("郑州", "未披露"))
    assert chart.text() == "得分。郑州：未披露。"
    assert (chart.named_by, chart.table) == (0, [("/places/zhengzhou/", ("郑州", "未披露"))])


def test_a_course_in_four_ways():
    chart = course([9, None, 7], [3, 2, 1], breaks=(Break(2, "换了方法"),))
    assert chart.rows() == (
        ("版次", "城0", "城1", "与前一版次"),
        ("2001", "第9位", "第3位", ""),
        ("2002", "未披露", "第2位", ""),
        ("2003", "第7位", "第1位", "换了方法"),
    )
    assert chart.text() == (
        "位次。单位：位。城0：2001 第9位，2002 未披露，2003 第7位；"
        "城1：2001 第3位，2002 第2位，2003 第1位；2002与2003不连线：换了方法。"
    )
    assert titles(chart.wide) == [
        "城0，2001，第9位",
        "城0，2002，未披露",
        "城0，2003，第7位",
        "城1，2001，第3位",
        "城1，2002，第2位",
        "城1，2003，第1位",
    ]


def test_a_dot_plot_in_four_ways():
    chart = plot(["1.5", None], ["2.25", "0"])
    assert chart.rows() == (
        ("维度", "城0", "城1"),
        ("维度0", "1.5", "2.25"),
        ("维度1", "缺数据", "0"),
    )
    assert (
        chart.text() == "维度。单位：分。城0：维度0 1.5，维度1 缺数据；城1：维度0 2.25，维度1 0。"
    )
    assert titles(chart.wide) == ["城0，维度0，1.5", "城1，维度0，2.25", "城1，维度1，0"]


@given(bar_charts() | series_charts())
@settings(max_examples=12, deadline=None)
def test_all_four_ways_say_the_same(chart):
    assert read(chart.csv()) == list(chart.rows())
    points = (
        [bar.point for bar in chart.bars]
        if isinstance(chart, BarChart)
        else [point for one in chart.series for point in one.points]
    )
    assert [point.text for point in points if point.text not in chart.text()] == []
    table = sorted(cell for row in chart.body for cell in row)
    assert [point.text for point in points if point.text not in table] == []
    drawn = [point.text for point in points if point.is_drawn]
    told = titles(chart.narrow)
    assert told == titles(chart.wide)
    assert sorted(drawn) == sorted(
        words for words in drawn if any(title.endswith(words) for title in told)
    )
    assert len([title for title in told if title]) >= len(drawn)


@pytest.mark.parametrize("words", HOSTILE)
def test_no_cell_of_a_csv_is_a_formula(words):
    content = ranking(bars=(Bar(words, Point("第1位", 1)),), title=words).csv().decode("utf-8-sig")
    assert [
        row[0] for row in csv.reader(io.StringIO(content)) if row[0].startswith(("=", "+", "@"))
    ] == []


def test_empty_charts_are_false_and_say_so():
    assert [
        bool(one) for one in (ranking(0), course(), plot(), ranking(1), course([1]), plot(["1"]))
    ] == [
        False,
        False,
        False,
        True,
        True,
        True,
    ]
    assert ranking(0).text() == "排名。单位：分。没有数据。"
    assert (course().body, plot().body) == ((), ())


@pytest.mark.parametrize(
    "make",
    [
        lambda: ranking(31),
        lambda: ranking(measure="words"),
        lambda: ranking(name="不是名称"),
        lambda: course(*[[1]] * 6),
        lambda: course([1] * 31),
        lambda: course(series=(Series("郑州", (rank(1),)),), columns=("2001", "2002")),
        lambda: course([1, 2], breaks=(Break(0, "无"),)),
        lambda: course([1, 2], breaks=(Break(2, "无"),)),
        lambda: course([1, 2], breaks=(Break(1, "无"), Break(1, "又"))),
        lambda: plot(*[["1"]] * 6),
        lambda: plot(series=(Series("郑州", (score("1"),)),), dimensions=()),
    ],
)
def test_no_chart(make):
    with pytest.raises(ValueError, match=r"rows|measure|name|series|break"):
        make()
