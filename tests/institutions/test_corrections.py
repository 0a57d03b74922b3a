"""Corrections of notices: what they take over and drop, that what they replace never returns; what is told of them."""

from datetime import date

import pytest
from django.utils import timezone

from institutions import covering
from institutions.checking import check
from institutions.deriving import differences
from institutions.merging import merge, undo
from institutions.models import Designation, Institution, Notice
from institutions.publishing import draft_correction, publish, withdraw
from portal.corrections import Told, recent
from portal.models import Change
from portal.references import Target
from portal.sources import NotPublished
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, a_line, a_notice, an_institution, published

pytestmark = pytest.mark.django_db

ON = date(2020, 9, 1)
LATER = date(2021, 1, 1)


def verdict(institution, kind, known_at=None):
    return check(institution, kind, LATER, known_at).answer.verdict.value


def corrected(notice):
    return published(draft_correction(notice, by=UserFactory()))


def test_it_takes_over_all_but_the_acts():
    kind, editor = KindFactory(), UserFactory()
    draft = a_notice({"name": "新城医院", "details": {"grade": "三甲"}}, kind=kind)
    a_line(draft, name="外地医院", decision="ignored", decision_reason="不属本市")
    draft.keep_file("名单.txt", b"x")
    draft.save()
    notice = published(draft)
    correction = draft_correction(notice, by=editor)
    kept = ("title", "text", "issuer_id", "scheme_id", "area_id", "effective_on", "file")
    kept += ("file_name", "file_sha256", "source_words", "stated_counts", "warnings")
    assert [getattr(correction, name) for name in kept] == [getattr(notice, name) for name in kept]
    acts = (correction.published_at, correction.published_by, correction.withdrawn_at)
    assert (*acts, correction.reason, correction.version) == (None, None, None, "", 1)
    said = ("number", "name", "key", "quote", "action", "kind", "institution", "details")
    said += ("decision_reason",)
    assert list(correction.lines.values(*said)) == list(notice.lines.values(*said))


def test_a_new_institution_is_from_then_on_the_one_that_it_made():
    kind = KindFactory()
    notice = published(a_notice({"name": "新城医院"}, kind=kind))
    correction = corrected(notice)
    assert Institution.objects.count() == 1
    (line,) = correction.lines.all()
    assert (line.decision, line.institution) == ("matched", Institution.objects.get())
    assert [row.opened_by for row in Designation.objects.current()] == [line]


def test_asked_twice_it_is_one_draft():
    notice = published(a_notice(an_institution(), kind=KindFactory()))
    one, other = (draft_correction(notice, by=UserFactory()) for _ in range(2))
    assert one == other
    assert Notice.objects.count() == 2


def test_of_a_draft_or_of_what_was_corrected_already():
    kind, editor = KindFactory(), UserFactory()
    draft = a_notice(an_institution(), kind=kind)
    with pytest.raises(ValueError, match="草稿可以直接修改，不需要更正。"):
        draft_correction(draft, by=editor)
    notice = published(draft)
    corrected(notice)
    with pytest.raises(ValueError, match="这份通知已被后来的更正取代，请更正那一份。"):
        draft_correction(notice, by=editor)


def test_a_line_that_is_dropped_states_nothing_and_its_institution_stays_public():
    kind = KindFactory()
    hospitals = [an_institution(name) for name in ("甲医院", "乙医院")]
    notice = published(a_notice(*hospitals, kind=kind))
    before = timezone.now()
    draft = draft_correction(notice, by=UserFactory())
    draft.lines.filter(institution=hospitals[1]).delete()
    published(draft)
    assert [verdict(row, kind) for row in hospitals] == ["yes", "unknown"]
    assert [verdict(row, kind, before) for row in hospitals] == ["yes", "yes"]
    assert Institution.objects.public().count() == 2
    closed = Designation.objects.get(institution=hospitals[1])
    assert closed.known_to == Notice.objects.get(replaces=notice).published_at


