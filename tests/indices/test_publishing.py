"""Publishing releases: all or nothing, what it closes and opens, what it refuses, and reversal in one step."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from indices.models import Release, ReleaseLine, Score
from indices.publishing import NotPublishable, compare_anew, draft_release, publish, reverse
from portal.models import Change
from portal.sources import AlreadyPublished, StaleVersion
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import EditionFactory, a_dimension, a_draft, a_ranking, released

pytestmark = pytest.mark.django_db


def standing(edition, at=None):
    rows = Score.objects.known(at).filter(dimension__edition=edition)
    return {(row.dimension_id, row.place_id): row.content for row in rows}


def content(**fields):
    line = ReleaseLine(**fields)
    return line.content


@pytest.fixture
def edition():
    return EditionFactory()


@pytest.fixture
def overall(edition):
    return a_dimension(edition)


def refusal(release):
    with pytest.raises(NotPublishable) as refused:
        publish(release, by=UserFactory())
    return refused.value.problems


def test_a_first_release_opens_scores_at_one_instant(edition, overall):
    here, there = PlaceFactory(), PlaceFactory()
    release = released(
        edition,
        (overall, here, {"rank": 1, "value": Decimal("81.20"), "quote": "第一"}),
        (overall, there, {"status": "not_disclosed"}),
    )
    assert standing(edition) == {
        (overall.pk, here.pk): content(rank=1, value=Decimal("81.20"), quote="第一"),
        (overall.pk, there.pk): content(status="not_disclosed"),
    }
    assert set(Score.objects.values_list("known_from", "known_to", "release")) == {
        (release.published_at, None, release.pk)
    }
    assert list(Change.objects.values_list("act", "reference")) == [
        ("publish", f"release:{release.pk}")
    ]


def test_a_correction_closes_what_it_replaces_and_history_stays(edition, overall):
    place, other = PlaceFactory(), PlaceFactory()
    first = released(edition, (overall, place, {"rank": 7}), (overall, other, {"rank": 8}))
    second = released(edition, (overall, place, {"rank": 8}), explanation="报告勘误")
    assert second.nature == Release.Nature.CORRECTION
    assert standing(edition)[overall.pk, place.pk] == content(rank=8)
    assert standing(edition, first.published_at)[overall.pk, place.pk] == content(rank=7)
    assert Score.objects.get(rank=7).known_to == second.published_at
    assert Change.objects.latest("sequence").act == "correct"
    assert Score.objects.filter(place=other).count() == 1


def test_a_retracting_line_takes_back_what_stands(edition, overall):
    place = PlaceFactory()
    released(edition, (overall, place, {"rank": 7}))
    released(edition, (overall, place, None), explanation="报告没有这一行")
    assert standing(edition) == {}


def test_lines_that_change_nothing_are_dropped(edition, overall):
    place, other = PlaceFactory(), PlaceFactory()
    released(edition, (overall, place, {"value": Decimal("4.00"), "rank": 2}))
    release = released(
        edition,
        (overall, place, {"value": Decimal(4), "rank": 2}),
        (overall, other, {"rank": 3}),
    )
    assert [line.place for line in release.lines.all()] == [other]
    assert Score.objects.count() == 2


def test_the_lines_of_a_draft_say_what_they_would_do(edition, overall):
    same, changed, removed, new, never = PlaceFactory.create_batch(5)
    released(
        edition,
        (overall, same, {"rank": 1, "tier": "第一梯队"}),
        (overall, changed, {"rank": 2}),
        (overall, removed, {"top_n": 10}),
    )
    lines = a_draft(
        edition,
        (overall, same, {"rank": 1, "tier": "第一梯队"}),
        (overall, changed, {"value": Decimal("0")}),
        (overall, removed, None),
        (overall, new, {"rank_from": 1, "rank_to": 3}),
        (overall, never, None),
        explanation="勘误",
    ).lines.order_by("pk")
    answers = {
        "new": [new],
        "changed": [changed],
        "removed": [removed],
        "unchanged": [same, never],
        "overtaken": [],
    }
    found = {name: [line.place for line in getattr(lines, name)()] for name in answers}
    assert found == answers


@pytest.mark.parametrize(
    ("lines", "fields", "problems"),
    [
        ([], {}, ["没有一行与现有数据不同，不需要发布。"]),
        (
            [{"rank": 1}],
            {"nature": "addition"},
            ["这一版还没有首次发布，性质应为“首次发布”。"],
        ),
    ],
)
def test_a_first_draft_that_lacks_something_is_refused(edition, overall, lines, fields, problems):
    release = a_draft(edition, *((overall, PlaceFactory(), line) for line in lines))
    for name, value in fields.items():
        setattr(release, name, value)
    release.save()
    assert refusal(release) == problems
    assert (Score.objects.count(), Change.objects.count()) == (0, 0)


def test_an_addition_may_not_change_what_stands(edition, overall):
    place = PlaceFactory()
    released(edition, (overall, place, {"rank": 7}))
    release = a_draft(edition, (overall, place, {"rank": 8}))
    assert release.nature == Release.Nature.ADDITION
    assert refusal(release) == [
        "“补充”不能改动已经发布的数据；有改动时性质应为“更正”，并写明理由。"
    ]


def test_an_embargo_holds_publication_back(overall):
    edition = overall.edition
    edition.embargoed_until = timezone.now() + timezone.timedelta(hours=1)
    edition.save()
    release = a_draft(edition, (overall, PlaceFactory(), {"rank": 1}))
    until = timezone.localtime(edition.embargoed_until)
    assert refusal(release) == [f"这一版到 {until:%Y-%m-%d %H:%M} 才解禁，在此之前不能发布。"]


def test_what_another_has_restated_since_is_refused_with_both_versions(edition, overall):
    place = PlaceFactory(short_name="郑州")
    released(edition, (overall, place, {"rank": 7}))
    mine = a_draft(edition, (overall, place, {"rank": 5}), explanation="勘误")
    released(edition, (overall, place, {"rank": 6}), explanation="勘误")
    assert refusal(mine) == ["“郑州·总指数”在您起草之后已由他人发布：您写的是“第5”，现在是“第6”。"]
    compare_anew(mine)
    publish(mine, by=UserFactory())
    assert standing(edition) == {(overall.pk, place.pk): content(rank=5)}


def test_a_published_release_is_not_published_again(edition, overall):
    release = released(edition, (overall, PlaceFactory(), {"rank": 1}))
    with pytest.raises(AlreadyPublished):
        publish(release, by=UserFactory())


def test_a_draft_saved_by_another_is_not_published(edition, overall):
    release = a_draft(edition, (overall, PlaceFactory(), {"rank": 1}))
    Release.objects.get(pk=release.pk).save()
    with pytest.raises(StaleVersion):
        publish(release, by=UserFactory())
    assert Score.objects.count() == 0


def test_a_reversal_restores_what_stood_in_one_step(edition, overall):
    kept, wrong, added, gone = PlaceFactory.create_batch(4)
    released(
        edition,
        (overall, kept, {"rank": 1}),
        (overall, wrong, {"rank": 2}),
        (overall, gone, {"rank": 4}),
    )
    before = standing(edition)
    release = released(
        edition,
        (overall, wrong, {"rank": 9}),
        (overall, added, {"rank": 3}),
        (overall, gone, None),
        explanation="错了的更正",
    )
    correction = reverse(release, by=UserFactory(), explanation="读错了行")
    assert standing(edition) == before
    assert correction.replaces == release
    assert (correction.nature, correction.explanation) == ("correction", "读错了行")
    with pytest.raises(NotPublishable):
        reverse(release, by=UserFactory(), explanation="再来一次")
    reverse(correction, by=UserFactory(), explanation="原来的更正是对的")
    assert standing(edition)[overall.pk, wrong.pk] == content(rank=9)
    assert (overall.pk, gone.pk) not in standing(edition)


def test_a_reversal_leaves_what_was_restated_since(edition, overall):
    place, other = PlaceFactory(), PlaceFactory()
    released(edition, (overall, place, {"rank": 1}), (overall, other, {"rank": 2}))
    wrong = released(
        edition,
        (overall, place, {"rank": 3}),
        (overall, other, {"rank": 4}),
        explanation="错",
    )
    released(edition, (overall, place, {"rank": 5}), explanation="对")
    reverse(wrong, by=UserFactory(), explanation="撤销")
    assert standing(edition) == {
        (overall.pk, place.pk): content(rank=5),
        (overall.pk, other.pk): content(rank=2),
    }


def test_a_reversal_needs_its_reason_and_a_published_release(edition, overall):
    draft = a_draft(edition, (overall, PlaceFactory(), {"rank": 1}))
    with pytest.raises(ValueError, match="草稿还没有发布"):
        reverse(draft, by=UserFactory(), explanation="撤销")
    release = publish(draft, by=UserFactory())
    with pytest.raises(NotPublishable):
        reverse(release, by=UserFactory(), explanation=" ")
    assert Release.objects.count() == 1


def test_what_is_published_is_neither_altered_nor_deleted(edition, overall):
    release = released(edition, (overall, PlaceFactory(), {"rank": 1}))
    attempts = [
        lambda: Release.objects.filter(pk=release.pk).update(explanation="改写"),
        lambda: Release.objects.filter(pk=release.pk)._raw_delete("default"),
        lambda: release.lines.update(rank=2),
        lambda: release.lines.all()._raw_delete("default"),
        lambda: Score.objects.update(rank=2),
        lambda: Score.objects.all()._raw_delete("default"),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    assert Score.objects.get().rank == 1


def test_publishing_costs_the_same_for_one_and_for_three_lines(django_assert_num_queries):
    # The first of a process also looks up the content type for the log.
    a_ranking(size=1)
    for size in (1, 3):
        edition = EditionFactory()
        overall = a_dimension(edition)
        places = PlaceFactory.create_batch(size)
        release = a_draft(
            edition, *((overall, place, {"rank": n}) for n, place in enumerate(places, 1))
        )
        user = UserFactory()
        # PostgreSQL is asked for the lock on the change log, and for the draft's row.
        with django_assert_num_queries(21 if connection.vendor == "postgresql" else 19):
            publish(release, by=user)


def test_the_nature_of_a_draft_follows():
    edition, _ = a_ranking(size=1)
    user = UserFactory()
    natures = [
        draft_release(edition, by=user, source_words="报告", explanation=words).nature
        for words in ("", "勘误")
    ]
    assert natures == ["addition", "correction"]
