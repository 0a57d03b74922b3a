"""Names: those of renamings, those of the desk, and which one is present."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from institutions.models import Institution, InstitutionName
from institutions.naming import misnamed, refresh_present_names, set_names
from institutions.publishing import withdraw
from portal.models import Change
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SPRING, AUTUMN = date(2021, 3, 1), date(2021, 9, 1)


def renamed(institution, name, on, kind=None):
    line = {"institution": institution, "action": "rename", "new_name": name, "on": on}
    return published(a_notice(line, kind=kind or KindFactory(), effective_on=None))


def a_name(text, kind="official", source_words="登记证书", **fields):
    return InstitutionName.of(None, text, kind=kind, source_words=source_words, **fields)


def state(institution, *names):
    for name in names:
        name.institution = institution
    return set_names(institution, names, by=UserFactory())


def name_on(day, known_at=None):
    return Institution.objects.named(day, known_at).get().name_on


def current():
    rows = InstitutionName.objects.current().order_by("valid_from", "pk")
    return sorted(rows.values_list("name", "kind", "valid_from"), key=str)


class TestRenamings:
    def test_there_and_back_again(self):
        hospital = an_institution("甲")
        renamed(hospital, "乙", SPRING)
        renamed(hospital, "甲", AUTUMN)
        days = [SPRING - DAY, SPRING, AUTUMN - DAY, AUTUMN]
        assert [name_on(day) for day in days] == ["甲", "乙", "乙", "甲"]
        hospital.refresh_from_db()
        assert hospital.name == "甲"

    @pytest.mark.parametrize("first", [0, 1])
    def test_in_whichever_order_they_are_published(self, first):
        hospital, said = an_institution("甲"), [("乙", SPRING), ("丙", AUTUMN)]
        for number in (first, 1 - first):
            renamed(hospital, *said[number])
        hospital.refresh_from_db()
        assert (hospital.name, name_on(SPRING)) == ("丙", "乙")

    def test_what_was_known_before_a_withdrawal_is_kept(self):
        hospital = an_institution("甲")
        notice = renamed(hospital, "乙", SPRING)
        between = timezone.now()
        withdraw(notice, by=UserFactory(), reason="误传")
        hospital.refresh_from_db()
        assert (hospital.name, hospital.name_key, hospital.pinyin) == ("甲", "甲", "jia")
        assert (name_on(SPRING), name_on(SPRING, between)) == ("甲", "乙")
        row = InstitutionName.objects.get(name="乙")
        assert (row.known_from, row.known_to) == (notice.published_at, notice.withdrawn_at)

    def test_without_a_day_it_is_an_alias(self):
        hospital = an_institution("甲")
        renamed(hospital, "乙", None)
        hospital.refresh_from_db()
        assert hospital.name == "甲"
        assert current() == [("乙", "alias", None), ("甲", "official", None)]

    def test_said_twice_it_is_one_name(self):
        hospital = an_institution("甲")
        first, second = (renamed(hospital, "乙", SPRING) for _ in range(2))
        assert current() == [("乙", "official", SPRING), ("甲", "official", None)]
        withdraw(first, by=UserFactory(), reason="误传")
        row = InstitutionName.objects.current().get(name="乙")
        assert row.line == second.lines.get()

    def test_ahead_it_comes_into_use_on_its_day(self):
        hospital, today = an_institution("甲"), timezone.localdate()
        renamed(hospital, "乙", today + DAY)
        hospital.refresh_from_db()
        assert (hospital.name, name_on(today + DAY)) == ("甲", "乙")
        assert misnamed(Institution.objects.all()) == []


class TestPresentNames:
    def test_only_those_that_changed_are_written(self):
        hospital, other = an_institution("甲"), an_institution("丙")
        renamed(hospital, "乙", SPRING)
        Institution.objects.filter(pk=hospital.pk).update(name="旧", name_key="旧")
        assert misnamed(Institution.objects.all()) == [hospital]
        refreshed = refresh_present_names(Institution.objects.all())
        hospital.refresh_from_db()
        assert (refreshed, hospital.name, hospital.pinyin) == ([hospital], "乙", "yi")
        assert hospital.version == 3
        assert refresh_present_names(Institution.objects.all()) == []
        assert Institution.objects.get(pk=other.pk).version == 1


class TestDesk:
    def test_what_it_states_takes_the_place_of_what_it_stated(self):
        hospital = an_institution("甲")
        before = timezone.now()
        assert state(
            hospital,
            a_name("甲", source_words="测试"),
            a_name("乙", valid_from=SPRING),
            a_name("甲院", "short"),
        )
        assert current() == [
            ("乙", "official", SPRING),
            ("甲", "official", None),
            ("甲院", "short", None),
        ]
        assert InstitutionName.objects.count() == 3
        assert (name_on(SPRING, before), name_on(SPRING)) == ("甲", "乙")

    def test_said_again_it_changes_nothing(self):
        hospital = an_institution("甲")
        names = [("甲", "official"), ("甲院", "short")]
        assert state(hospital, *[a_name(*name) for name in names])
        assert not state(hospital, *[a_name(*name) for name in names])
        assert InstitutionName.objects.count() == 3

    def test_names_of_notices_are_untouched(self):
        hospital = an_institution("甲")
        renamed(hospital, "乙", SPRING)
        assert state(hospital, a_name("丙"))
        assert current() == [("丙", "official", None), ("乙", "official", SPRING)]
        hospital.refresh_from_db()
        assert hospital.name == "乙"

    def test_one_official_name_must_stay(self):
        hospital = an_institution("甲")
        with pytest.raises(ValueError, match="至少要有一个正式名称。"):
            state(hospital, a_name("甲", "former"))
        assert current() == [("甲", "official", None)]

    def test_a_change_is_told_when_readers_can_see_it(self):
        kind = KindFactory()
        hospital = an_institution("甲")
        state(hospital, a_name("乙"))
        assert Change.objects.count() == 0
        published(a_notice(hospital, kind=kind))
        state(hospital, a_name("丙"))
        state(hospital, a_name("丙"))
        assert list(Change.objects.values_list("act", flat=True)) == ["update", "publish"]
        assert Change.objects.first().reference == f"institution:{hospital.code}"


def test_a_name_is_found_by_its_sound():
    row = InstitutionName.of(None, " 重庆（北碚）医院 ")
    assert (row.name, row.key) == ("重庆（北碚）医院", "重庆(北碚)医院")
    assert (row.pinyin, row.initials) == ("chongqing(beibei)yiyuan", "cq(bb)yy")
