"""`manage.py rebuild_register`: finds what differs, mends it, tells of it, and does no more."""

import io

import pytest
from django.core.management import CommandError, call_command

from institutions.deriving import differences
from institutions.models import Designation, Institution
from portal.models import Change
from portal.records import close
from tests.institutions.factories import KindFactory, a_notice, an_institution, published
from tests.tables import contents

pytestmark = pytest.mark.django_db


def rebuild(**options):
    out = io.StringIO()
    call_command("rebuild_register", stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def listed(db):
    """Three institutions that a notice designates."""
    rows = [an_institution(name) for name in ("甲医院", "乙医院", "丙医院")]
    published(a_notice(*rows, kind=KindFactory()))
    return rows


@pytest.mark.parametrize("check", [False, True])
def test_when_all_is_well_nothing_is_written(listed, check):
    before = contents()
    assert rebuild(check=check) == ["定点记录与名单条目一致。"]
    assert contents() == before


def test_an_empty_register():
    assert rebuild() == rebuild(check=True) == ["定点记录与名单条目一致。"]


def test_check_tells_and_changes_nothing(listed):
    close(Designation.objects.filter(institution=listed[0]))
    before, out = contents(), io.StringIO()
    with pytest.raises(CommandError, match="定点记录与名单条目不符。"):
        call_command("rebuild_register", check=True, stdout=out)
    assert contents() == before
    first, second = out.getvalue().splitlines()
    assert first == "定点记录：多出 0 条，缺少 1 条"
    assert second.startswith("  缺少  ")


def test_it_mends_and_tells_readers(listed):
    close(Designation.objects.filter(institution__in=listed[:2]))
    assert rebuild()[0] == "定点记录：多出 0 条，缺少 2 条"
    assert not any(differences())
    assert Designation.objects.current().count() == 3
    told = list(Change.objects.values_list("act", "reference"))
    assert sorted(told[:-1]) == sorted(
        [("update", f"institution:{row.code}") for row in listed[:2]]
    )
    assert rebuild() == ["定点记录与名单条目一致。"]


def test_a_name_whose_day_has_come(listed):
    hospital = listed[0]
    Institution.objects.filter(pk=hospital.pk).update(name="旧名", name_key="旧名")
    words = ["现用名称：1 家应为当日的名称", "  应为  甲医院"]
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("rebuild_register", check=True, stdout=out)
    assert out.getvalue().splitlines() == words
    assert rebuild() == words
    hospital.refresh_from_db()
    assert (hospital.name, hospital.name_key) == ("甲医院", "甲医院")
    assert Change.objects.first().reference == f"institution:{hospital.code}"


def test_many_are_not_all_listed():
    rows = [an_institution(f"第{number}医院") for number in range(21)]
    published(a_notice(*rows, kind=KindFactory()))
    close(Designation.objects.all())
    lines = rebuild()
    assert len(lines) == 22
    assert lines[-1] == "  缺少  ……另有 1 条"
