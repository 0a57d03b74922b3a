"""How readers' reports of errors come in and are answered (纠错).

Knows the limits against floods and hides how a sender is recognised: by a keyed digest of address and
day, so that no address is stored and yesterday's sender cannot be told from today's.
"""

import hashlib
import hmac
import math
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from wagtail.log_actions import log

from news.models import ErrorReport
from portal.references import describe

WINDOW = timedelta(hours=1)
LIMIT_PER_SENDER = 5
LIMIT_FOR_ALL = 200


class NotPublicError(LookupError):
    """What the report is about is not there for readers (any more)."""


class TooManyReportsError(Exception):
    """The hour's reports are used up; `retry_after` says for how many seconds."""

    def __init__(self, retry_after):
        super().__init__("提交过于频繁，请稍后再试。")
        self.retry_after = retry_after


def sender_of(address, day):
    """Return the digest that stands for `address` on `day`; without the site's key it tells nothing."""
    message = f"{day:%Y%m%d}|{address}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


@transaction.atomic
def receive(*, reference, text, contact, sender):
    """Store a report about the public object `reference` and return it.

    The same words about the same object from the same sender within the hour give the report that is
    there already. Raises NotPublicError, and TooManyReportsError past 5 reports of one sender or 200
    of all within an hour. Counting and storing happen under one lock, so reports that arrive
    together cannot pass the limit together: SQLite's IMMEDIATE transactions are that lock, PostgreSQL
    takes one on the table.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = ErrorReport._meta.db_table
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
    target = describe(reference)
    if target is None:
        raise NotPublicError(reference)
    now = timezone.now()
    recent = ErrorReport.objects.sent_since(now - WINDOW)
    same = recent.filter(sender=sender, reference=reference, text=text).first()
    if same is not None:
        return same
    _refuse_past(LIMIT_PER_SENDER, recent.filter(sender=sender), now)
    _refuse_past(LIMIT_FOR_ALL, recent, now)
    return ErrorReport.objects.create(
        reference=reference,
        subject=target.title,
        text=text,
        contact=contact,
        sender=sender,
        created_at=now,
    )


def _refuse_past(limit, recent, now):
    """Raise TooManyReportsError when `recent` has `limit` reports, until one of them leaves the hour."""
    times = list(recent.order_by("-created_at").values_list("created_at", flat=True)[:limit])
    if len(times) == limit:
        wait = times[-1] + WINDOW - now
        raise TooManyReportsError(max(1, math.ceil(wait.total_seconds())))


@transaction.atomic
def answer(report, *, state, answer, by):
    """Set state and answer of a report, and by whom and when it was answered; return it.

    Closing needs an answer (ValidationError). Without an answer there is no time of it and nobody who
    gave it. The desk's log keeps each step.
    """
    report = ErrorReport.objects.select_for_update().get(pk=report.pk)
    report.state, report.answer = state, answer
    report.answered_by = by if answer else None
    report.answered_at = timezone.now() if answer else None
    report.full_clean()
    report.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    log(instance=report, action="wagtail.edit", user=by, content_changed=True)
    return report
