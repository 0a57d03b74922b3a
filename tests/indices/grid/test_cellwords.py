"""The words of a cell: what is typed, what is refused, and that nothing is lost on the way there and back."""

from dataclasses import astuple, fields
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indices.grid.cellwords import BOTH, RANK, SCORE, Content, Words, is_statement, read, words_of
from indices.models import CONTENT

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Z")), max_size=20)
RANKS = st.integers(1, 1_000_000)
VALUES = st.decimals(-(10**8), 10**8, places=6) | st.decimals(0, 100, places=2)


@st.composite
def contents(draw):
    """Any statement that the database accepts."""
    told = {name: draw(TEXT) for name in ("name_as_published", "locator", "quote")}
    status = draw(
        st.sampled_from(["disclosed"] * 4 + ["not_disclosed", "missing", "not_in_universe"])
        | st.just("zero_by_rule")
    )
    if status in ("not_disclosed", "missing", "not_in_universe"):
        return Content(status=status, **told)
    told["tier"] = draw(TEXT | st.sampled_from(["第一梯队", "A/B", "领先：前列"]))
    if draw(st.booleans()):
        told |= {"rank": draw(RANKS), "tied": draw(st.booleans())}
    if status == "zero_by_rule":
        return Content(status=status, value=draw(st.sampled_from([None, Decimal(0)])), **told)
    if "rank" not in told and draw(st.booleans()):
        first = draw(st.integers(1, 999))
        told |= {"rank_from": first, "rank_to": first + draw(st.integers(1, 999))}
    told["top_n"] = draw(st.none() | RANKS)
    told["value"] = draw(st.none() | VALUES)
    if not any(told.get(name) for name in ("rank", "rank_from", "top_n", "tier")):
        told["value"] = told["value"] if told["value"] is not None else Decimal("81.2")
    return Content(**told)


def test_a_content_has_the_fields_of_a_statement_in_their_order():
    assert tuple(field.name for field in fields(Content)) == CONTENT


@given(contents(), st.none() | st.integers(0, 6), st.sampled_from([BOTH, SCORE, RANK]))
def test_what_is_written_is_read_back(content, decimals, boxes):
    words = words_of(content, decimals=decimals, boxes=boxes)
    again, digits = read(words)
    assert again == content
    assert words_of(again, decimals=max(digits, decimals or 0), boxes=boxes) == words


def told(words):
    """The refusal of these words, or None with what they say read back from their own words."""
    try:
        content, _ = read(words)
    except ValueError as error:
        return str(error)
    return None if content is None or read(words_of(content))[0] == content else "lost"


def test_a_stroke_alone_states_nothing():
    words = "只有“/”，没有内容：没有就留空，或写“未披露”“缺数据”。"
    assert [told(Words(*typed)) for typed in (("", "/"), ("／", ""), ("/", "/"))] == [words] * 3


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused_in_chinese(score, rank):
    refusal = told(Words(score, rank))
    assert refusal is None or refusal.endswith("。")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("87.35", ""), {"value": Decimal("87.35")}),
        (("８７．３５", ""), {"value": Decimal("87.35")}),
        (("1,234.5", ""), {"value": Decimal("1234.5")}),
        (("-3", ""), {"value": Decimal(-3)}),
        (("0", ""), {"value": Decimal(0)}),
        (("第7", ""), {"rank": 7}),
        (("", "7"), {"rank": 7}),
        (("", "第７名"), {"rank": 7}),
        (("", "第二十一"), {"rank": 21}),
        (("", "第十"), {"rank": 10}),
        (("87.35/7", ""), {"value": Decimal("87.35"), "rank": 7}),
        (("87.35", "并列3"), {"value": Decimal("87.35"), "rank": 3, "tied": True}),
        (("", "并列第三"), {"rank": 3, "tied": True}),
        (("", "3（并列）"), {"rank": 3, "tied": True}),
        (("", "=3"), {"rank": 3, "tied": True}),
        (("", "3="), {"rank": 3, "tied": True}),
        (("1-3", ""), {"rank_from": 1, "rank_to": 3}),
        (("", "第1至3名"), {"rank_from": 1, "rank_to": 3}),
        (("", "1～3"), {"rank_from": 1, "rank_to": 3}),
        (("", "前10"), {"top_n": 10}),
        (("", "前十名"), {"top_n": 10}),
        (("", "第一梯队"), {"tier": "第一梯队"}),
        (("", "7/梯队：领先/A"), {"rank": 7, "tier": "领先/A"}),
        (("未披露", ""), {"status": "not_disclosed"}),
        (("", "缺数据"), {"status": "missing"}),
        (("不在评估范围", ""), {"status": "not_in_universe"}),
        (("按规则计零", "12"), {"status": "zero_by_rule", "rank": 12}),
        (("0/按规则计零", ""), {"status": "zero_by_rule", "value": Decimal(0)}),
    ],
)
def test_each_thing_that_a_report_can_say(typed, expected):
    assert read(Words(*typed))[0] == Content(**expected)


