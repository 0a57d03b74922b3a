"""The heading row: places, dimensions, long and wide, panels side by side, titles above it."""

import pytest

from indices.loading.headings import find_layout
from portal.tabular import Row, Sheet

KNOWN = {"egdi", "osi", "overall-lpi", "数字基础设施", "digital-life"}


def layout(*rows, known=KNOWN, name=""):
    sheet = Sheet(name, [Row(number, tuple(cells)) for number, cells in enumerate(rows, 1)])
    return find_layout([sheet], known)[1]


def slots(found, panel=0):
    return {slot.title: slot.fields for slot in found.panels[panel].slots}


def problems(found):
    return [str(problem) for problem in found.problems]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["iso3", "egdi", "egdi_rank_published"], {"egdi": {"score": 1, "rank_published": 2}}),
        (
            ["Code", "Overall LPI Score", "Overall LPI Rank"],
            {"Overall LPI": {"score": 1, "rank_published": 2}},
        ),
        (
            ["城市", "数字基础设施得分", "数字基础设施位次"],
            {"数字基础设施": {"score": 1, "rank_published": 2}},
        ),
        (
            ["城市", "数字基础设施", "数字基础设施 排名"],
            {"数字基础设施": {"score": 1, "rank_published": 2}},
        ),
        (["place_code", "digital_life_rank"], {"digital_life": {"rank_published": 1}}),
        (
            ["排名", "城市", "得分（分）", "梯队"],
            {"": {"rank_published": 0, "score": 2, "tier": 3}},
        ),
        (["城市", "总得分", "总排名"], {"": {"score": 1, "rank_published": 2}}),
    ],
)
def test_a_wide_heading_names_dimensions(headings, expected):
    assert slots(layout(headings)) == expected


def test_a_long_heading_has_its_dimension_in_a_column():
    found = layout(["edition", "iso3", "name_as_published", "dimension", "score", "rank_published"])
    (panel,) = found.panels
    assert (found.is_long, found.edition, panel.dimension) == (True, (0, False), (3,))
    assert (panel.code, panel.name) == (1, 2)
    assert slots(found) == {None: {"score": 4, "rank_published": 5}}


def test_a_year_stands_for_the_edition():
    assert layout(["Country", "Code", "egdi", "Year"]).edition == (3, True)


def test_panels_side_by_side_are_lists_of_their_own():
    found = layout(["排名", "城市", "得分", "排名", "城市", "得分"])
    assert [(panel.name, slots(found, at)) for at, panel in enumerate(found.panels)] == [
        (1, {"": {"rank_published": 0, "score": 2}}),
        (4, {"": {"rank_published": 3, "score": 5}}),
    ]
    assert found.heading(5) == "得分（F列）"


def test_titles_above_are_passed_over():
    found = layout(["电子政务发展指数"], ["单位：分"], ["国家", "egdi"], ["丹麦", "0.91"])
    assert (found.number, slots(found)) == (3, {"egdi": {"score": 1}})


def test_columns_that_are_not_read_are_named():
    assert layout(["序号", "城市", "省份", "egdi", "备注"]).passed_over == ("序号", "省份", "备注")


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (
            ["甲", "乙"],
            "没有找到表头：表头须有地方一列（如“城市”“国家”“place_code”“iso3”“name_as_published”）。",
        ),
        (["城市", "egdi", "egdi"], "第 1 行“egdi”：这一列出现了 2 次。"),
        (["城市", "egdi", "egdi_score"], "第 1 行“egdi”：这一列出现了 2 次。"),
        (["城市", "维度", "得分", "增幅"], "第 1 行：不认识列“增幅”，请改正列名或删去。"),
        (["城市", "备注"], "第 1 行：没有一列是得分、位次或披露情况。"),
    ],
)
def test_a_heading_that_cannot_be_read_is_refused(headings, words):
    assert problems(layout(headings, ["郑州", "1"])) == [words]


def test_two_sheets_alike_are_refused():
    rows = [Row(1, ("城市", "egdi"))]
    _, found = find_layout([Sheet("上", rows), Sheet("下", rows)], KNOWN)
    assert problems(found) == ["不能确定读哪个工作表（上、下），请只保留一个。"]
