"""Institutions and notices are found by what now stands, whichever verb wrote it; only public names are suggested."""

from datetime import date

import pytest

from institutions.founding import found_institutions
from institutions.merging import merge
from institutions.models import Institution, InstitutionName, Notice
from institutions.naming import set_names
from institutions.publishing import withdraw
from portal.loading import load_places
from portal.models import Place
from portal.search.finding import find
from portal.search.language import parse
from portal.search.vocabulary import current
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db


def found(typed, model=Institution, public=False):
    rows = model.objects.public() if public else model.objects.all()
    hits = find(parse(typed), [rows]).strict
    return sorted(str(each) for each in model.objects.filter(pk__in=[hit.key for hit in hits]))


@pytest.mark.parametrize(
    "typed",
    [
        "颐和",
        "郑",
        "和医",
        "zzyh",
        "zhengzhou",
        "yihe",
        "ＺＺＹＨ",
        "鄭州",
        "三级甲等",
        "民营",
    ],
)
def test_an_institution_is_found_by_its_words_and_its_sound(typed):
    an_institution("郑州颐和医院", level="3a", ownership="private")
    an_institution("开封市中心医院")
    assert found(typed) == ["郑州颐和医院"]


def test_it_is_found_by_its_other_names_as_now_stated():
    user = UserFactory()
    institution = an_institution("郑州大学第五附属医院")
    kinds = InstitutionName.Kind

    def state(*others):
        official = InstitutionName.of(
            institution, institution.name, kind=kinds.OFFICIAL, source_words="公告"
        )
        aliases = [
            InstitutionName.of(institution, name, kind=kinds.ALIAS, source_words="公告")
            for name in others
        ]
        set_names(institution, [official, *aliases], by=user)

    state("郑大五附院")
    assert found("五附院") == found("zdwfy") == ["郑州大学第五附属医院"]
    state()
    assert found("五附院") == []


def test_a_new_present_name_is_found_and_the_old_one_still():
    institution = an_institution("河南省省立医院")
    kinds = InstitutionName.Kind
    rows = [
        InstitutionName.of(institution, name, kind=kinds.OFFICIAL, source_words="公告", **dates)
        for name, dates in (
            ("河南省省立医院", {}),
            ("河南省中心医院", {"valid_from": date(2021, 1, 1)}),
        )
    ]
    set_names(institution, rows, by=UserFactory())
    assert found("省中心") == found("省立医院") == ["河南省中心医院"]


def test_those_founded_in_bulk_are_found():
    found_institutions([("新城医院", {}), ("老城医院", {})], source_words="名册")
    assert found("城医") == ["新城医院", "老城医院"]


def test_what_a_notice_makes_is_found_when_it_is_published_and_suggested_only_then():
    draft = a_notice({"name": "新城医院"}, kind=KindFactory(), title="新增定点医院的通知")
    assert found("新城") == []
    assert "新城医院" not in current().names
    notice = published(draft)
    assert found("新城", public=True) == ["新城医院"]
    assert "新城医院" in current().names
    assert found("定点医院", Notice) == [notice.title]
    withdraw(notice, by=UserFactory(), reason="误传")
    assert found("新城", public=True) == ["新城医院"]


def test_the_names_of_those_that_only_drafts_name_are_not_suggested():
    an_institution("未公开医院")
    a_notice({"name": "未公开医院"})
    assert found("未公开") == ["未公开医院"]
    assert found("未公开", public=True) == []
    assert "未公开医院" not in current().names


def test_a_whole_is_suggested_once_another_was_merged_into_it():
    part, whole = an_institution("东院"), an_institution("总医院")
    assert "总医院" not in current().names
    merge(part, whole, on=date(2020, 1, 1), source_words="批复", by=UserFactory())
    assert "总医院" in current().names


def test_a_place_that_changes_its_name_changes_what_lies_in_it():
    city = PlaceFactory(name="郑州市")
    district = PlaceFactory(name="老区", parent=city)
    an_institution("第一医院", place=district)
    assert found("郑州市老区") == ["第一医院"]
    city.name = "商都市"
    city.save()
    assert (found("郑州市"), found("商都市")) == ([], ["第一医院"])


def test_places_loaded_anew_change_what_lies_in_them():
    place = PlaceFactory(code="410105", name="金水区", level=Place.Level.COUNTY)
    an_institution("第一医院", place=place)
    head = "code,name,short_name,level,parent,other_names\n"
    load_places(f"{head}410105,金山区,,county,,\n".encode())
    assert (found("金水区"), found("金山区")) == ([], ["第一医院"])


def test_a_notice_is_found_by_its_parts_and_by_its_issuers_present_name():
    issuer = OrganisationFactory(name="郑州市人社局")
    notice = a_notice(
        title="关于新增定点的通知",
        doc_number="郑人社〔2020〕7号",
        text="现将名单公布如下。联系电话13812345678。",
        issuer=issuer,
    )
    for typed in ("新增定点", "郑人社", "名单公布", "人社局", "2020 7"):
        assert found(typed, Notice) == [notice.title]
    assert found("13812345678", Notice) == []
    issuer.name = "郑州市人力资源局"
    issuer.save()
    assert (found("市人社局", Notice), found("力资源", Notice)) == ([], [notice.title])
    notice.delete()
    assert found("新增定点", Notice) == []