def test_an_empty_cell_states_nothing():
    assert read(Words(" ", "　", "杭州", "第3页", "杭州第三")) == (None, 0)


def test_the_digits_are_those_that_were_typed():
    assert [read(Words(text))[1] for text in ("81", "81.20", "1,081.5", "第7")] == [0, 2, 1, 0]


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        (("暂无", ""), "读不懂“暂无”。"),
        (("-", ""), "读不懂“-”。"),
        (("1,23", ""), "“1,23”不是数字。"),
        (("", "87.35"), "位次须是整数，“87.35”不是；得分请写在得分一格。"),
        (("", "0"), "位次从 1 开始，最大 1000000，“0”不行。"),
        (("", "第1000001"), "位次从 1 开始，最大 1000000，“1000001”不行。"),
        (("", "3-1"), "位次区间的后一个数须大于前一个。"),
        (("", "7/1-3"), "已写确定位次，不能再写位次区间。"),
        (("第7", "8"), "位次写了两次。"),
        (("未披露", "7"), "已写“未披露”，不能再有得分、位次、梯队或入围；请留一样。"),
        (("0.5/按规则计零", ""), "“按规则计零”的得分只能是 0 或不写。"),
        (("按规则计零", "前10"), "“按规则计零”不能有位次区间或入围。"),
        (("", "1月3日"), "“1月3日”是日期：Excel 会把“1-3”变成日期，请写成“1至3”。"),
        (("1.1234567", ""), "得分最多 9 位整数、6 位小数，“1.1234567”超出了。"),
        (("", "梯队：" + "甲" * 51), "梯队有 51 个字，最多 50 个。"),
        (("1", "", "", "甲" * 201), "出处有 201 个字，最多 200 个。"),
    ],
)
def test_what_is_not_understood_is_refused(typed, refusal):
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        read(Words(*typed))
    assert str(refused.value) == refusal


def test_why_nothing_is_stated_stands_in_the_first_box_that_is_seen():
    content = Content(status="not_disclosed")
    shown = [astuple(words_of(content, boxes=boxes))[:2] for boxes in (BOTH, SCORE, RANK)]
    assert shown == [("未披露", ""), ("未披露", ""), ("", "未披露")]


def test_a_score_is_shown_to_the_digits_of_its_column_and_never_cut():
    words = [
        words_of(Content(value=Decimal(text)), decimals=2).score
        for text in ("81.2", "100", "81.1234")
    ]
    assert words == ["81.20", "100.00", "81.1234"]


def test_what_can_be_a_statement_and_what_cannot():
    texts = ("7", "87.35", "并列3", "未披露", "第一梯队", "杭州", "总指数", "")
    assert [is_statement(text) for text in texts] == [True] * 5 + [False] * 3
