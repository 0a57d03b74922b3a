"""Publishing notices: what it writes, what it refuses, and that nothing is left of what fails."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from institutions.checking import check
from institutions.models import Designation, Institution, InstitutionName, Notice
from institutions.publishing import NotPublishable, draft_correction, problems_of, withdraw
from portal.models import Change
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_line, a_notice, an_institution, published

pytestmark = pytest.mark.django_db


def verdict(institution, kind, on, known_at=None):
    return str(check(institution, kind, on, known_at).answer.verdict)


def test_publishing_makes_the_institution_its_period_and_one_change():
    kind = KindFactory()
    notice = published(a_notice({"name": "新城医院"}, kind=kind))
    institution = Institution.objects.get()
    assert (institution.name, institution.code) == ("新城医院", "xinchengyiyuan")
    assert list(
        Designation.objects.values_list("institution", "kind", "valid_from", "known_from")
    ) == [(institution.pk, kind.pk, date(2020, 9, 1), notice.published_at)]
    assert list(Change.objects.values_list("act", "reference")) == [
        ("publish", f"notice:{notice.pk}")
    ]
    assert verdict(institution, kind, date(2020, 9, 1)) == "yes"
    assert verdict(institution, kind, date(2020, 8, 31)) == "unknown"


def test_two_lines_of_one_name_make_one_institution():
    medical = KindFactory()
    care = KindFactory(scheme=medical.scheme)
    published(a_notice({"name": "新城医院"}, {"name": "新城 医院", "kind": care}, kind=medical))
    assert Institution.objects.count() == 1
    assert Designation.objects.count() == 2


def test_other_names_that_a_line_prints_find_the_new_institution():
    kind = KindFactory()
    notice = a_notice(
        {"name": "新城医院", "details": {"alias": "新医", "former_name": "新城 县医院"}},
        {"name": "南城医院", "details": {"alias": "南城医院", "former_name": "王某13800138000"}},
        kind=kind,
    )
    published(notice)
    rows = InstitutionName.objects.order_by("institution_id", "pk")
    assert list(rows.values_list("institution__name", "name", "kind")) == [
        ("新城医院", "新城医院", "official"),
        ("新城医院", "新医", "alias"),
        ("新城医院", "新城 县医院", "former"),
        ("南城医院", "南城医院", "official"),
    ]


def test_a_draft_says_all_that_it_lacks():
    kind = KindFactory()
    notice = a_notice({"name": "新城医院", "action": "", "kind": None}, kind=kind, issuer=None)
    a_line(notice, name="另一家医院", kind=kind, decision="undecided")
    assert problems_of(notice) == [
        "请选定发文机关。",
        "第 1 条“新城医院”：请选定动作。",
        "第 2 条“另一家医院”：请认定机构。",
    ]
    with pytest.raises(NotPublishable):
        published(notice)
    assert Notice.objects.get().published_at is None
    assert not Institution.objects.exists()


def test_a_personal_number_never_becomes_part_of_a_name():
    kind = KindFactory()
    notice = a_notice({"name": "王医生诊所13800138000"}, kind=kind)
    assert problems_of(notice) == [
        "第 1 条“王医生诊所138****8000”：名称中有个人号码，请填不带号码的名称。"
    ]
    notice.lines.update(resolved_name="王医生诊所", key="王医生诊所")
    published(notice)
    assert Institution.objects.get().name == "王医生诊所"


def test_a_withdrawn_notice_states_nothing_from_then_on():
    kind, hospital = KindFactory(), an_institution()
    notice = published(a_notice(hospital, kind=kind))
    before = timezone.now()
    withdraw(notice, by=UserFactory(), reason="文件系误传")
    assert verdict(hospital, kind, date(2021, 1, 1)) == "unknown"
    assert verdict(hospital, kind, date(2021, 1, 1), before) == "yes"
    assert not Designation.objects.current().exists()


def test_a_correction_that_dates_a_notice_replaces_it():
    kind, hospital, editor = KindFactory(), an_institution(), UserFactory()
    undated = published(a_notice(hospital, kind=kind, effective_on=None))
    assert verdict(hospital, kind, date(2020, 8, 18)) == "unknown"
    before = timezone.now()
    draft = draft_correction(undated, by=editor)
    draft.stated_on, draft.stated_basis = date(2020, 8, 17), "经办机构答复"
    draft.save()
    published(draft, editor)
    assert verdict(hospital, kind, date(2020, 8, 18)) == "yes"
    assert verdict(hospital, kind, date(2020, 8, 18), before) == "unknown"
    assert verdict(hospital, kind, date(2020, 8, 16)) == "unknown"
    assert Change.objects.first().act == "correct"


def test_a_renaming_adds_a_name_from_its_day():
    hospital = an_institution("旧名医院")
    published(
        a_notice(
            {"institution": hospital, "action": "rename", "new_name": "新名医院"},
            kind=KindFactory(),
        )
    )
    hospital.refresh_from_db()
    assert hospital.name == "新名医院"
    named = Institution.objects.named(date(2020, 8, 31)).get()
    assert named.name_on == "旧名医院"
    assert Institution.objects.named(date(2020, 9, 1)).get().name_on == "新名医院"
    notice = Notice.objects.get()
    withdraw(notice, by=UserFactory(), reason="文件系误传")
    hospital.refresh_from_db()
    assert hospital.name == "旧名医院"
    assert InstitutionName.objects.current().count() == 1


def test_periods_end_with_a_revocation():
    kind, hospital = KindFactory(), an_institution()
    published(a_notice(hospital, kind=kind))
    published(
        a_notice(
            {"institution": hospital, "action": "revoke", "on": date(2021, 5, 1)},
            kind=kind,
            effective_on=None,
        )
    )
    period = Designation.objects.current().get()
    assert (period.valid_to, period.state) == (date(2021, 5, 1) - timedelta(days=1), "revoked")
    assert verdict(hospital, kind, date(2021, 4, 30)) == "yes"
    assert verdict(hospital, kind, date(2021, 5, 1)) == "unknown"
