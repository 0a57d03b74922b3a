"""The list of corrections over all floors: which changes it has, in which order, and at what cost."""

import pytest

from institutions.publishing import draft_correction, withdraw
from portal import corrections
from portal.models import Change
from tests.factories import PlaceFactory, UserFactory, an_article
from tests.indices.factories import EditionFactory, a_dimension, released
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db


def corrected_notice():
    notice = published(a_notice(an_institution(), kind=KindFactory()))
    return published(draft_correction(notice, by=UserFactory()))


def corrected_release():
    edition, place = EditionFactory(), PlaceFactory()
    dimension = a_dimension(edition)
    released(edition, (dimension, place, {"rank": 8}))
    return released(edition, (dimension, place, {"rank": 7}), explanation="勘误")


def sequences(**asked):
    rows = corrections.changes(**asked).order_by("sequence")
    return list(rows.values_list("sequence", flat=True))


def test_the_floors_kinds_are_known():
    assert dict(corrections.kinds()) == {
        "notice": "通知",
        "merge": "机构合并",
        "coverage": "收录完整声明",
        "release": "指数数据",
    }


def test_all_floors_stand_in_one_list_the_newest_first():
    notice, release = corrected_notice(), corrected_release()
    withdraw(notice, by=UserFactory(), reason="误传")
    assert [(one.sequence, one.kind.name, one.act_label) for one in corrections.recent(9)] == [
        (5, "notice", "撤回"),
        (4, "release", "更正"),
        (2, "notice", "更正"),
    ]
    assert [one.change.reference for one in corrections.recent(2)] == [
        f"notice:{notice.pk}",
        f"release:{release.pk}",
    ]
    assert corrections.recent(9)[0].at == Change.objects.get(sequence=5).at


def test_it_is_asked_by_act_kind_and_instant():
    notice = corrected_notice()
    corrected_release()
    before = Change.objects.get(sequence=2).at
    withdraw(notice, by=UserFactory(), reason="误传")
    assert sequences() == [2, 4, 5]
    assert sequences(act="correct") == [2, 4]
    assert sequences(act="withdraw", kind="notice") == [5]
    assert sequences(kind="release") == [4]
    assert sequences(kind="merge") == []
    assert sequences(known_at=before) == [2]


def test_a_story_that_was_taken_down_is_not_in_it(section):
    story = an_article(section, title="撤下的稿件")
    story.unpublish()
    acts = [change.act for change in Change.objects.order_by("sequence")]
    assert acts == ["publish", "withdraw"]
    assert (sequences(), corrections.recent(9)) == ([], [])


def test_what_was_hidden_since_is_left_out():
    """A document that is gone between the two queries is told by neither its title nor a gap."""
    corrected_notice()
    found = list(corrections.changes())
    found += [Change(sequence=99, act="withdraw", reference="notice:999999")]
    assert [one.sequence for one in corrections.told(found)] == [2]
    assert corrections.told([]) == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_at_any_length(django_assert_num_queries, count):
    for _ in range(count):
        corrected_notice()
        corrected_release()
    with django_assert_num_queries(3):
        assert len(corrections.recent(9)) == 2 * count
