"""One question, one answer with its evidence: the seed's steps, what was known when, and what is shown."""

from datetime import date

import pytest
from django.utils import timezone

from institutions.checking import check, check_many
from institutions.covering import declare
from institutions.merging import merge, undo
from institutions.publishing import draft_correction, withdraw
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
DAY = date(2020, 8, 18)
BEFORE, LATER = date(2020, 8, 16), date(2021, 1, 1)


def told(institution, kind, on, known_at=None):
    """Return (verdict in words, rule, what is not known) of an answer."""
    answer = check(institution, kind, on, known_at).answer
    return answer.verdict.label, str(answer.rule), answer.sentences


@pytest.fixture
def seed():
    """A notice without any date that lists one hospital for 医疗; another hospital stands in none."""
    city = PlaceFactory()
    medical = KindFactory(name="医疗")
    care = KindFactory(scheme=medical.scheme, name="康复")
    listed, other = (an_institution(name, place=city) for name in ("甲医院", "乙医院"))
    notice = published(a_notice(listed, kind=medical, effective_on=None))
    return {
        "city": city,
        "medical": medical,
        "care": care,
        "listed": listed,
        "other": other,
        "notice": notice,
    }


def dated(notice, on):
    """The correction that replaces the notice, with an editor's day."""
    draft = draft_correction(notice, by=UserFactory())
    draft.stated_on, draft.stated_basis = on, "经办机构答复：自印发之日起执行"
    draft.save()
    return published(draft)


def test_a_notice_without_a_date_answers_nothing_for_certain(seed):
    for on in (BEFORE, DAY, LATER):
        assert told(seed["listed"], seed["medical"], on) == (
            "无法确定",
            "start_unknown",
            ("通知日期未录入，起始日不明。",),
        )


def test_from_the_stated_day_on_it_is_yes_and_before_it_nobody_knows(seed):
    before = timezone.now()
    dated(seed["notice"], DAY)
    listed, medical = seed["listed"], seed["medical"]
    assert told(listed, medical, DAY) == ("是", "in_force", ())
    assert told(listed, medical, LATER) == ("是", "in_force", ())
    assert told(listed, medical, BEFORE) == (
        "无法确定",
        "before_start",
        ("更早的名单没有收录，当日之前是否已是定点不明。",),
    )
    assert told(listed, medical, LATER, before)[0] == "无法确定", "what was known then stays"


def test_the_line_of_a_correction_quotes_the_correction(seed):
    notice = dated(seed["notice"], DAY)
    checked = check(seed["listed"], seed["medical"], LATER)
    assert [line.notice_id for line in checked.lines] == [notice.pk]
    assert checked.learned_at == notice.published_at


def test_who_is_not_listed_is_no_only_inside_full_coverage(seed):
    dated(seed["notice"], DAY)
    other, medical = seed["other"], seed["medical"]
    assert told(other, medical, LATER) == (
        "无法确定",
        "not_listed",
        ("没有声明当日的名单收录完整，没有列出不等于不是。",),
    )
    declare(kind=medical, area=seed["city"], first=DAY, basis="逐条核对", by=UserFactory())
    assert told(other, medical, LATER) == ("否", "not_listed", ())
    assert told(other, medical, BEFORE)[0] == "无法确定", "before the coverage begins"
    assert told(seed["listed"], medical, LATER)[0] == "是"


def test_medical_never_implies_rehabilitation(seed):
    dated(seed["notice"], DAY)
    declare(kind=seed["medical"], area=seed["city"], first=DAY, basis="逐条核对", by=UserFactory())
    medical, care = check_many(seed["listed"], [seed["medical"], seed["care"]], LATER)
    assert (str(medical.answer.verdict), str(care.answer.verdict)) == ("yes", "unknown")
    assert care.lines == ()
    declare(kind=seed["care"], area=seed["city"], first=DAY, basis="逐条核对", by=UserFactory())
    assert told(seed["listed"], seed["care"], LATER)[0] == "否"


