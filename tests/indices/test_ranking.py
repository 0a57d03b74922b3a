"""Ranks by their definition; the check against every ranking that true values could have given.

The lists typed out are shortened from published ones: the e-government index of 2010 (a rank shared by
rule) and the logistics index of 2010 (ranks from values that were not rounded).
"""

from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, groupby, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indices.ranking import Method, Outcome, Reason, Row, check, ranks

METHODS = st.sampled_from(Method)
UNIVERSES = st.none() | st.integers(1, 20)
EQUAL, EXPLAINED, CONFLICT, NOT_CHECKABLE = Outcome
EGDI = """北京 0.47 ; 韩国 0.87854 1; 美国 0.85103 2; 加拿大 0.84479 3; 英国 0.81466 4; 荷兰 0.80971 5;
挪威 0.80199 6; 丹麦 0.78724 7; 澳大利亚 0.78629 8; 西班牙 0.75155 9; 法国 0.75095 10"""
LPI = """德国 4.11 1; 新加坡 4.09 2; 瑞典 4.08 3; 荷兰 4.07 4; 卢森堡 3.98 5; 瑞士 3.97 6; 日本 3.97 7;
英国 3.95 8; 比利时 3.94 9; 挪威 3.93 10; 爱尔兰 3.89 11; 芬兰 3.89 12; 中国香港 3.88 13; 加拿大 3.87 14;
美国 3.86 15; 丹麦 3.85 16; 法国 3.84 17; 澳大利亚 3.84 18; 奥地利 3.76 19; 中国台湾 3.71 20"""


def listed(text):
    """Return the Rows of a list typed as `name value rank; …`; a lone dash is an unknown value."""
    rows = []
    for entry in text.split(";"):
        name, value, rank, *_ = [*entry.split(), ""]
        known = None if value == "-" else Decimal(value)
        rows.append(Row(name, known, int(rank) if rank else None))
    return rows


def rows_of(values, published):
    return [
        Row(str(at), value, rank)
        for at, (value, rank) in enumerate(zip(values, published, strict=True), 1)
    ]


def said(rows, **rules):
    """Return (outcome, reason) of each row."""
    return [(verdict.outcome, verdict.reason) for verdict in check(rows, **rules)]


def sentences(text, **rules):
    return [verdict.sentence for verdict in check(listed(text), **rules) if verdict.sentence]


def objections(text, **rules):
    verdicts = check(listed(text), **rules)
    return [verdict.sentence for verdict in verdicts if verdict.outcome == CONFLICT]


def conflicts(rows, **rules):
    return [verdict.key for verdict in check(rows, **rules) if verdict.outcome == CONFLICT]


def by_definition(values, method, lower_is_better=False):
    """A rank is one more than what is better: rows, or different values, or rows and equals before."""

    def rank(at, value):
        better = [
            other
            for other in values
            if other is not None and other != value and (other < value) == lower_is_better
        ]
        if method == Method.DENSE:
            return 1 + len(set(better))
        return 1 + len(better) + (method == Method.ORDINAL and values[:at].count(value))

    return [None if value is None else rank(at, value) for at, value in enumerate(values)]


def rankings(values, method):
    """Return every ranking that values printed as these whole numbers may have had before rounding."""
    parts = [Decimal(n) / 10 for n in range(len(values))]
    return {
        tuple(by_definition([a + b for a, b in zip(values, more, strict=True)], method))
        for more in product(parts, repeat=len(values))
    }


def decimals(places, low=0, high=30):
    return st.integers(low, high).map(lambda n: Decimal(n).scaleb(-places))


RANKS = st.integers(1, 12)
ANYTHING = st.tuples(
    st.none() | decimals(1), st.none() | RANKS, st.none() | st.tuples(RANKS, RANKS)
)


