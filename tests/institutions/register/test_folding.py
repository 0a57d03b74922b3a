"""The fold: each action at its edges, what does not fit, and its laws against a naive model."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from institutions.register.answers import Rule, position
from institutions.register.folding import Register, fold, subjects_of
from institutions.register.lines import OPENING, Action, Basis, Document, Line, effect
from institutions.register.periods import FINDINGS, State
from tests.institutions.register.naive_register import History, first_day
from tests.institutions.register.random_register import (
    HOUR,
    INSTANTS,
    MEDICAL,
    REHABILITATION,
    T1,
    WINDOW,
    A,
    B,
    documents,
    every_line,
    pair_lines,
)

ALWAYS = (None, None)


def on(month, day=1, year=2020):
    return date(year, month, day)


def line(action, day=None, *, number=1, document=1, institution=A, kind=MEDICAL, **rest):
    return Line(document, number, Action(action), institution, kind, on=day, **rest)


def told(*lines, **dates):
    """Fold lines of one document; numbers are given in order."""
    numbered = [replace(said, number=n) for n, said in enumerate(lines, 1)]
    return fold([Document(1, T1, **dates)], numbered)


def spans(register):
    return [(period.valid_from, period.valid_to, period.state.value) for period in register.periods]


def found(register):
    return [(f.code, (f.doubt.first, f.doubt.last) if f.doubt else None) for f in register.findings]


class TestFirstDay:
    @pytest.mark.parametrize(
        ("own", "effective", "term", "stated", "expected"),
        [
            (on(1), on(2), on(3), on(4), (on(1), Basis.LINE)),
            (None, on(2), on(3), on(4), (on(2), Basis.NOTICE)),
            (None, None, on(3), on(4), (on(3), Basis.AGREEMENT)),
            (None, None, None, on(4), (on(4), Basis.EDITOR)),
        ],
    )
    def test_order_of_precedence(self, own, effective, term, stated, expected):
        document = Document(
            1,
            T1,
            issued_on=on(6),
            effective_on=effective,
            stated_on=stated,
            stated_basis="来函说明",
        )
        said = line("designate", own, term_from=term)
        (period,) = fold([document], [said]).periods
        assert (period.valid_from, period.basis) == expected

    @pytest.mark.parametrize(("issued", "basis"), [(None, Basis.NONE), (on(6), Basis.ISSUED_ONLY)])
    def test_the_day_of_issue_starts_nothing(self, issued, basis):
        register = told(line("designate"), issued_on=issued)
        (period,) = register.periods
        assert (period.valid_from, period.valid_to, period.basis) == (None, None, basis)
        assert found(register) == [("undated", None)]

    @pytest.mark.parametrize(
        "dates",
        [{"stated_on": on(1)}, {"stated_basis": "来函"}, {"stated_on": on(1), "stated_basis": " "}],
    )
    def test_an_editors_day_needs_its_reason(self, dates):
        with pytest.raises(ValueError, match="come together"):
            Document(1, T1, **dates)

    def test_a_revocation_takes_no_day_from_an_agreement(self):
        said = line("revoke", term_from=on(1), term_to=on(6))
        assert effect(said, Document(1, T1)) == (None, Basis.NONE)


@pytest.mark.parametrize(
    "fields",
    [
        {"action": Action.DESIGNATE, "kind": None},
        {"action": Action.RENAME, "kind": None},
        {"action": Action.RENAME, "kind": MEDICAL, "new_name": "新名"},
        {"action": Action.MERGE, "kind": None},
        {"action": Action.MERGE, "kind": None, "into": A},
        {"action": Action.MERGE, "kind": MEDICAL, "into": B},
    ],
)
def test_a_line_has_the_fields_of_its_action(fields):
    with pytest.raises(ValueError, match="cannot have these fields"):
        Line(1, 1, institution=A, **fields)


class TestEnds:
    def test_a_term_includes_its_last_day(self):
        register = told(line("designate", on(1), term_to=on(6, 30)))
        assert (spans(register), found(register)) == ([(on(1), on(6, 30), "expires")], [])

    def test_revoked_from_a_day_is_in_force_until_the_day_before(self):
        register = told(line("designate", on(1)), line("revoke", on(5)))
        assert (spans(register), found(register)) == ([(on(1), on(4, 30), "revoked")], [])

    def test_a_printed_last_day_is_in_force(self):
        register = told(line("designate", on(1)), line("revoke", on(5), on_is_last_day=True))
        assert spans(register) == [(on(1), on(5), "revoked")]

    def test_the_notices_day_is_never_a_last_day(self):
        register = told(
            line("designate", on(1)), line("revoke", on_is_last_day=True), effective_on=on(5)
        )
        assert spans(register) == [(on(1), on(4, 30), "revoked")]

    def test_revoked_when_the_term_ended(self):
        register = told(
            line("designate", on(1), term_to=on(4, 30)),
            line("revoke", on(4, 30), on_is_last_day=True),
        )
        assert (spans(register), found(register)) == ([(on(1), on(4, 30), "revoked")], [])

    def test_revoked_later_than_the_term_ended(self):
        register = told(line("designate", on(1), term_to=on(4, 30)), line("revoke", on(6)))
        assert spans(register) == [(on(1), on(4, 30), "expires")]
        assert found(register) == [("revoked_unknown", (on(5), on(5, 31)))]

    def test_the_same_revocation_twice(self):
        register = told(line("designate", on(1)), line("revoke", on(5)), line("revoke", on(5)))
        assert spans(register) == [(on(1), on(4, 30), "revoked")]
        assert found(register) == [("revoked_unknown", None)]

    def test_revoked_and_designated_anew_on_one_day(self):
        register = told(line("designate", on(1)), line("revoke", on(5)), line("designate", on(5)))
        assert spans(register) == [(on(1), on(4, 30), "revoked"), (on(5), None, "open")]
        assert found(register) == []

    def test_revoked_only_and_designated_on_one_day(self):
        register = told(line("revoke", on(5)), line("designate", on(5)))
        assert spans(register) == [(on(5), None, "open")]
        assert found(register) == [
            ("revoked_unknown", (None, on(4, 30))),
            ("same_day", (on(5), None)),
        ]

    def test_two_revocations_with_different_days(self):
        register = told(line("designate", on(1)), line("revoke", on(5)), line("revoke", on(6)))
        assert spans(register) == [(on(1), on(4, 30), "revoked")]
        assert found(register) == [("revoked_unknown", (on(5), on(5, 31)))]


class TestTerms:
    @pytest.mark.parametrize(
        ("old", "new", "end", "findings"),
        [
            (None, None, None, []),
            (None, on(12), on(12), []),
            (on(6), None, None, []),
            (on(6), on(12), on(12), []),
            (on(6), on(6), on(6), []),
            (on(6), on(5), on(6), [("ends_disagree", (on(5, 2), on(6)))]),
        ],
    )
    def test_renewed_within(self, old, new, end, findings):
        register = told(line("designate", on(1), term_to=old), line("renew", on(4), term_to=new))
        (period,) = register.periods
        assert (period.valid_from, period.valid_to) == (on(1), end)
        assert found(register) == findings

    @pytest.mark.parametrize(
        ("old", "new", "end", "findings"),
        [
            (None, None, None, []),
            (None, on(12), on(12), []),
            (on(6), on(12), on(12), []),
            (on(6), on(5), on(6), [("ends_disagree", (on(5, 2), on(6)))]),
            (on(6), None, on(6), [("end_not_stated", (on(6, 2), None))]),
        ],
    )
    def test_listed_again(self, old, new, end, findings):
        register = told(
            line("designate", on(1), term_to=old), line("designate", on(4), term_to=new)
        )
        (period,) = register.periods
        assert (period.valid_from, period.valid_to) == (on(1), end)
        assert found(register) == [("designated_again", None), *findings]

    def test_renewed_on_the_day_after(self):
        register = told(
            line("designate", on(1), term_to=on(6, 30)), line("renew", on(7), term_to=on(12, 31))
        )
        assert (spans(register), found(register)) == ([(on(1), on(12, 31), "expires")], [])

    def test_renewed_after_a_gap(self):
        register = told(
            line("designate", on(1), term_to=on(6, 30)), line("renew", on(7, 2), term_to=on(12, 31))
        )
        assert spans(register) == [
            (on(1), on(6, 30), "expires"),
            (on(7, 2), on(12, 31), "expires"),
        ]
        assert found(register) == [("renewed_unknown", (on(7), on(7)))]

    def test_renewed_though_unknown(self):
        register = told(line("renew", on(4), term_to=on(12, 31)))
        assert spans(register) == [(on(4), on(12, 31), "expires")]
        assert found(register) == [("renewed_unknown", (None, on(3, 31)))]

    @pytest.mark.parametrize(
        "said",
        [
            line("designate", on(6), term_to=on(5)),
            line("renew", on(1), term_from=on(6), term_to=on(5)),
            line("suspend", on(6), term_to=on(5)),
            line("designate", term_from=on(6), term_to=on(5)),
        ],
    )
    def test_a_term_that_ends_before_it_starts_is_not_used(self, said):
        register = told(said)
        assert (spans(register), found(register)) == ([], [("ends_before_start", (None, None))])

    @pytest.mark.parametrize("documents_of", [(1, 2), (2, 1)])
    def test_on_one_day_terms_decide_the_order_and_not_documents(self, documents_of):
        with_term, without = documents_of
        said = [
            line("designate", on(1), document=with_term, term_to=on(6)),
            line("designate", on(1), document=without),
        ]
        register = fold([Document(1, T1), Document(2, T1)], said)
        assert spans(register) == [(on(1), on(6), "expires")]
        assert found(register) == [
            ("designated_again", None),
            ("end_not_stated", (on(6, 2), None)),
        ]

    def test_a_settled_doubt_ends(self):
        register = told(
            line("designate", on(1), term_to=on(6)),
            line("designate", on(4)),
            line("designate", on(9)),
        )
        assert found(register) == [
            ("designated_again", None),
            ("end_not_stated", (on(6, 2), on(8, 31))),
        ]


class TestSuspensions:
    def gaps(self, register):
        return [[(s.first, s.last) for s in period.suspensions] for period in register.periods]

    def test_suspended_and_resumed(self):
        register = told(line("designate", on(1)), line("suspend", on(3)), line("resume", on(5)))
        assert spans(register) == [(on(1), None, "open")]
        assert (self.gaps(register), found(register)) == ([[(on(3), on(4, 30))]], [])

    def test_a_suspension_ends_with_its_term_or_with_the_period(self):
        register = told(
            line("designate", on(1), term_to=on(9)),
            line("suspend", on(3), term_to=on(4)),
            line("suspend", on(6)),
        )
        assert self.gaps(register) == [[(on(3), on(4)), (on(6), on(9))]]

    def test_resumed_as_the_term_of_the_suspension_said(self):
        register = told(
            line("designate", on(1)),
            line("suspend", on(3), term_to=on(4)),
            line("resume", on(4, 2)),
        )
        assert (self.gaps(register), found(register)) == ([[(on(3), on(4))]], [])

    def test_resumed_later_than_that(self):
        register = told(
            line("designate", on(1)), line("suspend", on(3), term_to=on(4)), line("resume", on(5))
        )
        assert found(register) == [("resumed_unknown", (on(4, 2), on(4, 30)))]

    def test_resumed_without_suspension(self):
        register = told(line("designate", on(1)), line("resume", on(5)))
        assert spans(register) == [(on(1), None, "open")]
        assert found(register) == [("resumed_unknown", (on(1), on(4, 30)))]

    @pytest.mark.parametrize(
        ("action", "code"), [("suspend", "suspended_unknown"), ("resume", "resumed_unknown")]
    )
    def test_of_an_unknown_designation(self, action, code):
        register = told(line(action, on(5)))
        assert (spans(register), found(register)) == ([], [(code, ALWAYS)])

    @pytest.mark.parametrize(
        ("old", "new", "end", "doubt"),
        [
            (None, None, None, None),
            (on(6), None, None, None),
            (on(6), on(7), on(7), None),
            (on(7), on(6), on(7), (on(6, 2), on(7))),
            (None, on(6), None, (on(6, 2), None)),
        ],
    )
    def test_suspended_again(self, old, new, end, doubt):
        register = told(
            line("designate", on(1)),
            line("suspend", on(3), term_to=old),
            line("suspend", on(5), term_to=new),
        )
        assert self.gaps(register) == [[(on(3), end)]]
        assert found(register) == [("suspended_again", doubt)]


class TestUndated:
    def test_a_dated_line_takes_over_from_an_unknown_start(self):
        register = told(line("designate"), line("suspend", on(3)), line("designate", on(5)))
        assert spans(register) == [(None, on(4, 30), "continued"), (on(5), None, "open")]
        assert [[(s.first, s.last) for s in p.suspensions] for p in register.periods] == [
            [(on(3), on(4, 30))],
            [(on(5), None)],
        ]
        assert found(register) == [("undated", None)]

    @pytest.mark.parametrize("action", ["revoke", "suspend", "resume"])
    def test_what_cannot_be_placed_leaves_every_day_in_doubt(self, action):
        register = told(line("designate", on(1)), line(action))
        assert spans(register) == [(on(1), None, "open")]
        assert found(register) == [("undated", ALWAYS)]

    @pytest.mark.parametrize(
        ("issued", "findings"),
        [
            (None, [("undated_may_follow", (on(5), None))]),
            (on(5), [("undated_may_follow", (on(5), None))]),
            (on(4, 30), []),
        ],
    )
    def test_it_may_be_later_than_the_end_unless_issued_before(self, issued, findings):
        documents = [Document(1, T1, issued_on=issued), Document(2, T1)]
        register = fold(documents, [line("designate"), line("revoke", on(5), document=2)])
        assert spans(register) == [(None, on(4, 30), "revoked")]
        assert found(register) == [("undated", None), *findings]

    @pytest.mark.parametrize(
        ("term_to", "doubt"),
        [(on(4, 30), []), (on(5), [("undated_may_follow", (on(5), on(5)))])],
    )
    def test_it_says_nothing_of_days_after_its_own_term(self, term_to, doubt):
        register = told(line("designate", term_to=term_to), line("revoke", on(5)))
        assert spans(register) == [(None, on(4, 30), "revoked")]
        assert found(register) == [("undated", None), *doubt]

    def test_its_own_term_is_no_contradiction(self):
        register = told(line("designate", term_to=on(6)))
        assert (spans(register), found(register)) == (
            [(None, on(6), "expires")],
            [("undated", None)],
        )


class TestNamesAndMerges:
    def test_a_rename_changes_no_designation(self):
        renamed = line("rename", on(5), kind=None, new_name="新名")
        register = told(line("designate", on(1)), renamed)
        assert spans(register) == [(on(1), None, "open")]
        assert [(r.new_name, r.on, r.basis) for r in register.renamings] == [
            ("新名", on(5), Basis.LINE)
        ]

    def test_a_merge_is_a_dated_row_and_rewrites_no_period(self):
        register = told(line("designate", on(1)), line("merge", on(5), kind=None, into=B))
        assert spans(register) == [(on(1), None, "open")]
        assert [(m.part, m.whole, m.on) for m in register.merges] == [(A, B, on(5))]

    def test_without_a_day(self):
        register = told(
            line("rename", kind=None, new_name="新名"), line("merge", kind=None, into=B)
        )
        assert [(r.new_name, r.on) for r in register.renamings] == [("新名", None)]
        assert register.merges == ()
        assert found(register) == [("merged_undated", None), ("renamed_undated", None)]

    def test_into_two_wholes(self):
        register = told(
            line("merge", on(5), kind=None, into=B), line("merge", on(6), kind=None, into="c")
        )
        assert (len(register.merges), found(register)) == (2, [("merged_again", None)])


class TestKnowledge:
    def test_a_document_stands_from_publication_to_its_end(self):
        document = Document(1, T1, withdrawn_at=T1 + HOUR)
        said = [line("designate", on(1))]
        known = [len(fold([document], said, T1 + n * HOUR).periods) for n in (-1, 0, 1, 2)]
        assert (known, len(fold([document], said).periods)) == ([0, 1, 0, 0], 0)

    def test_a_draft_states_nothing(self):
        assert fold([Document(1, None)], [line("designate", on(1))]) == Register()

    def test_a_line_of_a_document_not_given(self):
        with pytest.raises(KeyError):
            fold([], [line("designate", on(1))])


def words(register, institution=A, kind=MEDICAL):
    """Return {day: what the register says of it}."""
    plain = {Rule.BEFORE_START: "unlisted", Rule.NOT_LISTED: "unlisted"}
    history = register.of(institution, kind)
    rules = {day: position(*history, day).rule for day in WINDOW}
    return {day: plain.get(rule, rule.value) for day, rule in rules.items()}


class TestLaws:
    @settings(max_examples=1000, deadline=None)
    @given(documents(), pair_lines())
    def test_every_day_is_as_the_naive_model_tells_it(self, papers, said):
        papers = [replace(paper, withdrawn_at=None, replaced_at=None) for paper in papers]
        naive = History(said, {paper.id: paper for paper in papers}).told(WINDOW)
        assert words(fold(papers, said)) == naive

    @settings(max_examples=200, deadline=None)
    @given(documents(), pair_lines(), INSTANTS)
    def test_so_it_is_at_every_instant_of_knowledge(self, papers, said, at):
        naive = History(said, {paper.id: paper for paper in papers}, at).told(WINDOW)
        assert words(fold(papers, said, at)) == naive

    @settings(max_examples=200, deadline=None)
    @given(documents(), every_line(), st.randoms(use_true_random=False))
    def test_order_makes_no_difference(self, papers, said, random):
        register = fold(papers, said)
        random.shuffle(papers)
        random.shuffle(said)
        assert fold(papers, said) == register

    @settings(max_examples=200, deadline=None)
    @given(documents(), every_line(), st.permutations([1, 2, 3, 4]))
    def test_days_do_not_depend_on_which_document_was_first(self, papers, said, order):
        renumbered = dict(zip([1, 2, 3, 4], order, strict=True))
        others = [replace(paper, id=renumbered[paper.id]) for paper in papers]
        moved = [replace(row, document=renumbered[row.document]) for row in said]
        for kind in (MEDICAL, REHABILITATION):
            assert words(fold(papers, said), kind=kind) == words(fold(others, moved), kind=kind)

    @settings(max_examples=200, deadline=None)
    @given(documents(), every_line(), INSTANTS)
    def test_publishing_one_more_equals_a_full_rebuild(self, papers, said, at):
        """The fourth document replaces the third; only what these two name is folded again."""
        before = [replace(paper, withdrawn_at=None, replaced_at=None) for paper in papers]
        before[3] = replace(before[3], known_from=None)
        after = [*before[:2], replace(before[2], replaced_at=at), replace(before[3], known_from=at)]
        touched = subjects_of(row for row in said if row.document in (3, 4))
        part = [row for row in said if (row.institution, row.kind) in touched]
        grown = fold(before, said).replacing(touched, fold(after, part))
        assert grown == fold(after, said)

    @settings(max_examples=200, deadline=None)
    @given(documents(), every_line(), INSTANTS)
    def test_later_documents_do_not_change_what_was_known(self, papers, said, at):
        def earlier(instant):
            return instant if instant is not None and instant <= at else None

        then = [
            replace(
                paper,
                withdrawn_at=earlier(paper.withdrawn_at),
                replaced_at=earlier(paper.replaced_at),
            )
            for paper in papers
            if paper.known_from <= at
        ]
        ids = {paper.id for paper in then}
        before = fold(then, [row for row in said if row.document in ids], at)
        assert fold(papers, said, at) == before

    @settings(max_examples=300, deadline=None)
    @given(documents(), every_line())
    def test_periods_neither_overlap_nor_end_before_they_start(self, papers, said):
        last = {}
        for period in fold(papers, said).periods:
            key = period.institution, period.kind
            assert key not in last or (
                period.valid_from is not None
                and last[key] is not None
                and last[key] < period.valid_from
            )
            last[key] = period.valid_to
            assert None in (period.valid_from, period.valid_to) or (
                period.valid_from <= period.valid_to
            )
            for gap in period.suspensions:
                assert gap.first in period
                assert gap.last is None or (gap.first <= gap.last and gap.last in period)
                assert gap.last is not None or period.valid_to is None

    @settings(max_examples=300, deadline=None)
    @given(documents(), every_line())
    def test_every_line_is_used_or_in_a_finding(self, papers, said):
        register = fold(papers, said)
        used = {row for period in register.periods for row in period.lines}
        used |= {row for finding in register.findings for row in finding.lines}
        used |= {row.line for row in (*register.renamings, *register.merges)}
        stands = {paper.id for paper in papers if paper.stands()}
        assert used == {row for row in said if row.document in stands}
        assert {finding.code for finding in register.findings} <= set(FINDINGS)

    @settings(max_examples=200, deadline=None)
    @given(documents(), pair_lines())
    def test_a_period_starts_on_the_day_of_the_line_that_opens_it(self, papers, said):
        by_id = {paper.id: paper for paper in papers}
        for period in fold(papers, said).periods:
            opened = period.opened_by
            assert opened.action in OPENING
            assert period.valid_from == first_day(opened, by_id[opened.document])
            assert (period.basis in (Basis.NONE, Basis.ISSUED_ONLY)) == (period.valid_from is None)
            assert bool(period.closed_by) == (period.state is not State.OPEN)
