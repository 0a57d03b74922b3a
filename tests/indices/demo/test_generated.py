"""The invented series: the same in every run, with everything in it that it is there to show."""

from decimal import Decimal

from indices.demo.generated import (
    CHANGED_IN,
    DIMENSIONS,
    LATECOMER,
    OVERALL,
    PLACES,
    WITHOUT_DATA,
    WRONG,
    YEARS,
    draw,
    weights_of,
)
from indices.ranking import ranks


def cells(year, correct=True):
    return {(cell.place, cell.dimension): cell for cell in draw()[year][correct]}


def test_every_run_draws_the_same():
    assert draw() == draw()
    assert len(set(PLACES)) == len(PLACES) == 40


def test_weights_add_up():
    assert {sum(weights_of(year).values()) for year in YEARS} == {100}


def test_ranks_are_those_of_the_scores():
    for year in YEARS:
        drawn = cells(year)
        for code in (OVERALL, *(row[0] for row in DIMENSIONS)):
            row = [cell for (_, dimension), cell in drawn.items() if dimension == code]
            assert [cell.rank for cell in row] == ranks([cell.value for cell in row])
            shared = [cell.rank for cell in row if cell.rank is not None]
            assert [cell.tied for cell in row if cell.rank] == [
                shared.count(rank) > 1 for rank in shared
            ]


def test_there_are_ties_a_gap_a_newcomer_and_one_error():
    assert any(cell.tied for year in YEARS for cell in cells(year).values())
    place, year, code = WITHOUT_DATA
    gap = cells(year)[place, code]
    assert (gap.value, gap.rank, gap.status) == (None, None, "missing")
    statuses = [cells(year)[LATECOMER, OVERALL].status for year in YEARS]
    assert statuses == ["not_in_universe" if y < CHANGED_IN else "disclosed" for y in YEARS]
    place, year, code, error = WRONG
    assert cells(year, correct=False)[place, code].value == cells(year)[place, code].value + error
    assert [y for y in YEARS if cells(y, correct=False) != cells(y)] == [year]


def test_scores_are_within_bounds():
    values = [cell.value for year in YEARS for cell in cells(year).values() if cell.value]
    assert all(Decimal(30) <= value <= Decimal(98) for value in values)