class TestRanks:
    @pytest.mark.parametrize(
        ("method", "expected"),
        [("competition", [1, 2, 2, 4]), ("dense", [1, 2, 2, 3]), ("ordinal", [1, 2, 3, 4])],
    )
    def test_each_method_ranks_equal_values_in_its_way(self, method, expected):
        assert ranks([Decimal("9.5"), Decimal("9.0"), Decimal(9), Decimal("8")], method) == expected

    def test_an_unknown_value_takes_no_place_and_is_no_zero(self):
        values = [None, Decimal(0), Decimal(-1), None]
        assert ranks(values) == [None, 1, 2, None]
        assert ranks(values, lower_is_better=True) == [None, 2, 1, None]
        assert ranks([]) == []

    def test_values_are_compared_exactly(self):
        near = [Decimal("0.1"), Decimal("0.10000000000000000000000000000000001")]
        assert ranks(near) == [2, 1]

    def test_an_unknown_method_is_refused(self):
        with pytest.raises(ValueError, match="fair"):
            ranks([Decimal(1)], "fair")

    @given(st.lists(st.none() | decimals(1) | decimals(2)), METHODS, st.booleans())
    def test_they_follow_the_definition(self, values, method, lower_is_better):
        expected = by_definition(values, method, lower_is_better)
        assert ranks(values, method, lower_is_better) == expected

    def test_the_methods_are_choices_of_a_field(self):
        assert Method.choices == [
            ("competition", "标准竞争排名（1 2 2 4）"),
            ("dense", "密集排名（1 2 2 3）"),
            ("ordinal", "顺序排名（1 2 3 4）"),
        ]
        assert Method.values == ["competition", "dense", "ordinal"]


class TestPublishedLists:
    def test_ranks_by_the_printed_values_are_equal(self):
        assert said(listed(EGDI[EGDI.index(";") + 1 :])) == [(EQUAL, None)] * 10

    def test_a_row_without_a_rank_takes_its_place_and_is_not_checkable(self):
        assert said(listed(EGDI))[0] == (NOT_CHECKABLE, None)
        assert check(listed(EGDI))[0].computed == 11

    def test_zeros_by_rule_share_their_rank_printed_or_not(self):
        zeros = [Row(n, Decimal(0) if n % 2 else None, 4, zero_by_rule=True) for n in range(9)]
        assert said([*listed("甲 0.3 1; 乙 0.2 2; 丙 0.1 3"), *zeros]) == [(EQUAL, None)] * 12

    @pytest.mark.parametrize("printed", [None, 2])
    def test_ranks_from_unrounded_values_are_explained(self, printed):
        verdicts = check(listed(LPI), decimals=printed)
        other = [verdict for verdict in verdicts if verdict.outcome != EQUAL]
        assert [(v.key, v.outcome, v.reason, v.computed, v.allowed) for v in other] == [
            ("日本", EXPLAINED, Reason.ROUNDING, 6, (6, 7)),
            ("芬兰", EXPLAINED, Reason.ROUNDING, 11, (11, 12)),
            ("澳大利亚", EXPLAINED, Reason.ROUNDING, 17, (17, 18)),
        ]
        assert (
            other[0].sentence
            == "日本：公布第7，按得分为第6；得分保留2位小数，相差在舍入的范围之内。"
        )

    def test_one_unit_of_the_last_place_is_an_order(self):
        rows = listed(LPI.replace("3.87 14", "3.87 15").replace("3.86 15", "3.86 14"))
        assert conflicts(rows) == ["加拿大", "美国"]
        assert conflicts(rows, decimals=1) == []


