"""The register's datasets: versions that no later act changes, and that replaying the changes gives."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings

from institutions import datasets
from institutions.models import Coverage as Declaration
from institutions.models import Notice
from institutions.publishing import withdraw
from portal.models import Change, Dump
from portal.opendata.datasets import Coverage, dataset_of
from portal.opendata.dumps import Making, change_of, version_of
from portal.records import supersede
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.institutions.apireading import rows_of
from tests.institutions.desk import Desk, World
from tests.institutions.factories import KindFactory, a_notice, an_institution, published
from tests.institutions.random_acts import sequences
from tests.institutions.test_api_changes import replay
from tests.institutions.test_sequences import undone

pytestmark = pytest.mark.django_db
FACTS = ("designations", "interruptions")
DUMPED = (*FACTS, "notices", "notice-lines")


def dumped(name, version):
    """Return the bytes of one version."""
    return b"".join(Making(name, dataset_of(name).dump, change_of(version)))


def cells(row):
    """Return a row of the feed as the cells of a dump."""
    return {
        key: "" if value is None else str(value) for key, value in row.items() if key != "resource"
    }


@pytest.fixture(autouse=True)
def no_limits(monkeypatch):
    monkeypatch.setattr("portal.api.reading.AddressThrottle.rate", "1000000/s")


def test_no_later_act_changes_a_version_and_replay_gives_each():
    world, client = World(), Client()

    def play(acts):
        desk, made = Desk(world), {}
        for act in acts:
            desk.carry_out(act)
            last = Change.objects.order_by("sequence").last()
            if last is not None:
                made |= {(name, last.sequence): dumped(name, last.sequence) for name in DUMPED}
        assert {key: dumped(*key) for key in made} == made
        told, held = rows_of(client, "changes"), {}
        for change in told:
            replay(held, [change])
            if ("designations", change["sequence"]) not in made:
                continue
            for name in FACTS:
                body = made[name, change["sequence"]].decode()
                rows = [row for (resource, _), row in sorted(held.items()) if resource == name]
                assert list(csv.DictReader(io.StringIO(body))) == [cells(row) for row in rows]

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(sequences())
    def law(sequence):
        undone(lambda: play(sequence[0]))

    law()


def test_drafts_are_in_no_version():
    kind = KindFactory()
    published(a_notice(an_institution("甲医院"), kind=kind))
    before = {name: dumped(name, 1) for name in DUMPED}
    a_notice(an_institution("泄漏医院"), kind=kind, title="泄漏的草稿")
    Change.objects.record(act="update", reference="article:1")
    for name in DUMPED:
        assert dumped(name, 2) == before[name]
        assert "泄漏" not in dumped(name, 2).decode()


def test_names_that_may_be_put_right_are_in_no_version():
    issuer = OrganisationFactory(name="市人社局")
    notice = published(a_notice(an_institution("甲医院"), kind=KindFactory(), issuer=issuer))
    body = dumped("notices", 1)
    issuer.name = "市人力资源和社会保障局"
    issuer.save()
    assert dumped("notices", 1) == body
    withdraw(notice, by=UserFactory(), reason="误传")
    assert dumped("notices", 1) == body
    assert b",standing," in body
    assert b",withdrawn," in dumped("notices", 2)


def test_versions_move_with_what_touches_them():
    kind = KindFactory()
    assert {name: version_of(dataset_of(name).dump) for name in DUMPED} == dict.fromkeys(DUMPED)
    notice = published(a_notice(an_institution("甲医院"), kind=kind))
    Change.objects.record(act="update", reference="article:1")
    assert [getattr(version_of(dataset_of(name).dump), "sequence", 0) for name in DUMPED] == [
        1,
        0,
        1,
        1,
    ]
    withdraw(notice, by=UserFactory(), reason="误传")
    assert [getattr(version_of(dataset_of(name).dump), "sequence", 0) for name in DUMPED] == [
        3,
        0,
        3,
        3,
    ]
    assert Dump.objects.count() == 0


def declare(kind, area):
    row = Declaration(
        kind=kind,
        area=area,
        basis="来函",
        declared_by=UserFactory(),
        valid_from=date(2020, 1, 1),
    )
    supersede([], [row])


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_held_is_told_at_one_cost(count, django_assert_num_queries):
    city, issuer = PlaceFactory(name="郑州市"), OrganisationFactory(name="市人社局")
    for number in range(count):
        kind = KindFactory(name=f"类别{number}")
        rows = [an_institution(f"第{number}{one}医院") for one in range(count)]
        day = date(2020, 1 + number, 1)
        published(a_notice(*rows, kind=kind, area=city, issuer=issuer, issued_on=day))
        declare(kind, city)
    Notice.objects.create(
        title="草稿",
        text="名单",
        source_words="测试",
        scheme=kind.scheme,
        area=PlaceFactory(name="泄漏市"),
        issuer=OrganisationFactory(name="泄漏局"),
    )
    with django_assert_num_queries(5):
        told = datasets.register_coverage()
    with django_assert_num_queries(6):
        assert datasets.institution_coverage().held == (f"{count * count} 家通知提到过的机构",)
    with django_assert_num_queries(6):
        assert datasets.line_coverage().held == (f"{count * count} 条，出自{count} 份已发布通知",)
    assert (told.sources, told.places) == (("市人社局",), ("郑州市",))
    assert (told.interval, told.dated) == (f"2020-01-01/2020-0{count}-01", "印发日期")
    assert len(told.held) == 1 + count
    assert told.held[1].endswith("郑州市，2020-01-01 起")


def test_an_empty_register_holds_nothing():
    told = datasets.register_coverage()
    assert (told.held, told.sources, told.interval) == ((), (), "")
    assert told.missing[0] == "各类别和地区没有声明收录完整：没有列出不等于不是。"
    assert datasets.line_coverage().held == datasets.institution_coverage().held == ()
    assert Coverage().interval == ""
