"""Saving the grid: what becomes of lines, what is refused, and what stays as it was."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from wagtail.models import ModelLogEntry

from indices.grid.cellwords import Content
from indices.grid.overlay import held_cells
from indices.grid.saving import CellChange, Overtaken, needs_reason, save_cells
from indices.models import CONTENT, Release, Score
from indices.publishing import problems_of, publish
from portal.sources import AlreadyPublished
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import EditionFactory, a_dimension, a_draft, a_ranking, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def ranked():
    """An edition of three places, published, with its overall dimension."""
    edition, places = a_ranking()
    return edition, edition.dimensions.get(), places


def change(dimension, place, seen=None, *, draft=None, decimals=0, **content):
    """A change of one cell as it is held now, to `content`, or to nothing when that is empty."""
    held = held_cells([dimension.pk], [place.pk], draft).get((dimension.pk, place.pk))
    return CellChange(
        dimension,
        place.pk,
        Content(**content) if content else None,
        held.content if held else None,
        held.mark if held else 0,
        decimals,
    )


def stated(release):
    """The lines of a release: place, whether it retracts, rank, value."""
    rows = release.lines.order_by("pk")
    return [(row.place_id, row.retracts, row.rank, row.value) for row in rows]


def test_the_first_cells_begin_a_first_release(by):
    edition = EditionFactory()
    overall, places = a_dimension(edition), [PlaceFactory() for _ in range(2)]
    changes = [
        change(overall, places[0], rank=1, value=Decimal("90.50"), decimals=2),
        change(overall, places[1], status="not_disclosed", locator="第3页"),
    ]
    draft = save_cells(edition, None, changes, by=by, source_words="报告")
    assert (draft.nature, draft.source_words, draft.created_by) == ("first", "报告", by)
    assert stated(draft) == [
        (places[0].pk, False, 1, Decimal("90.5")),
        (places[1].pk, False, None, None),
    ]
    assert list(draft.lines.values_list("status", "locator"))[1] == ("not_disclosed", "第3页")
    overall.refresh_from_db()
    assert overall.decimals == 2
    assert list(ModelLogEntry.objects.for_instance(draft).values_list("action", "user")) == [
        ("wagtail.create", by.pk)
    ]
    assert Score.objects.count() == 0


def test_every_field_of_a_statement_is_written(by):
    edition = EditionFactory()
    overall, place = a_dimension(edition), PlaceFactory()
    content = Content(
        value=Decimal("1.5"),
        rank=3,
        tied=True,
        tier="第一梯队",
        top_n=10,
        name_as_published="杭州",
        locator="第1页",
        quote="杭州第三",
    )
    changes = [CellChange(overall, place.pk, content)]
    line = save_cells(edition, None, changes, by=by, source_words="报告").lines.get()
    assert line.content == tuple(getattr(content, name) for name in CONTENT)


def test_a_cell_emptied_takes_back_what_stood(ranked, by):
    edition, overall, places = ranked
    draft = save_cells(
        edition,
        None,
        [change(overall, places[2])],
        by=by,
        source_words="报告",
        explanation="不在表中",
    )
    assert (draft.nature, stated(draft)) == ("correction", [(places[2].pk, True, None, None)])
    publish(draft, by=by)
    assert Score.objects.current().filter(dimension=overall).count() == 2


def test_lines_that_say_what_stands_are_removed(ranked, by):
    edition, overall, places = ranked
    draft = save_cells(
        edition,
        None,
        [change(overall, places[0], rank=2), change(overall, places[1], rank=1)],
        by=by,
        source_words="报告",
        explanation="印反了",
    )
    back = change(overall, places[0], draft=draft, rank=1)
    assert save_cells(edition, draft, [back], by=by) == draft
    assert stated(draft) == [(places[1].pk, False, 1, None)]
    gone = change(overall, PlaceFactory(), draft=draft)
    save_cells(edition, draft, [gone], by=by)
    assert stated(draft) == [(places[1].pk, False, 1, None)]


def test_a_line_of_the_draft_is_changed_in_its_place(by):
    edition = EditionFactory()
    overall, place = a_dimension(edition), PlaceFactory()
    draft = save_cells(edition, None, [change(overall, place, rank=1)], by=by, source_words="报告")
    line = draft.lines.get()
    save_cells(edition, draft, [change(overall, place, draft=draft, rank=5)], by=by)
    assert [(row.pk, row.rank) for row in draft.lines.all()] == [(line.pk, 5)]
    save_cells(edition, draft, [change(overall, place, draft=draft)], by=by)
    assert stated(draft) == []


def test_a_cell_changed_in_the_draft_since_is_refused_with_what_is_there(by):
    edition = EditionFactory()
    overall, places = a_dimension(edition), [PlaceFactory(), PlaceFactory()]
    draft = save_cells(
        edition, None, [change(overall, places[0], rank=1)], by=by, source_words="报告"
    )
    mine = change(overall, places[0], draft=draft, rank=3)
    other = change(overall, places[1], draft=draft, rank=9)
    save_cells(edition, draft, [change(overall, places[0], draft=draft, rank=2)], by=UserFactory())
    with pytest.raises(Overtaken) as refused:
        save_cells(edition, draft, [mine, other], by=by)
    assert [(cell.content.rank, held.content.rank) for cell, held in refused.value.cells] == [
        (3, 2)
    ]
    assert stated(draft) == [(places[0].pk, False, 2, None)]


def test_another_cell_changed_since_is_no_matter(by):
    edition = EditionFactory()
    overall, places = a_dimension(edition), [PlaceFactory(), PlaceFactory()]
    draft = save_cells(
        edition, None, [change(overall, places[0], rank=1)], by=by, source_words="报告"
    )
    mine = change(overall, places[0], draft=draft, rank=3)
    save_cells(edition, draft, [change(overall, places[1], draft=draft, rank=2)], by=UserFactory())
    save_cells(edition, draft, [mine], by=by)
    assert stated(draft) == [(places[0].pk, False, 3, None), (places[1].pk, False, 2, None)]


@pytest.mark.parametrize("with_line", [False, True])
def test_a_cell_published_by_another_since_is_refused(ranked, by, with_line):
    """Even where the draft's own line is what was seen, the editor has not seen what stands under it now."""
    edition, overall, places = ranked
    lines = [(overall, places[0], {"rank": 4})] if with_line else []
    draft = a_draft(edition, *lines, by=by, explanation="更正")
    mine = change(overall, places[0], draft=draft, rank=5)
    released(edition, (overall, places[0], {"rank": 2}), explanation="他人更正")
    with pytest.raises(Overtaken) as refused:
        save_cells(edition, draft, [mine], by=by)
    assert [held.standing.rank for _, held in refused.value.cells] == [2]


