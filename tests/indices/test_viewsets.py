"""The desk's screens for series, editions, comparability and place names: who may what, what is refused."""

import pytest
from django.urls import reverse
from wagtail.admin.menu import admin_menu
from wagtail.log_actions import registry

from indices.models import Comparability, Edition, Index, PlaceJudgement
from news.roles import Role
from portal.models import Change
from tests.factories import OrganisationFactory, PlaceFactory
from tests.indices.factories import (
    EditionFactory,
    IndexFactory,
    a_dimension,
    a_draft,
    a_ranking,
)

pytestmark = pytest.mark.django_db

LISTS = ("index_series", "edition", "comparability", "release", "place_judgement")
KEEPERS = (Role.DATA_EDITOR, Role.ADMINISTRATOR)


@pytest.fixture
def editor(desk):
    return desk(Role.DATA_EDITOR)


def errors(response):
    return {
        field: [error["message"] for error in listed]
        for field, listed in response.context["form"].errors.get_json_data().items()
    }


def changes():
    return list(Change.objects.order_by("sequence").values_list("act", "reference"))


def an_index(**changed):
    return {"name": "数字治理指数", "code": "shuzi-zhili", "position": 0, **changed}


def told_of(edition):
    """What the form of an edition sends when nothing is touched."""
    return {
        "seen_version": edition.version,
        "label": edition.label,
        "year": edition.year,
        "code": edition.code,
        "rank_method": "competition",
        "place_level": "",
        "source_words": edition.source_words,
    }


def publishers(*organisations, initial=0):
    told = {
        "publishers-TOTAL_FORMS": len(organisations),
        "publishers-INITIAL_FORMS": initial,
        "publishers-MIN_NUM_FORMS": 0,
        "publishers-MAX_NUM_FORMS": 1000,
    }
    for number, organisation in enumerate(organisations):
        told[f"publishers-{number}-organisation"] = organisation.pk
        told[f"publishers-{number}-ORDER"] = number + 1
    return told


@pytest.mark.parametrize("role", Role)
def test_who_keeps_the_indices(desk, role):
    client = desk(role)
    codes = {client.get(reverse(f"{name}:index")).status_code for name in LISTS}
    assert codes == ({200} if role in KEEPERS else {302})


@pytest.mark.parametrize("role", Role)
def test_who_is_shown_the_indices_in_the_menu(desk, role):
    client = desk(role)
    request = client.get(reverse("wagtailadmin_home")).wsgi_request
    groups = [one for one in admin_menu.menu_items_for_request(request) if one.label == "指数"]
    items = [one for group in groups for one in group.menu.menu_items_for_request(request)]
    labels = [one.label for one in sorted(items, key=lambda one: one.order)]
    wanted = ["数据发布", "导入指数数据", "版次", "指数", "可比性", "地名判断"]
    assert labels == (wanted if role in KEEPERS else [])


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(editor, name, count, django_assert_num_queries):
    for _ in range(count):
        edition, _ = a_ranking(size=1)
        later = EditionFactory(index=edition.index, year=edition.year + 1)
        Comparability.objects.create(earlier=edition, later=later, extent="full", reason="同")
        PlaceJudgement.objects.create(
            index=edition.index, name="杭州", place=PlaceFactory(), by=editor.user
        )
    editor.get(reverse(f"{name}:index"))
    cost = {"index_series": 14, "edition": 15, "comparability": 14, "release": 16}
    with django_assert_num_queries(cost.get(name, 15)):
        editor.get(reverse(f"{name}:index"))


def test_a_series_is_made_and_leads_to_its_first_edition(editor):
    answer = editor.post(reverse("index_series:add"), an_index())
    index = Index.objects.get()
    assert answer.url == f"{reverse('edition:add')}?index={index.pk}"
    form = editor.get(answer.url).context["form"]
    assert form.instance.index == index


def test_a_code_is_fixed_once_it_is_given(editor):
    index = IndexFactory(code="shuzi-zhili", name="旧名")
    told = an_index(code="another", seen_version=index.version)
    editor.post(reverse("index_series:edit", args=[index.pk]), told)
    index.refresh_from_db()
    assert (index.code, index.name) == ("shuzi-zhili", "数字治理指数")


def test_the_second_of_two_editors_of_a_series_sees_both_versions(editor):
    index = IndexFactory(name="甲指数")
    told = an_index(seen_version=index.version, name="乙指数")
    index.name = "丙指数"
    index.save()
    answer = editor.post(reverse("index_series:edit", args=[index.pk]), told)
    assert "名称：您写的是“乙指数”，现在是“丙指数”" in answer.content.decode()
    index.refresh_from_db()
    assert index.name == "丙指数"


def test_readers_are_told_of_a_series_that_they_see(editor):
    edition, _ = a_ranking(size=1)
    EditionFactory(index=edition.index, year=edition.year + 1)
    before = len(changes())
    told = an_index(code=edition.index.code, seen_version=edition.index.version)
    editor.post(reverse("index_series:edit", args=[edition.index.pk]), told)
    assert changes()[before:] == [("update", f"edition:{edition.pk}")]