class TestTies:
    def test_a_list_ranked_densely_is_explained(self):
        dense = "甲 9 1; 乙 8 2; 丙 8 2; 丁 7 3; 戊 6 4"
        assert said(listed(dense)) == [(EQUAL, None)] * 3 + [(EXPLAINED, Reason.TIES)] * 2
        assert (
            sentences(dense)[0]
            == "丁：公布第3，按得分为第4；整张表的并列按密集排名（1 2 2 3）排，与此相符。"
        )
        assert said(listed(dense), method="dense") == [(EQUAL, None)] * 5

    def test_a_list_ranked_by_places_is_explained_where_dense_was_said(self):
        places = "甲 9 1; 乙 8 2; 丙 8 2; 丁 7 4"
        assert sentences(places, method="dense") == [
            "丁：公布第4，按得分为第3；整张表的并列按标准竞争排名（1 2 2 4）排，与此相符。"
        ]

    def test_one_rank_that_dense_ranking_would_give_is_no_dense_list(self):
        assert sentences("甲 9 1; 乙 8 2; 丙 8 2; 丁 7 3; 戊 6 5; 己 5 6") == [
            "丁：公布第3，按得分应为第4。"
        ]

    def test_one_wrong_rank_in_a_dense_list_is_named_alone(self):
        text = "甲 9 1; 乙 8 2; 丙 8 2; 丁 7 3; 戊 6 4; 己 5 9; 庚 4 6; 辛 3 7"
        assert conflicts(listed(text)) == ["己"]
        assert conflicts(listed(text), method="dense") == ["己"]

    @pytest.mark.parametrize(
        ("method", "third"),
        [("competition", (EQUAL, None)), ("ordinal", (EXPLAINED, Reason.TIES))],
    )
    def test_whole_numbers_are_taken_as_exact(self, method, third):
        text = "甲 9 1; 乙 8 3; 丙 8 2"
        expected = [(EQUAL, None), (EXPLAINED, Reason.TIES), third]
        assert said(listed(text), method=method) == expected
        assert sentences(text, method=method)[0] == (
            "乙：公布第3，按得分为第2；得分相同的，先后由发布方排定。"
        )
        assert sentences(text, decimals=0) == [
            "乙：公布第3，按得分为第2；得分取整，相差在舍入的范围之内。"
        ]

    def test_rows_alike_hold_their_places_and_no_others(self):
        assert sentences("甲 9.5 1; 乙 8.5 2; 丙 8.5 2; 丁 8.5 3; 戊 7.5 5") == [
            "丁：公布第3，公布位次在它之前的却有3个。"
        ]
        assert sentences("甲 9.5 1; 乙 8.5 3; 丙 8.5 3; 丁 7.5 4; 戊 7.4 5") == [
            "乙：公布第3，公布位次在它之前的却至多有1个。",
            "丙：公布第3，公布位次在它之前的却至多有1个。",
        ]

    def test_a_dense_ranking_has_no_gap(self):
        assert sentences("甲 9.5 1; 乙 9.5 1; 丙 8.5 3; 丁 7.5 3", method="dense") == [
            "丙：公布第3，得分比它差的丁却公布第3。"
        ]
        assert sentences("甲 9.5 1; 乙 9.5 1; 丙 9.5 1; 丁 8.5 3", method="dense") == [
            "丁：公布第3，却没有公布为第2的。"
        ]
        assert sentences("甲 9.5 1; 乙 9.5 2; 丙 8.5 3; 丁 7.5 5", method="dense") == [
            "乙：公布第2，按得分为第1；得分保留1位小数，相差在舍入的范围之内。",
            "丙：公布第3，按得分为第2；得分保留1位小数，相差在舍入的范围之内。",
            "丁：公布第5，按得分应在第3至4之间。",
        ]
        assert sentences("甲 9 1; 乙 9 2; 丙 9 2; 丁 8 4; 戊 7 5", method="dense")[2:] == [
            "丁：公布第4，按得分为第2；整张表的并列按标准竞争排名（1 2 2 4）排，与此相符。",
            "戊：公布第5，按得分为第3；整张表的并列按标准竞争排名（1 2 2 4）排，与此相符。",
        ]


class TestIntervals:
    @pytest.mark.parametrize(
        ("first", "last", "outcome", "sentence"),
        [
            (1, 3, EXPLAINED, "丙：公布第1至3，按得分为第3，在此区间之内。"),
            (3, None, EXPLAINED, "丙：公布第3及以后，按得分为第3，在此区间之内。"),
            (None, 2, CONFLICT, "丙：公布第1至2，按得分应为第3。"),
            (3, 3, EQUAL, ""),
        ],
    )
    def test_the_computed_rank_lies_in_it_or_not(self, first, last, outcome, sentence):
        row = Row("丙", Decimal(7), rank_from=first, rank_to=last)
        verdict = check([*listed("甲 9 1; 乙 8 2"), row])[2]
        assert (verdict.outcome, verdict.sentence) == (outcome, sentence)

    @pytest.mark.parametrize(
        ("first", "values", "rules", "words"),
        [
            (2, "甲 9.5 1", {}, "按得分为第1；得分保留1位小数，相差在舍入的范围之内。"),
            (9, "甲 9.9 1", {"complete": False}, "在已知得分中为第2；另有得分未知，两者不矛盾。"),
        ],
    )
    def test_what_a_rank_is_allowed_an_interval_is(self, first, values, rules, words):
        row = Row("乙", Decimal("9.5"), rank_from=first, rank_to=first + 1)
        verdict = check([*listed(values), row], **rules)[1]
        assert (verdict.outcome, verdict.reason) == (EXPLAINED, Reason.INTERVAL)
        assert verdict.sentence == f"乙：公布第{first}至{first + 1}，{words}"

    def test_it_may_contradict_the_order_of_a_partial_list(self):
        row = Row(3, Decimal(7), rank_from=2, rank_to=5, name="丙")
        assert [v.sentence for v in check([*listed("甲 9 3; 乙 8 6"), row], complete=False)][2] == (
            "丙：公布第2至5，得分比它优的乙却公布第6。"
        )


