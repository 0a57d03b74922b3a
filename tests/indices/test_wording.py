"""How statements read: nothing blank, nothing 0 that is unknown, and the decimals as printed."""

from decimal import Decimal

import pytest

from indices.models import EditionDimension, ReleaseLine
from indices.wording import rank_words, score_words, statement_words, status_words, value_text

TWO = EditionDimension(decimals=2)


@pytest.mark.parametrize(
    ("content", "score", "rank", "whole"),
    [
        ({"rank": 7}, "未披露", "第7", "第7"),
        ({"rank": 3, "tied": True}, "未披露", "并列第3", "并列第3"),
        ({"value": Decimal(4), "rank": 2}, "4.00分", "第2", "第2，得分 4.00分"),
        ({"value": Decimal("0")}, "0.00分", "未披露", "得分 0.00分"),
        (
            {"rank_from": 1, "rank_to": 3},
            "未披露",
            "第1至3（次序未披露）",
            "第1至3（次序未披露）",
        ),
        ({"top_n": 10}, "未披露", "前10名", "前10名"),
        ({"top_n": 10, "tier": "引领型"}, "未披露", "前10名，引领型", "前10名，引领型"),
        ({"tier": "第一梯队"}, "未披露", "第一梯队", "第一梯队"),
        ({"rank": 2, "tier": "第一梯队"}, "未披露", "第2，第一梯队", "第2，第一梯队"),
        ({"status": "not_disclosed"}, "未披露", "未披露", "未披露"),
        ({"status": "missing"}, "缺数据", "缺数据", "缺数据"),
        ({"status": "not_in_universe"}, "不在评估范围", "不在评估范围", "不在评估范围"),
        ({"status": "zero_by_rule"}, "按规则计零", "按规则计零", "得分 按规则计零"),
        (
            {"status": "zero_by_rule", "value": Decimal(0), "rank": 184},
            "0.00分（按规则计零）",
            "第184",
            "第184，得分 0.00分（按规则计零）",
        ),
    ],
)
def test_the_words_of_a_statement(content, score, rank, whole):
    stated = ReleaseLine(**content)
    found = (
        score_words(stated, TWO, "分"),
        rank_words(stated),
        statement_words(stated, TWO, "分"),
    )
    assert found == (score, rank, whole)


def test_nothing_stated_is_not_disclosed():
    assert (score_words(None), rank_words(None), statement_words(None)) == ("未披露",) * 3


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("4.000000", None, "4"),
        ("1000000", None, "1000000"),
        ("0.209760", None, "0.20976"),
        ("0.209760", 5, "0.20976"),
        ("4", 2, "4.00"),
        ("-3.5", 1, "-3.5"),
    ],
)
def test_numbers_are_printed_as_the_report_prints_them(value, decimals, text):
    assert value_text(Decimal(value), decimals) == text


def test_only_a_reason_has_words_of_its_own():
    assert [status_words(status) for status in ("disclosed", "missing")] == ["", "缺数据"]
