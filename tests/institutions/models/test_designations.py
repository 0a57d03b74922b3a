"""Periods and interruptions: what the database refuses of them, and the questions asked in SQL."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from institutions.models import Designation, Interruption
from portal.records import close
from tests.institutions.models.rows import (
    FIRST,
    T1,
    a_designation,
    a_draft_line,
    an_interruption,
    saved,
)
from tests.refusals import checks_of, constraint_refusing, execute, words_of_refusal

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LATER = FIRST + 29 * DAY
# What each check refuses; `closed_by` stands for the line of the row.
ILLEGAL = {
    "institutions_designation_valid_interval": [
        {"valid_to": FIRST - DAY, "state": "revoked", "closed_by": "line"}
    ],
    "institutions_designation_known_interval": [{"known_to": T1}, {"known_to": T1 - DAY}],
    "designation_words_are_known": [
        {"state": "paused", "valid_to": LATER, "closed_by": "line"},
        {"state": "", "valid_to": LATER, "closed_by": "line"},
    ],
    "designation_first_day_has_its_basis": [
        {"valid_from": None, "basis": "notice"},
        {"basis": "none"},
        {"basis": "issued_only"},
    ],
    "designation_end_has_its_line": [
        {"valid_to": LATER},
        {"closed_by": "line"},
        {"state": "revoked"},
        {"state": "expires", "valid_to": LATER},
        {"state": "continued", "closed_by": "line"},
    ],
}
INTERRUPTIONS = {
    "institutions_interruption_valid_interval": [{"valid_to": FIRST - DAY}],
    "institutions_interruption_known_interval": [{"known_to": T1}],
    "interruption_says_what_it_is": [
        {"nature": "paused"},
        {"code": "undated"},
        {"valid_from": None},
        {"nature": "doubtful"},
    ],
}


def cases(table):
    return [(name, fields) for name, rows in table.items() for fields in rows]


def with_line(fields):
    line = saved(a_draft_line())
    return {"line": line, **fields, **({"closed_by": line} if "closed_by" in fields else {})}


@pytest.mark.parametrize(("constraint", "fields"), cases(ILLEGAL))
def test_no_illegal_period(constraint, fields):
    assert constraint_refusing(saved, a_designation(**with_line(fields))) == constraint


@pytest.mark.parametrize(("constraint", "fields"), cases(INTERRUPTIONS))
def test_no_illegal_interruption(constraint, fields):
    assert constraint_refusing(saved, an_interruption(**fields)) == constraint


def test_every_check_is_tried():
    assert checks_of(Designation) == set(ILLEGAL)
    assert checks_of(Interruption) == set(INTERRUPTIONS)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"basis": "line"},
        {"basis": "agreement"},
        {"basis": "editor"},
        {"valid_from": None, "basis": "none"},
        {"valid_from": None, "basis": "issued_only"},
        {"valid_to": FIRST, "state": "expires", "closed_by": "line"},
        {"valid_from": None, "basis": "none", "valid_to": LATER, "state": "continued"}
        | {"closed_by": "line"},
        {"known_to": T1 + DAY},
    ],
)
def test_legal_periods(fields):
    saved(a_designation(**with_line(fields)))
    assert Designation.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"valid_to": FIRST},
        {"nature": "doubtful", "code": "undated"},
        {"nature": "doubtful", "code": "undated", "valid_from": None},
        {"nature": "doubtful", "code": "undated", "valid_from": None, "valid_to": LATER},
    ],
)
def test_legal_interruptions(fields):
    saved(an_interruption(**fields))
    assert Interruption.objects.count() == 1


def test_no_designation_without_a_line():
    row = a_designation(opened_by=None)
    assert "opened_by_id" in words_of_refusal(saved, row)


@pytest.mark.parametrize("field", ["institution", "kind", "known_from", "basis", "state"])
def test_no_designation_without_its_facts(field):
    name = f"{field}_id" if field in ("institution", "kind") else field
    row = a_designation()
    setattr(row, name, None)
    assert name in words_of_refusal(saved, row)


def test_no_designation_of_a_line_that_is_not_there():
    row = a_designation()
    row.opened_by_id += 1000

    def write():
        saved(row)
        connection.check_constraints()

    assert "opened_by" in words_of_refusal(write)


def span(first, last, line):
    ends = {"state": "revoked", "closed_by": line} if last else {}
    starts = {} if first else {"basis": "none"}
    return a_designation(line=line, valid_from=first, valid_to=last, **starts, **ends)


def on(day):
    return None if day is None else date(2020, 9, day)


# First and last day in September of a period beside another, which lasts from the 10th to the 20th,
# or as given.
OVERLAPPING = [
    ((10, 20), (20, 25)),
    ((10, 20), (5, 10)),
    ((10, 20), (12, 13)),
    ((10, 20), (1, 30)),
    ((10, 20), (10, 20)),
    ((10, 20), (20, None)),
    ((10, 20), (1, None)),
    ((10, 20), (None, 10)),
    ((10, 20), (None, None)),
    ((None, 20), (1, 2)),
    ((None, 20), (None, 1)),
    ((10, None), (30, 30)),
    ((10, None), (None, 30)),
    ((None, None), (1, 1)),
]
APART = [
    ((10, 20), (21, 25)),
    ((10, 20), (5, 9)),
    ((10, 20), (21, None)),
    ((10, 20), (None, 9)),
    ((None, 20), (21, None)),
    ((10, None), (1, 9)),
]


@pytest.mark.parametrize(("one", "other"), OVERLAPPING)
@pytest.mark.parametrize("swapped", [False, True])
def test_no_two_current_periods_overlap(one, other, swapped):
    one, other = (other, one) if swapped else (one, other)
    line = saved(a_draft_line())
    saved(span(*map(on, one), line))
    refusal = words_of_refusal(saved, span(*map(on, other), line))
    assert refusal == {
        "sqlite": "“定点记录”与同一对象的另一条现行记录时间重叠。",
        "postgresql": "conflicting key value violates exclusion constraint"
        ' "designation_periods_apart"',
    }.get(connection.vendor)


@pytest.mark.parametrize(("one", "other"), APART)
@pytest.mark.parametrize("swapped", [False, True])
def test_periods_apart_stand_together(one, other, swapped):
    one, other = (other, one) if swapped else (one, other)
    line = saved(a_draft_line())
    saved(span(*map(on, one), line))
    saved(span(*map(on, other), line))
    assert Designation.objects.current().count() == 2


def test_periods_of_others_do_not_matter():
    line, other = saved(a_draft_line()), saved(a_draft_line())
    saved(a_designation(line=line))
    saved(a_designation(line=line, kind=other.kind))
    saved(a_designation(line=line, institution=other.institution))
    assert Designation.objects.current().count() == 3


def test_closed_periods_may_overlap():
    line = saved(a_draft_line())
    close([saved(a_designation(line=line))])
    saved(a_designation(line=line))
    saved(a_designation(line=line, known_to=T1 + DAY))
    assert Designation.objects.count() == 3


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.django_db(transaction=True)
def test_periods_overlap_neither_between_transactions():
    line = saved(a_draft_line())
    other = connection.copy()
    columns = "institution_id, kind_id, valid_from, basis, state, opened_by_id, known_from"
    values = (
        f"{line.institution_id}, {line.kind_id}, '2020-09-05', 'line', 'open', {line.pk}, now()"
    )
    statement = f"INSERT INTO institutions_designation ({columns}) VALUES ({values})"  # noqa: S608
    try:
        with transaction.atomic():
            saved(a_designation(line=line))
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '50ms'")
                with pytest.raises(OperationalError, match="lock timeout"):
                    cursor.execute(statement)
        with other.cursor() as cursor:
            # The connection goes back to the pool, for others to use.
            cursor.execute("RESET lock_timeout")
        with other.cursor() as cursor, pytest.raises(IntegrityError, match="periods_apart"):
            cursor.execute(statement)
    finally:
        other.close()


@pytest.mark.parametrize(
    ("row", "words"), [(a_designation, "定点记录"), (an_interruption, "中止或存疑")]
)
@pytest.mark.parametrize("closed", [False, True])
def test_rows_are_only_ever_closed_once(row, words, closed):
    row = saved(row())
    if closed:
        close([row])
    table = row._meta.db_table
    kept = f"“{words}”一经记入，除关闭一次外，不可修改。"
    for assignment in ("valid_from = NULL", "known_from = known_from", "id = id + 1"):
        assert words_of_refusal(execute, f"UPDATE {table} SET {assignment}") == kept  # noqa: S608
    if closed:
        assert words_of_refusal(type(row).objects.update, known_to=None) == kept
        assert words_of_refusal(type(row).objects.update, known_to=timezone.now()) == kept
    assert words_of_refusal(execute, f"DELETE FROM {table}") == f"“{words}”一经记入，不可删除。"  # noqa: S608
    assert words_of_refusal(row.delete) == f"“{words}”一经记入，不可删除。"


@pytest.mark.parametrize("row", [a_designation, an_interruption])
def test_nothing_is_known_in_the_future(row):
    late = timezone.now() + timedelta(minutes=2)
    refusal = words_of_refusal(saved, row(known_from=late))
    assert refusal.endswith("记录的时间是事实，不能晚于现在。")


class TestQuestions:
    def found(self, question, day):
        return list(getattr(Designation.objects, question)(day).values_list("pk", flat=True))

    def test_from_the_first_day_to_the_last_day(self):
        line = saved(a_draft_line())
        row = saved(span(FIRST, LATER, line))
        days = (FIRST - DAY, FIRST, LATER, LATER + DAY)
        assert [self.found("in_force", day) for day in days] == [[], [row.pk], [row.pk], []]
        assert [self.found("with_unknown_start", day) for day in days] == [[]] * 4

    def test_an_unknown_start_is_never_in_force(self):
        row = saved(span(None, LATER, saved(a_draft_line())))
        days = (FIRST, LATER, LATER + DAY)
        assert [self.found("in_force", day) for day in days] == [[]] * 3
        assert [self.found("with_unknown_start", day) for day in days] == [[row.pk], [row.pk], []]

    @pytest.mark.parametrize(
        ("fields", "free"),
        [
            ({"valid_to": FIRST + DAY}, [False, False, True]),
            ({}, [False, False, False]),
            ({"nature": "doubtful", "code": "undated", "valid_from": None}, [False] * 3),
            (
                {"nature": "doubtful", "code": "undated", "valid_from": None, "valid_to": FIRST},
                [False, True, True],
            ),
        ],
    )
    @pytest.mark.parametrize("question", ["in_force", "with_unknown_start"])
    def test_suspended_or_in_doubt_it_is_in_neither(self, fields, free, question):
        line = saved(a_draft_line())
        saved(span(FIRST if question == "in_force" else None, None, line))
        saved(an_interruption(institution=line.institution, kind=line.kind, **fields))
        saved(an_interruption(institution=line.institution))
        days = (FIRST, FIRST + DAY, FIRST + 2 * DAY)
        assert [bool(self.found(question, day)) for day in days] == free

    def test_as_it_was_known(self):
        row = saved(a_designation())
        close([row], at=T1 + DAY)
        known = Designation.objects.in_force
        assert [known(FIRST, T1 + n * DAY / 2).count() for n in (-1, 0, 1, 2)] == [0, 1, 1, 0]
