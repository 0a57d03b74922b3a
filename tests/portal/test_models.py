"""Places, organisations, the site's legal marks, and the log of changes."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction

from portal.models import Change, Place, PlaceName, SiteIdentity, User
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["410100", "cn", "chn", "x-zhengdong", "x-zone-2"])
def test_a_place_takes_a_standard_code(code):
    place = PlaceFactory(code=code)
    place.full_clean()
    assert Place.objects.get(code=code) == place


@pytest.mark.parametrize("code", ["4101", "CN", "x-", "x-a--b", "郑州", "", "410100\n"])
def test_a_place_with_another_code_is_refused_by_the_database(code):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceFactory(code=code)


def test_a_wrong_code_is_named_in_chinese():
    place = Place(code="4101", name="郑州市", level="prefecture")
    with pytest.raises(ValidationError) as caught:
        place.full_clean()
    assert caught.value.message_dict["code"] == [
        "代码须为六位数字、两至三个小写字母，或以 x- 开头。"
    ]


def test_a_place_without_a_name_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceFactory(name="")


def test_a_place_cannot_be_its_own_parent():
    place = PlaceFactory()
    place.parent = place
    with pytest.raises(IntegrityError), transaction.atomic():
        place.save()


def test_a_place_is_found_by_every_name_whatever_its_width():
    zone = PlaceFactory(name="郑州经济技术开发区", short_name="经开区")
    PlaceFactory(name="郑州高新技术产业开发区", short_name="高新区")
    PlaceName.objects.create(place=zone, name="郑州（国家）经开区")
    for name in ["郑州经济技术开发区", "经开区", "郑州(国家)经开区", " 郑州 经济技术开发区"]:
        assert list(Place.objects.named(name)) == [zone]


def test_several_places_may_bear_one_name():
    cities = [PlaceFactory(name=f"城{n}") for n in range(3)]
    districts = [PlaceFactory(name="鼓楼区", parent=city) for city in cities]
    assert list(Place.objects.named("鼓楼区")) == districts
    assert list(Place.objects.within(cities[1])) == [districts[1]]


def test_a_place_has_each_other_name_once():
    place, other = PlaceFactory(), PlaceFactory()
    PlaceName.objects.create(place=place, name="绿城")
    PlaceName.objects.create(place=other, name="绿城")
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceName.objects.create(place=place, name=" 绿 城")


def test_an_empty_other_name_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceName.objects.create(place=PlaceFactory(), name="　")


@pytest.mark.parametrize("code", ["zhengzhou-ribao", "cei2"])
def test_an_organisation_code_fits_addresses(code):
    assert OrganisationFactory(code=code).code == code


@pytest.mark.parametrize("code", ["Zhengzhou", "a_b", "a-", ""])
def test_an_organisation_with_another_code_is_refused(code):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(code=code)


def test_an_organisation_without_a_name_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(name="")


def test_a_name_is_written_family_first():
    assert User(last_name="李", first_name="娜").get_full_name() == "李娜"


def test_the_site_says_which_legal_marks_are_missing():
    identity = SiteIdentity(organiser="某报社", icp_filing="豫ICP备00000000号")
    assert identity.missing() == [
        "公安备案号",
        "互联网新闻信息服务许可证编号",
        "违法和不良信息举报电话",
    ]


def test_the_public_security_number_is_read_from_its_words():
    assert SiteIdentity(security_filing="豫公网安备 41010502000001号").security_filing_number == (
        "41010502000001"
    )


def test_changes_are_numbered_without_gaps():
    user = UserFactory()
    for number in range(1, 4):
        with transaction.atomic():
            change = Change.objects.record(act="publish", reference=f"article:{number}", by=user)
        assert change.sequence == number
    assert [c.sequence for c in Change.objects.since(1)] == [2, 3]


@pytest.mark.parametrize(
    "fields",
    [
        {"sequence": 0, "act": "publish", "reference": "article:1"},
        {"sequence": 1, "act": "invent", "reference": "article:1"},
        {"sequence": 1, "act": "publish", "reference": ""},
    ],
)
def test_a_change_that_says_nothing_true_is_refused(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(**fields)


@pytest.mark.django_db
def test_many_changes_are_recorded_in_their_order():
    Change.objects.record(act="publish", reference="article:1")
    Change.objects.record_many(act="publish", references=["article:3", "article:2"])
    assert list(Change.objects.order_by("sequence").values_list("sequence", "reference")) == [
        (1, "article:1"),
        (2, "article:3"),
        (3, "article:2"),
    ]
    assert Change.objects.record_many(act="publish", references=[]) == []


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        Change.objects.record(act="publish", reference="article:1")


@pytest.mark.django_db(transaction=True)
def test_concurrent_changes_queue_up():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an in-memory database has one connection; PostgreSQL runs this test")
    together = threading.Barrier(4)

    def write():
        together.wait()
        for _ in range(5):
            with transaction.atomic():
                Change.objects.record(act="update", reference="article:1")
        connections.close_all()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert list(Change.objects.values_list("sequence", flat=True)) == list(range(20, 0, -1))
