"""The two times of a fact: questions at their edges, constraints, and the one way to write."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.records import AlreadyClosed, close, past_instant, supersede
from tests.portal.sample.models import Entry, Reading

T1 = datetime(2026, 1, 1, 8, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def reading(subject="郑州", value=1, **times):
    return Reading(subject=subject, value=value, **times)


def values(rows):
    return sorted((row.subject, row.value) for row in rows)


@pytest.mark.django_db
class TestKnown:
    def test_half_open_interval(self):
        (first,) = supersede([], [reading(value=1)], at=T1)
        supersede([first], [reading(value=2)], at=T1 + TICK)
        stated = [values(Reading.objects.known(T1 + n * TICK)) for n in (-1, 0, 1, 2)]
        assert stated == [[], [("郑州", 1)], [("郑州", 2)], [("郑州", 2)]]

    def test_now_is_the_default_and_equals_current(self):
        (first, _) = supersede([], [reading("郑州"), reading("洛阳")])
        close([first])
        assert values(Reading.objects.known()) == [("洛阳", 1)]
        assert values(Reading.objects.current()) == [("洛阳", 1)]

    @pytest.mark.parametrize("at", [datetime(2026, 1, 1), date(2026, 1, 1), "2026-01-01"])
    def test_only_an_aware_instant_is_accepted(self, at):
        with pytest.raises(ValueError, match="aware"):
            Reading.objects.known(at)


@pytest.mark.django_db
class TestValid:
    @pytest.mark.parametrize(
        ("valid_from", "valid_to", "on", "answer"),
        [
            (date(2020, 8, 1), date(2020, 8, 31), date(2020, 7, 31), (0, 0)),
            (date(2020, 8, 1), date(2020, 8, 31), date(2020, 8, 1), (1, 0)),
            (date(2020, 8, 1), date(2020, 8, 31), date(2020, 8, 31), (1, 0)),
            (date(2020, 8, 1), date(2020, 8, 31), date(2020, 9, 1), (0, 0)),
            (date(2020, 8, 1), None, date(2099, 1, 1), (1, 0)),
            (None, date(2020, 8, 31), date(2020, 8, 31), (0, 1)),
            (None, date(2020, 8, 31), date(2020, 9, 1), (0, 0)),
            (None, None, date(1900, 1, 1), (0, 1)),
        ],
    )
    def test_certain_and_unknown_start(self, valid_from, valid_to, on, answer):
        supersede([], [reading(valid_from=valid_from, valid_to=valid_to)])
        rows = Reading.objects
        assert (rows.all().valid(on).count(), rows.all().start_unknown(on).count()) == answer

    @pytest.mark.parametrize("on", [None, T1])
    def test_only_a_plain_date_is_accepted(self, on):
        with pytest.raises(TypeError, match="date"):
            Reading.objects.valid(on)
        with pytest.raises(TypeError, match="date"):
            Reading.objects.start_unknown(on)


@pytest.mark.django_db
class TestConstraints:
    @pytest.mark.parametrize(
        "row",
        [
            {"valid_from": date(2020, 8, 2), "valid_to": date(2020, 8, 2)},
            {"valid_to": date(2020, 8, 1)},
            {"known_to": T1 + TICK},
        ],
    )
    def test_legal(self, row):
        Reading.objects.create(subject="郑州", **{"known_from": T1, **row})
        assert Reading.objects.count() == 1

    @pytest.mark.parametrize(
        ("row", "name"),
        [
            ({"valid_from": date(2020, 8, 2), "valid_to": date(2020, 8, 1)}, "valid_interval"),
            ({"known_to": T1}, "known_interval"),
            ({"known_to": T1 - TICK}, "known_interval"),
        ],
    )
    def test_illegal(self, row, name):
        with (
            pytest.raises(IntegrityError, match=f"sample_reading_{name}"),
            transaction.atomic(),
        ):
            Reading.objects.create(subject="郑州", **{"known_from": T1, **row})

    def test_one_current_row_for_each_key(self):
        (first,) = supersede([], [reading()], at=T1)
        with pytest.raises(IntegrityError), transaction.atomic():
            supersede([], [reading()])
        supersede([first], [reading(value=2)])
        assert Reading.objects.count() == 2

    def test_check_misses_no_lost_constraint(self, monkeypatch):
        assert [e.id for e in Reading.check() if e.id == "portal.E011"] == []
        kept = [c for c in Reading._meta.constraints if isinstance(c, UniqueConstraint)]
        monkeypatch.setattr(Reading._meta, "constraints", kept)
        (error,) = [e for e in Reading.check() if e.id == "portal.E011"]
        assert error.msg == (
            "sample.Reading 的 Meta 丢失了 Recorded 的规则："
            "sample_reading_valid_interval、sample_reading_known_interval。"
        )


@pytest.mark.django_db
class TestSupersede:
    @pytest.mark.parametrize("rows", [1, 3])
    def test_statements_do_not_grow(self, rows, django_assert_num_queries):
        old = supersede([], [reading(str(n)) for n in range(rows)], at=T1)
        new = [reading(str(n), 2) for n in range(rows)]
        with django_assert_num_queries(4):  # savepoint, close, insert, release
            supersede(old, new)
        assert values(Reading.objects.current()) == [(str(n), 2) for n in range(rows)]

    def test_more_rows_than_one_statement_closes(self):
        old = supersede([], [reading(str(n)) for n in range(1000)], at=T1)
        close(old)
        assert Reading.objects.current().count() == 0

    def test_rows_in_memory_follow(self):
        (old,) = supersede([], [reading()], at=T1)
        (new,) = supersede([old], [reading(value=2)], at=T1 + TICK)
        old_times = (old.known_from, old.known_to)
        assert old_times == (T1, T1 + TICK)
        assert (new.known_from, new.known_to) == (T1 + TICK, None)
        assert Reading.objects.get(pk=old.pk).known_to == T1 + TICK

    def test_nothing_to_do(self):
        assert supersede([], []) == []

    def test_closed_meanwhile_changes_nothing(self):
        first, second = supersede([], [reading("郑州"), reading("洛阳")], at=T1)
        close([first])
        with pytest.raises(AlreadyClosed, match="1 条记录已被取代，请重新载入。"):
            supersede([first, second], [reading("洛阳", 2)])
        assert values(Reading.objects.current()) == [("洛阳", 1)]

    def test_illegal_successor_changes_nothing(self):
        (first,) = supersede([], [reading()], at=T1)
        wrong = reading(value=2, valid_from=date(2020, 2, 2), valid_to=date(2020, 2, 1))
        with pytest.raises(IntegrityError):
            supersede([first], [wrong])
        assert values(Reading.objects.current()) == [("郑州", 1)]

    @pytest.mark.parametrize("at", [T1, T1 - TICK])
    def test_not_at_or_before_the_row_itself(self, at):
        (first,) = supersede([], [reading()], at=T1)
        with pytest.raises(IntegrityError):
            close([first], at=at)
        assert Reading.objects.current().count() == 1

    def test_refuses_the_future_and_naive_instants(self):
        with pytest.raises(ValueError, match="记录的时间不能晚于现在。"):
            supersede([], [reading()], at=timezone.now() + timedelta(seconds=5))
        with pytest.raises(ValueError, match="aware"):
            past_instant(datetime(2026, 1, 1))
        assert past_instant(T1) == T1

    def test_refuses_two_models_and_saved_rows(self):
        (old,) = supersede([], [reading()], at=T1)
        with pytest.raises(TypeError, match="one model"):
            supersede([old], [Entry(text="x")])
        with pytest.raises(ValueError, match="already"):
            supersede([], [old])


@contextmanager
def undone():
    """Undo what is written inside: closed rows cannot be deleted, so no example may leave any."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


