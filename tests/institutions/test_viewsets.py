"""The desk's screens for the register: who may what, what is found, what is refused."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.admin.menu import admin_menu

from institutions.models import Coverage, Institution, InstitutionName, Kind, Match, Merge, Scheme
from institutions.tables import COLUMNS
from news.roles import Role
from portal.models import Change
from tests.factories import PlaceFactory, UserFactory
from tests.institutions.factories import (
    KindFactory,
    SchemeFactory,
    a_notice,
    an_institution,
    published,
)

pytestmark = pytest.mark.django_db

LISTS = ("institution", "designation", "coverage", "merge", "match", "scheme", "kind")


def found(response):
    return [str(row) for row in response.context["object_list"]]


def shown(response):
    """[(label, value)] of the row that is looked at, without the instant of its record."""
    told = [(field["label"], str(field["value"])) for field in response.context["fields"]]
    return [field for field in told if field[0] != "记入时间"]


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def errors(response):
    return response.context["form"].errors.get_json_data()


@pytest.mark.parametrize("role", Role)
def test_who_keeps_the_register(desk, role):
    client = desk(role)
    keeps = role in (Role.DATA_EDITOR, Role.ADMINISTRATOR)
    codes = {client.get(reverse(f"{name}:index")).status_code for name in LISTS}
    assert codes == ({200} if keeps else {302})


@pytest.mark.parametrize(
    "query", ["颐和", "郑州颐和医院", "zhengzhouyihe", "zzyh", "郑州　颐和", "旧名"]
)
def test_institutions_are_found_by_any_name_sound_or_first_letters(desk, query):
    client = desk(Role.DATA_EDITOR)
    hospital = an_institution("郑州颐和医院")
    an_institution("新郑市人民医院")
    InstitutionName.of(
        hospital,
        "旧名医院",
        kind="former",
        source_words="院志",
        known_from=hospital.names.get().known_from,
    ).save()
    assert found(client.get(reverse("institution:index"), {"q": query})) == ["郑州颐和医院"]


def test_institutions_are_sifted_by_place_and_kind(desk):
    client, kind = desk(Role.DATA_EDITOR), KindFactory()
    city = PlaceFactory()
    inside = an_institution("甲医院", place=PlaceFactory(parent=city, level="county"))
    an_institution("乙医院", place=PlaceFactory())
    published(a_notice(inside, kind=kind))
    index = reverse("institution:index")
    assert found(client.get(index, {"place": inside.place.pk})) == ["甲医院"]
    assert found(client.get(index, {"kind": kind.pk})) == ["甲医院"]


def test_institutions_are_exported_in_the_columns_that_a_roster_has(desk):
    client, kind = desk(Role.DATA_EDITOR), KindFactory(code="yiliao")
    listed, alone = an_institution("甲医院"), an_institution("乙医院")
    published(a_notice(listed, kind=kind, title="名单", effective_on=date(2020, 1, 1)))
    head, *rows = rows_of(client.get(reverse("institution:index"), {"export": "csv"}))
    assert head == [column.label for column in COLUMNS]
    told = [(row[0], row[1], *row[13:]) for row in rows]
    assert told == [
        (
            listed.code,
            "甲医院",
            "yiliao",
            str(kind),
            "2020-01-01",
            "",
            "有效",
            "通知生效日期",
            "名单",
        ),
        (alone.code, "乙医院", *[""] * 7),
    ]
    book = client.get(reverse("institution:index"), {"export": "xlsx", "q": "乙"})
    data = b"".join(book.streaming_content)
    _, *found = load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
    assert [row[1] for row in found] == ["乙医院"]


@pytest.mark.parametrize("role", Role)
def test_who_is_led_to_the_import_of_a_roster(desk, role):
    client = desk(role)
    request = client.get(reverse("wagtailadmin_home")).wsgi_request
    groups = [
        item for item in admin_menu.menu_items_for_request(request) if item.label == "定点机构"
    ]
    items = [one for group in groups for one in group.menu.menu_items_for_request(request)]
    labels = [one.label for one in sorted(items, key=lambda one: one.order)]
    if role in (Role.DATA_EDITOR, Role.ADMINISTRATOR):
        assert labels[:3] == ["通知", "批量导入名册", "机构"]
    else:
        assert labels == []


def test_the_public_page_is_offered_when_there_is_one(desk):
    client, hospital = desk(Role.DATA_EDITOR), an_institution("甲医院")
    address = reverse("institution:edit", args=[hospital.pk])
    assert "公开页面" not in client.get(address).content.decode()
    published(a_notice(hospital, kind=KindFactory()))
    assert "公开页面" in client.get(address).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(desk, count, django_assert_num_queries):
    client = desk(Role.DATA_EDITOR)
    for number in range(count):
        an_institution(f"第{number}家医院", place=PlaceFactory())
    client.get(reverse("institution:index"))
    with django_assert_num_queries(16):
        client.get(reverse("institution:index"))


def test_a_new_institution_gets_its_code_and_its_first_name(desk):
    client = desk(Role.DATA_EDITOR)
    told = {
        "first_name": "郑州颐和医院",
        "name_source": "执业许可证",
        "credit_code": "91110000600037341l",
    }
    response = client.post(reverse("institution:add"), told)
    assert response.status_code == 302
    made = Institution.objects.get()
    assert (made.code, made.name, made.credit_code) == (
        "zhengzhouyiheyiyuan",
        "郑州颐和医院",
        "91110000600037341L",
    )
    assert list(made.names.values_list("name", "kind", "source_words")) == [
        ("郑州颐和医院", "official", "执业许可证")
    ]
    again = client.post(reverse("institution:add"), told)
    assert [error["message"] for error in errors(again)["first_name"]] == [
        "已有机构用过这个名称：郑州颐和医院（zhengzhouyiheyiyuan）。若确是另一家，请在名称后加注院区或城市。"
    ]
    assert Institution.objects.count() == 1


def facts(institution, **changed):
    return {
        "seen_version": institution.version,
        "level": "",
        "ownership": "",
        "datum": "",
        **changed,
    }


def test_wrong_facts_are_refused_at_their_fields(desk):
    client, hospital = desk(Role.DATA_EDITOR), an_institution()
    told = facts(hospital, credit_code="91110000600037342L", phone="13800138000", longitude="113")
    response = client.post(reverse("institution:edit", args=[hospital.pk]), told)
    found = {field: [e["message"] for e in listed] for field, listed in errors(response).items()}
    assert found == {
        "credit_code": ["统一社会信用代码的校验位不对，请核对原件。"],
        "phone": ["这里像是个人手机号或身份证号，不能公开，请改用对外公布的电话。"],
        "__all__": [
            "经度、纬度和坐标系须一起填写；经度在 -180 到 180 之间，纬度在 -90 到 90 之间。"
        ],
    }


def test_the_second_of_two_editors_is_refused_and_sees_both_versions(desk):
    client, hospital = desk(Role.DATA_EDITOR), an_institution()
    opened = facts(hospital, address="人民路1号")
    hospital.address = "解放路9号"
    hospital.save()
    response = client.post(reverse("institution:edit", args=[hospital.pk]), opened)
    text = response.content.decode()
    assert "您打开的是第 1 版，现在是第 2 版" in text
    assert "地址：您写的是“人民路1号”，现在是“解放路9号”" in text
    hospital.refresh_from_db()
    assert hospital.address == "解放路9号"


def test_nobody_deletes_an_institution(desk, admin_user):
    client, hospital = desk(Role.ADMINISTRATOR), an_institution()
    client.force_login(admin_user, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("institution:delete", args=[hospital.pk]))
    assert Institution.objects.filter(pk=hospital.pk).exists()


def names(*rows, seen=""):
    told = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0, "seen": seen}
    for number, row in enumerate(rows):
        told |= {f"form-{number}-{field}": value for field, value in row.items()}
    return told


def test_names_are_stated_anew_and_the_old_ones_stay_known(desk):
    client, hospital = desk(Role.DATA_EDITOR), an_institution("旧名医院")
    seen = str(hospital.names.get().pk)
    rows = (
        {
            "name": "旧名医院",
            "kind": "official",
            "valid_to": "2020年12月31日",
            "source_words": "院志",
        },
        {
            "name": "新名医院",
            "kind": "official",
            "valid_from": "2021-01-01",
            "source_words": "院志",
        },
        {"name": "新医", "kind": "short", "source_words": "通称"},
    )
    address = reverse("institution:names", args=[hospital.pk])
    assert client.post(address, names(*rows, seen=seen)).status_code == 302
    hospital.refresh_from_db()
    assert hospital.name == "新名医院"
    assert Institution.objects.named(date(2020, 12, 31)).get().name_on == "旧名医院"
    assert hospital.names.count() == 4
    stale = client.post(address, names(*rows[:1], seen=seen))
    assert stale.status_code == 200
    assert hospital.names.filter(known_to=None).count() == 3


def test_an_institution_keeps_an_official_name(desk):
    client, hospital = desk(Role.DATA_EDITOR), an_institution("旧名医院")
    seen = str(hospital.names.get().pk)
    told = names({"name": "旧医", "kind": "short", "source_words": "通称"}, seen=seen)
    response = client.post(reverse("institution:names", args=[hospital.pk]), told)
    assert "至少要有一个正式名称。" in response.content.decode()
    assert list(hospital.names.values_list("name", "known_to")) == [("旧名医院", None)]


def test_coverage_is_declared_and_taken_back_with_a_reason(desk):
    client, kind, city = desk(Role.DATA_EDITOR), KindFactory(), PlaceFactory()
    told = {"kind": kind.pk, "area": city.pk, "valid_from": "2020-01-01", "basis": "逐条核对"}
    assert client.post(reverse("coverage:add"), told).status_code == 302
    row = Coverage.objects.get()
    assert row.declared_by == client.user
    missing = client.post(reverse("coverage:add"), {**told, "valid_from": ""})
    assert [e["message"] for e in errors(missing)["valid_from"]] == ["请填写从哪一天起收录完整。"]
    end = reverse("coverage:end", args=[row.pk])
    assert client.post(end, {"reason": " "}).status_code == 200
    assert client.post(end, {"reason": "名单有遗漏"}).status_code == 302
    assert client.post(end, {"reason": "再来一次"}).status_code == 302
    row.refresh_from_db()
    assert row.known_to is not None
    assert list(Change.objects.order_by("sequence").values_list("act", "reference")) == [
        ("publish", f"coverage:{row.pk}"),
        ("withdraw", f"coverage:{row.pk}"),
    ]
    assert client.get(reverse("coverage:inspect", args=[row.pk])).status_code == 200


def test_a_merge_is_stated_and_undone_by_another_row(desk):
    client = desk(Role.DATA_EDITOR)
    part, whole = an_institution("小医院"), an_institution("大医院")
    told = {"part": part.pk, "whole": whole.pk, "on": "2021-10-06", "source_words": "官网"}
    assert client.post(reverse("merge:add"), told).status_code == 302
    again = client.post(reverse("merge:add"), told)
    assert [e["message"] for e in errors(again)["__all__"]] == [
        "这家机构已有一条合并记录；请先撤销那一条。"
    ]
    row = Merge.objects.get()
    assert (
        client.post(reverse("merge:end", args=[row.pk]), {"reason": "登记有误"}).status_code == 302
    )
    assert list(Merge.objects.order_by("pk").values_list("undoes", "source_words")) == [
        (None, "官网"),
        (row.pk, "登记有误"),
    ]
    assert shown(client.get(reverse("merge:inspect", args=[row.pk])))[3] == ("状态", "已撤销")


def test_a_reporter_takes_nothing_back(desk):
    client, kind = desk(Role.REPORTER), KindFactory()
    row = Coverage(
        kind=kind,
        area=PlaceFactory(),
        valid_from=date(2020, 1, 1),
        basis="核对",
        declared_by=UserFactory(),
    )
    from portal.records import supersede

    supersede([], [row])
    client.post(reverse("coverage:end", args=[row.pk]), {"reason": "试试"})
    row.refresh_from_db()
    assert row.known_to is None


def test_schemes_and_kinds_are_data(desk):
    client = desk(Role.DATA_EDITOR)
    told = {"name": "接种点", "code": "jiezhong", "authority": "疾控中心", "position": 9}
    assert client.post(reverse("scheme:add"), told).status_code == 302
    scheme = Scheme.objects.get()
    kind = {"scheme": scheme.pk, "name": "预防接种", "code": "jiezhong-yufang", "position": 1}
    assert client.post(reverse("kind:add"), kind).status_code == 302
    assert str(Kind.objects.get()) == "接种点·预防接种"
    used = client.post(reverse("scheme:delete", args=[scheme.pk]))
    assert Scheme.objects.filter(pk=scheme.pk).exists()
    assert used.status_code == 302


def test_two_editors_of_a_scheme(desk):
    client, scheme = desk(Role.DATA_EDITOR), SchemeFactory()
    told = {
        "seen_version": scheme.version,
        "name": "甲",
        "code": scheme.code,
        "authority": "乙",
        "position": 0,
    }
    scheme.name = "丙"
    scheme.save()
    response = client.post(reverse("scheme:edit", args=[scheme.pk]), told)
    assert response.status_code == 200
    scheme.refresh_from_db()
    assert scheme.name == "丙"
    missing = client.post(reverse("scheme:edit", args=[scheme.pk]), {**told, "seen_version": ""})
    assert errors(missing)["seen_version"][0]["message"] == "表单不完整，请重新打开后再改。"


def test_a_judgement_bears_its_editor_and_cannot_contradict_another(desk):
    client, hospital, other = (
        desk(Role.DATA_EDITOR),
        an_institution("甲医院"),
        an_institution("乙医院"),
    )
    told = {"printed": "市人民医院", "city": "郑州市", "same": "on", "institution": hospital.pk}
    assert client.post(reverse("match:add"), told).status_code == 302
    assert Match.objects.get().by == client.user
    second = client.post(reverse("match:add"), {**told, "institution": other.pk})
    assert [e["message"] for e in errors(second)["__all__"]] == ["这个名称已被判断为另一家机构。"]


@pytest.mark.parametrize("query", ["颐和", "zzyh", "zhengzhouyihe", "州颐"])
def test_designations_are_found_by_what_finds_their_institution(desk, query):
    kind = KindFactory()
    hospitals = [an_institution("郑州颐和医院"), an_institution("新郑市人民医院")]
    published(a_notice(*hospitals, kind=kind))
    row = hospitals[0].designations.get()
    response = desk(Role.DATA_EDITOR).get(reverse("designation:index"), {"q": query})
    assert list(response.context["object_list"]) == [row]


def test_designations_are_only_read(desk):
    client, kind, hospital = desk(Role.ADMINISTRATOR), KindFactory(), an_institution("医院")
    notice = published(a_notice(hospital, kind=kind, title="名单", effective_on=None))
    row = hospital.designations.get()
    assert shown(client.get(reverse("designation:inspect", args=[row.pk]))) == [
        ("机构", "医院"),
        ("定点类别", str(kind)),
        ("起始日", "未载明"),
        ("起始日依据", "没有载明日期"),
        ("截止日", "未载明"),
        ("终止方式", "没有终止"),
        ("起始依据", f'<a href="/admin/notices/edit/{notice.pk}/">名单</a>，第 1 条'),
        ("终止依据", "没有"),
        ("取代时间", "没有被取代"),
    ]
    assert client.get(reverse("designation:add")).status_code == 302
    assert client.get(reverse("designation:edit", args=[row.pk])).status_code == 302
    _, *exported = rows_of(client.get(reverse("designation:index"), {"export": "csv"}))
    at = timezone.localtime(row.known_from).strftime("%Y-%m-%d %H:%M:%S")
    assert exported == [[hospital.code, "医院", str(kind), "", "", "名单", "", at, ""]]
