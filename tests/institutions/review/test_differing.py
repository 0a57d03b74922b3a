"""What a draft would change: each effect by its word, and that the rule agrees with publishing."""

from datetime import UTC, date, datetime

import pytest

from institutions.models import Designation, Notice
from institutions.publishing import draft_correction
from institutions.register import Document, Line
from institutions.register.lines import Action
from institutions.review.differing import Effect, compare
from institutions.review.foreseeing import foresee
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

BEFORE, NOW = datetime(2021, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC)
DAY = date(2020, 9, 1)


def told(held, *drafted, day=date(2021, 5, 1), **fields):
    """The Comparison of a draft with a register in which one notice of DAY says `held`."""
    documents = [Document(1, BEFORE, effective_on=DAY)]
    draft = Document(2, NOW, effective_on=day)
    lines = [Line(1, number, *said) for number, said in enumerate(held, 1)]
    new = [Line(2, number, *said) for number, said in enumerate(drafted, 1)]
    return compare(documents, lines, draft, new, **fields)


def effects(comparison):
    return [difference.effect for _, difference in sorted(comparison.by_line.items())]


@pytest.mark.parametrize(
    ("held", "drafted", "effect"),
    [
        ([], ("designate", 1, 1), Effect.OPENS),
        ([("designate", 1, 1)], ("designate", 1, 2), Effect.OPENS),
        ([("designate", 1, 1)], ("designate", 1, 1), Effect.SAME),
        ([("designate", 1, 1)], ("revoke", 1, 1), Effect.ENDS),
        ([("designate", 1, 1)], ("suspend", 1, 1), Effect.SUSPENDS),
        ([], ("revoke", 1, 1), Effect.CONFLICTS),
    ],
)
def test_an_effect_has_its_word(held, drafted, effect):
    comparison = told([_line(*one) for one in held], _line(*drafted))
    assert effects(comparison) == [effect]
    assert comparison.totals == {effect: (1, 1)}


def _line(action, institution, kind):
    return Action(action), institution, kind


def test_a_revocation_names_the_period_before_and_after():
    comparison = told([_line("designate", 1, 1)], _line("revoke", 1, 1))
    assert comparison.by_line[1].sentences == (
        "原：2020年9月1日起（按通知生效日期）",
        "改为：2020年9月1日起（按通知生效日期），2021年4月30日止",
    )


def test_an_undated_revocation_conflicts():
    comparison = told([_line("designate", 1, 1)], _line("revoke", 1, 1), day=None)
    assert effects(comparison) == [Effect.CONFLICTS]
    assert comparison.by_line[1].sentences == ("没有载明生效日期，无法排入时间先后。",)


def test_names_and_merges_change_no_designation():
    comparison = told(
        [_line("designate", 1, 1)],
        (Action.RENAME, 1, None, None, False, None, None, "新名医院"),
        (Action.MERGE, 2, None, None, False, None, None, "", 1),
    )
    assert effects(comparison) == [Effect.RENAMES, Effect.MERGES]


def test_a_dated_line_that_takes_over_an_undated_period_changes_it():
    documents = [Document(1, BEFORE, issued_on=DAY)]
    draft = Document(2, NOW, effective_on=date(2021, 5, 1))
    comparison = compare(
        documents,
        [Line(1, 1, *_line("designate", 1, 1))],
        draft,
        [Line(2, 1, *_line("designate", 1, 1))],
    )
    assert comparison.by_line[1].effect == Effect.CHANGES
    assert comparison.by_line[1].sentences[-2:] == (
        "原：起始日未载明（只有印发日期）",
        "改为：起始日未载明（只有印发日期），2021年4月30日止；2021年5月1日起（按通知生效日期）",
    )


def test_totals_count_in_both_units_under_the_weightiest_effect():
    comparison = told(
        [_line("designate", 1, 1)],
        _line("designate", 1, 1),
        _line("designate", 1, 2),
        _line("designate", 2, 2),
        _line("designate", 3, 1),
        _line("revoke", 3, 1),
    )
    assert comparison.totals == {
        Effect.SAME: (1, 1),
        Effect.OPENS: (2, 2),
        Effect.CONFLICTS: (1, 1),
    }


def test_what_a_correction_no_longer_states_is_lost():
    comparison = told(
        [_line("designate", 1, 1), _line("designate", 2, 1)],
        _line("designate", 1, 1),
        day=DAY,
        replaced=1,
    )
    assert effects(comparison) == [Effect.SAME]
    assert comparison.lost == ((2, 1),)


@pytest.mark.django_db
def test_what_is_foreseen_is_what_publishing_does():
    kind = KindFactory()
    known = an_institution("老城医院")
    published(a_notice(known, kind=kind))
    draft = a_notice(known, {"name": "新城医院"}, {"name": "新城 医院"}, kind=kind)
    draft = Notice.objects.get(pk=draft.pk)
    foreseen = foresee(draft, list(draft.lines.order_by("number")))
    assert [foreseen.of(line).effect for line in draft.lines.order_by("number")] == [
        Effect.SAME,
        Effect.OPENS,
        Effect.OPENS,
    ]
    assert foreseen.totals == [(Effect.SAME, 1, 1), (Effect.OPENS, 1, 1)]
    assert (foreseen.new_institutions, foreseen.stated) == (1, (2, 2))
    assert not foreseen.proposes_no_change
    before = Designation.objects.current().count()
    published(draft)
    assert Designation.objects.current().count() - before == 1


@pytest.mark.django_db
def test_the_same_list_again_proposes_no_change():
    kind, hospital = KindFactory(), an_institution()
    published(a_notice(hospital, kind=kind))
    again = a_notice(hospital, kind=kind)
    assert foresee(again, list(again.lines.all())).proposes_no_change


@pytest.mark.django_db
def test_a_correction_with_the_same_words_proposes_no_change():
    kind, hospital = KindFactory(), an_institution()
    notice = published(a_notice(hospital, kind=kind))
    draft = draft_correction(notice, by=UserFactory())
    assert foresee(draft, list(draft.lines.all())).proposes_no_change
    draft.lines.all().delete()
    lost = foresee(draft, []).comparison.lost
    assert lost == ((hospital.pk, kind.pk),)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_foreseeing_asks_once(count, django_assert_num_queries):
    kind = KindFactory()
    draft = a_notice(*(an_institution(f"第{n}医院") for n in range(count)), kind=kind)
    lines = list(draft.lines.all())
    with django_assert_num_queries(1):
        foresee(draft, lines)