SUBJECTS = ["郑州", "洛阳", "开封"]
steps = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=3),  # microseconds since the last step
        st.dictionaries(st.sampled_from(SUBJECTS), st.none() | st.integers(0, 9), min_size=1),
    ),
    max_size=8,
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(steps=steps)
def test_known_at_any_instant_equals_a_naive_model(steps):
    """Random supersessions, some at an instant when they must be refused, against a plain list."""
    now, history, current = T1, [], {}
    with undone():
        for gap, wanted in steps:
            now += gap * TICK
            old = [current[s] for s in wanted if s in current]
            new = [reading(s, v) for s, v in wanted.items() if v is not None]
            if any(row.known_from == now for row in old):
                with pytest.raises(IntegrityError):
                    supersede(old, new, at=now)
                continue
            supersede(old, new, at=now)
            history = [
                (start, now if end is None and subject in wanted else end, subject, value)
                for start, end, subject, value in history
            ]
            history += [(now, None, s, v) for s, v in wanted.items() if v is not None]
            current = {s: row for s, row in current.items() if s not in wanted}
            current.update({row.subject: row for row in new})
        for n in range(-1, (now - T1) // TICK + 2):
            at = T1 + n * TICK
            naive = sorted(
                (s, v) for start, end, s, v in history if start <= at and (end is None or at < end)
            )
            assert values(Reading.objects.known(at)) == naive
