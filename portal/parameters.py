"""What an address asks with its parameters, and what is wrong with them, in words for the reader who asked."""

import re
from datetime import datetime, time, timedelta

from django.core.exceptions import BadRequest
from django.utils import timezone

from portal.tabular import as_date

SHOWN = 20

# An instant's zone as an address that was not encoded brings it: the plus has become a space.
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d\Z)")


class BadParameter(BadRequest):
    """A query parameter that cannot be understood; the message names it and says what it should be.

    Answered with status 400, and the only refusal whose message the error page repeats: Django's own
    are in English and tell of our settings.
    """

    def __init__(self, name, expected, given):
        self.name = name
        received = f"收到的是“{given[:SHOWN]}”" if given else "没有填写"
        super().__init__(f"参数 {name} 应为{expected}，{received}。")


def printable(text):
    """Return `text` with a space for each character that no name and no database can hold."""
    return "".join(one if one.isprintable() else " " for one in text)


def day_of(name, given):
    """Return the day that the parameter `name` gives: 2020-09-01, 2020/9/1 or 2020年9月1日.

    Raises BadParameter for anything else.
    """
    try:
        return as_date(given)
    except ValueError as error:
        raise BadParameter(name, "日期（如 2020-09-01）", given) from error


def instant_of(name, given):
    """Return the instant that the parameter `name` gives, never one to come: now takes its place.

    An instant of ISO 8601 with its zone, or a day, which means its end in the site's time zone. Raises
    BadParameter for anything else, an instant without a zone among it.
    """
    try:
        at = datetime.fromisoformat(_LOST_PLUS.sub("+", given.strip()))
        is_day = len(given.strip()) <= len("2020-09-01")
    except ValueError:
        is_day = True
    try:
        if is_day:
            morrow = datetime.combine(as_date(given) + timedelta(days=1), time())
            at = timezone.make_aware(morrow) - timedelta(microseconds=1)
    except (ValueError, OverflowError) as error:
        raise _not_an_instant(name, given) from error
    if timezone.is_naive(at):
        raise _not_an_instant(name, given)
    return min(at, timezone.now())


def _not_an_instant(name, given):
    return BadParameter(
        name, "日期（如 2020-09-01）或带时区的时刻（如 2020-09-01T08:30:00+08:00）", given
    )
