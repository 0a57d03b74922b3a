"""The review screen: what it shows, what its buttons do, and what two editors at once are told."""

import pytest
from django.urls import reverse

from institutions.knownnames import matcher
from institutions.models import Kind, Match, Notice
from institutions.review.deciding import declare_rest_new
from institutions.review.screen import Screen
from news.roles import Role
from portal.models import Organisation
from tests.institutions.factories import KindFactory, a_notice, an_institution, published
from tests.institutions.review.papers import CHANGES, OFFICE, Ground, again, decisions

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(desk):
    return desk(Role.DATA_EDITOR)


@pytest.fixture
def ground():
    return Ground()


def open_review(editor, notice, **address):
    return editor.get(reverse("notice:edit", args=[notice.pk]), address)


def press(editor, notice, act, **data):
    data = {"act": act, "version": again(notice).version, **data}
    return editor.post(reverse("notice:act", args=[notice.pk]), data)


def test_lines_are_grouped_by_name_in_the_order_of_the_notice(editor, ground):
    screen = open_review(editor, ground.draft()).context["screen"]
    assert [(group.number, len(group.rows)) for group in screen.groups][:3] == [
        (1, 2),
        (2, 2),
        (3, 1),
    ]
    assert len(screen.groups) == 14
    assert screen.counts == [
        ("all", "全部", 14),
        ("undecided", "待定", 14),
        ("new", "新建", 0),
        ("matched", "已有机构", 0),
        ("ignored", "不采用", 0),
        ("review", "请核对", 0),
    ]


def test_the_text_is_whole_and_every_name_is_marked(editor, ground):
    notice = ground.draft()
    shown = open_review(editor, notice).context["screen"].text
    assert "".join(piece.text for piece, _, _ in shown) == notice.text
    assert [piece.text for piece, line, _ in shown if line] == [
        line.name for line in notice.lines.order_by("number")
    ]


def test_private_numbers_are_marked_and_named_without_the_number(editor, ground):
    answer = open_review(editor, ground.draft(CHANGES))
    screen = answer.context["screen"]
    assert [piece.text for piece, _, _ in screen.text if piece.warning is not None] == [
        "13812345678"
    ]
    assert [one["message"] for one in screen.warnings] == ["文中有手机号码，属个人信息，不公开。"]


def test_what_lacks_is_said_and_blocks_publishing(editor):
    ground = Ground(office=False)
    Kind.objects.filter(pk=ground.care.pk).update(printed_names="")
    notice = ground.draft()
    screen = open_review(editor, notice).context["screen"]
    assert screen.lacking == ["没有选定发文机关", "14 家机构待认定", "7 条没有选定类别"]
    answer = editor.get(reverse("notice:publish", args=[notice.pk]))
    assert len(answer.context["problems"]) == 19
    assert "确认发布" not in answer.content.decode()
    address = reverse("notice:publish", args=[notice.pk])
    editor.post(address, {"version": again(notice).version})
    assert again(notice).published_at is None


def test_differences_are_told_by_word(editor, ground):
    an_institution("安阳市灯塔医院", place=ground.city)
    an_institution("安阳市第三人民医院", place=ground.city)
    first = ground.draft()
    first.lines.exclude(name="安阳市灯塔医院").delete()
    published(first)
    groups = open_review(editor, ground.draft(CHANGES)).context["screen"].groups
    assert [
        [row.difference and row.difference.effect.label for row in group.rows] for group in groups
    ] == [["变更"], [None], ["新增"]]


def test_a_candidate_is_laid_before_the_editor_with_its_reason(editor, ground):
    alike = an_institution("安阳市第六医院有限公司", place=ground.city)
    group = open_review(editor, ground.draft(CHANGES)).context["screen"].groups[1]
    assert [(one.institution, one.digit) for one in group.candidates] == [(alike, 1)]
    assert group.candidates[0].reason.startswith("相似 ")


def test_another_institution_is_found_by_its_sound(editor, ground):
    row = an_institution("滑县人民医院", place=ground.city)
    address = {"find": "huaxian", "for": "2"}
    groups = open_review(editor, ground.draft(CHANGES), **address).context["screen"].groups
    assert [group.found and [one.institution for one in group.found] for group in groups] == [
        None,
        [row],
        None,
    ]


