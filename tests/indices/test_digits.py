"""To how many decimals scores are printed: noted before a publication, made room for by it."""

from decimal import Decimal

import pytest

from indices.digits import note_printed
from tests.factories import PlaceFactory
from tests.indices.factories import EditionFactory, a_dimension, a_draft, released

pytestmark = pytest.mark.django_db


def digits_of(dimension):
    dimension.refresh_from_db()
    return dimension.decimals


@pytest.mark.parametrize(
    ("before", "printed", "after"), [(None, 2, 2), (1, 2, 2), (2, 1, 2), (None, 0, 0)]
)
def test_what_a_report_prints_is_noted_and_never_lowered(before, printed, after):
    dimension = a_dimension(EditionFactory(), decimals=before)
    note_printed({dimension.pk: printed})
    assert digits_of(dimension) == after


def test_a_draft_changes_nothing_that_readers_see():
    dimension = a_dimension(EditionFactory(), decimals=1)
    released(dimension.edition, (dimension, PlaceFactory(), {"value": Decimal("81.2")}))
    a_draft(dimension.edition, (dimension, PlaceFactory(), {"value": Decimal("81.234")}))
    note_printed({dimension.pk: 3})
    assert digits_of(dimension) == 1


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [(1, "81.234", 3), (3, "81.2", 3), (0, "80", 0), (None, "81.234", None), (2, None, 2)],
)
def test_a_publication_makes_room_for_every_digit(before, value, after):
    dimension = a_dimension(EditionFactory(), decimals=before)
    content = {"value": value and Decimal(value), "rank": 1}
    released(dimension.edition, (dimension, PlaceFactory(), content))
    assert digits_of(dimension) == after
