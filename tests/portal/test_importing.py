"""The import's two steps: what is shown, what is kept, and what is applied."""

import datetime
import threading

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.importing import Plan, RowChange, Upload, carry_out
from portal.models import ImportDraft, Organisation
from portal.tabular import MAX_FILE_BYTES, Problem, read_sheets, write_csv
from tests.factories import OrganisationFactory, UserFactory
from tests.portal.hostile import workbook
from tests.portal.sample.importing import COLUMNS, OrganisationImporter

pytestmark = [pytest.mark.urls("tests.portal.sample.urls"), pytest.mark.django_db]

ONE = "代码,名称,简称\nwater,水务局,\nheat,供热公司,供热\n"
GONE = "这份文件已经导入或放弃，或者等待超过两小时，请重新上传。"


def an_editor(*, may_import=True):
    user = UserFactory()
    names = ["access_admin", "add_organisation"] if may_import else ["access_admin"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


@pytest.fixture
def editor(client):
    user = an_editor()
    client.force_login(user)
    return user


def give(client, text=ONE, name="机构.csv", **fields):
    data = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("organisations_import"), {"file": file, **fields})


def confirm(client, preview, step="confirm"):
    draft = preview.context["draft"].pk
    return client.post(reverse(f"organisations_import_{step}"), {"draft": draft}, follow=True)


def told(response):
    return [str(message).strip() for message in response.context["messages"]]


def standing():
    return list(Organisation.objects.order_by("code").values_list("code", "name", "short_name"))


def errors(response):
    return response.context["form"].errors.get("file", [])


def test_a_file_is_previewed_then_confirmed(client, editor):
    OrganisationFactory(code="heat", name="供热公司", short_name="")
    OrganisationFactory(code="gas", name="燃气公司")
    preview = give(client)
    assert preview.context["plan"].counts == {"new": 1, "changed": 1, "removed": 0, "unchanged": 0}
    assert preview.context["plan"].notes == ["文件里没有的 1 个机构保持不变。"]
    assert standing() == [("gas", "燃气公司", ""), ("heat", "供热公司", "")]
    done = confirm(client, preview)
    assert told(done) == ["导入了 2 个机构。"]
    assert standing() == [
        ("gas", "燃气公司", ""),
        ("heat", "供热公司", "供热"),
        ("water", "水务局", ""),
    ]
    assert ImportDraft.objects.count() == 0


def test_the_same_file_twice_changes_nothing_and_keeps_nothing(client, editor):
    confirm(client, give(client))
    again = give(client)
    assert (again.context["draft"], again.context["plan"].counts["unchanged"]) == (None, 2)
    assert "与现有记录完全一致，没有要导入的内容。" in again.content.decode()
    assert ImportDraft.objects.count() == 0


def test_what_was_exported_imports_without_a_difference(client, editor):
    confirm(client, give(client))
    export = b"".join(write_csv(COLUMNS, Organisation.objects.order_by("code")))
    assert give(client, export).context["plan"].counts == {
        "new": 0,
        "changed": 0,
        "removed": 0,
        "unchanged": 2,
    }


def test_options_are_obeyed_at_the_confirmation(client, editor):
    OrganisationFactory(code="gas", name="燃气公司")
    preview = give(client, replace="on")
    assert preview.context["plan"].counts["removed"] == 1
    confirm(client, preview)
    assert [code for code, *_ in standing()] == ["heat", "water"]


def test_rows_with_problems_are_named_and_nothing_is_kept(client, editor):
    response = give(client, "代码,名称\nwater,\nheat,无名\n")
    assert [str(one) for one in response.context["problems"]] == [
        "第 2 行“名称”：不能为空。",
        "第 3 行“名称”：不是名称。",
    ]
    assert (response.context["draft"], ImportDraft.objects.count()) == (None, 0)
    assert "有 2 处不对，没有导入任何内容。" in response.content.decode()


def test_warnings_are_shown_and_forbid_nothing(client, editor):
    preview = give(client, "代码,名称\nwater,疑是水务局\n")
    assert [str(one) for one in preview.context["warnings"]] == ["第 2 行“名称”：请再看一眼。"]
    confirm(client, preview)
    assert standing() == [("water", "疑是水务局", "")]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"", "文件是空的。"),
        ("a.txt", b"x", "只支持.xlsx和.csv文件。"),
        (
            "a.xlsx",
            workbook(lambda page: page.write_formula("B7", "=1+1")),
            "B7是公式。请全选后复制，用“选择性粘贴—数值”粘贴，再保存上传；文字请勿以“=”开头。",
        ),
        ("a.csv", b"x" * (MAX_FILE_BYTES + 1), "文件超过20MB，请拆分后再上传。"),
    ],
)
def test_a_refused_file_says_why_and_nothing_is_kept(client, editor, name, data, message):
    assert errors(give(client, data, name)) == [message]
    assert ImportDraft.objects.count() == 0


def test_no_file_is_asked_for(client, editor):
    assert errors(client.post(reverse("organisations_import"), {})) == ["请选择文件。"]