def test_each_button_does_its_one_thing(editor, ground):
    alike = an_institution("安阳市第六医院有限公司", place=ground.city)
    notice = ground.draft(CHANGES)
    answer = press(editor, notice, "choose", number=2, institution=alike.code)
    assert answer.url == reverse("notice:edit", args=[notice.pk]) + "#g-2"
    press(editor, notice, "new", number=1)
    press(editor, notice, "leave_out", number=3, reason="已注销")
    assert decisions(notice) == [
        (1, "安阳市灯塔医院", "new", None),
        (2, "安阳市第六医院", "matched", "安阳市第六医院有限公司"),
        (3, "市第三人民医院", "ignored", None),
    ]
    assert Match.objects.get().by == editor.user
    press(editor, notice, "reopen", number=1)
    press(editor, notice, "undo")
    press(editor, notice, "undo")
    assert [row[2] for row in decisions(notice)] == ["new", "matched", "undecided"]


def test_the_rest_is_declared_new_after_every_name_was_shown(editor, ground):
    an_institution("安阳市第六医院有限公司", place=ground.city)
    notice = ground.draft(CHANGES)
    answer = editor.get(reverse("notice:rest_new", args=[notice.pk]))
    assert [line.name for line in answer.context["alone"]] == ["安阳市灯塔医院", "市第三人民医院"]
    assert [line.name for line in answer.context["doubtful"]] == ["安阳市第六医院"]
    assert again(notice).steps.count() == 0
    press(editor, notice, "rest_new")
    assert [row[2] for row in decisions(notice)] == ["new", "undecided", "new"]


def test_kinds_are_chosen_once_for_each_category(editor, ground):
    Kind.objects.update(printed_names="")
    notice = ground.draft()
    kinds = open_review(editor, notice).context["kinds"]
    assert [field.label for field in kinds.choices] == [
        "工伤保险定点医疗机构（11 条）",
        "工伤保险定点康复机构（7 条）",
    ]
    choice = {"category-0": ground.medical.pk, "category-1": ground.care.pk, "remember": "on"}
    press(editor, notice, "kinds", **choice)
    assert not notice.lines.filter(kind=None).exists()
    assert again(notice).scheme == ground.scheme
    assert Kind.objects.get(pk=ground.care.pk).printed_names == "工伤保险定点康复机构"


def test_a_missing_office_is_made_by_one_press(editor):
    ground = Ground(office=False)
    notice = ground.draft()
    assert open_review(editor, notice).context["new_issuer"] == OFFICE
    press(editor, notice, "issuer", name=OFFICE)
    office = Organisation.objects.get(name=OFFICE)
    assert (again(notice).issuer, office.place) == (office, ground.city)


def test_the_second_of_two_editors_sees_both_versions(editor, ground):
    alike = an_institution("安阳市第六医院有限公司", place=ground.city)
    notice = ground.draft(CHANGES)
    seen = again(notice).version
    press(editor, notice, "choose", number=2, institution=alike.code)
    answer = press(editor, notice, "new", number=2, version=seen)
    assert answer.status_code == 409
    conflict = answer.context["conflict"]
    assert (conflict["mine"], conflict["theirs"]) == (
        "“安阳市第六医院”认定为新机构",
        "“安阳市第六医院”：已有机构，安阳市第六医院有限公司",
    )
    assert conflict["step"].words == "“安阳市第六医院”认定为安阳市第六医院有限公司"
    assert decisions(notice)[1][2] == "matched"


def test_a_head_saved_from_an_old_version_shows_both(editor, ground):
    notice = ground.draft()
    address = reverse("notice:head", args=[notice.pk])
    form = editor.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    declare_rest_new(again(notice), by=ground.editor)
    Notice.objects.filter(pk=notice.pk).update(title="别人改的标题")
    answer = editor.post(address, {**data, "title": "我改的标题"})
    words = str(answer.context["form"].non_field_errors())
    assert "标题：您写的是“我改的标题”，现在是“别人改的标题”" in words
    assert again(notice).title == "别人改的标题"


def test_the_head_is_saved(editor, ground):
    notice = ground.draft()
    address = reverse("notice:head", args=[notice.pk])
    form = editor.get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    editor.post(address, {**data, "stated_on": "2021年3月15日", "stated_basis": "电话答复"})
    assert (str(again(notice).stated_on), again(notice).stated_basis) == ("2021-03-15", "电话答复")
    answer = editor.post(address, {**data, "seen_version": 2, "stated_on": "2021-03-15"})
    assert "stated_basis" in answer.context["form"].errors


