"""What a line prints about a new institution, and what of it becomes the institution's."""

import pytest

from institutions.lineinstitutions import institution_fields, level_of, ownership_of, place_of
from institutions.models.institutions import Level
from tests.factories import PlaceFactory
from tests.institutions.factories import KindFactory, a_line, a_notice

pytestmark = pytest.mark.django_db

NOTHING = {"level": "", "ownership": "", "credit_code": "", "address": "", "phone": ""}


@pytest.mark.parametrize(
    ("printed", "level"),
    [
        ("三级甲等", "3a"),
        ("三甲", "3a"),
        (" 三 甲 ", "3a"),
        ("二级", "2"),
        ("未评级", "0"),
        ("未定级", "0"),
        ("四级", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_levels(printed, level):
    assert level_of(printed) == level


def test_every_level_is_known_by_its_label():
    assert [level_of(label) for _, label in Level.choices] == [value for value, _ in Level.choices]


@pytest.mark.parametrize(
    ("printed", "ownership"),
    [("公立", "public"), ("民营", "private"), ("军队", "military"), ("合资", ""), (None, "")],
)
def test_ownerships(printed, ownership):
    assert ownership_of(printed) == ownership


class TestPlaces:
    def test_the_one_inside_the_area(self, django_assert_num_queries):
        city, elsewhere = PlaceFactory(), PlaceFactory()
        inside = PlaceFactory(name="金水区", parent=city)
        PlaceFactory(name="金水区", parent=elsewhere)
        known = {}
        with django_assert_num_queries(1):
            assert [place_of("金水区", city, known) for _ in range(3)] == [inside] * 3

    def test_none_or_several(self):
        city = PlaceFactory()
        for _ in range(2):
            PlaceFactory(name="城关区", parent=city)
        found = [place_of(name, city, {}) for name in ("城关区", "别处", "", None)]
        assert found == [None] * 4
        assert place_of("城关区", None, {}) is None


class TestFields:
    def fields(self, *details):
        notice = a_notice(kind=KindFactory())
        lines = [a_line(notice, name="新城医院", details=row) for row in details]
        told = institution_fields(lines, notice, {})
        assert told.pop("place") == notice.area
        return told

    def test_without_details(self):
        assert self.fields({}) == NOTHING

    def test_the_first_line_that_prints_something_is_believed(self):
        told = self.fields(
            {"grade": "三甲", "code": "91350100M000100Y43"},
            {"grade": "二甲", "address": "东风路1号", "phone": "0371-66666666"},
        )
        assert told == {
            "level": "3a",
            "ownership": "",
            "credit_code": "91350100M000100Y43",
            "address": "东风路1号",
            "phone": "0371-66666666",
        }

    @pytest.mark.parametrize(
        "details",
        [
            {"code": "91350100M000100Y44"},
            {"code": "H41010500001"},
            {"phone": "13812345678"},
            {"phone": "0371-66666666 张主任 13812345678"},
            {"address": "东" * 201},
        ],
    )
    def test_what_is_doubtful_or_private_is_left_out(self, details):
        assert self.fields(details) == NOTHING