class TestPartialLists:
    FOUR = "上海 96.1 1; 北京 95.0 4; 郑州 81.2 7; 西安 70 100"

    def test_known_rows_in_order_are_no_conflict(self):
        assert said(listed(self.FOUR), complete=False) == [
            (EQUAL, None),
            *[(EXPLAINED, Reason.PARTIAL)] * 3,
        ]
        assert sentences(self.FOUR, complete=False)[0] == (
            "北京：公布第4，在已知得分中为第2；另有得分未知，两者不矛盾。"
        )

    def test_no_rank_lies_beyond_the_universe(self):
        assert conflicts(listed(self.FOUR), complete=False, universe=100) == []
        assert sentences(self.FOUR, complete=False, universe=99)[-1] == (
            "西安：公布第100，按得分应在第4至99之间。"
        )

    def test_a_better_value_has_no_worse_rank(self):
        assert objections("甲 9 3; 乙 8 7; 丙 7 5; 丁 6 9", complete=False) == [
            "乙：公布第7，得分比它差的丙却公布第5。",
            "丙：公布第5，得分比它优的乙却公布第7。",
        ]

    def test_at_least_the_rows_known_to_be_better_are_ahead(self):
        assert sentences("甲 9 1; 乙 8 2; 丙 7 2", complete=False) == [
            "乙：公布第2，得分比它差的丙却公布第2。",
            "丙：公布第2，按得分应在第3或其后。",
        ]

    def test_one_stray_rank_accuses_itself_alone(self):
        rows = rows_of([Decimal(100 - n) for n in range(9)], [2, 4, 6, 60, 10, 12, 14, 16, 18])
        assert conflicts(rows, complete=False) == ["4"]

    def test_a_row_with_a_rank_and_no_value_takes_a_place(self):
        assert said(listed("甲 9 1; 乙 - 2; 丙 8 3; 丁 7 4")) == [
            (EQUAL, None),
            (NOT_CHECKABLE, None),
            *[(EXPLAINED, Reason.PARTIAL)] * 2,
        ]
        assert conflicts(listed("甲 9 1; 乙 - 2; 丙 8 3; 丁 7 5")) == ["丁"]
        assert conflicts(listed("甲 9 1; 乙 9 1; 丙 8 2; 丁 7 4; 戊 - 5; 己 6 6")) == ["丙"]

    def test_nothing_can_be_checked_where_nothing_is_known(self):
        rows = [Row("甲"), Row("乙", rank_from=1, rank_to=3), Row("丙", Decimal(3))]
        assert said(rows) == [(NOT_CHECKABLE, None)] * 3
        assert check([]) == []


