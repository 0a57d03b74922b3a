"""Places, and the names under which they are found."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.models import Place, PlaceName
from tests.factories import PlaceFactory
from tests.refusals import words_of_refusal

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


def test_a_places_code_never_changes_but_its_name_may():
    place = PlaceFactory(code="410100", name="郑州")
    refusal = words_of_refusal(Place.objects.update, code="410101")
    Place.objects.update(name="郑州市")
    assert "的代码一经确定，不可修改。" in refusal
    place.refresh_from_db()
    assert (place.code, place.name) == ("410100", "郑州市")
