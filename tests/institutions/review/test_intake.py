"""The desk's first screen: what may be given, what is refused, and that nothing is taken twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from institutions.models import Notice
from news.roles import Role
from tests.institutions.review.papers import TITLE, Ground, text, word_file

pytestmark = pytest.mark.django_db

GIVE = "notice:add"


def give(client, **data):
    return client.post(reverse(GIVE), {"source_words": "网站", **data})


@pytest.mark.parametrize("role", Role)
def test_who_takes_notices_in(desk, role):
    status = desk(role).get(reverse(GIVE)).status_code
    assert status == (200 if role in (Role.DATA_EDITOR, Role.ADMINISTRATOR) else 302)


def test_a_word_file_becomes_a_draft_and_leads_to_its_review(desk):
    client, _ = desk(Role.DATA_EDITOR), Ground()
    answer = give(client, file=SimpleUploadedFile("通知.docx", word_file()))
    notice = Notice.objects.get()
    assert answer.url == reverse("notice:edit", args=[notice.pk])
    assert (notice.title, notice.file_name, notice.lines.count()) == (TITLE, "通知.docx", 18)


def test_a_text_without_a_list_says_so(desk):
    client, _ = desk(Role.DATA_EDITOR), Ground()
    answer = client.post(
        reverse(GIVE), {"source_words": "网站", "text": "名单见附件。"}, follow=True
    )
    (told,) = answer.context["messages"]
    assert (told.level_tag, str(told).startswith("没有读出机构名单。")) == ("warning", True)


def test_a_pasted_text_keeps_its_lines_however_the_browser_ends_them(desk):
    client, _ = desk(Role.DATA_EDITOR), Ground()
    give(client, text=text().replace("\n", "\r\n"))
    assert Notice.objects.get().text == text()


def test_the_same_again_is_linked_and_makes_nothing(desk):
    client, ground = desk(Role.DATA_EDITOR), Ground()
    notice = ground.draft()
    answer = give(client, text=text())
    assert (answer.status_code, answer.context["known"]) == (200, notice)
    assert "这份文件已经录入，没有重复录入" in answer.content.decode()
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({}, "__all__", "请上传一个文件，或粘贴全文，二选一。"),
        ({"text": "名单", "source_words": ""}, "source_words", "请写明文件出自哪里。"),
        (
            {"text": "名单", "url": "not an address"},
            "url",
            "网址须以 http:// 或 https:// 开头。",
        ),
    ],
)
def test_what_lacks_something_is_refused_in_words(desk, data, field, message):
    answer = give(desk(Role.DATA_EDITOR), **data)
    errors = answer.context["form"].errors
    assert errors.get(field) == [message]
    assert not Notice.objects.exists()


def test_a_file_that_is_none_is_refused_and_not_kept(desk):
    file = SimpleUploadedFile("通知.docx", b"no word file at all")
    answer = give(desk(Role.DATA_EDITOR), file=file)
    assert list(answer.context["form"].errors) == ["__all__"]
    assert not Notice.objects.exists()
