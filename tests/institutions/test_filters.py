"""The one vocabulary of the register: what each parameter asks, and what is refused in which words."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.filters import PARAMETERS, RegisterFilter
from institutions.merging import merge
from institutions.models import InstitutionName
from institutions.naming import set_names
from institutions.register.counting import Both
from portal.models import Place
from portal.parameters import BadParameter
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    """Two kinds of one scheme and one of another, three hospitals in two districts and a zone."""
    city = PlaceFactory(code="410100", name="郑州市")
    inside = [
        PlaceFactory(code="410105", name="金水区", level="county", parent=city),
        PlaceFactory(code="410103", name="二七区", level="county", parent=city),
        PlaceFactory(code="x-zhengdong", name="郑东新区", level=Place.Level.ZONE, parent=city),
    ]
    medical = KindFactory(code="medical")
    care = KindFactory(code="care", scheme=medical.scheme)
    fever = KindFactory(code="fever")
    levels = ("3a", "2a", "")
    names = ("第一医院", "第二医院", "第三医院")
    hospitals = [
        an_institution(name, place=place, level=level)
        for name, place, level in zip(names, inside, levels, strict=True)
    ]
    first, second, third = hospitals
    listed = a_notice(first, second, third, kind=medical)
    published(listed)
    published(a_notice(first, kind=care, effective_on=date(2021, 1, 1)))
    published(a_notice(third, kind=fever, effective_on=None))
    return hospitals


def names(**parameters):
    return [row.name for row in RegisterFilter.read(parameters).listed()]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, ["第二医院", "第三医院", "第一医院"]),
        ({"kind": "care"}, ["第一医院"]),
        ({"kind": "fever"}, ["第三医院"]),
        ({"district": "410105"}, ["第一医院"]),
        ({"district": "x-zhengdong"}, ["第三医院"]),
        ({"district": "410100"}, ["第二医院", "第三医院", "第一医院"]),
        ({"level": "2a"}, ["第二医院"]),
        ({"q": "第二"}, ["第二医院"]),
        ({"q": "ＤＹＹＹ"}, ["第一医院"]),
        ({"q": "disan"}, ["第三医院"]),
        ({"q": "没有"}, []),
        ({"as_of": "2020-08-31"}, ["第三医院"]),
        ({"as_of": "2020年8月31日", "kind": "medical"}, []),
        ({"kind": "care", "as_of": "2020-12-31"}, []),
        ({"kind": "medical", "district": "410103", "level": "3a"}, []),
    ],
)
def test_what_each_parameter_asks(register, parameters, expected):
    assert sorted(names(**parameters)) == sorted(expected)


def test_the_list_is_in_the_order_of_the_sounds(register):
    assert names() == ["第二医院", "第三医院", "第一医院"]


def test_a_scheme_is_all_its_kinds(register):
    scheme = register[0].lines.first().kind.scheme.code
    counts = RegisterFilter.read({"scheme": scheme}).counts()
    assert (counts.total, counts.start_unknown) == (Both(4, 3), Both(0, 0))
    everything = RegisterFilter.read({}).counts()
    assert (everything.total, everything.start_unknown) == (Both(5, 3), Both(1, 1))


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("scheme", "none", "参数 scheme 应为一种定点制度的代码，收到的是“none”。"),
        ("kind", "none", "参数 kind 应为一种定点类别的代码，收到的是“none”。"),
        ("district", "999999", "参数 district 应为一个地方的代码，收到的是“999999”。"),
        ("level", "9", "参数 level 应为一种等级的代码，收到的是“9”。"),
        ("as_of", "昨天", "参数 as_of 应为日期（如 2020-09-01），收到的是“昨天”。"),
        ("as_of", "2020-02-30", "参数 as_of 应为日期（如 2020-09-01），收到的是“2020-02-30”。"),
        (
            "as_of",
            "1900-01-01",
            "参数 as_of 应为1949 年 10 月到 2100 年之间的日期，收到的是“1900-01-01”。",
        ),
        (
            "known_at",
            "2020-01-01T08:00",
            "参数 known_at 应为日期（如 2020-09-01）或带时区的时刻（如 2020-09-01T08:30:00+08:00），"
            "收到的是“2020-01-01T08:00”。",
        ),
    ],
)
def test_a_wrong_value_is_named(register, name, value, message):
    with pytest.raises(BadParameter) as refused:
        RegisterFilter.read({name: value})
    assert str(refused.value) == message


def test_a_kind_of_another_scheme_is_refused(register):
    scheme = register[0].lines.first().kind.scheme
    with pytest.raises(BadParameter) as refused:
        RegisterFilter.read({"scheme": scheme.code, "kind": "fever"})
    assert str(refused.value) == f"参数 kind 应为“{scheme}”的一种类别的代码，收到的是“fever”。"


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=30)))
def test_no_address_breaks_the_reading(db, parameters):
    try:
        asked = RegisterFilter.read(parameters)
    except BadParameter:
        return
    assert list(asked.listed()) == []


def test_the_query_string_asks_the_same(register):
    given_ = {
        "scheme": register[0].lines.first().kind.scheme.code,
        "kind": "care",
        "district": "410105",
        "level": "3a",
        "q": "第一",
        "as_of": "2021-02-01",
        "known_at": "2021-02-01T00:00:00+00:00",
    }
    asked = RegisterFilter.read(given_)
    from django.http import QueryDict

    assert RegisterFilter.read(QueryDict(asked.query())) == asked
    assert RegisterFilter.read({}).query() == ""


def test_any_name_that_it_ever_had_finds_it(register):
    first = register[0]
    rows = [
        ("第一医院", "official", None),
        ("老城诊所", "former", date(2001, 1, 1)),
        ("市一院", "alias", None),
    ]
    named = [
        InstitutionName.of(first, name, kind=kind, valid_to=until, source_words="院志")
        for name, kind, until in rows
    ]
    set_names(first, named, by=UserFactory())
    assert [names(q=name) for name in ("老城诊所", "市一院", "SYY")] == [["第一医院"]] * 3


def test_the_names_of_a_part_find_its_whole(register):
    first, second, _ = register
    merge(first, second, on=date(2022, 1, 1), source_words="批复", by=UserFactory())
    assert names(q="第一", as_of="2021-12-31") == ["第一医院"]
    assert names(q="第一", as_of="2022-01-01") == ["第二医院"]
    assert names(district="410105", as_of="2022-01-01") == []
    assert not RegisterFilter.read({"q": "第一", "as_of": "2022-01-01"}).not_listed().exists()


def test_who_bears_the_name_and_is_not_listed_that_day(register):
    asked = RegisterFilter.read({"q": "第一", "kind": "care", "as_of": "2020-12-31"})
    assert [row.name for row in asked.not_listed()] == ["第一医院"]
    an_institution("第一草稿医院")
    assert [row.name for row in asked.not_listed()] == ["第一医院"]
    assert list(RegisterFilter.read({"as_of": "2020-12-31"}).not_listed()) == []


def test_what_was_known_before_is_still_counted(register):
    before = timezone.now()
    published(a_notice(an_institution("第四医院"), kind=register[0].lines.first().kind))
    then = RegisterFilter.read({"known_at": before.isoformat()})
    assert [row.name for row in then.listed()] == ["第二医院", "第三医院", "第一医院"]
    assert (then.counts().total, RegisterFilter().counts().total) == (Both(5, 3), Both(6, 4))


def test_a_day_of_knowledge_is_its_end():
    asked = RegisterFilter.read({"known_at": "2020-09-01"})
    assert timezone.localtime(asked.known_at).isoformat() == "2020-09-01T23:59:59.999999+08:00"
    to_come = timezone.localdate() + timedelta(days=3)
    assert RegisterFilter.read({"known_at": to_come.isoformat()}).known_at <= timezone.now()
    lost_plus = RegisterFilter.read({"known_at": "2020-09-01T08:30:00 08:00"})
    assert lost_plus.known_at.isoformat() == "2020-09-01T08:30:00+08:00"
