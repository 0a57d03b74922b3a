"""Rows handed to the register as values: every field in its place, at a constant number of queries."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from institutions.covering import declare
from institutions.histories import (
    coverages_of,
    designations_of,
    evidence_of,
    interruptions_of,
    merges_stated,
    relatives_of,
)
from institutions.merging import merge, undo
from institutions.models import Notice
from institutions.publishing import draft_correction, withdraw
from institutions.register import Coverage, Document, Line
from institutions.register.lines import Action
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, a_line, a_notice, an_institution, published

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
ON = date(2021, 5, 1)
DATES = {
    "issued_on": date(2020, 8, 1),
    "effective_on": None,
    "stated_on": date(2020, 8, 10),
    "stated_basis": "来函",
}


def test_every_field_of_a_line_and_its_document():
    kind, hospital, whole = KindFactory(), an_institution("甲"), an_institution("乙")
    terms = {"term_from": ON, "term_to": ON + DAY}
    draft = a_notice({"institution": hospital, "on": ON - DAY, **terms}, kind=kind, **DATES)
    a_line(draft, hospital, kind, action="revoke", on=ON, on_is_last_day=True)
    a_line(draft, hospital, action="rename", new_name="丙")
    a_line(draft, hospital, action="merge", into=whole)
    notice = published(draft)
    evidence = evidence_of([hospital.pk])
    assert evidence.documents == (Document(notice.pk, notice.published_at, **DATES),)
    said = (notice.pk, hospital.pk)
    assert sorted(evidence.lines, key=lambda line: line.key) == [
        Line(said[0], 1, Action.DESIGNATE, said[1], kind.pk, ON - DAY, **terms),
        Line(said[0], 2, Action.REVOKE, said[1], kind.pk, ON, True),
        Line(said[0], 3, Action.RENAME, said[1], new_name="丙"),
        Line(said[0], 4, Action.MERGE, said[1], into=whole.pk),
    ]
    keys = dict(notice.lines.values_list("number", "pk"))
    assert evidence.rows == {(notice.pk, number): pk for number, pk in keys.items()}


def test_when_a_document_was_withdrawn_and_replaced():
    kind, hospital, editor = KindFactory(), an_institution(), UserFactory()
    old = published(a_notice(hospital, kind=kind))
    new = published(draft_correction(old, by=editor))
    withdraw(new, by=editor, reason="误传")
    told = {row.id: (row.withdrawn_at, row.replaced_at) for row in evidence_of().documents}
    assert told == {old.pk: (None, new.published_at), new.pk: (new.withdrawn_at, None)}


def test_what_is_no_evidence():
    kind, hospital = KindFactory(), an_institution()
    a_notice(hospital, kind=kind)
    draft = a_notice(hospital, kind=kind)
    a_line(draft, name="外地医院", decision="ignored", decision_reason="不属本市")
    notice = published(draft)
    assert [line.key for line in evidence_of().lines] == [(notice.pk, 1)]
    assert evidence_of([]).lines == ()
    assert evidence_of([hospital.pk + 1]).lines == ()


@pytest.mark.parametrize("number", [1, 3])
def test_one_query(django_assert_num_queries, number):
    kind = KindFactory()
    hospitals = [an_institution(f"第{n}医院") for n in range(number)]
    for hospital in hospitals:
        published(a_notice(hospital, kind=kind))
    with django_assert_num_queries(1):
        assert len(evidence_of([row.pk for row in hospitals]).lines) == number
    with django_assert_num_queries(1):
        assert len(evidence_of().lines) == number


def test_merges_as_they_were_stated():
    one, two, editor = an_institution("甲"), an_institution("乙"), UserFactory()
    row = merge(one, two, on=ON, source_words="批复", by=editor)
    undoing = undo(row, source_words="误记", by=editor)
    instants = (row.known_from - DAY, row.known_from, undoing.known_from)
    found = [[(m.part, m.whole, m.on, m.id) for m in merges_stated(at)] for at in instants]
    assert found == [[], [(one.pk, two.pk, ON, row.pk)], []]


def test_relatives_by_rows_and_by_lines():
    rows = [an_institution(name) for name in "甲乙丙丁戊"]
    one, two, three, four, alone = rows
    kind = KindFactory()
    merge(one, two, on=ON, source_words="批复", by=UserFactory())
    published(a_notice({"institution": three, "action": "merge", "into": two}, kind=kind))
    a_notice({"institution": four, "action": "merge", "into": two}, kind=kind)
    joined = {one.pk, two.pk, three.pk}
    found = [relatives_of([row.pk], merges_stated()) for row in rows]
    assert found == [joined, joined, joined, {four.pk}, {alone.pk}]


def test_declarations_of_the_kinds_asked():
    kind, other, area, editor = KindFactory(), KindFactory(), PlaceFactory(), UserFactory()
    told = {"area": area, "first": ON, "basis": "在册名单", "by": editor}
    row = declare(kind=kind, last=ON + DAY, **told)
    declare(kind=other, **told)
    assert coverages_of([kind.pk]) == (
        Coverage(kind.pk, area.pk, ON, ON + DAY, row.known_from, None),
    )


def test_what_is_derived_from_a_fold():
    kind, hospital = KindFactory(), an_institution()
    draft = a_notice(hospital, kind=kind, effective_on=ON)
    a_line(draft, hospital, kind, action="suspend", on=ON + DAY, term_to=ON + 3 * DAY)
    a_line(draft, hospital, kind, action="revoke", on=ON + 9 * DAY)
    a_line(draft, hospital, kind, action="suspend", on=ON + 10 * DAY)
    notice = published(draft)
    keys = dict(notice.lines.values_list("number", "pk"))
    evidence = evidence_of()
    folded = evidence.fold(timezone.now())
    (period,) = designations_of(folded, evidence.rows)
    said = (period.institution_id, period.kind_id, period.valid_from, period.valid_to)
    assert said == (hospital.pk, kind.pk, ON, ON + 8 * DAY)
    assert (period.basis, period.state) == ("notice", "revoked")
    assert (period.opened_by_id, period.closed_by_id) == (keys[1], keys[3])
    rows = interruptions_of(folded, evidence.rows)
    assert [(r.nature, r.code, r.valid_from, r.valid_to, r.line_id) for r in rows] == [
        ("suspended", "", ON + DAY, ON + 3 * DAY, keys[2]),
        ("doubtful", "suspended_unknown", ON + 9 * DAY, None, keys[4]),
    ]
    assert Notice.objects.count() == 1
