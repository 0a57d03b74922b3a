"""What is told of a stored period and of a notice's line, closed and replaced ones too."""

from datetime import date, timedelta

import pytest

from institutions.models import Designation, Notice
from institutions.publishing import draft_correction, publish, withdraw
from portal.datums import NoDatum, tell
from portal.references import Target
from tests.factories import UserFactory
from tests.institutions.factories import (
    KindFactory,
    SchemeFactory,
    a_notice,
    an_institution,
    published,
)

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


@pytest.fixture
def kind():
    scheme = SchemeFactory(code="gongshang", name="工伤保险定点")
    return KindFactory(scheme=scheme, code="yiliao", name="医疗")


@pytest.fixture
def notice(kind):
    return published(a_notice(an_institution("甲医院"), kind=kind, title="名单"))


def test_a_period_is_told_with_the_line_that_opened_it(notice):
    row = Designation.objects.get()
    datum = tell(f"designation:{row.pk}")
    assert datum.heading == "甲医院 工伤保险定点·医疗定点记录：定点，2020年9月1日起"
    assert (datum.valid_from, datum.valid_to, datum.known_to) == (date(2020, 9, 1), None, None)
    assert [(one.title, one.locator) for one in datum.sources] == [("名单", "第1条")]
    assert datum.records == ("institution:jiayiyuan", f"notice:{notice.pk}")
    assert datum.see[0] == Target("《名单》第1条", f"/d/notice-line:{notice.pk}-1/")
    assert datum.api == f"/api/v1/designations/{row.pk}/"


def test_a_closed_period_is_still_told_with_what_stands_now(notice, kind):
    old = Designation.objects.get()
    revoking = {"institution": old.institution, "action": "revoke", "on": date(2022, 1, 1)}
    later = published(a_notice(revoking, kind=kind, title="取消的通知", effective_on=None))
    datum = tell(f"designation:{old.pk}")
    now = Designation.objects.current().get()
    assert datum.known_to == later.published_at
    words = "定点，2020年9月1日至2021年12月31日（取消）"
    assert datum.standing == (Target(words, f"/d/designation:{now.pk}/"),)
    assert [one.ended_by for one in datum.history] == [
        None,
        Target("通知：《取消的通知》", later.get_absolute_url()),
    ]
    before = tell(f"designation:{old.pk}", later.published_at - TICK)
    assert (before.known_to, before.standing, len(before.history)) == (None, (), 1)
    with pytest.raises(NoDatum):
        tell(f"designation:{now.pk}", later.published_at - TICK)


def test_a_period_of_a_withdrawn_notice_says_that_nothing_stands(notice):
    row = Designation.objects.get()
    withdraw(notice, by=UserFactory(), reason="误传")
    datum = tell(f"designation:{row.pk}")
    assert datum.standing == (Target("没有作数的定点记录；没有列出不等于不是", ""),)
    assert [one.ended_by.title for one in datum.history] == ["撤回《名单》：误传"]


def test_a_line_is_told_as_printed(notice):
    datum = tell(f"notice-line:{notice.pk}-1")
    assert datum.heading == "甲医院（《名单》第1条）：定点·工伤保险定点·医疗"
    assert (datum.value, datum.holds, datum.known_to) == ("designate", "这一条没有自己的日期", None)
    assert datum.records == (f"notice:{notice.pk}",)
    assert datum.api == f"/api/v1/notice-lines/{notice.lines.get().pk}/"


def test_a_line_that_was_corrected_says_by_what(notice):
    draft = draft_correction(notice, by=UserFactory())
    assert tell(f"notice-line:{notice.pk}-1").standing == ()
    with pytest.raises(NoDatum):
        tell(f"notice-line:{draft.pk}-1")
    newer = publish(Notice.objects.get(pk=draft.pk), by=UserFactory())
    datum = tell(f"notice-line:{notice.pk}-1")
    assert datum.known_to == newer.published_at
    assert datum.standing == (Target("更正：《名单》", newer.get_absolute_url()),)
    assert tell(f"notice-line:{notice.pk}-1", newer.published_at - TICK).known_to is None


def test_private_numbers_are_masked(kind):
    line = {"institution": an_institution("甲医院"), "quote": "甲医院，电话13812345678"}
    notice = published(a_notice(line, kind=kind))
    assert "13812345678" not in str(tell(f"notice-line:{notice.pk}-1"))
    assert "13812345678" not in str(tell(f"designation:{Designation.objects.get().pk}"))


@pytest.mark.parametrize(
    "reference",
    [
        "designation:0",
        "designation:x",
        "designation:" + "9" * 19,
        "notice-line:1",
        "notice-line:0-1",
    ],
)
def test_no_such_record(db, reference):
    with pytest.raises(NoDatum):
        tell(reference)


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("designation", 4), ("notice-line", 1)])
def test_the_cost_does_not_grow_with_the_history(
    notice, kind, size, name, queries, django_assert_num_queries
):
    hospital = Designation.objects.get().institution
    for number in range(size):
        line = {"institution": hospital, "term_to": date(2030 + number, 1, 1)}
        published(a_notice(line, kind=kind, effective_on=date(2021 + number, 1, 1)))
    code = Designation.objects.first().pk if name == "designation" else f"{notice.pk}-1"
    with django_assert_num_queries(queries):
        tell(f"{name}:{code}")
