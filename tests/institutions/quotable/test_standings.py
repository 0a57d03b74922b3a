"""Several questions answered together: each answer is the one that the finder gives alone."""

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone

from institutions.filters import RegisterFilter
from institutions.merging import merge
from institutions.models import Kind, NoticeLine
from institutions.publishing import withdraw
from institutions.quotable.standings import standings
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
FIRST = date(2020, 1, 1)
ACTIONS = ("designate", "designate", "designate", "revoke", "suspend", "resume", "renew")


def a_day(chance):
    return FIRST + timedelta(days=chance.randrange(6))


def random_line(chance, institutions, kinds):
    action = chance.choice(ACTIONS)
    day = a_day(chance) if chance.random() < 0.7 else None
    line = {"institution": chance.choice(institutions), "kind": chance.choice(kinds)}
    term = {}
    if action in ("designate", "suspend") and chance.random() < 0.3:
        term = {"term_to": FIRST + timedelta(days=6)}
    return {**line, "action": action, "on": day, **term}


def random_history(seed):
    """Publish a few notices with contradictory lines, withdraw one, merge two; return (kinds, places)."""
    chance = random.Random(seed)  # noqa: S311
    medical = KindFactory()
    kinds = [medical, KindFactory(scheme=medical.scheme), KindFactory(scheme=medical.scheme)]
    city = PlaceFactory()
    places = [city, PlaceFactory(parent=city), None]
    institutions = [an_institution(f"第{n}医院", place=chance.choice(places)) for n in range(5)]
    notices = [
        published(
            a_notice(
                *(random_line(chance, institutions, kinds) for _ in range(4)),
                kind=medical,
                effective_on=None,
            )
        )
        for _ in range(4)
    ]
    editor = UserFactory()
    part, whole = chance.sample(institutions, 2)
    merge(part, whole, on=a_day(chance), source_words="公告", by=editor)
    before = timezone.now()
    withdraw(chance.choice(notices), by=editor, reason="误传")
    return kinds, places, before


@pytest.mark.parametrize("seed", range(10))
def test_each_answer_is_that_of_the_finder(seed):
    own, places, before = random_history(seed)
    kinds = tuple(Kind.objects.select_related("scheme"))
    for known_at in (None, before):
        filters = [
            RegisterFilter(
                scheme=own[0].scheme,
                kind=kind,
                district=district,
                on=FIRST + timedelta(days=offset),
                known_at=known_at,
                kinds=kinds,
            )
            for offset in (0, 2, 5, 8)
            for kind in (None, own[0])
            for district in (None, places[1])
        ]
        found = standings(filters)
        for one in filters:
            alone = one.counts()
            together = found[one].settled.counts()
            assert (together.in_force, together.start_unknown, together.total) == (
                alone.in_force,
                alone.start_unknown,
                alone.total,
            )
            openers = NoticeLine.objects.filter(action__in=["designate", "renew"])
            listed = found[one].settled.in_force | found[one].settled.start_unknown
            for institution, kind in listed:
                notice = found[one].opened_by[institution, kind]
                assert openers.filter(notice=notice, institution=institution, kind=kind).exists()


def test_no_question_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert standings([]) == {}


def test_one_instant_of_knowledge_for_all():
    kind = KindFactory()
    one = RegisterFilter(kind=kind, on=FIRST)
    other = RegisterFilter(kind=kind, on=FIRST, known_at=timezone.now())
    with pytest.raises(ValueError, match="one instant"):
        standings([one, other])
