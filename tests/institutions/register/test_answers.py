"""The three-valued answer: the seed's scenario, each rule, coverage, merges and counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from institutions.register.answers import UNKNOWNS, Coverage, Rule, Verdict, status
from institutions.register.counting import Both, count
from institutions.register.folding import fold
from institutions.register.lineage import Merge, path, standing, wholes
from institutions.register.lines import DAY, Action, Document, Line
from institutions.register.periods import FINDINGS
from tests.institutions.register.random_register import (
    DAYS,
    INSTANTS,
    WINDOW,
    documents,
    every_line,
)

T1 = datetime(2026, 1, 1, tzinfo=UTC)
T2, T3 = T1 + timedelta(days=1), T1 + timedelta(days=2)
MEDICAL, REHABILITATION = "gongshang-yiliao", "gongshang-kangfu"
CITY, DISTRICT = "410100", "410102"
START = date(2020, 8, 10)
MEDICAL_LIST = [
    "河南省省立医院",
    "河南电力医院",
    "郑州大学第五附属医院",
    "郑州公交医院",
    "郑州西区中医院",
    "郑州颐和医院",
    "郑州天坛普华医院",
    "郑州新华医院",
    "河南（郑州）中汇心血管病医院",
    "新郑市公立人民医院",
    "荥阳市人民医院",
]
REHABILITATION_LIST = [
    "郑州大学第五附属医院",
    "郑州市第十六人民医院",
    "郑州市第一人民医院",
    "河南省省立医院",
    "新郑市公立人民医院",
    "新密市骨科医院",
    "荥阳市人民医院",
]
LISTED = [(name, MEDICAL) for name in MEDICAL_LIST] + [
    (name, REHABILITATION) for name in REHABILITATION_LIST
]
AREAS = {name: frozenset({CITY, DISTRICT}) for name in [*MEDICAL_LIST, *REHABILITATION_LIST, "b"]}
FULL = Coverage(MEDICAL, CITY, date(2019, 1, 1), None, T3)


def notice(document, start=1):
    return [
        Line(document, number, Action.DESIGNATE, name, kind)
        for number, (name, kind) in enumerate(LISTED, start)
    ]


def seed(at):
    """The notice without any date, and on the next day its correction with a day and the reason."""
    documents = [
        Document(1, T1, replaced_at=T2),
        Document(2, T2, stated_on=START, stated_basis="经市人社局书面答复，自通知印发之日起执行"),
    ]
    return fold(documents, notice(1) + notice(2), at)


def ask(name, kind, on, at, **rest):
    return status(name, kind, on, known_at=at, register=seed(at), areas=AREAS, **rest)


class TestSeed:
    @pytest.mark.parametrize(("name", "kind"), LISTED)
    def test_without_a_date_nothing_is_certain(self, name, kind):
        answer = ask(name, kind, START, T1)
        assert (answer.verdict, answer.rule) == (Verdict.UNKNOWN, Rule.START_UNKNOWN)
        assert answer.sentences == ("通知日期未录入，起始日不明。",)
        assert [(line.document, line.institution, line.kind) for line in answer.lines] == [
            (1, name, kind)
        ]

    @pytest.mark.parametrize(("name", "kind"), LISTED)
    def test_the_correction_answers_from_its_day_on(self, name, kind):
        answers = [ask(name, kind, START + n * DAY, T2) for n in (-1, 0, 1)]
        assert [(answer.verdict, answer.rule, answer.unknown) for answer in answers] == [
            (Verdict.UNKNOWN, Rule.BEFORE_START, ("earlier_lists",)),
            (Verdict.YES, Rule.IN_FORCE, ()),
            (Verdict.YES, Rule.IN_FORCE, ()),
        ]
        assert {line.document for answer in answers for line in answer.lines} == {2}

    def test_what_was_known_before_is_still_answered(self):
        assert ask("河南电力医院", MEDICAL, START, T2 - DAY / 2).verdict is Verdict.UNKNOWN

    def test_not_listed(self):
        answer = ask("b", MEDICAL, START, T2)
        assert (answer.verdict, answer.rule) == (Verdict.UNKNOWN, Rule.NOT_LISTED)
        assert (answer.unknown, answer.lines) == (("not_covered",), ())

    def test_after_full_coverage(self):
        covered = {"coverages": (FULL,)}
        assert [
            (answer.verdict, answer.rule, answer.unknown)
            for answer in (
                ask("b", MEDICAL, START, T3, **covered),
                ask("河南电力医院", MEDICAL, START - DAY, T3, **covered),
                ask("河南电力医院", MEDICAL, START, T3, **covered),
                ask("b", MEDICAL, START, T2, **covered),
            )
        ] == [
            (Verdict.NO, Rule.NOT_LISTED, ()),
            (Verdict.NO, Rule.BEFORE_START, ()),
            (Verdict.YES, Rule.IN_FORCE, ()),
            (Verdict.UNKNOWN, Rule.NOT_LISTED, ("not_covered",)),
        ]

    def test_medical_never_implies_rehabilitation(self):
        answers = [ask("河南电力医院", kind, START, T2) for kind in (MEDICAL, REHABILITATION)]
        assert [answer.verdict for answer in answers] == [Verdict.YES, Verdict.UNKNOWN]

    def test_coverage_of_one_kind_says_nothing_of_another(self):
        answer = ask("河南电力医院", REHABILITATION, START, T3, coverages=(FULL,))
        assert answer.verdict is Verdict.UNKNOWN

    def test_full_coverage_does_not_date_an_undated_list(self):
        register = fold([Document(1, T1)], notice(1))
        answer = status(
            "河南电力医院",
            MEDICAL,
            START,
            known_at=T3,
            register=register,
            coverages=(FULL,),
            areas=AREAS,
        )
        assert (answer.verdict, answer.covered) == (Verdict.UNKNOWN, True)

    def test_counts_in_both_units(self):
        nothing, all_of_them = Both(0, 0), Both(18, 14)
        undated, before, after = (
            count(seed(T1), START),
            count(seed(T2), START - DAY),
            count(seed(T2), START),
        )
        assert [(c.in_force, c.start_unknown, c.total) for c in (undated, before, after)] == [
            (nothing, all_of_them, all_of_them),
            (nothing, nothing, nothing),
            (all_of_them, nothing, all_of_them),
        ]
        assert str(after.total) == "18家次，14家"
        assert [
            count(seed(T2), START, kinds={kind}).in_force for kind in (MEDICAL, REHABILITATION)
        ] == [
            Both(11, 11),
            Both(7, 7),
        ]


def one(action, day, number=1, document=1, name="a", kind=MEDICAL, **rest):
    return Line(document, number, Action(action), name, kind, on=day, **rest)


def answer_of(*lines, on, covered=False, name="a", merges=(), known_at=T3, dates=None):
    register = fold([Document(1, T1, **(dates or {}))], lines)
    areas = {key: frozenset({CITY}) for key in "abcd"}
    return status(
        name,
        MEDICAL,
        on,
        known_at=known_at,
        register=register,
        coverages=(replace(FULL, known_from=T1),) if covered else (),
        merges=merges,
        areas=areas,
    )


APRIL, MAY, JUNE = date(2020, 4, 1), date(2020, 5, 1), date(2020, 6, 1)
HISTORIES = {
    Rule.REVOKED: (one("designate", APRIL), one("revoke", MAY, 2)),
    Rule.EXPIRED: (one("designate", APRIL, term_to=MAY),),
    Rule.SUSPENDED: (one("designate", APRIL), one("suspend", MAY, 2)),
    Rule.BEFORE_START: (one("designate", JUNE + DAY),),
    Rule.NOT_LISTED: (),
}


class TestRules:
    @pytest.mark.parametrize("rule", HISTORIES)
    def test_no_is_said_only_when_covered(self, rule):
        open_, covered = (answer_of(*HISTORIES[rule], on=JUNE, covered=c) for c in (False, True))
        assert [(a.verdict, a.rule) for a in (open_, covered)] == [
            (Verdict.UNKNOWN, rule),
            (Verdict.NO, rule),
        ]
        assert [a.lines for a in (open_, covered)] == [HISTORIES[rule]] * 2
        assert (len(open_.unknown), covered.unknown) == (1, ())

    def test_a_revocation_of_what_no_line_states(self):
        before, after = (
            answer_of(one("revoke", MAY), on=day, covered=True) for day in (APRIL, MAY)
        )
        assert [(a.verdict, a.rule, a.unknown) for a in (before, after)] == [
            (Verdict.UNKNOWN, Rule.IN_DOUBT, ("revoked_unknown",)),
            (Verdict.NO, Rule.REVOKED, ()),
        ]

    def test_doubt_is_never_covered_away(self):
        lines = one("designate", APRIL), one("revoke", None, 2)
        answer = answer_of(*lines, on=MAY, covered=True)
        assert (answer.verdict, answer.rule, answer.lines) == (
            Verdict.UNKNOWN,
            Rule.IN_DOUBT,
            lines,
        )

    def test_only_the_day_of_issue_is_known(self):
        answer = answer_of(one("designate", None), on=MAY, dates={"issued_on": APRIL})
        assert (answer.rule, answer.unknown) == (Rule.START_UNKNOWN, ("only_issue_date",))

    def test_the_line_that_states_the_term_is_quoted(self):
        lines = one("designate", APRIL, term_to=MAY), one("renew", MAY, 2, term_to=JUNE)
        answer = answer_of(*lines, on=JUNE)
        assert (answer.verdict, answer.lines) == (Verdict.YES, lines)

    def test_only_lines_with_effect_by_then_are_quoted(self):
        lines = (
            one("designate", APRIL, term_to=MAY),
            one("suspend", APRIL + DAY, 2),
            one("resume", APRIL + 2 * DAY, 3),
            one("renew", MAY, 4),
        )
        quoted = [answer_of(*lines, on=day).lines for day in (APRIL, APRIL + 2 * DAY, JUNE)]
        assert quoted == [lines[:1], lines[:3:2], (lines[0], *lines[2:])]

    def test_a_day_to_come_is_answered_with_a_reservation(self):
        day = date(2026, 1, 4)
        yes = answer_of(one("designate", APRIL), on=day)
        assert (yes.verdict, yes.unknown) == (Verdict.YES, ("day_to_come",))
        no = answer_of(on=day, covered=True)
        assert (no.verdict, no.unknown) == (Verdict.UNKNOWN, ("not_covered", "day_to_come"))

    def test_the_day_of_the_question_is_chinas(self):
        late = datetime(2026, 1, 3, 16, tzinfo=UTC)
        answers = [
            answer_of(on=date(2026, 1, 4), covered=True, known_at=at)
            for at in (late - DAY / 24, late)
        ]
        assert [answer.verdict for answer in answers] == [Verdict.UNKNOWN, Verdict.NO]

    def test_an_instant_has_a_zone(self):
        with pytest.raises(ValueError, match="aware"):
            answer_of(on=MAY, known_at=datetime(2026, 1, 1))

    def test_every_code_has_its_words(self):
        assert [rule.text.endswith("。") for rule in Rule] == [True] * len(Rule)
        assert [verdict.label for verdict in Verdict] == ["是", "否", "无法确定"]
        assert set(FINDINGS) < set(UNKNOWNS)


class TestCoverage:
    @pytest.mark.parametrize(
        ("change", "covers"),
        [
            ({}, True),
            ({"kind": REHABILITATION}, False),
            ({"area": "410300"}, False),
            ({"first": MAY}, True),
            ({"first": MAY + DAY}, False),
            ({"last": MAY}, True),
            ({"last": MAY - DAY}, False),
            ({"known_from": T2 + DAY / 24}, False),
            ({"known_to": T2 + DAY / 24}, True),
            ({"known_to": T2}, False),
        ],
    )
    def test_kind_area_period_and_knowledge(self, change, covers):
        coverage = replace(FULL, **{"known_from": T1} | change)
        assert coverage.covers(MEDICAL, {CITY, DISTRICT}, MAY, T2) is covers

    def test_an_institution_without_a_place_is_covered_by_nothing(self):
        assert not FULL.covers(MEDICAL, (), MAY, T3)


class TestMerges:
    def merge(self, part, whole, on, **rest):
        return Merge(part, whole, on, **rest)

    def ask(self, *lines, name="a", on=JUNE, covered=True, merges=None):
        rows = (self.merge("a", "b", MAY),) if merges is None else merges
        answer = answer_of(*lines, name=name, on=on, covered=covered, merges=rows)
        return answer.verdict, answer.rule, answer.answered_for

    def test_before_its_day_the_old_one_answers(self):
        own = one("designate", APRIL)
        assert self.ask(own, on=MAY - DAY) == (Verdict.YES, Rule.IN_FORCE, "a")

    def test_from_its_day_the_whole_answers(self):
        own = one("designate", APRIL, name="b")
        assert self.ask(own, on=MAY) == (Verdict.YES, Rule.IN_FORCE, "b")
        assert self.ask(own, on=MAY - DAY) == (Verdict.NO, Rule.NOT_LISTED, "a")

    @pytest.mark.parametrize("name", ["a", "b"])
    def test_what_only_the_part_holds_is_not_certain(self, name):
        own = one("designate", APRIL)
        assert self.ask(own, name=name) == (Verdict.UNKNOWN, Rule.MERGED, "b")

    @pytest.mark.parametrize("name", ["a", "b"])
    def test_what_neither_holds(self, name):
        assert self.ask(name=name) == (Verdict.NO, Rule.NOT_LISTED, "b")

    def test_a_chain_and_a_circle(self):
        chain = self.merge("a", "b", MAY), self.merge("b", "c", MAY)
        own = one("designate", APRIL, name="c")
        assert self.ask(own, merges=chain) == (Verdict.YES, Rule.IN_FORCE, "c")
        circle = (*chain, self.merge("c", "a", MAY))
        assert self.ask(own, merges=circle) == (Verdict.UNKNOWN, Rule.MERGED, "a")

    def test_the_notices_own_line_is_quoted(self):
        merged = Line(1, 2, Action.MERGE, "a", on=MAY, into="b")
        own = one("designate", APRIL, name="b")
        answer = answer_of(own, merged, on=JUNE)
        assert (answer.verdict, answer.lines) == (Verdict.YES, (own, merged))

    @pytest.mark.parametrize(
        ("name", "expected"),
        [("a", Verdict.UNKNOWN), ("b", Verdict.UNKNOWN), ("c", Verdict.NO)],
    )
    def test_without_a_day_it_takes_certainty_from_both(self, name, expected):
        merged = Line(1, 1, Action.MERGE, "a", into="b")
        answer = answer_of(merged, name=name, on=JUNE, covered=True)
        assert answer.verdict is expected

    def test_the_latest_merge_holds(self):
        rows = self.merge("a", "b", APRIL), self.merge("a", "c", MAY)
        leads = [path("a", wholes(rows, day))[-1].whole for day in (MAY - DAY, MAY)]
        assert leads == ["b", "c"]

    def test_undone_and_the_undoing_undone(self):
        first = self.merge("a", "b", MAY, id=1, known_from=T1)
        second = self.merge("a", "b", MAY, id=2, known_from=T2, undoes=1)
        third = self.merge("a", "b", MAY, id=3, known_from=T3, undoes=2)
        rows = third, first, second
        known = [standing(rows, at) for at in (T1 - DAY, T1, T2, T3, None)]
        assert known == [(), (first,), (), (first,), (first,)]

    def test_counted_with_the_whole(self):
        rows = (self.merge("a", "b", MAY),)
        part, whole = one("designate", APRIL), one("designate", APRIL, 2, name="b")
        both, alone = fold([Document(1, T1)], [part, whole]), fold([Document(1, T1)], [part])
        counts = [
            count(both, MAY - DAY, merges=rows),
            count(both, MAY, merges=rows),
            count(alone, MAY, merges=rows),
        ]
        assert [(c.in_force, c.in_doubt) for c in counts] == [
            (Both(2, 2), Both(0, 0)),
            (Both(1, 1), Both(0, 0)),
            (Both(0, 0), Both(1, 1)),
        ]

    def test_a_circle_is_counted_as_doubtful(self):
        rows = self.merge("a", "b", MAY), self.merge("b", "a", MAY)
        counts = count(fold([Document(1, T1)], [one("designate", APRIL)]), MAY, merges=rows)
        assert (counts.total, counts.in_doubt) == (Both(0, 0), Both(1, 1))


A_COVERAGE = st.builds(
    Coverage, st.just("medical"), st.just(CITY), DAYS, st.none() | DAYS, INSTANTS
)
NAMES, KINDS = ("yiyuan-a", "yiyuan-b"), ("medical", "rehabilitation")
KNOWN_AT = datetime(2022, 1, 1, tzinfo=UTC)


class TestLaws:
    def answers(self, register, day, coverages=()):
        areas = {name: frozenset({CITY}) for name in NAMES}
        return [
            status(
                name,
                kind,
                day,
                known_at=KNOWN_AT,
                register=register,
                coverages=coverages,
                areas=areas,
            )
            for name in NAMES
            for kind in KINDS
        ]

    @settings(max_examples=200, deadline=None)
    @given(documents(), every_line(), st.lists(A_COVERAGE, max_size=2), st.sampled_from(WINDOW))
    def test_no_only_inside_coverage_and_always_with_what_is_not_known(
        self, papers, said, coverages, day
    ):
        inside = any(
            row.first <= day and (row.last is None or day <= row.last) for row in coverages
        )
        for answer in self.answers(fold(papers, said), day, coverages):
            assert answer.verdict is not Verdict.NO or (inside and answer.kind == "medical")
            assert bool(answer.unknown) == (answer.verdict is Verdict.UNKNOWN)
            assert len(answer.sentences) == len(answer.unknown)
            assert answer.lines or answer.rule is Rule.NOT_LISTED

    @settings(max_examples=200, deadline=None)
    @given(documents(), every_line(), st.sampled_from(WINDOW))
    def test_counts_count_answers(self, papers, said, day):
        register = fold(papers, said)
        answers, counts = self.answers(register, day), count(register, day)

        def counted(*rules):
            pairs = {(a.answered_for, a.kind) for a in answers if a.rule in rules}
            return Both(len(pairs), len({institution for institution, _ in pairs}))

        assert counts.in_force == counted(Rule.IN_FORCE)
        assert counts.start_unknown == counted(Rule.START_UNKNOWN)
        assert counts.total == counted(Rule.IN_FORCE, Rule.START_UNKNOWN)
        assert counts.suspended == counted(Rule.SUSPENDED)
        assert counts.in_doubt == counted(Rule.IN_DOUBT, Rule.MERGED)

    @settings(max_examples=200, deadline=None)
    @given(documents(), every_line(), st.sampled_from(WINDOW))
    def test_coverage_only_ever_turns_unknown_into_no(self, papers, said, day):
        register = fold(papers, said)
        full = tuple(Coverage(kind, CITY, WINDOW[0], None, KNOWN_AT) for kind in KINDS)
        bare, covered = self.answers(register, day), self.answers(register, day, full)
        turns = {(b.verdict, c.verdict) for b, c in zip(bare, covered, strict=True)}
        assert turns <= {
            (Verdict.YES, Verdict.YES),
            (Verdict.UNKNOWN, Verdict.UNKNOWN),
            (Verdict.UNKNOWN, Verdict.NO),
        }
