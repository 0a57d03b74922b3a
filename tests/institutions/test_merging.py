"""Merges by an editor's row and by a notice's line: chains, circles, undoing; no period is rewritten."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from institutions.checking import check
from institutions.covering import declare
from institutions.histories import merges_stated
from institutions.merging import merge, undo
from institutions.models import Designation, Merge
from institutions.publishing import withdraw
from portal.models import Change
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
START, ON = date(2020, 9, 1), date(2021, 5, 1)
CIRCLE = {"whole": ["这样合并会互相指向：并入的机构最终又归到被并入的机构。"]}


def merged(part, whole, on=ON):
    return merge(part, whole, on=on, source_words=" 批复 ", by=UserFactory())


def by_notice(part, whole, on=ON):
    line = {"institution": part, "action": "merge", "into": whole, "on": on}
    return published(a_notice(line, kind=KindFactory(), effective_on=None))


def errors_of(verb, *arguments, **fields):
    with pytest.raises(ValidationError) as refused:
        verb(*arguments, **fields)
    return getattr(refused.value, "message_dict", refused.value.messages)


def said(institution, kind, on, known_at=None):
    checked = check(institution, kind, on, known_at)
    return checked.answer.verdict.value, checked.answered_for.name


@pytest.fixture
def three(db):
    return [an_institution(name, place=PlaceFactory()) for name in ("甲", "乙", "丙")]


class TestAnswers:
    def test_from_its_day_the_whole_answers(self, three):
        part, whole, _ = three
        kind = KindFactory()
        published(a_notice(whole, kind=kind))
        before = timezone.now()
        row = merged(part, whole)
        assert (row.source_words, Change.objects.first().reference) == ("批复", f"merge:{row.pk}")
        assert said(part, kind, ON - DAY) == ("unknown", "甲")
        assert said(part, kind, ON) == ("yes", "乙")
        assert said(part, kind, ON, before) == ("unknown", "甲")
        undo(row, source_words="误记", by=UserFactory())
        assert said(part, kind, ON) == ("unknown", "甲")
        assert said(part, kind, ON, row.known_from) == ("yes", "乙")

    def test_no_period_is_rewritten(self, three):
        part, whole, _ = three
        kind = KindFactory()
        published(a_notice(part, kind=kind))
        rows = list(Designation.objects.values())
        merged(part, whole)
        assert list(Designation.objects.values()) == rows
        assert said(part, kind, ON - DAY) == ("yes", "甲")
        assert said(part, kind, ON) == ("unknown", "乙")

    def test_a_chain_leads_to_its_end(self, three):
        one, two, three_ = three
        kind = KindFactory()
        published(a_notice(three_, kind=kind))
        merged(one, two)
        merged(two, three_, ON + DAY)
        assert said(one, kind, ON) == ("unknown", "乙")
        assert said(one, kind, ON + DAY) == ("yes", "丙")

    def test_by_a_notice_and_by_a_row(self, three):
        part, whole, _ = three
        kind = KindFactory()
        published(a_notice(whole, kind=kind))
        notice, row = by_notice(part, whole), merged(part, whole)
        assert said(part, kind, ON) == ("yes", "乙")
        undo(row, source_words="通知已写明", by=UserFactory())
        assert said(part, kind, ON) == ("yes", "乙")
        withdraw(notice, by=UserFactory(), reason="误传")
        assert said(part, kind, ON) == ("unknown", "甲")

    def test_a_notices_merge_without_a_day_takes_a_no_from_both(self, three):
        part, whole, _ = three
        kind, editor = KindFactory(), UserFactory()
        by_notice(part, whole, None)
        for row in (part, whole):
            declare(kind=kind, area=row.place, first=START, basis="在册名单", by=editor)
        assert said(part, kind, ON) == ("unknown", "甲")
        assert said(whole, kind, ON) == ("unknown", "乙")

    def test_a_line_that_is_not_adopted_joins_nothing(self, three):
        _, whole, _ = three
        kind = KindFactory()
        ignored = {"decision": "ignored", "decision_reason": "重复", "name": "甲"}
        draft = a_notice(whole, kind=kind)
        draft.lines.create(number=2, quote="甲", action="merge", into=whole, key="甲", **ignored)
        published(draft)
        assert said(whole, kind, ON) == ("yes", "乙")


class TestRefusals:
    def test_into_itself(self, three):
        assert "一家机构不能并入自己。" in errors_of(merged, three[0], three[0])["whole"]

    def test_without_words(self, three):
        fields = {"on": ON, "source_words": " ", "by": UserFactory()}
        assert list(errors_of(merge, *three[:2], **fields)) == ["source_words"]

    def test_twice(self, three):
        merged(three[0], three[1])
        assert errors_of(merged, three[0], three[2]) == {
            "part": ["这家机构已有一条合并记录；请先撤销那一条。"]
        }

    def test_in_a_circle(self, three):
        one, two, last = three
        merged(one, two)
        merged(two, last, ON + 9 * DAY)
        assert errors_of(merged, last, one, ON - DAY) == CIRCLE
        assert Merge.objects.count() == 2

    @pytest.mark.parametrize("on", [ON - DAY, ON, ON + DAY])
    def test_in_a_circle_with_a_notice(self, three, on):
        one, two, _ = three
        notice = by_notice(one, two)
        assert errors_of(merged, two, one, on) == CIRCLE
        withdraw(notice, by=UserFactory(), reason="误传")
        merged(two, one, on)

    def test_a_merge_that_a_later_one_has_ended_is_no_circle(self, three):
        one, two, last = three
        by_notice(one, two, ON - 9 * DAY)
        by_notice(one, last, ON - DAY)
        merged(two, one)
        assert said(two, KindFactory(), ON)[1] == "丙"

    def test_undone_twice(self, three):
        row = merged(*three[:2])
        undo(row, source_words="误记", by=UserFactory())
        words = errors_of(undo, row, source_words="再来", by=UserFactory())
        assert words == ["这条合并已经撤销。"]

    def test_an_undoing_is_not_undone(self, three):
        row = undo(merged(*three[:2]), source_words="误记", by=UserFactory())
        words = errors_of(undo, row, source_words="再来", by=UserFactory())
        assert words == ["撤销本身不能再撤销；合并若确有其事，请重新登记。"]

    def test_undone_without_words(self, three):
        row = merged(*three[:2])
        assert list(errors_of(undo, row, source_words=" ", by=UserFactory())) == ["source_words"]
        assert len(merges_stated()) == 1


def test_undone_it_can_be_stated_again(three):
    row = merged(*three[:2])
    undo(row, source_words="误记", by=UserFactory())
    again = merged(three[0], three[2])
    assert [merge.id for merge in merges_stated()] == [again.pk]
    assert [merge.id for merge in merges_stated(row.known_from)] == [row.pk]
    assert list(Change.objects.values_list("act", flat=True)) == ["publish", "withdraw", "publish"]
