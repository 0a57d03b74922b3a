"""What is told of a status, a count and a notice's count: sources, history through corrections, what is hidden."""

from datetime import date, timedelta

import pytest

from institutions.models import Notice
from institutions.publishing import draft_correction, publish, withdraw
from portal.datums import NoDatum, address_of, tell
from portal.figures import parse
from portal.references import Target
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import (
    KindFactory,
    SchemeFactory,
    a_line,
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
def hospital(kind):
    return an_institution("甲医院")


def asked(text):
    return parse(text)


def status(on="2020-10-01"):
    return asked(f"institutions.status:jiayiyuan?kind=yiliao&on={on}")


def count(unit="designations", **more):
    told = "".join(f"&{key}={value}" for key, value in more.items())
    return asked(f"institutions.count:gongshang?unit={unit}&on=2020-10-01{told}")


def of_notice(notice, unit="institutions", **more):
    told = "".join(f"&{key}={value}" for key, value in more.items())
    return asked(f"notice.count:{notice.pk}?unit={unit}{told}")


def correction(notice, *lines, kind):
    draft = draft_correction(Notice.objects.get(pk=notice.pk), by=UserFactory())
    for line in lines:
        a_line(draft, line, kind)
    return publish(Notice.objects.get(pk=draft.pk), by=UserFactory())


def test_a_status_is_told_with_its_lines_and_where_to_ask_again(hospital, kind):
    notice = published(a_notice(hospital, kind=kind, title="公布名单的通知"))
    datum = tell(status())
    assert datum.heading == "甲医院 2020年10月1日 工伤保险定点·医疗定点资格：是"
    assert (datum.value, datum.valid_on, datum.holds) == (
        "yes",
        date(2020, 10, 1),
        "2020年10月1日这一天",
    )
    assert [(one.title, one.quote, one.locator) for one in datum.sources] == [
        ("公布名单的通知", "甲医院", "第1条")
    ]
    assert [(one.text, one.known_to) for one in datum.history] == [("定点，2020年9月1日起", None)]
    query = "institution=jiayiyuan&kind=yiliao&on=2020-10-01"
    assert datum.api == f"/api/v1/institutions/check/?{query}"
    assert [one.url for one in datum.see] == [
        f"/institutions/check/?{query}",
        "/institutions/jiayiyuan/",
        "/institutions/jiayiyuan/history/",
    ]
    assert datum.records == ("institution:jiayiyuan",)
    assert notice.pk


def test_a_status_of_today_is_pinned_to_its_day(hospital, kind):
    published(a_notice(hospital, kind=kind))
    datum = tell(asked("institutions.status:jiayiyuan?kind=yiliao"))
    assert datum.pinned == str(status(datum.valid_on.isoformat()))


def test_a_withdrawal_ends_a_statement_with_its_reason(hospital, kind):
    other = published(a_notice(hospital, kind=kind))
    notice = published(
        a_notice({"institution": hospital, "action": "revoke"}, kind=kind, title="取消的通知")
    )
    withdraw(notice, by=UserFactory(), reason="误传")
    datum = tell(status())
    assert datum.text == "是"
    ended = [one.ended_by for one in datum.history if one.ended_by]
    assert Target("撤回《取消的通知》：误传", notice.get_absolute_url()) in ended
    before = tell(status(), notice.published_at - TICK)
    assert [(one.text, one.known_to) for one in before.history] == [("定点，2020年9月1日起", None)]
    assert before.history[0].source.url == other.get_absolute_url()


def test_a_count_names_its_unit_its_kind_and_its_day(hospital, kind):
    area = PlaceFactory(code="410100", name="郑州市")
    hospital.place = area
    hospital.save()
    published(a_notice(hospital, an_institution("乙医院", place=area), kind=kind))
    datum = tell(count(kind="yiliao", district="410100"))
    assert datum.heading == ("郑州市工伤保险定点·医疗 2020年10月1日有效的机构数（家次）：2家次")
    assert datum.pinned == str(count(kind="yiliao", district="410100", status="in_force"))
    told = "scheme=gongshang&as_of=2020-10-01&kind=yiliao&district=410100"
    assert datum.api == f"/api/v1/designations/?{told}"
    assert tell(count("institutions")).text == "2家"


def test_a_notices_count_has_the_history_of_its_corrections(hospital, kind):
    notice = published(a_notice(hospital, kind=kind, title="名单"))
    newer = correction(notice, an_institution("乙医院"), kind=kind)
    datum = tell(of_notice(notice, kind="yiliao", action="designate"))
    assert datum.heading == "《名单》名单医疗、定点机构数（家）：2家"
    assert [(one.text, one.known_to, one.ended_by) for one in datum.history] == [
        ("2家", None, None),
        ("1家", newer.published_at, Target("更正：《名单》", newer.get_absolute_url())),
    ]
    before = tell(of_notice(notice), newer.published_at - TICK)
    assert [(one.text, one.known_to) for one in before.history] == [("1家", None)]


@pytest.mark.parametrize("form", ["html", "json"])
def test_drafts_and_withdrawn_notices_state_nothing(client, home, hospital, kind, form):
    draft = a_notice(hospital, kind=kind)
    addresses = [
        f"{address_of(reference)}&format={form}"
        for reference in (of_notice(draft), count(), status())
    ]
    assert [client.get(one).status_code for one in addresses] == [404] * 3
    notice = published(draft)
    assert [client.get(one).status_code for one in addresses] == [200] * 3
    change = draft_correction(notice, by=UserFactory())
    Notice.objects.filter(pk=change.pk).update(title="漏出")
    assert not any("漏出" in client.get(one).content.decode() for one in addresses)
    withdraw(notice, by=UserFactory(), reason="误传")
    assert [client.get(one).status_code for one in addresses[:2]] == [404] * 2
    with pytest.raises(NoDatum):
        tell(of_notice(notice))


def test_numbers_of_private_persons_are_masked(hospital, kind):
    line = {"institution": hospital, "quote": "甲医院，电话13812345678"}
    published(a_notice(line, kind=kind, title="通知13812345678"))
    told = str(tell(status())) + str(tell(count()))
    assert "13812345678" not in told


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("status", 12), ("count", 8), ("notice", 8)])
def test_the_cost_grows_neither_with_sources_nor_with_history(
    hospital, kind, size, name, queries, django_assert_num_queries
):
    notice = published(a_notice(hospital, kind=kind))
    latest = notice
    for number in range(size):
        latest = correction(latest, an_institution(f"第{number}医院"), kind=kind)
        published(a_notice(hospital, kind=kind, effective_on=date(2021 + number, 1, 1)))
    asked_for = {"status": status(), "count": count(), "notice": of_notice(notice)}[name]
    with django_assert_num_queries(queries):
        tell(asked_for)
