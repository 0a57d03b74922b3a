"""Places that a query can name, and the places in which something lies."""

import pytest

from portal.models import Place, PlaceName
from portal.search.placenames import places_named
from portal.search.regions import regions_of
from tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    country = PlaceFactory(code="cn", name="中华人民共和国", short_name="中国", level="country")
    province = PlaceFactory(
        code="410000", name="河南省", short_name="河南", parent=country, level="province"
    )
    city = PlaceFactory(code="410100", name="郑州市", short_name="郑州", parent=province)
    return country, province, city, PlaceFactory(code="410108", name="惠济区", parent=city)


def test_official_short_and_other_names_are_known_and_misprints_are_not(places):
    country, _, city, district = places
    PlaceName.objects.create(place=city, name="商都", kind=PlaceName.Kind.ALIAS)
    PlaceName.objects.create(place=city, name="郑洲", kind=PlaceName.Kind.PRINTED)
    words = {"郑州", "郑州市", "商都", "郑洲", "惠济区", "惠济", "中国"}
    assert places_named(words) == {
        "郑州": {city.pk},
        "郑州市": {city.pk},
        "商都": {city.pk},
        "惠济区": {district.pk},
        "中国": {country.pk},
    }


def test_of_namesakes_all_are_named(db):
    both = [PlaceFactory(name="鼓楼区") for _ in range(2)]
    assert places_named({"鼓楼区"}) == {"鼓楼区": {place.pk for place in both}}


@pytest.mark.parametrize("count", [1, 3])
def test_what_lies_in_a_district_lies_in_all_above_but_the_country(
    places, django_assert_num_queries, count
):
    country, _, city, district = places
    others = [PlaceFactory(parent=city) for _ in range(count)]
    with django_assert_num_queries(1):
        found = regions_of([country.pk, district.pk, *(place.pk for place in others)])
    above = (("410100", "郑州市"), ("410000", "河南省"))
    assert found == {
        country.pk: (("cn", "中华人民共和国"),),
        district.pk: (("410108", "惠济区"), *above),
        **{place.pk: ((place.code, place.name), *above) for place in others},
    }
    assert Place.objects.count() == 4 + count