def test_an_edition_is_made_with_its_publishers_in_order(editor):
    index, first, second = IndexFactory(), OrganisationFactory(), OrganisationFactory()
    told = {
        "index": index.pk,
        "label": "2020年版",
        "year": 2020,
        "code": "",
        "released_on": "2020年8月18日",
        "rank_method": "competition",
        "source_words": "报告",
        **publishers(second, first),
    }
    answer = editor.post(reverse("edition:add"), told)
    edition = Edition.objects.get()
    assert answer.url == reverse("edition:dimensions", args=[edition.pk])
    assert (edition.code, str(edition.released_on)) == ("2020", "2020-08-18")
    assert [row.organisation for row in edition.publishers.all()] == [second, first]
    twice = editor.post(
        reverse("edition:add"), {**told, "label": "乙", "code": "b", **publishers(first, first)}
    )
    assert errors(twice) == {"__all__": ["同一个发布机构填了两次。"]}
    again = editor.post(reverse("edition:add"), {**told, **publishers()})
    assert errors(again) == {
        "__all__": ["这个指数中已有代码相同的版次。", "这个指数中已有名称相同的版次。"]
    }


def test_a_new_edition_takes_over_what_seldom_changes(editor):
    last = EditionFactory(unit="分", place_level="prefecture", rank_method="dense", universe="百城")
    form = editor.get(f"{reverse('edition:add')}?index={last.index.pk}").context["form"]
    names = ("index", "unit", "place_level", "rank_method", "universe")
    assert [getattr(form.instance, name) for name in names] == [
        last.index,
        "分",
        "prefecture",
        "dense",
        "",
    ]
    for wrong in ("x", "9" * 30, "0"):
        answer = editor.get(f"{reverse('edition:add')}?index={wrong}")
        assert answer.context["form"].instance.index_id is None


def test_the_series_and_code_of_an_edition_stay(editor):
    edition, other = EditionFactory(), IndexFactory()
    told = {**told_of(edition), "index": other.pk, "code": "other", "title": "报告", **publishers()}
    assert editor.post(reverse("edition:edit", args=[edition.pk]), told).status_code == 302
    kept = Edition.objects.get()
    assert (kept.index, kept.code, kept.title) == (edition.index, edition.code, "报告")
    assert changes() == []


def test_readers_are_told_of_an_edition_that_they_see(editor):
    edition, _ = a_ranking(size=1)
    before = len(changes())
    told = {**told_of(edition), **publishers(OrganisationFactory())}
    address = reverse("edition:edit", args=[edition.pk])
    assert editor.post(address, told).status_code == 302
    assert changes()[before:] == [("update", f"edition:{edition.pk}")]
    logged = registry.get_logs_for_instance(edition).first()
    assert (logged.action, logged.user) == ("wagtail.edit", editor.user)


def test_two_editors_of_an_edition(editor):
    edition = EditionFactory()
    told = {**told_of(edition), "title": "我的", **publishers(OrganisationFactory())}
    edition.title = "他的"
    edition.save()
    answer = editor.post(reverse("edition:edit", args=[edition.pk]), told)
    assert "报告名称：您写的是“我的”，现在是“他的”" in answer.content.decode()
    kept = Edition.objects.get()
    assert (kept.title, kept.publishers.count()) == ("他的", 0)


def test_a_published_edition_takes_no_embargo(editor):
    edition, _ = a_ranking(size=1)
    told = {**told_of(edition), "embargoed_until": "2090-01-01 08:00", **publishers()}
    answer = editor.post(reverse("edition:edit", args=[edition.pk]), told)
    assert errors(answer) == {"embargoed_until": ["已经发布的版次不能再设解禁时间。"]}


def deleted(client, name, row):
    """Try to delete a row; return what the screen says against it."""
    shown = client.get(reverse(f"{name}:delete", args=[row.pk])).context["hanging"]
    client.post(reverse(f"{name}:delete", args=[row.pk]))
    assert type(row).objects.filter(pk=row.pk).exists() == bool(shown)
    return shown


def test_only_what_nothing_hangs_on_is_deleted(editor):
    edition, later = EditionFactory(year=2019), None
    later = EditionFactory(index=edition.index, year=2020)
    a_dimension(edition)
    below = a_dimension(edition, "a", "甲")
    a_dimension(edition, "b", "乙", parent=below)
    draft = a_draft(edition)
    row = Comparability.objects.create(earlier=edition, later=later, extent="full", reason="同")
    assert deleted(editor, "index_series", edition.index) == ["2 个版次"]
    assert deleted(editor, "edition", edition) == ["1 次数据发布（含草稿）", "1 条与后一版的可比性"]
    assert deleted(editor, "edition", later) == ["1 条与前一版的可比性"]
    assert deleted(editor, "comparability", row) == []
    draft.delete()
    assert deleted(editor, "edition", edition) == []
    assert deleted(editor, "edition", later) == []
    assert deleted(editor, "index_series", edition.index) == []


