"""Which place a printed name means: by code, name, rule or judgement; never by a guess."""

import pytest

from indices.placing import Places, remember
from portal.models import Place, PlaceName
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import IndexFactory

pytestmark = pytest.mark.django_db
LEVEL = Place.Level


@pytest.fixture
def index():
    return IndexFactory()


@pytest.fixture
def map_of_china():
    henan = PlaceFactory(code="410000", name="河南省", short_name="河南", level=LEVEL.PROVINCE)
    jilin = PlaceFactory(code="220000", name="吉林省", short_name="吉林", level=LEVEL.PROVINCE)
    cities = [
        ("410100", "郑州市", "郑州", henan),
        ("220200", "吉林市", "吉林", jilin),
        ("211300", "朝阳市", "朝阳", None),
    ]
    for code, name, short, parent in cities:
        PlaceFactory(code=code, name=name, short_name=short, parent=parent, level=LEVEL.PREFECTURE)
    PlaceFactory(code="110105", name="朝阳区", short_name="朝阳", level=LEVEL.COUNTY)
    turkey = PlaceFactory(code="tur", name="土耳其", short_name="", level=LEVEL.COUNTRY)
    PlaceName.objects.create(place=turkey, name="Turkey", kind=PlaceName.Kind.FORMER)
    PlaceName.objects.create(place=turkey, name="Türkiye", kind=PlaceName.Kind.FOREIGN)


def code_of(found):
    return found.place and found.place.code


@pytest.mark.parametrize(
    ("code", "name", "place"),
    [
        ("410100", "", "410100"),
        ("410100", "郑州", "410100"),
        ("410100", "郑州城区", "410100"),
        ("", "郑州", "410100"),
        ("", "郑州市", "410100"),
        ("", " 郑 州 ", "410100"),
        ("", "河南郑州", "410100"),
        ("", "河南省郑州市", "410100"),
        ("TUR", "Turkey", "tur"),
        ("", "Türkiye", "tur"),
        ("", "turkey", "tur"),
        ("", "朝阳市", "211300"),
        ("", "朝阳", None),
        ("", "吉林", None),
        ("", "洛阳", None),
        ("", "", None),
        ("999999", "郑州", None),
        ("220200", "郑州", None),
    ],
)
def test_what_a_row_is_about(index, map_of_china, code, name, place):
    assert code_of(Places(index).find(code=code, name=name)) == place


def test_the_level_of_the_universe_decides_between_names_alike(index, map_of_china):
    cities = Places(index, LEVEL.PREFECTURE)
    assert [code_of(cities.find(name=name)) for name in ("吉林", "朝阳", "河南")] == [
        "220200",
        "211300",
        "410000",
    ]


def test_reasons_name_what_was_found(index, map_of_china):
    places = Places(index)
    assert [
        places.find(code=code, name=name).reason
        for code, name in [
            ("", "吉林"),
            ("", "洛阳"),
            ("999999", ""),
            ("220200", "郑州"),
            ("", ""),
        ]
    ] == [
        "“吉林”可能是：吉林省（220000）、吉林市（220200），请指明是哪一个。",
        "没有名为“洛阳”的地方。",
        "没有代码为“999999”的地方。",
        "代码 220200 是吉林市，名称“郑州”却是郑州市（410100）。",
        "没有代码，也没有名称。",
    ]
    assert [row.code for row in places.find(name="吉林").candidates] == ["220000", "220200"]


def test_a_judgement_is_remembered_for_its_series_alone(index, map_of_china):
    city = Place.objects.get(code="220200")
    remember(index, "吉林", Place.objects.get(code="220000"), by=UserFactory())
    remember(index, " 吉林", city, by=UserFactory())
    assert code_of(Places(index).find(name="吉林")) == "220200"
    assert code_of(Places(IndexFactory()).find(name="吉林")) is None
    assert index.place_judgements.get().place == city


def test_a_file_of_any_length_asks_thrice(index, map_of_china, django_assert_num_queries):
    with django_assert_num_queries(3):
        places = Places(index)
        for _ in range(2):
            for place in ("郑州", "洛阳", "吉林", "Turkey"):
                places.find(name=place)
