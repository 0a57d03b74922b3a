"""What is linked, what is proposed and in which words, and the laws that hold for any names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from institutions.matching import Candidate, Match, Matcher
from tests.institutions.matching.naming import (
    CODE,
    ERQI,
    JINSHUI,
    LUOYANG,
    NOWHERE,
    OTHER_CODE,
    ZHENGZHOU,
    ask,
    known,
    linked,
    not_same,
    proposed,
    same,
)


class TestEqualNames:
    @pytest.mark.parametrize(
        "printed",
        [
            "河南（郑州）云泽心血管病医院",
            "河南(郑州)云泽心血管病医院",
            "河南 ( 郑州 ) 云泽心血管病医院",
            "河南（郑州）云泽\u3000心血管病医院",
        ],
    )
    def test_width_and_spaces_make_no_difference(self, printed):
        match = ask([known("河南（郑州）云泽心血管病医院")], printed)
        candidate = Candidate("a", "河南（郑州）云泽心血管病医院", "名称相同", True, 1.0)
        assert match == Match(candidate, (), "名称相同")

    @pytest.mark.parametrize("printed", ["河南云泽心血管病医院", "河南郑州云泽心血管病医院"])
    def test_brackets_are_never_stripped(self, printed):
        match = ask([known("河南（郑州）云泽心血管病医院")], printed)
        assert (linked(match), proposed(match)) == (None, ["a"])

    @pytest.mark.parametrize(
        ("kind", "reason"),
        [
            ("official", "名称相同"),
            ("former", "与曾用名相同"),
            ("alias", "与别名相同"),
        ],
    )
    def test_names_that_link(self, kind, reason):
        match = ask([known("郑州云泽医院", kind=kind)], "郑州云泽医院")
        assert (linked(match), match.reason) == ("a", reason)

    @pytest.mark.parametrize(
        ("kind", "reason"),
        [
            ("short", "与简称相同，简称不能单独确定一家机构"),
            ("campus", "与院区名相同，院区名不能单独确定一家机构"),
        ],
    )
    def test_names_that_only_propose(self, kind, reason):
        match = ask([known("云泽东院", kind=kind)], "云泽东院")
        assert (linked(match), match.candidates) == (
            None,
            (Candidate("a", "云泽东院", reason, False, 1.0),),
        )

    def test_two_who_bear_the_name_are_both_proposed(self):
        names = [known("郑州云泽医院"), known("郑州云泽医院", "b", "former")]
        match = ask(names, "郑州云泽医院")
        assert [(c.institution, c.reason) for c in match.candidates] == [
            ("a", "名称相同，但另有1家机构用过这个名称"),
            ("b", "与曾用名相同，但另有1家机构用过这个名称"),
        ]
        assert (match.linked, match.reason) == (None, "有同名机构，但不能确定是同一家，须编辑认定")

    def test_the_same_name_twice_of_one_institution_links(self):
        names = [known("郑州云泽医院"), known("郑州云泽医院", kind="former")]
        assert linked(ask(names, "郑州云泽医院")) == "a"

    def test_printed_and_completed_name_of_two_institutions_link_neither(self):
        names = [known("郑州云泽医院（康复科）"), known("郑州云泽医院", "b")]
        match = ask(names, "郑州云泽医院（康复科）", resolved="郑州云泽医院")
        assert (linked(match), proposed(match)) == (None, ["a", "b"])

    def test_a_department_is_left_out_where_the_reader_said_so(self):
        match = ask([known("郑州云泽医院")], "郑州云泽医院（检验科）", resolved="郑州云泽医院")
        assert linked(match) == "a"

    def test_a_crowd_of_namesakes_is_not_looked_through(self):
        names = [known("康宁诊所", f"i{n:03}", cities=ERQI) for n in range(60)]
        match = ask(names, "康宁诊所")
        assert (linked(match), proposed(match)) == (None, [f"i{n:03}" for n in range(5)])
        assert match.candidates[0].reason == "名称相同，但有50家以上的机构用过这个名称"


class TestPlaces:
    def test_a_bare_name_is_the_issuers(self):
        names = [known("郑州市第一人民医院"), known("洛阳市第一人民医院", "b", cities=LUOYANG)]
        assert [
            linked(ask(names, "市第一人民医院", city=city))
            for city in ("郑州市", "洛阳市", "荆门市", None)
        ] == ["a", "b", None, None]

    def test_a_city_without_its_unit_completes_too(self):
        assert linked(ask([known("郑州市第一人民医院")], "市第一人民医院", city="郑州")) == "a"

    def test_a_bare_name_of_another_city_is_not_even_proposed(self):
        for printed in ("市第一人民医院", "第一人民医院"):
            match = ask([known("郑州市第一人民医院")], printed, city="荆门市")
            assert match == Match(None, (), "没有同名或相近的机构")

    @pytest.mark.parametrize(
        ("city", "expected"), [("郑州市", "a"), (None, None), ("荆门市", None)]
    )
    def test_a_bare_alias_links_only_in_its_city(self, city, expected):
        names = [known("省立医院", kind="alias")]
        assert linked(ask(names, "省立医院", city=city)) == expected

    def test_a_name_of_its_own_in_another_city_is_doubtful(self):
        match = ask([known("康宁医院")], "康宁医院", city="荆门市")
        assert [c.reason for c in match.candidates] == ["名称相同，但登记的所在地不在荆门市"]

    def test_the_issuers_city_decides_between_namesakes(self):
        names = [known("康宁医院"), known("康宁医院", "b", cities=LUOYANG)]
        assert [
            linked(ask(names, "康宁医院", city=city)) for city in ("郑州市", "洛阳市", None)
        ] == [
            "a",
            "b",
            None,
        ]

    def test_a_name_that_tells_its_city_links_in_any_notice(self):
        match = ask([known("郑州市第一人民医院")], "郑州市第一人民医院", city="荆门市")
        assert linked(match) == "a"

    @pytest.mark.parametrize(
        ("district", "expected"), [(None, "a"), ("金水区", "a"), ("二七区", None)]
    )
    def test_the_district_of_a_name_without_a_city(self, district, expected):
        match = ask([known("康宁诊所", cities=JINSHUI)], "康宁诊所", district=district)
        assert linked(match) == expected

    def test_a_district_that_stands_in_several_cities_needs_the_issuers(self):
        beijing = frozenset({"北京市", "北京", "朝阳区", "朝阳"})
        names = [known("朝阳区人民医院", cities=beijing)]
        assert [
            linked(ask(names, "朝阳区人民医院", city=city)) for city in ("北京市", "长春市", None)
        ] == [
            "a",
            None,
            None,
        ]

    def test_nothing_is_known_of_the_place(self):
        assert linked(ask([known("康宁医院", cities=NOWHERE)], "康宁医院")) == "a"
        assert linked(ask([known("人民医院", cities=NOWHERE)], "人民医院")) is None


class TestCodes:
    def test_an_equal_code_under_another_name_only_proposes(self):
        match = ask([known("郑州云泽医院", code=CODE)], "洛阳海川诊所", credit_code=CODE.lower())
        assert [(c.institution, c.reason) for c in match.candidates] == [
            ("a", "同一信用代码，名称不同")
        ]
        assert match.linked is None

    def test_another_code_under_the_same_name(self):
        match = ask([known("郑州云泽医院", code=CODE)], "郑州云泽医院", credit_code=OTHER_CODE)
        assert (linked(match), match.candidates[0].reason) == (
            None,
            "名称相同，但登记的信用代码不同",
        )

    def test_a_code_that_is_anothers(self):
        names = [known("郑州云泽医院"), known("郑州海川医院", "b", code=CODE)]
        match = ask(names, "郑州云泽医院", credit_code=CODE)
        assert [(c.institution, c.reason) for c in match.candidates] == [
            ("b", "同一信用代码，名称不同"),
            ("a", "名称相同，但信用代码属于另一家机构"),
        ]

    def test_a_code_decides_between_namesakes(self):
        names = [known("郑州云泽医院", code=CODE), known("郑州云泽医院", "b", code=OTHER_CODE)]
        assert linked(ask(names, "郑州云泽医院", credit_code=OTHER_CODE)) == "b"

    def test_a_code_that_two_hold_decides_nothing(self):
        names = [known("郑州云泽医院", code=CODE), known("郑州云泽医院", "b", code=CODE)]
        match = ask(names, "郑州云泽医院", credit_code=CODE)
        assert (linked(match), proposed(match)) == (None, ["a", "b"])

    def test_a_similar_name_with_another_code_is_another(self):
        match = ask([known("郑州云泽医院", code=CODE)], "郑州市云泽医院", credit_code=OTHER_CODE)
        assert proposed(match) == []


class TestNamesInBrackets:
    def test_a_former_name_beside_a_new_one_proposes(self):
        names = [known("郑州云泽医院")]
        match = ask(names, "郑州海川医院", aliases=("郑州云泽医院",))
        assert [(c.institution, c.reason) for c in match.candidates] == [
            ("a", "括注的名称“郑州云泽医院”与其名称相同")
        ]

    def test_another_institutions_name_beside_it_is_a_doubt(self):
        names = [known("郑州云泽医院"), known("郑州海川医院", "b")]
        match = ask(names, "郑州云泽医院", aliases=("郑州海川医院",))
        assert [(c.institution, c.reason) for c in match.candidates] == [
            ("a", "名称相同，但括注的名称属于另一家机构"),
            ("b", "括注的名称“郑州海川医院”与其名称相同"),
        ]

    def test_its_own_or_an_unknown_name_beside_it_is_none(self):
        names = [known("郑州云泽医院"), known("郑州泽康医院", kind="former")]
        for alias in ("郑州泽康医院", "郑州无名医院", "郑州云泽医院"):
            assert linked(ask(names, "郑州云泽医院", aliases=(alias,))) == "a"


class TestJudgements:
    names = [known("郑州云泽医院"), known("郑州海川医院", "b")]

    def test_the_same_links(self):
        match = ask(self.names, "云泽", [same("云泽")])
        reason = "编辑此前认定是同一家"
        assert match == Match(Candidate("a", "郑州云泽医院", reason, True, 1.0), (), reason)

    def test_it_beats_an_equal_name(self):
        assert linked(ask(self.names, "郑州云泽医院", [same("郑州云泽医院", "b")])) == "b"

    def test_it_is_found_whatever_the_width(self):
        assert linked(ask(self.names, "云泽（ 新 ）", [same("云泽(新)")])) == "a"

    def test_not_the_same_excludes(self):
        match = ask(self.names, "郑州云泽医院", [not_same("郑州云泽医院")])
        assert match == Match(None, (), "编辑此前已判定与相近的机构不是同一家，没有其他相近的机构")

    def test_not_the_same_excludes_similar_names_and_codes(self):
        names = [known("郑州云泽医院", code=CODE)]
        match = ask(names, "郑州市云泽医院", [not_same("郑州市云泽医院")], credit_code=CODE)
        assert (linked(match), proposed(match)) == (None, [])

    def test_a_namesake_that_is_left_is_still_not_linked(self):
        names = [known("郑州云泽医院"), known("郑州云泽医院", "b")]
        match = ask(names, "郑州云泽医院", [not_same("郑州云泽医院")])
        assert (linked(match), proposed(match)) == (None, ["b"])

    def test_two_different_judgements_link_neither(self):
        match = ask(self.names, "云泽", [same("云泽"), same("云泽", "b")])
        assert (linked(match), proposed(match)) == (None, ["a", "b"])
        assert match.reason == "编辑此前曾把这个名称认定为2家不同的机构"

    def test_no_wins_over_yes(self):
        assert linked(ask(self.names, "云泽", [same("云泽"), not_same("云泽")])) is None

    def test_the_code_of_another_stops_it(self):
        names = [known("郑州云泽医院"), known("郑州海川医院", "b", code=CODE)]
        match = ask(names, "云泽", [same("云泽")], credit_code=CODE)
        assert (linked(match), proposed(match)) == (None, ["a", "b"])

    @pytest.mark.parametrize(
        ("judged_in", "asked_in", "expected"),
        [
            ("郑州市", "郑州", "a"),
            ("郑州市", "洛阳市", None),
            ("郑州市", None, None),
            (None, None, "a"),
            (None, "洛阳市", "a"),
            ("", "洛阳市", "a"),
        ],
    )
    def test_it_holds_in_its_city_or_without_one_everywhere(self, judged_in, asked_in, expected):
        match = ask(self.names, "云泽", [same("云泽", city=judged_in)], city=asked_in)
        assert linked(match) == expected

    @pytest.mark.parametrize(("city", "expected"), [("郑州市", "a"), ("洛阳市", None), (None, "a")])
    def test_a_bare_name_judged_without_a_city_is_none_in_another(self, city, expected):
        names = [known("郑州海川医院")]
        match = ask(names, "市人民医院", [same("市人民医院", city=None)], city=city)
        assert linked(match) == expected

    def test_what_was_said_of_the_city_goes_before(self):
        judgements = [same("云泽", city=None), same("云泽", "b", city="洛阳市")]
        asked = [
            linked(ask(self.names, "云泽", judgements, city=city)) for city in ("洛阳市", None)
        ]
        assert asked == ["b", "a"]
        refused = [same("云泽", city=None), not_same("云泽", city="洛阳市")]
        assert linked(ask(self.names, "云泽", refused, city="洛阳市")) is None

    def test_of_a_name_that_tells_its_city_it_holds_everywhere(self):
        judgement = same("郑州云泽", city="洛阳市")
        assert linked(ask(self.names, "郑州云泽", [judgement], city=None)) == "a"

    def test_on_the_completed_name_it_holds_too_and_on_the_printed_one_before(self):
        names = [known("郑州市第一人民医院"), known("郑州海川医院", "b")]
        of_full, of_printed = not_same("郑州市第一人民医院"), same("市第一人民医院")
        assert linked(ask(names, "市第一人民医院", [of_full])) is None
        assert linked(ask(names, "市第一人民医院", [of_full, of_printed])) == "a"

    def test_on_nobody_it_is_passed_over(self):
        assert linked(ask(self.names, "云泽", [same("云泽", "gone")])) is None


class TestSimilarNames:
    @pytest.mark.parametrize(
        ("name", "printed", "reason"),
        [
            ("郑州云泽医院", "郑州市云泽医院", "相似 0.92：多“市”字"),
            ("郑州云泽医院", "云泽医院", "相似 0.80：少“郑州”二字"),
            ("郑州云泽医院", "郑州云则医院", "相似 0.83：“泽”印作“则”"),
            ("云泽大药房有限公司", "云泽大药房有限责任公司", "相似 0.90：多“责任”二字"),
            ("郑州市中医院", "郑州市中医医院", "相似 0.92：多“医”字"),
            ("郑州市第六人民医院", "郑州市第六人名医院", "相似 0.89：“民”印作“名”"),
            ("河南(郑州)云泽医院", "河南郑州云泽医院", "相似 0.89：只差括号"),
            (
                "郑州大学第五附属医院",
                "郑大五附院",
                "相似 0.67：地名、序号、类别都相合，繁简写法不同",
            ),
            ("郑州市第一人民医院", "市一院", "相似 0.71：少“第”字；少“人民医”三字"),
            ("云泽大药房第三分店", "云泽大药房3店", "相似 0.75：“第三分”印作“3”"),
        ],
    )
    def test_are_proposed_with_the_difference(self, name, printed, reason):
        match = ask([known(name)], printed)
        assert ([c.reason for c in match.candidates], match.linked) == ([reason], None)
        assert match.reason == "没有同名机构，有可能相同的机构，须编辑认定"

    def test_the_name_compared_is_named_when_it_is_not_the_official_one(self):
        names = [known("郑州海川医院"), known("郑州云泽医院", kind="former")]
        (candidate,) = ask(names, "郑州市云泽医院").candidates
        assert candidate.reason == "与曾用名“郑州云泽医院”相似 0.92：多“市”字"

    def test_each_institution_once_and_five_at_most(self):
        names = [
            known(f"郑州云泽{form}", f"i{n}") for n in range(7) for form in ("医院", "医院有限公司")
        ]
        match = ask(names, "郑州市云泽医院")
        assert proposed(match) == ["i0", "i1", "i2", "i3", "i4"]
        assert {candidate.score for candidate in match.candidates} == {0.92}

    def test_the_nearest_first(self):
        names = [known("河南省郑州市云泽医院", "far"), known("郑州云泽医院", "near")]
        assert proposed(ask(names, "郑州市云泽医院")) == ["near", "far"]


WORDS = st.text("云泽海川康宁仁和河湖", min_size=2, max_size=4)
ENDS = st.sampled_from(
    [
        "医院",
        "中医院",
        "大药房",
        "大药房有限公司",
        "口腔诊所",
        "第一人民医院",
        "第二分店",
        "（郑州）医院",
    ]
)
HEADS = st.sampled_from(["", "郑州", "郑州市", "洛阳市", "金水区", "河南省", "市"])
NAMES = st.builds(lambda head, word, end: head + word + end, HEADS, WORDS | st.just(""), ENDS)
KNOWN = st.builds(
    known,
    NAMES,
    st.sampled_from("abcd"),
    st.sampled_from(["official", "former", "alias", "short", "campus"]),
    st.sampled_from([ZHENGZHOU, JINSHUI, LUOYANG, NOWHERE]),
    st.sampled_from([None, CODE]),
)
CITIES = st.sampled_from(["郑州市", "洛阳市", None])


@settings(deadline=None)
@given(st.lists(KNOWN, max_size=6), NAMES, CITIES, st.randoms(use_true_random=False))
def test_the_order_of_names_and_judgements_does_not_matter(names, printed, city, chance):
    judgements = [same(printed, "a", city), not_same(printed, "a", city), same(printed, "b", city)]
    shuffled, reversed_ = chance.sample(names, len(names)), judgements[::-1]
    assert ask(shuffled, printed, reversed_, city=city) == ask(
        names, printed, judgements, city=city
    )
    assert ask(shuffled, printed, city=city) == ask(names, printed, city=city)


@settings(deadline=None)
@given(st.lists(KNOWN, max_size=6), NAMES, CITIES, st.sampled_from([None, CODE]))
def test_only_an_equal_name_of_one_institution_links(names, printed, city, code):
    match = ask(names, printed, city=city, credit_code=code)
    if match.linked:
        forms = {printed, (city or "市") + printed[1:] if printed[0] == "市" else printed}
        equal = [name for name in names if name.name in forms]
        assert match.linked.institution in {name.institution for name in equal}
        assert {name.kind for name in equal} - {"short", "campus"} != set()
        assert (match.linked.certain, match.candidates) == (True, ())


@settings(deadline=None)
@given(st.lists(KNOWN, max_size=6), NAMES, CITIES)
def test_candidates_are_uncertain_few_and_of_one_institution_each(names, printed, city):
    match = ask(names, printed, city=city)
    assert [c.certain for c in match.candidates] == [False] * len(match.candidates)
    assert len(match.candidates) == len(set(proposed(match))) <= 5
    assert all(0 <= c.score <= 1 and c.reason for c in match.candidates)


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=10))
def test_no_text_is_too_odd(name, printed, city):
    match = ask([known(name)], printed, resolved=printed, city=city, district=city)
    assert linked(match) in {None, "a"}


def test_answers_do_not_depend_on_what_was_asked_before():
    names = [known(f"郑州云泽{n}号店", f"i{n}") for n in range(30)]
    matcher, asked = Matcher(names, []), [f"郑州市云泽{n}店" for n in range(30)]
    context = {"resolved": None, "city": None, "district": None, "credit_code": None}
    first = [matcher.match(printed, **context) for printed in asked]
    again = [matcher.match(printed, **context) for printed in reversed(asked)]
    assert again == first[::-1]
    assert [proposed(match) for match in first] == [[f"i{n}"] for n in range(30)]