def test_what_was_replaced_does_not_come_back():
    kind, hospital, editor = KindFactory(), an_institution(), UserFactory()
    first = published(a_notice(hospital, kind=kind))
    second = corrected(first)
    third = corrected(second)
    withdraw(third, by=editor, reason="误传")
    assert verdict(hospital, kind) == "unknown"
    fourth = corrected(third)
    assert verdict(hospital, kind) == "yes"
    instants = [row.published_at for row in (first, second, third, fourth)]
    known = [verdict(hospital, kind, at) for at in [*instants, third.withdrawn_at]]
    assert known == ["yes"] * 4 + ["unknown"]
    assert not any(differences())
    acts = list(Change.objects.order_by("sequence").values_list("act", flat=True))
    assert acts == ["publish", "correct", "correct", "withdraw", "correct"]


def test_one_that_was_replaced_can_still_be_withdrawn():
    kind, hospital, editor = KindFactory(), an_institution(), UserFactory()
    first = published(a_notice(hospital, kind=kind))
    corrected(first)
    withdraw(first, by=editor, reason="误传")
    assert verdict(hospital, kind) == "yes"
    assert not any(differences())


def test_of_what_was_never_published():
    kind, editor = KindFactory(), UserFactory()
    old = a_notice(an_institution(), kind=kind)
    draft = a_notice(an_institution(), kind=kind, replaces=old)
    with pytest.raises(NotPublished, match="被取代的文件在此之前没有发布。"):
        publish(draft, by=editor)
    assert Change.objects.count() == 0


def told(count=9):
    """What readers are told of the latest corrections: (act, reference, Told)."""
    return [(one.act_label, one.change.reference, one.told) for one in recent(count)]


def test_of_a_notice_its_successor_and_the_reason_of_its_withdrawal_are_told():
    kind, editor = KindFactory(), UserFactory()
    number, hidden = "13812345678", "138****5678"
    first = published(a_notice(an_institution(), kind=kind, title=f"通知 {number}"))
    assert told() == []
    second = corrected(first)
    withdraw(second, by=editor, reason=f"误传，见 {number}")
    address = "/institutions/notices/{}/".format
    title, replaced = f"通知 {hidden}", f"notice:{first.pk}"
    assert told() == [
        (
            "撤回",
            f"notice:{second.pk}",
            Told(title, address(second.pk), reason=f"误传，见 {hidden}"),
        ),
        (
            "更正",
            f"notice:{second.pk}",
            Told(
                title,
                address(second.pk),
                replaces=replaced,
                earlier=Target(title, address(first.pk)),
            ),
        ),
    ]


def test_a_merge_that_was_undone_is_told_with_its_reason():
    editor = UserFactory()
    part, whole = an_institution("甲医院"), an_institution("乙医院")
    row = merge(part, whole, on=ON, source_words="批复", by=editor)
    assert told() == []
    undo(row, source_words="批复已撤销", by=editor)
    # Of the part no notice has told yet.
    assert told() == []
    published(a_notice(part, kind=KindFactory()))
    address = f"/institutions/{part.code}/history/"
    words = Told("甲医院并入乙医院", address, reason="批复已撤销")
    assert told() == [("撤回", f"merge:{row.pk}", words)]


def test_a_declaration_that_was_replaced_or_taken_back_is_told_without_the_note_of_the_desk():
    kind, area, editor = KindFactory(name="医疗"), PlaceFactory(name="郑州市"), UserFactory()
    frame = {"kind": kind, "area": area, "first": ON, "basis": "全部在册名单", "by": editor}
    first = covering.declare(**frame)
    assert told() == []
    second = covering.declare(**frame, last=LATER, replaces=first)
    covering.withdraw(second, by=editor, reason="只供编辑看的话")
    words = Told(f"{kind}，郑州市：2020-09-01起，至2021-01-01收录完整")
    reference = f"coverage:{second.pk}"
    assert told() == [("撤回", reference, words), ("更正", reference, words)]
