"""The demonstration's register: the real notice with nothing invented, the invented one with every answer."""

from datetime import date
from pathlib import Path

import pytest

import portal
from institutions.checking import check
from institutions.demo.loading import load
from institutions.deriving import differences
from institutions.finding import meant
from institutions.models import Coverage, Institution, Kind, Merge, Notice, Scheme
from portal.figures import resolve
from portal.loading import load_places
from portal.models import Change
from tests.factories import UserFactory
from tests.tables import contents

pytestmark = pytest.mark.django_db
PLACES = Path(portal.__file__).parent / "demo" / "places.csv"
GONGSHANG = "关于确定郑州市工伤保险定点医疗（康复）机构的通知"


@pytest.fixture
def loaded():
    load_places(PLACES.read_bytes())
    return load(by=UserFactory())


def answer(name, kind, on):
    institution = Institution.objects.get(name=name)
    return check(institution, Kind.objects.get(code=kind), date.fromisoformat(on)).answer


def test_everything_is_made_once(loaded):
    assert (loaded.published, loaded.drafts, loaded.founded) == (6, 1, 22)
    before = contents()
    again = load(by=UserFactory.build())
    assert (again.published, again.drafts, again.founded) == (0, 0, 0)
    assert (again.notices, again.institutions) == (loaded.notices, loaded.institutions)
    assert contents() == before
    assert not any(differences())


def test_the_schemes_are_those_that_the_desk_reads_by(loaded):
    assert {
        scheme.name: [kind.name for kind in scheme.kinds.all()] for scheme in Scheme.objects.all()
    } == {
        "工伤保险定点": ["医疗", "康复", "辅助器具配置"],
        "医保定点": ["医院", "药店"],
        "发热门诊（示范）": ["发热门诊", "发热诊室"],
    }


def test_nothing_is_invented_about_the_real_notice(loaded):
    notice = Notice.objects.get(title=GONGSHANG)
    fields = ("doc_number", "issued_on", "effective_on", "stated_on", "file", "url", "nature")
    assert [getattr(notice, field) for field in fields] == ["", None, None, None, "", "", "news"]
    assert (notice.issuer.name, notice.area.name) == ("郑州市人力资源和社会保障局", "郑州市")
    assert [line.on for line in notice.lines.all()] == [None] * 18
    quoted = {line.quote in notice.text for line in notice.lines.all()}
    assert quoted == {True}
    counts = [
        resolve(f"notice.count:{notice.pk}?{parameters}").text
        for parameters in (
            "unit=designations",
            "unit=institutions",
            "unit=institutions&kind=gongshang-yiliao",
            "unit=institutions&kind=gongshang-kangfu",
        )
    ]
    assert counts == ["18家次", "14家", "11家", "7家"]


def test_each_of_its_answers_is_unknown_for_want_of_a_date(loaded):
    lines = Notice.objects.get(title=GONGSHANG).lines.select_related("institution", "kind")
    for line in lines:
        said = check(line.institution, line.kind, date(2020, 9, 1)).answer
        assert (said.verdict.label, said.unknown) == ("无法确定", ("date_not_entered",))
    medical_alone = answer("河南电力医院", "gongshang-kangfu", "2020-09-01")
    assert (medical_alone.verdict.label, medical_alone.rule) == ("无法确定", "not_listed")


def test_institutions_are_found_by_their_other_names(loaded):
    asked = {
        "郑大五附院": "郑州大学第五附属医院",
        "郑州铁路局中心医院": "郑州大学第五附属医院",
        "郑州大学第一附属医院南院区": "河南省省立医院",
        "河南(郑州)中汇心血管病医院": "河南（郑州）中汇心血管病医院",
        "示例东区人民医院": "示例东区中心医院",
        "示例一院": "示例第一医院",
    }
    found = {typed: meant(typed, date(2026, 6, 1))[0].institution for typed in asked}
    assert found == {typed: loaded.institutions[name] for typed, name in asked.items()}


def test_the_invented_city_has_every_answer(loaded):
    asked = [
        ("示例第一医院", "menzhen", "2025-04-01", "是", "in_force"),
        ("示例第一医院", "menzhen", "2025-03-31", "无法确定", "before_start"),
        ("示例第一医院", "zhenshi", "2025-04-01", "否", "not_listed"),
        ("示例儿童医院", "zhenshi", "2025-04-01", "是", "in_force"),
        ("示例第二医院", "menzhen", "2025-10-14", "是", "in_force"),
        ("示例第二医院", "menzhen", "2025-10-15", "否", "revoked"),
        ("示例中医院", "menzhen", "2025-11-30", "否", "suspended"),
        ("示例中医院", "menzhen", "2025-12-01", "是", "in_force"),
        ("示例西区医院", "menzhen", "2025-10-01", "是", "in_force"),
        ("示例北区医院", "menzhen", "2026-02-01", "否", "not_listed"),
    ]
    answers = [answer(name, f"fare-{kind}-shifan", on) for name, kind, on, *_ in asked]
    said = [(one.verdict.label, one.rule) for one in answers]
    assert said == [(verdict, rule) for *_, verdict, rule in asked]


def test_it_is_corrected_withdrawn_covered_and_merged(loaded):
    first = Notice.objects.get(pk=loaded.notices["shifan-changes"])
    assert first.replaced_by.lines.get(number=2).on == date(2025, 10, 15)
    assert "自2025年10月15日起取消" in first.replaced_by.text
    assert Notice.objects.get(pk=loaded.notices["shifan-error"]).withdrawn_at is not None
    assert Coverage.objects.current().count() == 2
    assert str(Merge.objects.get()) == "示例西区医院 并入 示例第一医院"
    merged = answer("示例西区医院", "fare-menzhen-shifan", "2026-03-01")
    assert merged.answered_for == Institution.objects.get(name="示例第一医院").pk
    acts = Change.objects.exclude(reference__startswith="institution:").order_by("pk")
    assert list(acts.values_list("act", flat=True)) == [
        *["publish"] * 3,
        "correct",
        *["publish"] * 2,
        "withdraw",
        *["publish"] * 3,
    ]


def test_a_draft_waits_for_its_review(loaded):
    draft = Notice.objects.get(pk=loaded.notices["shifan-draft"])
    assert draft.published_at is None
    assert [(line.name, line.decision) for line in draft.lines.all()] == [
        ("示例第一医院南院区", "undecided"),
        ("示例东区中心医院", "matched"),
        ("示例南区医院", "undecided"),
        ("示例妇幼保健医院", "undecided"),
    ]
    assert not Institution.objects.filter(name="示例南区医院").exists()


def test_what_is_invented_says_so(loaded):
    invented = Notice.objects.exclude(title=GONGSHANG)
    assert {notice.title.startswith("（示范）") for notice in invented} == {True}
    names = Institution.objects.filter(place__code__startswith="x-shifan")
    assert {row.name.startswith("示例") for row in names} == {True}
