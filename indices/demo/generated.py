"""The invented series: numbers drawn by a seeded generator, so that every run makes the same ones. Pure.

Knows what has to occur in it: ties, a cell without data, a city that joins late, a change of weights between
two editions, and a wrong score that a correction mends. No number says anything of a real city.
"""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from indices.ranking import Method, ranks

SEED = 2020
YEARS = range(2015, 2021)
OVERALL = "overall"
# code, label, weight until 2017, weight from 2018
DIMENSIONS = (
    ("service", "办事便利", 30, 25),
    ("transport", "出行", 25, 20),
    ("health", "医疗", 15, 20),
    ("education", "教育", 15, 15),
    ("environment", "环境", 15, 20),
)
CHANGED_IN = 2018
LATECOMER = "540100"
WITHOUT_DATA = ("650100", 2016, "environment")
# The cell that is published wrong at first, and by how much.
WRONG = ("610100", 2019, "service", Decimal("6.0"))
# Forty cities, by the first four digits of their codes.
PLACES = tuple(
    f"{number}00"
    for number in (
        *(1301, 1401, 1501, 2101, 2102, 2201, 2301, 3201, 3202, 3205),
        *(3206, 3301, 3302, 3303, 3401, 3501, 3502, 3505, 3601, 3701),
        *(3702, 4101, 4103, 4201, 4301, 4401, 4403, 4406, 4419, 4501),
        *(4601, 5101, 5201, 5301, 5401, 6101, 6201, 6301, 6401, 6501),
    )
)


@dataclass(frozen=True)
class Drawn:
    """One cell: the content that a release states of a place in a dimension."""

    place: str
    dimension: str
    value: Decimal | None = None
    rank: int | None = None
    tied: bool = False
    status: str = "disclosed"


def weights_of(year):
    """Return {dimension: its weight in per cent} in the edition of a year."""
    later = year >= CHANGED_IN
    return {code: (after if later else before) for code, _, before, after in DIMENSIONS}


def draw():
    """Return {year: (cells as first published, cells as they should have been)}; the same where nothing is wrong."""
    scores = _scores()
    editions = {}
    for year in YEARS:
        right = scores[year]
        place, wrong_in, dimension, error = WRONG
        first = right
        if year == wrong_in:
            first = {**right, (place, dimension): right[place, dimension] + error}
        editions[year] = (_cells(year, first), _cells(year, right))
    return editions


def _scores():
    """Return {year: {(place, dimension): score, None without data}}."""
    random = Random(SEED)  # noqa: S311
    level = {place: random.gauss(70, 7) for place in PLACES}
    scores = {}
    for year in YEARS:
        scores[year] = {}
        for place in PLACES:
            level[place] += random.gauss(0.8, 1.2)
            for code, *_ in DIMENSIONS:
                drawn = min(max(random.gauss(level[place], 4), 30), 92)
                scores[year][place, code] = Decimal(str(round(drawn, 1)))
    place, year, code = WITHOUT_DATA
    scores[year][place, code] = None
    return scores


def _cells(year, scores):
    weights = weights_of(year)
    taking_part = [place for place in PLACES if place != LATECOMER or year >= CHANGED_IN]
    cells = []
    for code in weights:
        values = {place: scores[place, code] for place in taking_part}
        cells += _ranked(code, values)
    overall = {place: _overall(place, weights, scores) for place in taking_part}
    cells += _ranked(OVERALL, overall)
    if LATECOMER not in taking_part:
        cells.append(Drawn(LATECOMER, OVERALL, status="not_in_universe"))
    return cells


def _overall(place, weights, scores):
    """Return the weighted mean of the scores that are known, to one decimal."""
    known = {code: weight for code, weight in weights.items() if scores[place, code] is not None}
    total = sum(scores[place, code] * weight for code, weight in known.items())
    return (total / sum(known.values())).quantize(Decimal("0.1"))


def _ranked(dimension, values):
    found = ranks(list(values.values()), Method.COMPETITION)
    cells = []
    for (place, value), rank in zip(values.items(), found, strict=True):
        if value is None:
            cells.append(Drawn(place, dimension, status="missing"))
        else:
            tied = found.count(rank) > 1
            cells.append(Drawn(place, dimension, value, rank, tied))
    return cells
