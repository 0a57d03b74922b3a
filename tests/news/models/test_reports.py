"""Readers' reports of errors."""

import datetime
import re

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from news.models import ErrorReport
from tests.factories import ErrorReportFactory

pytestmark = pytest.mark.django_db


def test_every_report_has_a_number_that_can_be_read_aloud():
    numbers = {ErrorReportFactory().number for _ in range(20)}
    assert len(numbers) == 20
    assert all(re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{8}", number) for number in numbers)


def test_open_reports_stand_in_order_of_arrival():
    now = timezone.now()
    later = ErrorReportFactory(created_at=now)
    earlier = ErrorReportFactory(created_at=now - datetime.timedelta(hours=1), state="checking")
    ErrorReportFactory(state="fixed", answer="已改。")
    assert list(ErrorReport.objects.open()) == [earlier, later]


def test_a_report_sent_at_the_instant_is_not_sent_since():
    hour_ago = timezone.now() - datetime.timedelta(hours=1)
    later = ErrorReportFactory(created_at=hour_ago + datetime.timedelta(seconds=1))
    ErrorReportFactory(created_at=hour_ago)
    assert list(ErrorReport.objects.sent_since(hour_ago)) == [later]


@pytest.mark.parametrize("state", ["new", "checking"])
def test_an_open_report_needs_no_answer(state):
    assert ErrorReportFactory(state=state, answer="").answer == ""


@pytest.mark.parametrize("state", ["fixed", "declined"])
def test_a_report_closed_without_an_answer_is_refused(state):
    assert ErrorReportFactory(state=state, answer="已改。").state == state
    with pytest.raises(IntegrityError), transaction.atomic():
        ErrorReportFactory(state=state, answer="")


def test_a_report_that_says_nothing_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        ErrorReportFactory(text="")
