"""Round numbers for a scale, a handful of them, exact in their digits. Pure."""

import math
from decimal import ROUND_CEILING, Decimal

_MOST = 6
_STEPS = (1, 2, 5)


def ticks(one: float, other: float, whole: bool = False) -> list[tuple[float, str]]:
    """Return (value, words) pairs between two different ends.

    Of ranks (`whole`) the first is 1 and the others are whole; of scores all are round numbers.
    """
    low, high = sorted((Decimal(str(one)), Decimal(str(other))))
    step = _step(high - low, whole)
    if whole:
        steps = [step * count for count in range(1, int(high / step) + 1)]
        # The first round number stands clear of the 1.
        values = [Decimal(1), *(value for value in steps if value - 1 >= step * Decimal("0.6"))]
        return [(float(value), f"{value:f}") for value in values]
    value = (low / step).to_integral_value(ROUND_CEILING) * step
    values = []
    while value <= high:
        values.append(value)
        value += step
    digits = max(0, -step.as_tuple().exponent)
    return [(float(value), f"{value:.{digits}f}") for value in values]


def rounded(ends) -> tuple[float, float]:
    """Return the round numbers that hold all of `ends` between them; of one number or none, a reach about it."""
    low, high = min(ends, default=0), max(ends, default=0)
    if low == high:
        low, high = low - 1, high + 1
    step = float(_step(Decimal(str(high)) - Decimal(str(low)), whole=False))
    return math.floor(low / step) * step, math.ceil(high / step) * step


def _step(reach, whole):
    exponent = reach.adjusted() - 1
    while True:
        for digit in _STEPS:
            step = Decimal(digit).scaleb(exponent)
            if reach / step <= _MOST and (step >= 1 or not whole):
                return step
        exponent += 1
