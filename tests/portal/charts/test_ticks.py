"""Round numbers for scales."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.charts.ticks import rounded, ticks


@pytest.mark.parametrize(
    ("one", "other", "whole", "expected"),
    [
        (1, 2, True, ["1", "2"]),
        (1, 5, True, ["1", "2", "3", "4", "5"]),
        (9, 1, True, ["1", "4", "6", "8"]),
        (1, 27, True, ["1", "5", "10", "15", "20", "25"]),
        (1, 300, True, ["1", "50", "100", "150", "200", "250", "300"]),
        (0, 1, False, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (100, 50, False, ["50", "60", "70", "80", "90", "100"]),
    ],
)
def test_ticks(one, other, whole, expected):
    assert [words for _, words in ticks(one, other, whole)] == expected


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), st.booleans())
def test_ticks_are_few_and_lie_between_the_ends(low, reach, whole):
    if whole:
        low, reach = 1, max(1, round(reach))
    found = ticks(low, low + reach, whole)
    assert len(found) <= 8
    assert [value for value, _ in found if not low <= value <= low + reach + 1e-6] == []
    assert [float(words) for _, words in found] == [value for value, _ in found]


@pytest.mark.parametrize(
    ("ends", "expected"),
    [([], (-1, 1)), ([7], (6, 8)), ([55.25, 99.3], (50, 100)), ([0, 0.31], (0, 0.4))],
)
def test_rounded_ends_hold_all_numbers(ends, expected):
    assert rounded(ends) == pytest.approx(expected)
