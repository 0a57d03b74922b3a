import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from news.models import ErrorReport
from news.roles import Role
from tests.factories import ErrorReportFactory, UserFactory

pytestmark = pytest.mark.django_db

State = ErrorReport.State


def test_a_report_is_answered_by_who_is_signed_in(desk):
    client, report = desk(Role.FIRST_REVIEWER), ErrorReportFactory(contact="13800000000")
    url = reverse("error-reports:edit", args=[report.pk])
    assert list(client.get(url).context["form"].fields) == ["state", "answer"]
    client.post(url, {"state": "fixed", "answer": "已改正。", "text": "别的", "contact": "别的"})
    report.refresh_from_db()
    assert (report.state, report.answer, report.answered_by) == ("fixed", "已改正。", client.user)
    assert (report.text, report.contact) == ("第二段的数字有误。", "13800000000")


def test_closing_without_an_answer_is_refused_in_the_form(desk):
    client, report = desk(Role.FIRST_REVIEWER), ErrorReportFactory()
    response = client.post(
        reverse("error-reports:edit", args=[report.pk]), {"state": "fixed", "answer": ""}
    )
    errors = response.context["form"].non_field_errors()
    assert errors == ["办结前请填写答复，读者凭编号可以看到。"]
    report.refresh_from_db()
    assert report.state == State.NEW


def test_the_queue_is_sifted_by_state(desk):
    client = desk(Role.PROOFREADER)
    ErrorReportFactory(subject="甲")
    ErrorReportFactory(subject="乙", state=State.DECLINED, answer="无误。")
    rows = client.get(reverse("error-reports:index"), {"state": "new"}).context["object_list"]
    assert [row.subject for row in rows] == ["甲"]


def test_the_proofreader_does_not_see_how_to_reach_the_sender(desk):
    report = ErrorReportFactory(contact="13800000000")
    response = desk(Role.PROOFREADER).get(reverse("error-reports:inspect", args=[report.pk]))
    assert response.status_code == 200
    assert "13800000000" not in response.content.decode()


def test_a_report_tells_its_time_where_the_newsroom_is_and_what_is_not_there_yet(desk):
    report = ErrorReportFactory(created_at=datetime(2020, 8, 18, 23, 30, tzinfo=UTC))
    url = reverse("error-reports:inspect", args=[report.pk])
    page = desk(Role.PROOFREADER).get(url).content.decode()
    values = [" ".join(value.split()) for value in re.findall(r"<dd>(.*?)</dd>", page, re.DOTALL)]
    assert values[-3:] == ["2020年8月19日 07:30", "—", "—"]


def test_the_queue_shows_what_was_said_and_who_answered(desk):
    clerk = UserFactory(last_name="王", first_name="小明")
    ErrorReportFactory(text="甲" * 60, state=State.FIXED, answer="已改正。", answered_by=clerk)
    page = desk(Role.PROOFREADER).get(reverse("error-reports:index")).content.decode()
    assert [word in page for word in ("甲" * 37, "甲" * 40, "王小明")] == [True, False, True]


@pytest.mark.parametrize(("waiting", "label"), [(0, "读者纠错"), (3, "读者纠错（3）")])
def test_the_menu_counts_the_reports_that_wait(desk, rf, waiting, label):
    from wagtail.admin.menu import admin_menu

    for _ in range(waiting):
        ErrorReportFactory()
    ErrorReportFactory(state=ErrorReport.State.FIXED, answer="已改正。")
    # The desk's addresses register its screens, which the menu asks for once.
    request = rf.get(reverse("wagtailadmin_home"))
    request.user = desk(Role.PROOFREADER).user
    items = admin_menu.render_component(request)
    assert [str(item.label) for item in items if "纠错" in str(item.label)] == [label]
