"""Known names: what the matcher is given, when it is made anew, and the city in which a bare name is meant."""

import pytest

from institutions.knownnames import city_of, judgements, known_names, matcher
from institutions.matching import Judgement, KnownName
from institutions.models import InstitutionName, Match
from institutions.naming import set_names
from portal.models import Place
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import an_institution

pytestmark = pytest.mark.django_db


def places():
    province = PlaceFactory(name="河南省", short_name="河南", level=Place.Level.PROVINCE)
    city = PlaceFactory(name="安阳市", short_name="安阳", parent=province)
    return province, city, PlaceFactory(name="文峰区", parent=city, level=Place.Level.COUNTY)


def asked(name):
    found = matcher().match(name, resolved=None, city="安阳市", district=None, credit_code=None)
    return found.linked and found.linked.institution


def test_a_name_comes_with_the_places_around_it():
    _, _, district = places()
    row = an_institution("安阳爱民医院", place=district)
    assert list(known_names()) == [
        KnownName(
            row.code,
            "安阳爱民医院",
            "official",
            district.code,
            frozenset({"文峰区", "安阳市", "安阳", "河南省", "河南"}),
            None,
        )
    ]


def test_a_closed_name_is_known_no_more():
    row, editor = an_institution("安阳爱民医院"), UserFactory()
    assert asked("安阳爱民医院") == row.code
    renamed = InstitutionName.of(row, "安阳济民医院", kind="official", source_words="登记证书")
    set_names(row, [renamed], by=editor)
    assert (asked("安阳爱民医院"), asked("安阳济民医院")) == (None, row.code)


def test_a_new_name_and_a_new_judgement_are_seen_at_once():
    assert asked("安阳爱民医院") is None
    row = an_institution("安阳爱民医院")
    assert asked("安阳爱民医院") == row.code
    editor = UserFactory()
    judged = Match.objects.create(printed="爱民院", city="安阳市", institution=row, by=editor)
    assert list(judgements()) == [Judgement("爱民院", "安阳市", row.code, True)]
    assert asked("爱民院") == row.code
    judged.delete()
    assert asked("爱民院") is None


@pytest.mark.parametrize("count", [1, 3])
def test_making_and_keeping_the_matcher_takes_a_fixed_number_of_queries(
    count, django_assert_num_queries
):
    for number in range(count):
        an_institution(f"安阳第{number}爱民医院")
    with django_assert_num_queries(6):
        matcher()
    with django_assert_num_queries(3):
        matcher()


def test_a_notice_of_a_district_means_its_city_and_one_of_a_province_none():
    province, city, district = places()
    capital = PlaceFactory(name="北京市", level=Place.Level.PROVINCE)
    assert [city_of(place) for place in (district, city, capital, province, None)] == [
        "安阳市",
        "安阳市",
        "北京市",
        "",
        "",
    ]
