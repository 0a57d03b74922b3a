from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from news.models import ErrorReport
from news.reporting import (
    NotPublicError,
    TooManyReportsError,
    answer,
    receive,
    sender_of,
)
from tests.factories import ErrorReportFactory, UserFactory, a_draft, a_section, a_site, an_article

pytestmark = pytest.mark.django_db

State = ErrorReport.State


@pytest.fixture
def story():
    a_site()
    return an_article(a_section(), title="一篇稿件")


def send(story, text="第二段的数字有误。", sender="a" * 64):
    return receive(reference=story.reference, text=text, contact="", sender=sender)


def test_a_report_keeps_the_title_of_the_day(story):
    report = receive(
        reference=story.reference, text="数字有误。", contact="13800000000", sender="a" * 64
    )
    row = ErrorReport.objects.get()
    assert row == report
    assert (row.reference, row.subject, row.text) == (story.reference, "一篇稿件", "数字有误。")
    assert (row.contact, row.state, row.answer) == ("13800000000", State.NEW, "")
    assert (row.answered_by, row.answered_at) == (None, None)


@pytest.mark.parametrize("reference", ["article:999999", "article:x", "person:1", "nothing", ""])
def test_only_what_exists_can_be_reported(story, reference):
    with pytest.raises(NotPublicError):
        receive(reference=reference, text="有误。", contact="", sender="a" * 64)
    assert ErrorReport.objects.count() == 0


def test_a_draft_cannot_be_reported(story):
    with pytest.raises(NotPublicError):
        send(a_draft(a_section(), title="还没有发布"))


def test_the_same_words_give_the_same_report(story):
    other = an_article(a_section())
    first = send(story)
    assert send(story) == first
    others = [send(story, text="另一处。"), send(story, sender="b" * 64), send(other)]
    assert ErrorReport.objects.count() == 4
    assert first not in others


def test_the_same_words_an_hour_later_are_a_new_report(story):
    first = send(story)
    ErrorReport.objects.update(created_at=timezone.now() - timedelta(minutes=60, seconds=1))
    assert send(story) != first


def test_five_reports_an_hour_from_one_sender(story):
    for number in range(5):
        send(story, text=f"第{number}处。")
    with pytest.raises(TooManyReportsError) as refusal:
        send(story, text="第六处。")
    assert 3590 <= refusal.value.retry_after <= 3600
    assert send(story, text="第0处。").text == "第0处。"
    assert send(story, sender="b" * 64).sender == "b" * 64
    assert ErrorReport.objects.count() == 6


def test_the_limit_opens_when_the_oldest_report_leaves_the_hour(story):
    now = timezone.now()
    for minutes in (50, 40, 30, 20, 10):
        ErrorReportFactory(sender="a" * 64, created_at=now - timedelta(minutes=minutes))
    with pytest.raises(TooManyReportsError) as refusal:
        send(story)
    assert 590 <= refusal.value.retry_after <= 600
    ErrorReport.objects.order_by("created_at").first().delete()
    assert send(story).state == State.NEW


def test_two_hundred_reports_an_hour_in_all(story):
    ErrorReport.objects.bulk_create(
        ErrorReport(reference="article:1", subject="题", text="有误。", sender=f"{n:064}")
        for n in range(200)
    )
    with pytest.raises(TooManyReportsError):
        send(story)
    assert ErrorReport.objects.count() == 200


def test_a_sender_is_known_within_the_day_and_site_only(settings):
    day = date(2020, 8, 19)
    sender = sender_of("192.0.2.1", day)
    assert len(sender) == 64
    assert sender_of("192.0.2.1", day) == sender
    assert sender_of("192.0.2.2", day) != sender
    assert sender_of("192.0.2.1", date(2020, 8, 20)) != sender
    settings.SECRET_KEY = "another-key"
    assert sender_of("192.0.2.1", day) != sender


def test_an_answer_names_who_gave_it_and_when():
    report, editor = ErrorReportFactory(), UserFactory()
    answer(report, state=State.FIXED, answer="已改正，谢谢。", by=editor)
    report.refresh_from_db()
    assert (report.state, report.answer) == (State.FIXED, "已改正，谢谢。")
    assert report.answered_by == editor
    assert report.answered_at is not None
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.object_id) == ("wagtail.edit", editor, str(report.pk))


def test_checking_needs_no_answer_and_has_no_time_of_one():
    report = ErrorReportFactory()
    answer(report, state=State.CHECKING, answer="", by=UserFactory())
    report.refresh_from_db()
    assert (report.state, report.answered_by, report.answered_at) == (State.CHECKING, None, None)