def test_what_changed_meanwhile_is_shown_again(client, editor):
    preview = give(client)
    OrganisationFactory(code="water", name="水务集团")
    again = confirm(client, preview)
    assert again.context["moved"] is True
    assert again.context["plan"].counts == {"new": 1, "changed": 1, "removed": 0, "unchanged": 0}
    assert standing() == [("water", "水务集团", "")]
    assert told(confirm(client, again)) == ["导入了 2 个机构。"]


def test_a_second_confirmation_applies_nothing(client, editor):
    preview = give(client)
    confirm(client, preview)
    Organisation.objects.all().delete()
    assert told(confirm(client, preview)) == [GONE]
    assert standing() == []


def test_cancelling_drops_the_file(client, editor):
    preview = give(client)
    assert told(confirm(client, preview, "cancel")) == ["已放弃，没有导入任何内容。"]
    assert ImportDraft.objects.count() == 0
    assert told(confirm(client, preview)) == [GONE]


def test_another_account_finds_nothing(client, editor):
    preview = give(client)
    client.force_login(an_editor())
    for step in ("confirm", "cancel"):
        confirm(client, preview, step)
    assert (standing(), ImportDraft.objects.count()) == ([], 1)


def test_two_hours_are_the_limit(client, editor):
    preview = give(client)
    ImportDraft.objects.update(created_at=timezone.now() - datetime.timedelta(hours=2, seconds=1))
    assert told(confirm(client, preview)) == [GONE]
    give(client)
    assert ImportDraft.objects.count() == 1


@pytest.mark.parametrize("draft", ["", "1", "x" * 200])
def test_a_made_up_draft_is_none(client, editor, draft):
    response = client.post(reverse("organisations_import_confirm"), {"draft": draft}, follow=True)
    assert told(response) == [GONE]


def test_an_import_that_fails_leaves_all_as_it_was(client, editor):
    preview = give(client, "代码,名称\nheat,供热公司\nwater,中断\n")
    with pytest.raises(RuntimeError, match="stopped in the middle"):
        confirm(client, preview)
    assert (standing(), ImportDraft.objects.count()) == ([], 1)


def test_who_may_not_import_sees_nothing(client):
    client.force_login(an_editor(may_import=False))
    for address in ("organisations_import", "organisations_import_confirm"):
        response = client.post(reverse(address))
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    template = client.get(reverse("organisations_import_template", args=["xlsx"]))
    assert template.status_code == 302
    client.logout()
    assert client.get(reverse("organisations_import")).url.startswith("/admin/login/")


def test_templates_have_the_headings(client, editor):
    book = client.get(reverse("organisations_import_template", args=["xlsx"]))
    sheets = read_sheets("a.xlsx", b"".join(book.streaming_content))
    assert [(sheet.name, sheet.rows[0].cells) for sheet in sheets] == [
        ("数据", ("代码", "名称", "简称")),
        ("填写说明", ("列名", "必填", "填什么", "说明")),
    ]
    text = client.get(reverse("organisations_import_template", args=["csv"]))
    assert b"".join(text.streaming_content).decode() == "\ufeff代码,名称,简称\r\n"
    assert client.get(reverse("organisations_import_template", args=["pdf"])).status_code == 404


def test_the_form_explains_its_columns(client, editor):
    html = client.get(reverse("organisations_import")).content.decode()
    assert [
        html.count(words) for words in ("小写字母、数字和连字符", "每行一个机构", "地方</th>")
    ] == [
        1,
        1,
        0,
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_asking_the_database_does_not_grow_with_the_rows(
    client, editor, django_assert_num_queries, rows
):
    give(client)
    text = "代码,名称\n" + "".join(f"o{number},机构{number}\n" for number in range(rows))
    with django_assert_num_queries(15):
        give(client, text)


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_apply_once():
    user = an_editor()
    clients = [Client(), Client()]
    for one in clients:
        one.force_login(user)
    preview = give(clients[0])
    answers = []

    def press(one):
        try:
            # The test client mixes the contexts of two threads, so it is the address that tells.
            answers.append(confirm(one, preview).redirect_chain[0][0])
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[one]) for one in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [reverse("wagtailadmin_home"), reverse("organisations_import")]
    assert len(standing()) == 2


def test_a_command_carries_out_the_same_plan():
    importer = OrganisationImporter()
    table = importer.read(Upload("a.csv", ONE.encode()), options={})
    plan = importer.plan(table, options={}, by=None)
    assert carry_out(importer, plan, options={}, by=None) == 2
    assert len(standing()) == 2


def test_a_plan_with_problems_is_not_carried_out():
    with pytest.raises(ValueError, match="not applied"):
        carry_out(
            OrganisationImporter(),
            Plan(problems=[Problem(1, "", "不对。")]),
            options={},
            by=None,
        )


def test_plans_that_say_the_same_have_one_digest():
    one, other = (Plan(changes=[RowChange("new", "甲", 2)], payload=load) for load in (1, 2))
    assert one.digest == other.digest
    other.notes.append("另有说明。")
    assert one.digest != other.digest
    assert (one.does_something, Plan().does_something) == (True, False)


def test_there_are_no_other_acts():
    with pytest.raises(ValueError, match="no such act"):
        RowChange("guess", "甲")
