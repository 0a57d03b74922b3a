"""Importing a page at the desk: give its text, correct what was read, save drafts."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import GroupPagePermission

from news.importing.forms import MAX_STORIES, entries_of, text_of
from news.models import ArticlePage
from news.pagetext.reader import Entry
from portal.textfiles import MAX_BYTES
from tests.factories import UserFactory, a_section, an_article
from tests.news.test_import_page import PAGE

GLUED = """# 三条公交线路下周一起调整走向 滨河路桥通车后出行更加便利 市民可在手机上查询新站点
本报讯（首席记者 张三）三条公交线路下周一起调整走向。
"""


@pytest.fixture
def editor(section, client):
    """An account that may write in one section and not in the other, signed in."""
    a_section(title="教育", slug="jiaoyu")
    user = UserFactory()
    group = user.groups.create(name="民生组")
    group.permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "add_articlepage"])
    )
    GroupPagePermission.objects.create(
        group=group, page=section, permission=Permission.objects.get(codename="add_page")
    )
    client.force_login(user)
    return user


def give(client, section, text=PAGE, /, **fields):
    data = {"text": text, "section": section.pk, "printed_on": "2020-08-19"} | fields
    return client.post(reverse("import_page"), data)


def as_shown(response):
    """Return what a browser would send back from the second form."""
    data = {}
    for form in (
        response.context["placement"],
        response.context["stories"].management_form,
        *response.context["stories"],
        *(story.credits.management_form for story in response.context["stories"]),
        *(row for story in response.context["stories"] for row in story.credits),
    ):
        for field in form:
            value = field.value()
            if value is True:
                value = "on"
            if value is not None and value is not False:
                data[field.html_name] = getattr(value, "pk", value)
    return data


def save(client, data):
    return client.post(reverse("import_page_save"), data)


def test_a_page_becomes_drafts(editor, section, client):
    preview = give(client, section)
    assert ArticlePage.objects.count() == 0
    done = save(client, as_shown(preview))
    first, second = ArticlePage.objects.order_by("path")
    assert done.url == f"{reverse('import_page_done')}?new={first.pk}&new={second.pk}"
    assert (first.title, first.dateline, str(first.printed_on), first.owner, first.live) == (
        "滨河路桥今日通车",
        "本报讯",
        "2020-08-19",
        editor,
        False,
    )
    assert [(c.role, c.name) for c in second.credits.all()] == [
        ("reporter", "李四"),
        ("correspondent", "王五"),
    ]
    shown = client.get(done.url).content.decode()
    links = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in (first, second)]
    assert re.findall(r'<li><a href="(/admin/pages/\d+/edit/)">', shown) == links


def test_a_file_reads_as_what_is_pasted(editor, section, client):
    upload = SimpleUploadedFile("page.txt", PAGE.encode("gb18030"))
    by_file = as_shown(give(client, section, "", file=upload))
    assert by_file == as_shown(give(client, section))


def test_what_was_joined_is_shown(editor, section, client):
    preview = give(client, section)
    notes = preview.context["stories"][0].note_lines
    assert [note for note in notes if note.startswith("已连接")] == [
        "已连接版式断开的段落（1处）：“双向四车|道，两侧”。"
    ]
    assert notes[0] in preview.content.decode()


def test_corrections_are_saved(editor, section, client):
    data = as_shown(give(client, section)) | {
        "story-0-kicker": "引题",
        "story-0-headline": "改过的主题",
        "story-0-body": "第一段。\n\n【小标题】小引题\n【小标题】小标题\n第二段<b>。",
        "story-0-credits-0-name": "",
        "story-0-credits-1-role": "graphics",
        "story-0-credits-1-name": "王五",
        "story-0-credits-1-affiliation": "本报",
    }
    save(client, data)
    page = ArticlePage.objects.order_by("path").first()
    assert (page.kicker, page.title) == ("引题", "改过的主题")
    assert [(c.role, c.affiliation, c.name) for c in page.credits.all()] == [
        ("graphics", "本报", "王五")
    ]
    assert [(block.block_type, str(block.value)) for block in page.body][0::2] == [
        ("paragraph", "<p>第一段。</p>"),
        ("paragraph", "<p>第二段&lt;b&gt;。</p>"),
    ]
    assert dict(page.body[1].value) == {"kicker": "小引题", "text": "小标题"}


@pytest.mark.parametrize(
    ("choice", "parts"),
    [
        ("printed", ("", GLUED.splitlines()[0][2:], "")),
        (
            "offered",
            (
                "三条公交线路下周一起调整走向",
                "滨河路桥通车后出行更加便利",
                "市民可在手机上查询新站点",
            ),
        ),
    ],
)
def test_a_split_of_the_headline_is_offered_and_taken_only_on_choice(
    editor, section, client, choice, parts
):
    data = as_shown(give(client, section, GLUED))
    assert data["story-0-split"] == "printed"
    save(client, data | {"story-0-split": choice})
    page = ArticlePage.objects.get()
    assert (page.kicker, page.title, page.deck) == parts


def test_a_story_may_be_left_out_whatever_is_wrong_with_it(editor, section, client):
    data = as_shown(give(client, section)) | {"story-0-headline": "长" * 300}
    del data["story-0-include"]
    save(client, data)
    assert ArticlePage.objects.get().title == "图书馆延长开放时间"


def test_errors_are_shown_and_nothing_is_saved(editor, section, client):
    data = as_shown(give(client, section)) | {
        "story-0-headline": "",
        "story-1-kicker": "长" * 101,
        "story-1-credits-0-name": "长" * 51,
        "printed_on": "昨天",
    }
    shown = save(client, data)
    stories = shown.context["stories"]
    assert shown.context["placement"].errors == {"printed_on": ["请填写日期，如 2020-08-19。"]}
    assert stories[0].errors == {"__all__": ["请填写主题，或不导入这一篇。"]}
    assert stories[1].errors == {"kicker": ["最多 100 字，现在是 101 字。"]}
    assert stories[1].credits.errors == [{"name": ["最多 50 字，现在是 51 字。"]}, {}, {}]
    assert as_shown(shown)["story-1-body"] == data["story-1-body"]
    assert ArticlePage.objects.count() == 0


def test_nothing_chosen_is_said(editor, section, client):
    data = {
        name: value
        for name, value in as_shown(give(client, section)).items()
        if not name.endswith("-include")
    }
    assert save(client, data).context["error"] == "一篇也没有选。"


def test_a_form_that_was_tampered_with_is_refused(editor, section, client):
    data = as_shown(give(client, section)) | {"story-0-digest": "0" * 64}
    assert save(client, data).context["stories"][0].errors == {
        "__all__": ["表单不完整，请回到上一步重新读取版面。"]
    }
    empty = save(client, {})
    assert empty.status_code == 200
    assert ArticlePage.objects.count() == 0


def test_the_same_page_again_is_recognised(editor, section, client):
    data = as_shown(give(client, section))
    save(client, data)
    first, second = ArticlePage.objects.order_by("path")
    again = give(client, section)
    assert [story.page_of_then for story in again.context["stories"]] == [first, second]
    assert [name for name in as_shown(again) if name.endswith("-include")] == []
    done = save(client, data)
    assert done.url == f"{reverse('import_page_done')}?old={first.pk}&old={second.pk}"
    assert ArticlePage.objects.count() == 2


def test_markup_in_a_page_is_text(editor, section, client):
    preview = give(client, section, "# <script>alert(1)</script>今日通车\n本报讯 <img src=x>。\n")
    assert "<script>alert(1)</script>" not in preview.content.decode()
    assert "<img src=x>" not in preview.content.decode()
    save(client, as_shown(preview))
    page = ArticlePage.objects.get()
    assert page.body.raw_data[0]["value"] == "<p>&lt;img src=x&gt;。</p>"


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"text": ""}, {"__all__": ["请上传一个文件，或粘贴文字，二选一。"]}),
        (
            {"file": SimpleUploadedFile("page.txt", b"x")},
            {"__all__": ["请上传一个文件，或粘贴文字，二选一。"]},
        ),
        ({"section": ""}, {"section": ["请选择栏目。"]}),
        (
            {"text": "", "file": SimpleUploadedFile("page.png", b"\x89PNG")},
            {"__all__": ["只支持.txt、.md、.docx、.xlsx、.csv和.pdf文件。"]},
        ),
        (
            {"text": "", "file": SimpleUploadedFile("page.txt", b"x" * (MAX_BYTES + 1))},
            {"__all__": ["文件超过5MB，请拆分后再上传。"]},
        ),
        (
            {"text": "", "file": SimpleUploadedFile("page.txt", "字".encode() * 300_001)},
            {"__all__": ["版面有 300001 字，一次最多 300000 字，请分开导入。"]},
        ),
        ({"text": "字" * 300_001}, {"text": ["最多 300000 字，现在是 300001 字。"]}),
        (
            {"text": "# 标题某某某某\n本报讯（记者 张三）短文。\n" * (MAX_STORIES + 1)},
            {"__all__": ["读到 41 篇，一次最多 40 篇，请分开导入。"]},
        ),
    ],
)
def test_what_cannot_be_read_is_said(editor, section, client, fields, errors):
    response = give(client, section, **fields)
    assert response.context["form"].errors == errors


def test_only_sections_in_which_one_may_write_are_taken(editor, section, client):
    other = section.get_next_sibling()
    form = client.get(reverse("import_page")).context["form"]
    assert list(form.fields["section"].queryset.values_list("pk", flat=True)) == [section.pk]
    assert give(client, other).context["form"].errors == {"section": ["您不能在这个栏目写稿。"]}
    data = as_shown(give(client, section)) | {"section": other.pk}
    assert save(client, data).context["placement"].errors == {"section": ["您不能在这个栏目写稿。"]}
    assert ArticlePage.objects.count() == 0


@pytest.mark.parametrize("address", ["import_page", "import_page_save", "import_page_done"])
def test_whoever_may_write_nowhere_is_refused(section, client, address):
    assert client.post(reverse(address)).status_code == 302
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    method = client.post if address == "import_page_save" else client.get
    assert method(reverse(address)).url == reverse("wagtailadmin_home")


def test_the_list_of_what_was_made_shows_only_what_one_may_edit(editor, section, client):
    secret = an_article(section.get_next_sibling(), title="别人的稿件")
    shown = client.get(reverse("import_page_done"), {"new": [secret.pk, "x", "9" * 30]})
    assert (shown.context["created"], shown.context["known"]) == ([], [])
    assert "别人的稿件" not in shown.content.decode()


def test_a_body_reads_back_as_it_was_shown():
    entries = [Entry("paragraph", "甲。"), Entry("heading", "小标题"), Entry("paragraph", "乙。")]
    assert entries_of(text_of(entries)) == entries
