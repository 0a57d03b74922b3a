"""Declarations of coverage: made, replaced, taken back, and what each makes of an answer."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from institutions.checking import check
from institutions.covering import declare, withdraw
from institutions.models import Coverage, Institution
from portal.models import Change
from portal.records import AlreadyClosed
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, an_institution

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
FIRST, LAST = date(2020, 9, 1), date(2020, 9, 30)


@pytest.fixture
def told(db):
    """What a declaration is made of, about an area in which an institution lies."""
    area = PlaceFactory()
    an_institution(place=area)
    return {
        "kind": KindFactory(),
        "area": area,
        "first": FIRST,
        "last": LAST,
        "basis": " 全部在册名单 ",
        "by": UserFactory(),
    }


def verdicts(told, known_at=None):
    hospital = Institution.objects.get()
    days = (FIRST - DAY, FIRST, LAST, LAST + DAY)
    return [check(hospital, told["kind"], day, known_at).answer.verdict.value for day in days]


def test_a_no_only_inside_it(told):
    before = timezone.now()
    row = declare(**told)
    assert (row.basis, row.declared_by, row.known_to) == ("全部在册名单", told["by"], None)
    assert verdicts(told) == ["unknown", "no", "no", "unknown"]
    assert verdicts(told, before) == ["unknown"] * 4
    assert list(Change.objects.values_list("act", "reference", "by")) == [
        ("publish", f"coverage:{row.pk}", told["by"].pk)
    ]


def test_without_a_last_day_it_reaches_to_the_day_of_the_question(told):
    row = declare(**{**told, "last": None})
    assert row.valid_to is None
    assert verdicts(told) == ["unknown", "no", "no", "no"]
    hospital, today = Institution.objects.get(), timezone.localdate()
    said = [check(hospital, told["kind"], today + n * DAY).answer.verdict for n in (0, 1)]
    assert said == ["no", "unknown"]


def test_taken_back_it_stands_no_more(told):
    row = declare(**told)
    between = timezone.now()
    withdraw(row, by=told["by"], reason="漏收一份名单")
    assert verdicts(told) == ["unknown"] * 4
    assert verdicts(told, between) == ["unknown", "no", "no", "unknown"]
    assert list(Change.objects.values_list("act", flat=True)) == ["withdraw", "publish"]
    with pytest.raises(AlreadyClosed):
        withdraw(Coverage.objects.get(), by=told["by"], reason="再来一次")
    assert Change.objects.count() == 2


def test_replaced_both_are_kept(told):
    old = declare(**told)
    new = declare(**{**told, "first": FIRST + DAY}, replaces=old)
    old.refresh_from_db()
    assert old.known_to == new.known_from
    assert verdicts(told) == ["unknown", "unknown", "no", "unknown"]
    assert Change.objects.first().act == "correct"
    with pytest.raises(AlreadyClosed, match="条记录已被取代，请重新载入。"):
        declare(**told, replaces=old)
    assert Coverage.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"first": None}, {"__all__": ["请填写从哪一天起收录完整。"]}),
        ({"basis": " "}, {"basis": ["此字段不能为空。"]}),
        ({"last": FIRST - DAY}, {"__all__": ["截止日不能早于起始日。"]}),
        (
            {"first": date(1900, 1, 1)},
            {"__all__": ["日期须在 1949 年 10 月 1 日到 2100 年底之间，请检查年份。"]},
        ),
    ],
)
def test_what_is_wrong_is_said_in_chinese(told, change, errors):
    with pytest.raises(ValidationError) as refused:
        declare(**{**told, **change})
    said = refused.value.message_dict
    assert {name: said[name][:1] for name in errors} == errors
    assert (Coverage.objects.count(), Change.objects.count()) == (0, 0)


def test_taking_back_wants_a_reason(told):
    row = declare(**told)
    with pytest.raises(ValueError, match="撤回声明必须写明理由。"):
        withdraw(row, by=told["by"], reason=" ")
    assert Coverage.objects.current().count() == 1
