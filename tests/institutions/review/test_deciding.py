"""Decisions on a draft's lines: each is one step, remembered where it should be, and can be taken back."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.models import Kind, Match, NoticeLine, ReviewStep
from institutions.publishing import publish
from institutions.review import deciding
from institutions.review.deciding import NotDecidable
from institutions.review.undoing import NothingToUndo, undo
from portal.sources import AlreadyPublished, StaleVersion
from tests.factories import UserFactory
from tests.institutions.factories import an_institution
from tests.institutions.review.papers import CHANGES, Ground, again, decisions

pytestmark = pytest.mark.django_db

DOUBTFUL = "安阳市第六医院"


@pytest.fixture
def ground():
    return Ground()


@pytest.fixture
def sixth(ground):
    """An institution whose name is like the doubtful one."""
    return an_institution("安阳市第六中心医院", place=ground.city)


def judged():
    return list(
        Match.objects.order_by("pk").values_list("printed", "city", "institution__name", "same")
    )


def state(notice):
    lines = notice.lines.order_by("number").values()
    return list(lines), judged(), list(Kind.objects.order_by("pk").values_list("printed_names"))


def test_choosing_links_all_lines_of_the_name_and_is_remembered(ground, sixth):
    notice = ground.draft()
    deciding.choose(notice, ["安阳市灯塔医院"], sixth, by=ground.editor)
    assert [row for row in decisions(notice) if row[2] == "matched"] == [
        (1, "安阳市灯塔医院", "matched", "安阳市第六中心医院"),
        (12, "安阳市灯塔医院", "matched", "安阳市第六中心医院"),
    ]
    assert judged() == [("安阳市灯塔医院", "安阳市", "安阳市第六中心医院", True)]


def test_choosing_another_than_the_certain_one_remembers_both(ground, sixth):
    lighthouse = an_institution("安阳市灯塔医院", place=ground.city)
    notice = ground.draft(CHANGES)
    deciding.choose(notice, ["安阳市灯塔医院"], sixth, by=ground.editor)
    assert judged() == [
        ("安阳市灯塔医院", "安阳市", "安阳市第六中心医院", True),
        ("安阳市灯塔医院", "安阳市", "安阳市灯塔医院", False),
    ]
    deciding.choose(again(notice), ["安阳市灯塔医院"], lighthouse, by=ground.editor)
    assert judged() == [
        ("安阳市灯塔医院", "安阳市", "安阳市灯塔医院", True),
        ("安阳市灯塔医院", "安阳市", "安阳市第六中心医院", False),
    ]


def test_confirming_what_is_certain_needs_no_judgement(ground):
    lighthouse = an_institution("安阳市灯塔医院", place=ground.city)
    notice = ground.draft(CHANGES)
    deciding.choose(notice, ["安阳市灯塔医院"], lighthouse, by=ground.editor)
    assert judged() == []


def test_a_new_institution_is_remembered_as_none_of_the_candidates(ground):
    alike = an_institution("安阳市第六医院有限公司", place=ground.city)
    notice = ground.draft(CHANGES)
    deciding.declare_new(notice, [DOUBTFUL], by=ground.editor)
    assert decisions(notice)[1] == (2, DOUBTFUL, "new", None)
    assert judged() == [(DOUBTFUL, "安阳市", alike.name, False)]


def test_leaving_out_takes_a_reason(ground):
    notice = ground.draft(CHANGES)
    with pytest.raises(NotDecidable, match="理由"):
        deciding.leave_out(notice, [DOUBTFUL], reason=" ", by=ground.editor)
    deciding.leave_out(notice, [DOUBTFUL], reason="不是医院", by=ground.editor)
    assert notice.lines.get(number=2).decision_reason == "不是医院"
    deciding.reopen(notice, [DOUBTFUL], by=ground.editor)
    assert decisions(notice)[1] == (2, DOUBTFUL, "undecided", None)


def test_all_that_is_alone_becomes_new_and_the_doubtful_stays(ground):
    an_institution("安阳市第六医院有限公司", place=ground.city)
    notice = ground.draft(CHANGES)
    assert deciding.declare_rest_new(notice, by=ground.editor) == 2
    assert [row[2] for row in decisions(notice)] == ["new", "undecided", "new"]


def test_what_became_certain_is_accepted(ground):
    notice = ground.draft(CHANGES)
    an_institution("安阳市灯塔医院", place=ground.city)
    assert deciding.accept_certain(notice, by=ground.editor) == 1
    assert [row[2] for row in decisions(notice)] == ["matched", "undecided", "undecided"]
    assert deciding.accept_certain(again(notice), by=ground.editor) == 0
    assert ReviewStep.objects.count() == 1


def test_a_kind_chosen_once_is_for_all_lines_and_is_learnt(ground):
    Kind.objects.filter(pk=ground.care.pk).update(printed_names="")
    notice = ground.draft()
    chosen = {"工伤保险定点康复机构": ground.care}
    assert deciding.name_kinds(notice, chosen, remember=True, by=ground.editor) == 7
    assert notice.lines.filter(kind=ground.care).count() == 7
    ground.care.refresh_from_db()
    assert ground.care.printed_names == "工伤保险定点康复机构"
    undo(again(notice), by=ground.editor)
    ground.care.refresh_from_db()
    assert (notice.lines.filter(kind=None).count(), ground.care.printed_names) == (7, "")


def test_a_draft_without_scheme_takes_that_of_its_kinds(ground):
    Kind.objects.update(printed_names="")
    notice = ground.draft(CHANGES)
    assert notice.scheme is None
    chosen = {"工伤保险定点医疗机构": ground.medical}
    deciding.name_kinds(notice, chosen, remember=False, by=ground.editor)
    assert again(notice).scheme == ground.scheme


def test_a_line_is_amended_and_added(ground):
    notice = ground.draft(CHANGES)
    line = notice.lines.get(number=2)
    line.resolved_name, line.on = "安阳市第六人民医院", date(2022, 7, 1)
    deciding.amend(line, notice, by=ground.editor)
    stored = notice.lines.get(number=2)
    assert (stored.key, stored.on) == ("安阳市第六人民医院", date(2022, 7, 1))
    missed = NoticeLine(name="滑县医院", quote="滑县医院", action="designate", kind=ground.medical)
    assert deciding.add_line(missed, again(notice), by=ground.editor).number == 4
    undo(again(notice), by=ground.editor)
    undo(again(notice), by=ground.editor)
    assert decisions(notice)[1:] == [
        (2, DOUBTFUL, "undecided", None),
        (3, "市第三人民医院", "undecided", None),
    ]
    assert notice.lines.get(number=2).on is None


def test_an_institution_is_not_merged_into_itself(ground, sixth):
    notice = ground.draft(CHANGES)
    notice.lines.filter(number=2).update(action="merge", kind=None, into=sixth)
    with pytest.raises(NotDecidable, match="自己"):
        deciding.choose(notice, [DOUBTFUL], sixth, by=ground.editor)


def test_two_editors_at_once_the_second_is_refused(ground, sixth):
    notice = ground.draft(CHANGES)
    first, second = again(notice), again(notice)
    deciding.choose(first, [DOUBTFUL], sixth, by=ground.editor)
    with pytest.raises(StaleVersion):
        deciding.declare_new(second, [DOUBTFUL], by=UserFactory())
    assert decisions(notice)[1] == (2, DOUBTFUL, "matched", sixth.name)
    with pytest.raises(StaleVersion):
        undo(second, by=ground.editor)


def test_a_published_notice_is_decided_no_more(ground):
    notice = ground.draft()
    notice.lines.update(decision="new")
    publish(notice, by=ground.editor)
    for act in (deciding.accept_certain, deciding.declare_rest_new, undo):
        with pytest.raises(AlreadyPublished):
            act(again(notice), by=ground.editor)


def test_steps_are_taken_back_one_by_one(ground):
    an_institution("安阳市第六医院有限公司", place=ground.city)
    notice = ground.draft(CHANGES)
    states = [state(notice)]
    for act in (
        lambda: deciding.declare_new(again(notice), [DOUBTFUL], by=ground.editor),
        lambda: deciding.declare_rest_new(again(notice), by=ground.editor),
        lambda: deciding.leave_out(again(notice), [DOUBTFUL], reason="重复", by=ground.editor),
    ):
        act()
        states.append(state(notice))
    for before in reversed(states[:-1]):
        undo(again(notice), by=UserFactory())
        assert state(notice) == before
    with pytest.raises(NothingToUndo):
        undo(again(notice), by=ground.editor)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["choose", "new", "out", "reopen", "accept", "rest", "undo"]),
        st.integers(0, 2),
        st.integers(0, 1),
    ),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS)
def test_any_steps_undone_leave_what_was_before(transactional_state, acts):
    """Random acts, each undone in turn, leave lines and judgements as they were."""
    ground, notice, rows = transactional_state
    start = state(notice)
    for what, which, whom in acts:
        carry_out(ground, notice, rows, what, which, whom)
    while again(notice).steps.exists():
        undo(again(notice), by=ground.editor)
    assert state(notice) == start


@pytest.fixture
def transactional_state(ground):
    rows = [
        an_institution(name, place=ground.city)
        for name in ("安阳市第六医院有限公司", "安阳市灯塔医院")
    ]
    return ground, ground.draft(CHANGES), rows


def carry_out(ground, notice, rows, what, which, whom):
    seen, by = again(notice), {"by": ground.editor}
    key = notice.lines.get(number=which + 1).key
    if what == "choose":
        deciding.choose(seen, [key], rows[whom], **by)
    elif what == "new":
        deciding.declare_new(seen, [key], **by)
    elif what == "out":
        deciding.leave_out(seen, [key], reason="试", **by)
    elif what == "reopen":
        deciding.reopen(seen, [key], **by)
    elif what == "accept":
        deciding.accept_certain(seen, **by)
    elif what == "rest":
        deciding.declare_rest_new(seen, **by)
    elif notice.steps.exists():
        undo(seen, **by)
