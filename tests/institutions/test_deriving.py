"""Writing down what the lines state: only what differs, at one instant, at a constant number of queries."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from institutions.deriving import derive, differences
from institutions.models import Designation, InstitutionName, Interruption
from institutions.publishing import publish
from portal.records import close
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
ON = date(2021, 5, 1)
# Of a publication; PostgreSQL queues by a statement of its own, twice.
QUERIES = {"sqlite": 20, "postgresql": 22}


def told(difference):
    return (len(difference.old), len(difference.new))


def test_nothing_to_do():
    kind, hospital = KindFactory(), an_institution()
    published(a_notice(hospital, kind=kind))
    rows = list(Designation.objects.values())
    assert [told(found) for found in differences()] == [(0, 0)] * 3
    assert [told(found) for found in derive(at=timezone.now())] == [(0, 0)] * 3
    assert list(Designation.objects.values()) == rows


def test_what_another_notice_leaves_as_it_is_keeps_its_known_time():
    kind, hospital = KindFactory(), an_institution()
    other = KindFactory(scheme=kind.scheme)
    first = published(a_notice(hospital, {"institution": hospital, "kind": other}, kind=kind))
    revoke = {"institution": hospital, "action": "revoke", "on": ON}
    second = published(a_notice(revoke, kind=kind))
    known = Designation.objects.current().order_by("kind").values_list("kind", "known_from")
    assert list(known) == [(kind.pk, second.published_at), (other.pk, first.published_at)]
    old = Designation.objects.get(known_to__isnull=False)
    assert (old.kind, old.known_from, old.known_to) == (
        kind,
        first.published_at,
        second.published_at,
    )


def test_rows_that_no_line_states_and_lines_without_rows():
    kind, hospital = KindFactory(), an_institution()
    notice = published(a_notice(hospital, kind=kind))
    row = Designation.objects.get()
    close([row])
    assert [told(found) for found in differences()] == [(0, 1), (0, 0), (0, 0)]
    line = notice.lines.get()
    false = Interruption(
        institution=hospital,
        kind=kind,
        nature="suspended",
        valid_from=ON,
        line=line,
        known_from=timezone.now(),
    )
    false.save()
    found = differences()
    assert [told(difference) for difference in found] == [(0, 1), (1, 0), (0, 0)]
    assert [bool(difference) for difference in found] == [True, True, False]
    derive(at=timezone.now())
    assert not any(differences())
    assert Designation.objects.count() == 2
    assert Interruption.objects.get().known_to is not None


def test_only_those_asked_for():
    kind = KindFactory()
    hospitals = [an_institution(name) for name in "甲乙"]
    for hospital in hospitals:
        published(a_notice(hospital, kind=kind))
    close(Designation.objects.all())
    derive([hospitals[0].pk], at=timezone.now())
    assert Designation.objects.current().get().institution == hospitals[0]
    assert [told(found) for found in differences([hospitals[1].pk])] == [(0, 1), (0, 0), (0, 0)]
    assert not any(differences([]))


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_rows(django_assert_num_queries, number):
    kind, editor = KindFactory(), UserFactory()
    draft = a_notice(*[an_institution(f"第{n}医院") for n in range(number)], kind=kind)
    with transaction.atomic(), django_assert_num_queries(QUERIES[connection.vendor]):
        publish(draft, by=editor)


@pytest.mark.parametrize("number", [1, 3])
def test_nor_when_all_is_rebuilt(django_assert_num_queries, number):
    kind = KindFactory()
    for n in range(number):
        published(a_notice(an_institution(f"第{n}医院"), kind=kind))
    # The lines, and the stored rows of the three models.
    with django_assert_num_queries(4):
        derive(at=timezone.now())


def test_names_are_written_and_become_present():
    hospital = an_institution("甲")
    renamed = {"institution": hospital, "action": "rename", "new_name": "乙", "on": ON}
    notice = published(a_notice(renamed, kind=KindFactory()))
    name = InstitutionName.objects.get(line__isnull=False)
    assert (name.name, name.valid_from, name.known_from) == ("乙", ON, notice.published_at)
    hospital.refresh_from_db()
    assert (hospital.name, hospital.version) == ("乙", 2)
