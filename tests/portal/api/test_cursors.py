"""Cursors: bound to their question, impossible to make up, the same each time."""

from datetime import UTC, datetime

import pytest

from portal.api.cursors import Mark, after, mark_of
from portal.parameters import BadParameter

QUESTION = "=places&ordering=name"


@pytest.mark.parametrize(
    "values", [("郑州市", 7), (7,), (datetime(2026, 1, 2, 3, 4, 5, 6, UTC), 1), ("-", 'a"b')]
)
def test_a_cursor_carries_its_mark(values):
    mark = Mark(values, "2026-01-01T00:00:00Z")
    found = mark_of(mark.text(QUESTION), QUESTION)
    kept = tuple(v.isoformat() if isinstance(v, datetime) else v for v in values)
    assert found == Mark(kept, mark.known_at)
    assert mark.text(QUESTION) == mark.text(QUESTION)


def test_a_cursor_belongs_to_its_question():
    cursor = Mark((7,)).text(QUESTION)
    with pytest.raises(BadParameter, match="参数 cursor 应为上一页 next 中的值"):
        mark_of(cursor, f"{QUESTION}&level=county")


@pytest.mark.parametrize("cursor", ["", "1", "abc:def", ":", "é:é", "WzFd:", "\x00", "a" * 5000])
def test_what_was_never_given_out_is_refused(cursor):
    with pytest.raises(BadParameter):
        mark_of(cursor, QUESTION)


def test_one_letter_changed_is_another_cursor():
    cursor = Mark((7,)).text(QUESTION)
    for place in range(len(cursor)):
        other = "B" if cursor[place] == "A" else "A"
        with pytest.raises(BadParameter):
            mark_of(cursor[:place] + other + cursor[place + 1 :], QUESTION)


def test_what_comes_after_is_said_for_each_direction():
    forward = after([("name", False), ("id", False)], ("甲", 3))
    assert str(forward) == (
        "(AND: ('name__gte', '甲'), (OR: ('name__gt', '甲'), (AND: ('name', '甲'), ('id__gt', 3))))"
    )
    assert str(after([("id", True)], (3,))) == "(AND: ('id__lte', 3), ('id__lt', 3))"
