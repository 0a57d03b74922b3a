"""Two editors in one table at the same moment: one is first, the other is shown what the first wrote."""

import pytest

from indices.grid.cellwords import Content
from indices.grid.overlay import held_cells
from indices.grid.saving import CellChange, Overtaken, save_cells
from indices.models import Release
from indices.publishing import publish
from portal.sources import AlreadyPublished
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import EditionFactory, a_dimension, a_draft, released
from tests.indices.test_desk_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ground():
    """An edition with one published cell: (edition, dimension, place)."""
    edition, place = EditionFactory(), PlaceFactory()
    overall = a_dimension(edition)
    released(edition, (overall, place, {"rank": 1}))
    return edition, overall, place


def saving(draft, overall, place, rank):
    """A job that saves `rank` in this cell as it is held now; for `at_once`."""
    held = held_cells([overall.pk], [place.pk], draft)[overall.pk, place.pk]
    change = CellChange(overall, place.pk, Content(rank=rank), held.content, held.mark)
    by = UserFactory()
    return lambda: save_cells(draft.edition, Release.objects.get(pk=draft.pk), [change], by=by)


def test_one_cell_saved_by_two(ground):
    edition, overall, place = ground
    draft = a_draft(edition, explanation="更正")
    jobs = [saving(draft, overall, place, rank) for rank in (2, 3)]
    outcomes = at_once(*jobs)
    assert sorted(type(outcome) for outcome in outcomes if outcome != draft) == [Overtaken]
    (refused,) = (outcome for outcome in outcomes if isinstance(outcome, Overtaken))
    ((change, held),) = refused.cells
    assert {change.content.rank, held.content.rank} == {2, 3}
    assert draft.lines.get().rank == held.content.rank


def test_two_cells_saved_by_two(ground):
    edition, overall, place = ground
    other = PlaceFactory()
    released(edition, (overall, other, {"rank": 2}))
    draft = a_draft(edition, explanation="更正")
    assert (
        at_once(saving(draft, overall, place, 5), saving(draft, overall, other, 6)) == [draft] * 2
    )
    assert sorted(draft.lines.values_list("rank", flat=True)) == [5, 6]


def test_a_cell_saved_while_another_draft_with_it_is_published(ground):
    """Whoever is first: nothing that was published is ever overwritten unseen."""
    edition, overall, place = ground
    mine = a_draft(edition, explanation="更正")
    theirs = a_draft(edition, (overall, place, {"rank": 9}), explanation="更正")
    by = UserFactory()
    saved, _ = at_once(saving(mine, overall, place, 5), lambda: publish(theirs, by=by))
    refused = isinstance(saved, Overtaken)
    assert refused or list(mine.lines.overtaken().values_list("rank", flat=True)) == [5]


def test_a_draft_published_while_it_is_edited(ground):
    edition, overall, place = ground
    draft = a_draft(edition, (overall, place, {"rank": 4}), explanation="更正")
    by = UserFactory()
    outcomes = at_once(saving(draft, overall, place, 5), lambda: publish(draft, by=by))
    published = Release.objects.get(pk=draft.pk).published_at is not None
    assert isinstance(outcomes[0], AlreadyPublished) == published
    assert draft.lines.get().rank == (4 if published else 5)
