"""What one cell says: scores, ranks in words, reasons; and what it cannot say."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indices.loading.cells import Standing, WrongCell, read_cells, read_rank, read_score
from indices.models import Status
from indices.wording import rank_words


def refusal(read, text):
    """The words with which a cell is refused, or None when it is read."""
    try:
        read(text)
    except ValueError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", (None, None, "")),
        ("—", (None, None, "")),
        (" - ", (None, None, "")),
        ("87.35", (Decimal("87.35"), 2, "")),
        ("4.00", (Decimal("4.00"), 2, "")),
        ("0", (Decimal(0), 0, "")),
        ("-1.5", (Decimal("-1.5"), 1, "")),
        ("８７．３５", (Decimal("87.35"), 2, "")),
        ("1,234.5", (Decimal("1234.5"), 1, "")),
        ("未披露", (None, None, Status.NOT_DISCLOSED)),
        ("N/A", (None, None, Status.MISSING)),
        ("缺数据", (None, None, Status.MISSING)),
        ("不在评估范围", (None, None, Status.NOT_IN_UNIVERSE)),
        ("按规则计零", (None, None, Status.ZERO_BY_RULE)),
    ],
)
def test_a_score_is_read_as_printed(text, told):
    assert read_score(text) == told


def test_the_unit_of_the_edition_may_follow_a_score():
    assert read_score("87.35分", "分") == (Decimal("87.35"), 2, "")
    assert read_score("87.35％", "%") == (Decimal("87.35"), 2, "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("87.35%", "“87.35%”带百分号；得分的单位写在版次里，这里只填数字。"),
        ("87.35分", "“87.35分”不是数字，也不是“未披露”“缺数据”之类。"),
        ("1e999", "“1e999”不是数字，也不是“未披露”“缺数据”之类。"),
        ("Infinity", "“Infinity”不是数字，也不是“未披露”“缺数据”之类。"),
        ("约80", "“约80”不是数字，也不是“未披露”“缺数据”之类。"),
        ("0.1234567", "“0.1234567”有 7 位小数，最多 6 位。"),
        ("1234567890", "“1234567890”太大，整数部分最多 9 位。"),
    ],
)
def test_a_score_that_is_none_is_refused(text, words):
    assert refusal(read_score, text) == words


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("", Standing()),
        ("-", Standing()),
        ("7", Standing(rank=7)),
        ("７", Standing(rank=7)),
        ("7.0", Standing(rank=7)),
        ("1,234", Standing(rank=1234)),
        ("第7", Standing(rank=7)),
        ("第7名", Standing(rank=7)),
        ("7位", Standing(rank=7)),
        ("3rd", Standing(rank=3)),
        ("并列第3", Standing(rank=3, tied=True)),
        ("3（并列）", Standing(rank=3, tied=True)),
        ("3=", Standing(rank=3, tied=True)),
        ("1-3", Standing(rank_from=1, rank_to=3)),
        ("1—3", Standing(rank_from=1, rank_to=3)),
        ("1～3", Standing(rank_from=1, rank_to=3)),
        ("第1至3位", Standing(rank_from=1, rank_to=3)),
        ("第1名至第3名", Standing(rank_from=1, rank_to=3)),
        ("3-3", Standing(rank=3)),
        ("前10", Standing(top_n=10)),
        ("前10名", Standing(top_n=10)),
        ("Top 10", Standing(top_n=10)),
        ("第一梯队", Standing(tier="第一梯队")),
        ("领先梯队", Standing(tier="领先梯队")),
        ("未披露", Standing(status=Status.NOT_DISCLOSED)),
    ],
)
def test_a_rank_is_read_in_words_too(text, standing):
    assert read_rank(text) == standing


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0", "“0”不是位次：位次从 1 开始，没有公布就留空。"),
        ("-3", "“-3”不是位次：位次从 1 开始，没有公布就留空。"),
        ("7.5", "“7.5”不是位次；可填 7、并列第3、1-3、前10。"),
        ("NaN%", "“NaN%”不是位次；可填 7、并列第3、1-3、前10。"),
        (
            "2020-01-03",
            "“2020-01-03”不是位次，像是被表格软件改成了日期；可填 7、并列第3、1-3、前10。",
        ),
        ("3-1", "位次区间“3-1”的起大于止。"),
        ("9" * 12, f"“{'9' * 12}”太大，不是位次。"),
    ],
)
def test_a_rank_that_is_none_is_refused(text, words):
    assert refusal(read_rank, text) == words


ranks = st.integers(1, 2**31 - 1)
standings = st.one_of(
    st.builds(Standing, rank=ranks, tied=st.booleans()),
    st.tuples(ranks, ranks)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: Standing(rank_from=min(pair), rank_to=max(pair))),
    st.builds(Standing, top_n=ranks),
)


@given(standings)
def test_the_words_of_the_pages_are_read_back(standing):
    assert read_rank(rank_words(standing)) == standing


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text):
    assert [refusal(read, text) != "" for read in (read_score, read_rank)] == [True, True]


def said(**texts):
    told = read_cells(texts)
    if told is None:
        return None
    names = ("value", "rank", "rank_from", "rank_to", "tied", "tier", "top_n", "status")
    stated = {name: getattr(told, name) for name in names}
    return {
        name: value
        for name, value in stated.items()
        if value not in (None, "") and value is not False
    }


@pytest.mark.parametrize(
    ("texts", "stated"),
    [
        ({"score": "", "rank_published": ""}, None),
        ({"score": "—", "rank_published": "7"}, {"rank": 7, "status": "disclosed"}),
        ({"score": "未披露", "rank_published": "7"}, {"rank": 7, "status": "disclosed"}),
        ({"score": "未披露", "rank_published": "未披露"}, {"status": "not_disclosed"}),
        ({"score": "0", "status": "按规则计零"}, {"value": Decimal(0), "status": "zero_by_rule"}),
        ({"score": "", "status": "缺数据"}, {"status": "missing"}),
        (
            {"rank_published": "7", "rank_from": "7", "rank_to": "7"},
            {"rank": 7, "status": "disclosed"},
        ),
        (
            {"rank_from": "1", "rank_to": "3", "tier": "第一梯队"},
            {"rank_from": 1, "rank_to": 3, "tier": "第一梯队", "status": "disclosed"},
        ),
        (
            {"rank_published": "3", "tied": "是"},
            {"rank": 3, "tied": True, "status": "disclosed"},
        ),
        ({"top_n": "10"}, {"top_n": 10, "status": "disclosed"}),
    ],
)
def test_cells_together_state_one_thing(texts, stated):
    assert said(**texts) == stated


@pytest.mark.parametrize(
    ("texts", "field", "words"),
    [
        ({"score": "缺数据", "rank_published": "184"}, "status", "“缺数据”不能再有得分或位次。"),
        (
            {"score": "缺数据", "rank_published": "未参评"},
            "rank_published",
            "与得分一格的说明矛盾。",
        ),
        ({"score": "5", "status": "按规则计零"}, "status", "“按规则计零”的得分只能是 0 或留空。"),
        (
            {"score": "", "status": "已披露"},
            "status",
            "填了“已披露”，却没有得分、位次、区间、梯队或入围。",
        ),
        ({"rank_from": "1"}, "rank_to", "位次区间的起止须一起填写。"),
        (
            {"rank_published": "2", "rank_from": "1", "rank_to": "3"},
            "rank_from",
            "已有确定位次 2，不能再填位次区间。",
        ),
        ({"score": "5", "tied": "是"}, "tied", "并列须有位次。"),
        ({"quote": "仅次于"}, "quote", "这一行只有出处或原文，没有得分、位次或披露情况。"),
    ],
)
def test_cells_that_contradict_each_other_are_refused(texts, field, words):
    with pytest.raises(WrongCell) as refused:
        read_cells(texts)
    assert (refused.value.field, str(refused.value)) == (field, words)
