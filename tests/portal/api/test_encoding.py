"""JSON of plain values: exact numbers, instants in UTC."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.api.encoding import encoded, instant_text

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_what_is_written_reads_as_the_same(value):
    assert json.loads(encoded(value), parse_float=Decimal) == value


def test_digits_and_instants_stand_as_they_are():
    at = datetime(2026, 8, 22, 12, 0, 0, 5, timezone(timedelta(hours=8)))
    assert encoded({"a": Decimal("92.10"), "b": at, "c": date(2020, 9, 1), "d": ("郑",)}) == (
        '{"a":92.10,"b":"2026-08-22T04:00:00.000005Z","c":"2020-09-01","d":["郑"]}'
    )
    assert (instant_text(None), instant_text(datetime(2020, 1, 1, tzinfo=UTC))) == (
        None,
        "2020-01-01T00:00:00Z",
    )


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), float("nan")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match=r"JSON compliant|not a finite"):
        encoded(value)
