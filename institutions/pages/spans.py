"""Spans of days in Chinese words, with what is not known of them said."""

from django.utils.dateformat import format as format_date

UNKNOWN_START = "起始日未载明"


def day_words(day):
    """Return a day as a sentence prints it: 2020年9月1日."""
    return format_date(day, "Y年n月j日")


def span_words(first, last):
    """Return the days from `first` to `last`, both included; None is a bound that is not known."""
    if first is None and last is None:
        return UNKNOWN_START
    if first is None:
        return f"{UNKNOWN_START}，至{day_words(last)}止"
    if last is None:
        return f"{day_words(first)}起"
    if first == last:
        return f"{day_words(first)}当日"
    return f"{day_words(first)}至{day_words(last)}"


def doubt_words(first, last):
    """Return days in doubt; a missing bound is without limit."""
    if first is None and last is None:
        return "全部日期"
    if first is None:
        return f"{day_words(last)}及以前"
    return span_words(first, last)
