"""Publishing, correcting, withdrawing and discarding at the desk; the list of notices."""

import pytest
from django.urls import reverse

from institutions.models import Designation, Institution, Notice
from news.roles import Role
from portal.references import Target
from tests.factories import a_section, an_article
from tests.institutions.factories import KindFactory, a_notice, an_institution, published
from tests.institutions.review.papers import Ground, again

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(desk):
    return desk(Role.DATA_EDITOR)


@pytest.fixture
def decided():
    """A draft whose every name is declared new."""
    notice = Ground().draft()
    notice.lines.update(decision="new", decision_reason="新")
    return again(notice)


def at(name, notice):
    return reverse(f"notice:{name}", args=[notice.pk])


def test_what_will_happen_is_shown_and_then_happens(editor, decided):
    shown = editor.get(at("publish", decided)).context
    assert shown["foreseen"].new_institutions == 14
    assert shown["foreseen"].stated == (18, 14)
    assert [(effect.label, *numbers) for effect, *numbers in shown["foreseen"].totals] == [
        ("新增", 18, 14)
    ]
    assert shown["kinds"] == [("工伤保险定点·医疗·定点", 11, 11), ("工伤保险定点·康复·定点", 7, 7)]
    assert shown["counts"] == [("工伤保险定点医疗机构", 11, 11), ("工伤保险定点康复机构", 7, 7)]
    assert not Institution.objects.exists()
    answer = editor.post(at("publish", decided), {"version": decided.version}, follow=True)
    assert "查看公开页面" in answer.content.decode()
    assert (Institution.objects.count(), Designation.objects.count()) == (14, 18)
    assert again(decided).published_by == editor.user


def test_a_name_that_the_register_holds_by_now_is_pointed_out(editor, decided):
    an_institution("安阳市灯塔医院", place=decided.area)
    twins = editor.get(at("publish", decided)).context["twins"]
    assert [name for _, name in twins] == ["安阳市灯塔医院"]


def test_publishing_from_an_old_version_is_refused(editor, decided):
    Notice.objects.filter(pk=decided.pk).update(version=9)
    editor.post(at("publish", decided), {"version": decided.version})
    assert again(decided).published_at is None
    assert not Institution.objects.exists()


def test_a_published_notice_has_no_form_left(editor):
    notice = published(a_notice({"name": "新城医院"}, kind=KindFactory()))
    for name in ("publish", "head", "add_line", "delete"):
        assert editor.get(at(name, notice)).url == at("edit", notice)
    editor.post(at("delete", notice))
    assert Notice.objects.count() == 1
    shown = editor.get(at("edit", notice))
    assert shown.templates[0].name == "institutions/desk/published.html"


def test_the_stories_that_quote_a_notice_are_told(editor):
    notice = published(a_notice({"name": "新城医院"}, kind=KindFactory()))
    assert editor.get(at("edit", notice)).context["stories"] == []
    block = {"title": "", "notice": notice.pk, "kind": None}
    story = an_article(a_section(), title="新城", body=[{"type": "notice_list", "value": block}])
    shown = editor.get(at("edit", notice))
    assert shown.context["stories"] == [Target("新城", story.url)]
    assert f'<a href="{story.url}">新城</a>' in shown.content.decode()


def test_a_correction_is_begun_once(editor):
    notice = published(a_notice({"name": "新城医院"}, kind=KindFactory()))
    first, second = (editor.post(at("correct", notice)).url for _ in range(2))
    draft = Notice.objects.get(replaces=notice)
    assert first == second == at("edit", draft)
    shown = editor.get(at("publish", draft)).context["foreseen"]
    assert shown.proposes_no_change


def test_a_withdrawal_takes_a_reason(editor):
    notice = published(a_notice({"name": "新城医院"}, kind=KindFactory()))
    answer = editor.post(at("withdraw", notice), {"reason": " "})
    assert answer.context["form"].errors == {"reason": ["请写明撤回的理由。"]}
    editor.post(at("withdraw", notice), {"reason": "文件系误传"})
    assert again(notice).reason == "文件系误传"
    assert not Designation.objects.current().exists()


def test_a_draft_is_discarded_with_its_file(editor, django_capture_on_commit_callbacks):
    ground = Ground()
    notice = ground.draft(file=("通知.txt", b"a file to be discarded"))
    storage, path = notice.file.storage, notice.file.name
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(at("delete", notice))
    assert (Notice.objects.count(), storage.exists(path)) == (0, False)


def test_a_file_that_another_notice_has_stays(editor, django_capture_on_commit_callbacks):
    ground = Ground()
    notice = ground.draft(file=("通知.txt", b"a file of two notices"))
    notice.lines.update(decision="new")
    published(notice, ground.editor)
    draft = editor.post(at("correct", notice)).url
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(f"{draft}discard/")
    assert Notice.objects.count() == 1
    assert notice.file.storage.exists(notice.file.name)


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("", {"草稿通知", "发布的通知", "撤回的通知"}),
        ("?state=draft", {"草稿通知"}),
        ("?state=published", {"发布的通知"}),
        ("?state=withdrawn", {"撤回的通知"}),
        ("?q=局甲", {"发布的通知"}),
        ("?q=草稿", {"草稿通知"}),
        ("?nature=news", set()),
    ],
)
def test_notices_are_listed_sifted_and_searched(editor, address, titles):
    kind = KindFactory()
    a_notice({"name": "新城医院"}, kind=kind, title="草稿通知")
    standing = a_notice(
        {"name": "老城医院"}, kind=kind, title="发布的通知", issuer_as_printed="局甲"
    )
    published(standing)
    gone = published(a_notice({"name": "东城医院"}, kind=kind, title="撤回的通知"))
    editor.post(at("withdraw", gone), {"reason": "误传"})
    listed = editor.get(reverse("notice:index") + address).context["object_list"]
    assert {str(row) for row in listed} == titles


def test_a_published_notice_is_offered_for_a_look_and_a_draft_for_review(editor):
    kind = KindFactory()
    draft = a_notice({"name": "新城医院"}, kind=kind)
    standing = published(a_notice({"name": "老城医院"}, kind=kind))
    listed = editor.get(reverse("notice:index")).context["view"]
    offered = {
        row: [button.label for button in listed.get_list_more_buttons(row)]
        for row in (draft, standing)
    }
    assert offered == {draft: ["核对", "历史", "删除草稿"], standing: ["查看", "历史"]}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(editor, count, django_assert_num_queries):
    kind = KindFactory()
    for number in range(count):
        a_notice({"name": f"第{number}医院"}, kind=kind)
    editor.get(reverse("notice:index"))
    with django_assert_num_queries(16):
        editor.get(reverse("notice:index"))
