"""Where institutions lie, with its known time: an answer that rested on coverage stays what it was."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from institutions.checking import areas_of, check
from institutions.covering import declare
from institutions.models import Institution, Seat
from institutions.seating import settle
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, an_institution

pytestmark = pytest.mark.django_db


def test_a_move_is_stated_and_the_old_place_stays_known():
    city, other = PlaceFactory(), PlaceFactory()
    hospital = an_institution(place=city)
    before = timezone.now()
    hospital.place = other
    hospital.save()
    rows = Seat.objects.order_by("pk")
    assert [(row.place_id, row.known_to is None) for row in rows] == [
        (city.pk, False),
        (other.pk, True),
    ]
    assert areas_of([hospital.pk]) == {hospital.pk: frozenset([other.pk])}
    assert areas_of([hospital.pk], before) == {hospital.pk: frozenset([city.pk])}


def test_what_was_answered_before_a_move_is_still_answered():
    kind, city, hospital = KindFactory(), PlaceFactory(), None
    hospital = an_institution(place=PlaceFactory(parent=city, level="county"))
    declare(kind=kind, area=city, first=date(2020, 1, 1), basis="逐条核对", by=UserFactory())
    before = timezone.now()
    assert str(check(hospital, kind, date(2021, 1, 1)).answer.verdict) == "no"
    hospital.place = PlaceFactory()
    hospital.save()
    assert str(check(hospital, kind, date(2021, 1, 1)).answer.verdict) == "unknown"
    assert str(check(hospital, kind, date(2021, 1, 1), before).answer.verdict) == "no"


def test_an_institution_without_a_place_is_covered_by_nothing():
    hospital = an_institution(place=PlaceFactory())
    hospital.place = None
    hospital.save()
    assert areas_of([hospital.pk]) == {hospital.pk: frozenset()}
    assert Seat.objects.current().count() == 0


def test_settling_again_states_nothing(django_assert_num_queries):
    for number in range(3):
        an_institution(f"第{number}家医院", place=PlaceFactory())
    with django_assert_num_queries(2):
        settle(Institution.objects.all())
    assert Seat.objects.count() == 3


def test_a_seat_has_one_current_row():
    hospital = an_institution(place=PlaceFactory())
    row = Seat(institution=hospital, place=PlaceFactory(), known_from=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