@pytest.mark.parametrize("state", [State.FIXED, State.DECLINED])
def test_closing_needs_an_answer(state):
    report = ErrorReportFactory()
    with pytest.raises(ValidationError) as refusal:
        answer(report, state=state, answer="", by=UserFactory())
    assert refusal.value.messages == ["办结前请填写答复，读者凭编号可以看到。"]
    report.refresh_from_db()
    assert report.state == State.NEW


def form_of(story):
    return f"{reverse('error_report')}?article={story.pk}"


def test_a_reader_reports_and_is_led_to_the_number(client, story):
    page = client.get(form_of(story))
    assert page.status_code == 200
    assert page.context["target"].title == "一篇稿件"
    response = client.post(form_of(story), {"text": "一\r\n二", "contact": " 微信 abc "})
    report = ErrorReport.objects.get()
    assert (report.text, report.contact) == ("一\n二", "微信 abc")
    assert report.sender == sender_of("127.0.0.1", timezone.localdate())
    assert response.status_code == 302
    assert response.url == f"/report/{report.number}/"


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"text": ""}, {"text": ["请写明哪里有误。"]}),
        ({"text": " \n "}, {"text": ["请写明哪里有误。"]}),
        ({"text": "字" * 2001}, {"text": ["最多 2000 字，现在是 2001 字。"]}),
        ({"text": "有误", "contact": "1" * 101}, {"contact": ["最多 100 字，现在是 101 字。"]}),
        ({"text": "有误", "website": "x"}, {"website": ["“请勿填写”一栏须留空。"]}),
    ],
)
def test_what_the_form_refuses(client, story, data, errors):
    response = client.post(form_of(story), data)
    assert response.status_code == 422
    assert response.context["form"].errors == errors
    assert ErrorReport.objects.count() == 0


def test_two_thousand_characters_with_line_ends_fit(client, story):
    assert client.post(form_of(story), {"text": "字\r\n" * 999 + "字完"}).status_code == 302
    assert len(ErrorReport.objects.get().text) == 2000


@pytest.mark.parametrize("query", ["", "?article=", "?article=x", "?article=999999", "?article=-1"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_form_without_a_story(client, story, query, method):
    response = getattr(client, method)(reverse("error_report") + query, {"text": "有误"})
    assert response.status_code == 404


def test_the_form_does_not_tell_of_a_draft(client, story):
    draft = a_draft(a_section(), title="绝密标题")
    response = client.get(form_of(draft))
    assert response.status_code == 404
    assert "绝密标题" not in response.content.decode()


def test_the_sixth_report_is_refused_with_a_time(client, story):
    for number in range(5):
        assert client.post(form_of(story), {"text": f"第{number}处"}).status_code == 302
    response = client.post(form_of(story), {"text": "第六处"})
    assert response.status_code == 429
    assert 3590 <= int(response["Retry-After"]) <= 3600
    assert "请约 60 分钟后再试" in response.content.decode()
    assert ErrorReport.objects.count() == 5


def test_a_form_from_elsewhere_is_refused(story):
    response = Client(enforce_csrf_checks=True).post(form_of(story), {"text": "有误"})
    assert response.status_code == 403


def test_the_number_shows_state_and_answer_but_not_the_sender(client, story):
    report = send(story, text="读者写的话")
    ErrorReport.objects.update(contact="13800000000")
    answer(report, state=State.FIXED, answer="已经改正。", by=UserFactory(username="shenhe"))
    for number in (report.number, report.number.lower()):
        response = client.get(reverse("error_report_status", args=[number]))
        text = response.content.decode()
        shown = [word in text for word in ("已更正", "已经改正。", "一篇稿件", report.number)]
        hidden = [word in text for word in ("13800000000", "读者写的话", "shenhe", "a" * 64)]
        assert (response.status_code, shown, hidden) == (200, [True] * 4, [False] * 4)
        assert "no-store" in response["Cache-Control"]


def test_a_withdrawn_story_is_no_longer_named(client, story):
    report = send(story)
    story.unpublish()
    text = client.get(reverse("error_report_status", args=[report.number])).content.decode()
    assert ("一篇稿件" in text, "这一页现在不公开" in text) == (False, True)


def test_a_wrong_number_is_not_found(client, story):
    assert client.get(reverse("error_report_status", args=["AAAAAAAA"])).status_code == 404