def test_what_was_published_before_the_cells_were_seen_does_not_keep_the_draft_back(ranked, by):
    edition, overall, places = ranked
    draft = a_draft(edition, (overall, places[1], {"rank": 3}), by=by, explanation="更正")
    released(edition, (overall, places[0], {"rank": 2}), explanation="他人更正")
    draft = save_cells(edition, draft, [change(overall, places[0], draft=draft, rank=5)], by=by)
    assert problems_of(draft) == []


def test_lines_overtaken_and_not_seen_stay_overtaken(ranked, by):
    edition, overall, places = ranked
    draft = a_draft(edition, (overall, places[0], {"rank": 3}), by=by, explanation="更正")
    released(edition, (overall, places[0], {"rank": 2}), explanation="他人更正")
    draft = save_cells(edition, draft, [change(overall, places[1], draft=draft, rank=5)], by=by)
    assert [line.place for line in draft.lines.overtaken()] == [places[0]]


def test_a_published_or_deleted_draft_takes_nothing(ranked, by):
    edition, overall, places = ranked
    draft = a_draft(edition, (overall, places[0], {"rank": 2}), by=by, explanation="更正")
    open_elsewhere = Release.objects.get(pk=draft.pk)
    publish(draft, by=by)
    with pytest.raises(AlreadyPublished):
        save_cells(edition, open_elsewhere, [change(overall, places[1], rank=9)], by=by)
    other = a_draft(edition, by=by)
    Release.objects.get(pk=other.pk).delete()
    with pytest.raises(AlreadyPublished):
        save_cells(edition, other, [change(overall, places[1], rank=9)], by=by)


def test_a_new_draft_says_where_it_comes_from(ranked, by):
    edition, overall, places = ranked
    with pytest.raises(ValidationError):
        save_cells(edition, None, [change(overall, places[1], rank=9)], by=by)
    assert Release.objects.filter(published_at=None).count() == 0


def test_an_addition_that_changes_what_was_published_becomes_a_correction_with_its_reason(
    ranked, by
):
    edition, overall, places = ranked
    new = change(overall, PlaceFactory(), rank=4)
    draft = save_cells(edition, None, [new], by=by, source_words="报告")
    assert (draft.nature, needs_reason(draft)) == ("addition", False)
    changed = change(overall, places[0], draft=draft, rank=2)
    draft = save_cells(edition, draft, [changed], by=by)
    assert (draft.nature, needs_reason(draft)) == ("addition", True)
    again = change(overall, places[1], draft=draft, rank=1)
    draft = save_cells(edition, draft, [again], by=by, explanation=" 印反了 ")
    assert (draft.nature, draft.explanation, problems_of(draft)) == ("correction", "印反了", [])


def test_every_save_raises_the_version_of_the_draft(by):
    edition = EditionFactory()
    overall, place = a_dimension(edition), PlaceFactory()
    draft = save_cells(edition, None, [change(overall, place, rank=1)], by=by, source_words="报告")
    seen = draft.version
    again = save_cells(edition, draft, [change(overall, place, draft=draft, rank=2)], by=by)
    assert (seen, again.version) == (2, 3)


@pytest.mark.parametrize(
    ("before", "standing", "typed", "after"),
    [
        (None, False, 2, 2),
        (None, True, 2, None),
        (1, True, 2, 1),
        (1, False, 2, 2),
        (3, True, 2, 3),
        (0, False, 0, 0),
    ],
)
def test_a_column_keeps_the_most_digits_until_something_of_it_is_published(
    by, before, standing, typed, after
):
    edition = EditionFactory()
    overall = a_dimension(edition, decimals=before)
    if standing:
        released(edition, (overall, PlaceFactory(), {"value": Decimal("1.5")}))
    save_cells(
        edition,
        None,
        [change(overall, PlaceFactory(), value=Decimal("2.5"), decimals=typed)],
        by=by,
        source_words="报告",
    )
    overall.refresh_from_db()
    assert overall.decimals == after


@pytest.mark.parametrize("count", [1, 3, 100])
def test_saving_costs_the_same_for_any_number_of_cells(by, count, django_assert_num_queries):
    edition = EditionFactory()
    overall, places = a_dimension(edition), [PlaceFactory() for _ in range(count)]
    draft = save_cells(
        edition,
        None,
        [change(overall, place, rank=1) for place in places],
        by=by,
        source_words="报告",
    )
    changes = [change(overall, place, draft=draft, rank=2) for place in places]
    # PostgreSQL waits in a queue; SQLite takes no more than 83 rows in one statement.
    more = connection.vendor == "postgresql" or count > 83
    with django_assert_num_queries(17 + more):
        save_cells(edition, draft, changes, by=by)
