"""Counting by the database is counting by the definition: the same numbers for every history, day and merge."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions.counting import RegisterDay, counts_as_printed
from institutions.histories import all_merges, evidence_of
from institutions.merging import merge, undo
from institutions.models import Institution
from institutions.publishing import withdraw
from institutions.quotable.noticelists import count_lines, said_by
from institutions.register import count
from institutions.register.counting import Both
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
FIRST = date(2020, 1, 1)
DAYS = st.integers(0, 12).map(lambda n: FIRST + timedelta(days=n))
ACTIONS = st.sampled_from(["designate", "designate", "revoke", "suspend", "resume", "renew"])
LINES = st.tuples(st.integers(0, 3), st.integers(0, 1), ACTIONS, st.none() | DAYS, st.none() | DAYS)
MERGES = st.tuples(st.integers(0, 3), st.integers(0, 3), DAYS, st.booleans())


def the_definition(day, kinds, known_at=None):
    register = evidence_of().fold(known_at)
    editors = [row for row in all_merges(known_at) if row.line is None]
    return count(register, day, merges=editors, kinds=kinds)


def tell(lines, merges, hospitals, kinds, editor):
    """Publish each line in a notice of its own, and state the merges that are not refused."""
    for place, kind, action, on, until in lines:
        line = {"institution": hospitals[place], "kind": kinds[kind], "action": action, "on": on}
        if action in ("designate", "renew", "suspend") and until and (on is None or until >= on):
            line["term_to"] = until
        published(
            a_notice(line, kind=kinds[0], issuer=editor.body, area=editor.area, effective_on=None),
            editor,
        )
    for part, whole, on, by_notice in merges:
        if part == whole:
            continue
        line = {"institution": hospitals[part], "into": hospitals[whole], "action": "merge"}
        if by_notice:
            notice = a_notice(
                {**line, "on": on}, kind=kinds[0], issuer=editor.body, area=editor.area
            )
            published(notice, editor)
            continue
        try:
            merge(hospitals[part], hospitals[whole], on=on, source_words="公告", by=editor)
        except ValidationError:
            continue


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(LINES, min_size=1, max_size=7),
    st.lists(MERGES, max_size=3),
    st.integers(-1, 14),
    st.sampled_from([None, [0], [1], [0, 1]]),
)
def test_the_database_counts_as_the_definition_says(db, lines, merges, day, asked):
    with transaction.atomic():
        medical = KindFactory()
        kinds = [medical, KindFactory(scheme=medical.scheme)]
        hospitals = [an_institution(f"第{n}医院") for n in range(4)]
        editor = UserFactory()
        head = a_notice(kind=medical)
        editor.body, editor.area = head.issuer, head.area
        tell(lines, merges, hospitals, kinds, editor)
        keys = None if asked is None else {kinds[n].pk for n in asked}
        agrees(FIRST + timedelta(days=day), keys, hospitals)
        transaction.set_rollback(True)


def agrees(day, kinds, hospitals):
    """Assert that the numbers are those of the definition, and add up over the institutions."""
    register = RegisterDay(day, kinds=kinds)
    tally = register.tally()
    assert tally.counts == the_definition(day, kinds)
    assert register.listed().count() == tally.listed
    each = [register.tally(Institution.objects.filter(pk=row.pk)) for row in hospitals]
    assert sum(one.listed for one in each) == tally.listed
    for name in ("in_force", "start_unknown", "total", "suspended", "in_doubt"):
        parts = [getattr(one.counts, name) for one in each]
        sums = Both(sum(p.designations for p in parts), sum(p.institutions for p in parts))
        assert sums == getattr(tally.counts, name)


def test_a_notices_list_is_counted_as_it_is_printed():
    medical = KindFactory()
    care = KindFactory(scheme=medical.scheme)
    first, second = an_institution("第一医院"), an_institution("第二医院")
    notice = a_notice(
        first,
        first,
        second,
        {"institution": first, "kind": care},
        {"institution": second, "action": "revoke"},
        {"institution": second, "action": "rename", "new_name": "新名医院"},
        {"name": "外地医院", "decision": "ignored", "decision_reason": "不在本市"},
        kind=medical,
    )
    counts = counts_as_printed(published(notice))
    assert counts == [("designate", Both(3, 2)), ("revoke", Both(1, 1))]
    said = said_by([notice.pk])[notice.pk]
    assert [(action, count_lines(said, action=action)) for action, _ in counts] == counts


def test_a_withdrawn_notice_counts_until_its_withdrawal():
    kind = KindFactory()
    notice = published(a_notice(an_institution(), kind=kind))
    before = timezone.now()
    withdraw(notice, by=UserFactory(), reason="文件系误传")
    day = date(2021, 1, 1)
    counts = [RegisterDay(day, at).tally().counts.total for at in (None, before)]
    assert counts == [Both(0, 0), Both(1, 1)]


def test_an_undone_merge_parts_the_two_again():
    kind, part, whole = KindFactory(), an_institution("分院"), an_institution("总院")
    published(a_notice(part, whole, kind=kind))
    row = merge(part, whole, on=FIRST, source_words="批复", by=UserFactory())
    day = date(2021, 1, 1)
    assert RegisterDay(day).tally().counts.total == Both(1, 1)
    undo(row, source_words="批复作废", by=UserFactory())
    assert RegisterDay(day).tally().counts.total == Both(2, 2)
    assert list(RegisterDay(day).by_part) == []