def test_nothing_published_is_deleted(editor):
    edition, _ = a_ranking(size=1)
    assert deleted(editor, "edition", edition) == ["1 次数据发布（含草稿）"]
    assert deleted(editor, "index_series", edition.index) == ["1 个版次"]


def test_comparability_is_declared_changed_and_taken_back(editor):
    earlier, _ = a_ranking(size=1, year=2019)
    later = EditionFactory(index=earlier.index, year=2020)
    before = len(changes())
    told = {"earlier": earlier.pk, "later": later.pk, "extent": "full", "reason": "口径相同"}
    asked = f"{reverse('comparability:add')}?earlier={earlier.pk}&later={later.pk}"
    assert editor.get(asked).context["form"].initial["later"] == str(later.pk)
    assert editor.post(asked, told).status_code == 302
    row = Comparability.objects.get()
    assert errors(editor.post(asked, told)) == {"__all__": ["这两版的可比性已经声明过。"]}
    other = EditionFactory()
    changed = {**told, "seen_version": 1, "extent": "none", "later": other.pk, "reason": "改了"}
    editor.post(reverse("comparability:edit", args=[row.pk]), changed)
    row.refresh_from_db()
    assert (row.later, row.extent) == (later, "none")
    editor.post(reverse("comparability:delete", args=[row.pk]))
    assert changes()[before:] == [("update", f"edition:{earlier.pk}")] * 3
    assert not Comparability.objects.exists()


def test_editions_of_two_series_are_not_compared(editor):
    told = {"extent": "full", "reason": "同", "earlier": EditionFactory().pk}
    answer = editor.post(reverse("comparability:add"), {**told, "later": EditionFactory().pk})
    assert errors(answer) == {"later": ["两个版次须属于同一个指数。"]}


def test_an_edition_leads_to_its_comparability_with_the_one_before(editor):
    earlier = EditionFactory(year=2019)
    later = EditionFactory(index=earlier.index, year=2020)
    address = reverse("edition:edit", args=[later.pk])

    def offered():
        buttons = editor.get(address).context["view"].header_buttons
        return [button.url for button in buttons if button.label == "与上一版的可比性"]

    asked = f"{reverse('comparability:add')}?earlier={earlier.pk}&later={later.pk}"
    assert offered() == [asked]
    row = Comparability.objects.create(earlier=earlier, later=later, extent="full", reason="同")
    assert offered() == [reverse("comparability:edit", args=[row.pk])]


def test_a_name_is_judged_once_however_it_is_typeset(editor):
    index, place, other = IndexFactory(), PlaceFactory(name="吉林市"), PlaceFactory()
    told = {"index": index.pk, "name": "吉林(市)", "place": place.pk}
    assert editor.post(reverse("place_judgement:add"), told).status_code == 302
    row = PlaceJudgement.objects.get()
    assert (row.by, row.place) == (editor.user, place)
    again = {**told, "name": "吉林（市） ", "place": other.pk}
    answer = editor.post(reverse("place_judgement:add"), again)
    assert errors(answer) == {"name": ["这个写法已判断为吉林市；请改那一条。"]}
    editor.post(reverse("place_judgement:edit", args=[row.pk]), again)
    row.refresh_from_db()
    assert row.place == other
    empty = editor.post(reverse("place_judgement:add"), {**told, "name": "\u200b"})
    assert errors(empty) == {"name": ["写法不能为空。"]}
    assert editor.post(reverse("place_judgement:delete", args=[row.pk])).status_code == 302
    assert not PlaceJudgement.objects.exists()


@pytest.mark.parametrize(("name", "found"), [("数字", 1), ("shuzi", 1), ("没有", 0)])
def test_choosers_find_a_series_and_an_edition(editor, name, found):
    EditionFactory(index=IndexFactory(name="城市数字指数", code="shuzi"), title="报告")
    for chooser in ("index_chooser", "edition_chooser"):
        answer = editor.get(reverse(f"{chooser}:choose_results"), {"q": name})
        assert len(answer.context["results"]) == found


def test_an_edition_is_chosen_by_its_series_label_report_and_state(editor):
    released, _ = a_ranking(EditionFactory(year=2019, title="甲报告"), size=1)
    EditionFactory(index=released.index, year=2020, title="乙报告")
    answer = editor.get(reverse("edition_chooser:choose"))
    table = answer.context["table"]
    shown = [
        [str(column.get_value(row)) for column in table.columns.values()] for row in table.data
    ]
    name = released.index.name
    assert shown == [
        [f"{name}（2020）", "乙报告", "未公开"],
        [f"{name}（2019）", "甲报告", "已公开"],
    ]