class TestAgainstTrueValues:
    """What the check may and may not say, for values known before they were rounded."""

    @given(st.lists(st.integers(0, 3).map(Decimal), min_size=1, max_size=4), st.data())
    def test_a_list_has_a_conflict_exactly_when_no_true_values_give_it(self, values, data):
        published = data.draw(
            st.lists(st.integers(1, 5), min_size=len(values), max_size=len(values))
        )
        possible = rankings(values, Method.COMPETITION) | rankings(values, Method.DENSE)
        for method in (Method.COMPETITION, Method.DENSE):
            found = conflicts(rows_of(values, published), method=method)
            assert bool(found) == (tuple(published) not in possible)

    @given(st.lists(decimals(4, 0, 400), max_size=20), st.integers(0, 4), METHODS, METHODS)
    def test_rounding_alone_is_never_a_conflict(self, true, places, used, asked):
        printed = [value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) for value in true]
        rows = rows_of(printed, ranks(true, used))
        assert conflicts(rows, method=asked) == []
        assert conflicts(rows, method=asked, decimals=places) == []

    @given(st.lists(st.tuples(decimals(2, 0, 99), decimals(2, -4, 4)), max_size=12), METHODS)
    def test_a_stated_precision_is_believed(self, pairs, used):
        rows = rows_of([a + b for a, b in pairs], ranks([a for a, _ in pairs], used))
        assert conflicts(rows, method=used, decimals=1) == []

    @given(
        st.lists(st.tuples(decimals(3, 0, 200), st.sampled_from("vvvrnx")), max_size=20), METHODS
    )
    def test_what_is_not_known_is_never_a_conflict(self, pairs, used):
        """Of each row both are known (v), no value (r), no rank (n) or nothing (x)."""
        true = [value for value, _ in pairs]
        rows = [
            Row(
                at,
                round(value, 2) if kept in "vn" else None,
                rank if kept in "vr" else None,
            )
            for at, ((value, kept), rank) in enumerate(zip(pairs, ranks(true, used), strict=True))
            if kept != "x"
        ]
        whole = len(rows) == len(pairs)
        assert conflicts(rows, method=used, complete=False) == []
        assert conflicts(rows, method=used, complete=whole, universe=len(pairs)) == []

    @given(
        st.sets(st.integers(0, 10**4), min_size=2, max_size=30), st.data(), METHODS, st.booleans()
    )
    def test_two_swapped_ranks_are_exactly_the_conflicts(self, marks, data, method, lower):
        values = data.draw(st.permutations([Decimal(mark).scaleb(-1) for mark in sorted(marks)]))
        published = ranks(values, method, lower)
        a, b = data.draw(st.sampled_from(list(combinations(range(len(values)), 2))))
        apart = abs(published[a] - published[b])
        published[a], published[b] = published[b], published[a]
        rows, swapped = rows_of(values, published), [str(a + 1), str(b + 1)]
        assert conflicts(rows, method=method, lower_is_better=lower) == swapped
        if apart != 2:
            assert conflicts(rows, method=method, lower_is_better=lower, complete=False) == swapped

    @given(st.lists(ANYTHING, max_size=12), st.data(), METHODS, st.booleans())
    def test_every_verdict_is_whole_whatever_the_order_of_rows(self, given, data, used, complete):
        rows = [
            Row(at, value, rank, *(sorted(ends) if rank is None and ends else ()), name="甲")
            for at, (value, rank, ends) in enumerate(given)
        ]
        rules = {"method": used, "complete": complete, "universe": data.draw(UNIVERSES)}
        straight = {verdict.key: verdict for verdict in check(rows, **rules)}
        for verdict in straight.values():
            assert bool(verdict.reason) == (verdict.outcome == EXPLAINED)
            assert bool(verdict.sentence) == (verdict.outcome in (EXPLAINED, CONFLICT))
            assert verdict.sentence[:4] in ("", "甲：公布")
        turned = check(data.draw(st.permutations(rows)), **rules)
        if used != Method.ORDINAL:
            assert {v.key: (v.outcome, v.reason, v.allowed) for v in turned} == {
                key: (v.outcome, v.reason, v.allowed) for key, v in straight.items()
            }

    @given(st.lists(st.tuples(decimals(1), st.integers(1, 9)), max_size=9), METHODS)
    def test_a_lower_better_value_is_a_higher_better_one_negated(self, pairs, method):
        rows = [Row(at, value, rank) for at, (value, rank) in enumerate(pairs)]
        negated = [Row(at, -value, rank) for at, (value, rank) in enumerate(pairs)]
        assert check(rows, method=method, lower_is_better=True) == check(negated, method=method)


def test_a_tie_is_said_as_it_was_published():
    rows = [Row(1, Decimal(9), 1), Row(2, Decimal(8), 3, tied=True, name="乙")]
    assert [v.sentence for v in check(rows)] == ["", "乙：公布并列第3，按得分应为第2。"]


def test_verdicts_come_in_the_order_given():
    rows = listed("丙 7 3; 甲 9 1; 丁 - ; 乙 8 2")
    assert [(key, len([*same])) for key, same in groupby(v.key for v in check(rows))] == [
        (name, 1) for name in "丙甲丁乙"
    ]