def test_coverage_speaks_of_its_area_and_of_what_lies_inside():
    province = PlaceFactory()
    city, elsewhere = PlaceFactory(parent=province), PlaceFactory()
    inside = an_institution("甲医院", place=PlaceFactory(parent=city))
    outside, nowhere = an_institution("乙医院", place=elsewhere), an_institution("丙医院")
    kind = KindFactory()
    declare(kind=kind, area=province, first=DAY, basis="逐条核对", by=UserFactory())
    assert [told(row, kind, LATER)[0] for row in (inside, outside, nowhere)] == [
        "否",
        "无法确定",
        "无法确定",
    ]


def test_drafts_say_nothing(seed):
    draft_correction(seed["notice"], by=UserFactory())
    a_notice(seed["other"], kind=seed["medical"])
    a_notice({"institution": seed["listed"], "action": "revoke"}, kind=seed["medical"])
    assert told(seed["listed"], seed["medical"], LATER)[1] == "start_unknown"
    assert told(seed["other"], seed["medical"], LATER)[1] == "not_listed"


def test_what_was_withdrawn_is_quoted_only_as_it_was_known(seed):
    before = timezone.now()
    withdraw(seed["notice"], by=UserFactory(), reason="误传")
    assert check(seed["listed"], seed["medical"], LATER).lines == ()
    then = check(seed["listed"], seed["medical"], LATER, before)
    assert [line.notice_id for line in then.lines] == [seed["notice"].pk]
    assert check(seed["listed"], seed["medical"], LATER).learned_at is None


def test_the_whole_answers_for_its_part_until_the_merge_is_undone(seed):
    dated(seed["notice"], DAY)
    row = merge(seed["other"], seed["listed"], on=LATER, source_words="批复", by=UserFactory())
    checked = check(seed["other"], seed["medical"], LATER)
    assert (checked.answer.verdict.label, checked.answered_for) == ("是", seed["listed"])
    assert check(seed["other"], seed["medical"], DAY).answered_for == seed["other"]
    between = timezone.now()
    undo(row, source_words="批复有误", by=UserFactory())
    assert check(seed["other"], seed["medical"], LATER).answered_for == seed["other"]
    assert check(seed["other"], seed["medical"], LATER, between).answered_for == seed["listed"]


def test_a_merge_that_a_notice_states_counts_as_well(seed):
    dated(seed["notice"], DAY)
    published(
        a_notice(
            {"institution": seed["other"], "action": "merge", "into": seed["listed"], "on": LATER},
            kind=seed["medical"],
        )
    )
    checked = check(seed["other"], seed["medical"], LATER)
    assert (checked.answer.verdict.label, checked.answered_for) == ("是", seed["listed"])
    assert [line.action for line in checked.lines] == ["designate", "merge"]


def test_each_is_shown_under_its_name_of_the_day(seed):
    published(
        a_notice(
            {
                "institution": seed["listed"],
                "action": "rename",
                "new_name": "新甲医院",
                "on": LATER,
            },
            kind=seed["medical"],
        )
    )
    assert check(seed["listed"], seed["medical"], DAY).institution.name_on == "甲医院"
    assert check(seed["listed"], seed["medical"], LATER).institution.name_on == "新甲医院"


@pytest.mark.parametrize("count", [1, 3])
def test_a_check_costs_the_same_at_any_length(count, django_assert_num_queries):
    kinds = [KindFactory() for _ in range(count)]
    district = PlaceFactory(parent=PlaceFactory(parent=PlaceFactory()))
    hospital = an_institution(place=district)
    for kind in kinds:
        published(a_notice(hospital, kind=kind))
        published(a_notice(hospital, kind=kind, effective_on=date(2019, 1, 1)))
    with django_assert_num_queries(5):
        answers = check_many(hospital, kinds, LATER)
    assert [len(checked.lines) for checked in answers] == [2] * count