def test_a_line_is_edited_and_a_stale_one_is_refused(editor, ground):
    notice = ground.draft(CHANGES)
    address = reverse("notice:line", args=[notice.pk, 2])
    data = {
        "name": "安阳市第六医院",
        "resolved_name": "安阳市第六人民医院",
        "action": "rename",
        "kind": ground.medical.pk,
        "new_name": "安阳市肿瘤医院",
    }
    stale = again(notice).version
    editor.post(address, {**data, "version": stale})
    line = notice.lines.get(number=2)
    assert (line.key, line.action, line.kind, line.new_name) == (
        "安阳市第六人民医院",
        "rename",
        None,
        "安阳市肿瘤医院",
    )
    answer = editor.post(address, {**data, "new_name": "安阳市眼科医院", "version": stale})
    assert list(answer.context["form"].errors) == ["__all__"]
    assert notice.lines.get(number=2).new_name == "安阳市肿瘤医院"


def test_a_missed_line_is_added_where_it_stands(editor, ground):
    notice = ground.draft(CHANGES)
    address = reverse("notice:add_line", args=[notice.pk])
    form = editor.get(f"{address}?quote=安阳市人力&near=60").context["form"]
    assert (form["quote"].value(), form["name"].value()) == ("安阳市人力", "安阳市人力")
    data = {"version": again(notice).version, "name": "安阳市人力医院", "action": "designate"}
    data["kind"] = ground.medical.pk
    answer = editor.post(address, {**data, "quote": "没有的文字"})
    assert answer.context["form"].errors["quote"] == ["通知全文中没有这段文字，请照原文摘录。"]
    near = notice.text.rindex("安阳市人力") - 2
    editor.post(f"{address}?near={near}", {**data, "quote": "安阳市人力"})
    line = notice.lines.get(number=4)
    assert (line.start, line.end) == (near + 2, near + 7)


def test_a_form_without_its_version_is_refused(editor, ground):
    notice = ground.draft(CHANGES)
    address = reverse("notice:act", args=[notice.pk])
    assert editor.post(address, {"act": "undo"}).status_code == 400
    assert editor.post(address, {"act": "no such", "version": 1}).status_code == 400


@pytest.mark.parametrize("role", [Role.REPORTER, Role.THIRD_REVIEWER])
def test_others_see_no_draft(desk, role):
    notice = Ground().draft()
    visitor = desk(role)
    for name in ("edit", "head", "publish", "add_line", "rest_new", "delete", "history"):
        assert visitor.get(reverse(f"notice:{name}", args=[notice.pk])).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_asks_the_same_number_of_questions(count, ground, django_assert_num_queries):
    notice = ground.draft()
    notice.lines.filter(number__gt=count).delete()
    for line in notice.lines.all():
        an_institution(f"{line.name}有限公司", place=ground.city)
    matcher()
    notice = again(notice)
    with django_assert_num_queries(10):
        screen = Screen(notice, {})
        assert len(screen.groups) == count
        assert screen.text
        assert screen.lacking == [f"{count} 家机构待认定"]
        assert (screen.categories, screen.steps) == ([], [])


def test_a_long_text_is_shown_around_its_lines():
    names = [f"安阳市第{number}医院" for number in range(1, 121)]
    text = "".join(f"{name}{'很长的说明' * 80}\n" for name in names)
    places = [text.index(name) for name in names]
    notice = a_notice(
        *(
            {"name": name, "start": place, "end": place + len(name)}
            for name, place in zip(names, places, strict=True)
        ),
        kind=KindFactory(),
        text=text,
    )
    first, last = Screen(again(notice), {}), Screen(again(notice), {"page": "3"})
    assert (first.page.paginator.num_pages, first.window[0]) == (3, 0)
    assert [line.name for piece, line, _ in last.text if piece.starts] == names[100:]
    assert last.window == (places[100] - 400, places[-1] + len(names[-1]) + 400)


def test_the_form_of_a_line_searches_institutions_and_lists_none(desk):
    client, ground = desk(Role.DATA_EDITOR), Ground()
    an_institution("远处的医院", place=ground.city)
    notice = ground.draft()
    shown = client.get(reverse("notice:line", args=[notice.pk, 1])).content.decode()
    assert ("远处的医院" in shown, "选择机构" in shown) == (False, True)
