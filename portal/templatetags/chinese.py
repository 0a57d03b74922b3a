"""How dates and headlines are set in Chinese: valid `<time>` elements, lines that end where clauses end."""

import re
import unicodedata
from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()

# A clause ends with its punctuation; spaces stand between headlines' clauses where prose has a comma.
CLAUSE = re.compile(r"[^，、：；。！？\s]+[，、：；。！？]*[”’》）」』]*|\s+|.")
# What fits into a line of a headline on the narrowest screens; longer clauses break anywhere.
CLAUSE_LENGTH = 11
OPENING, CLOSING = mark_safe('<span class="clause">'), mark_safe("</span>")


def machine_form(moment):
    """Return a date as 2020-08-19, an instant as 2020-08-19T08:30:00+08:00 in the site's time zone."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).isoformat(timespec="seconds")
    return moment.isoformat()


@register.filter
def stamp(moment, form=""):
    """Return `<time>` for a date or an instant: 2020年8月19日, 2020年8月19日 08:30, or in Django's `form`."""
    if not moment:
        return ""
    is_instant = isinstance(moment, datetime)
    local = timezone.localtime(moment) if is_instant else moment
    words = format_date(local, form or ("Y年n月j日 H:i" if is_instant else "Y年n月j日"))
    return format_html('<time datetime="{}">{}</time>', machine_form(moment), words)


def _ems(text):
    """Return how wide `text` runs; a Han character is 1, a Latin letter or a digit a half."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


@register.filter
def clauses(headline):
    """Keep the short clauses of a headline in one piece, so that a line ends between two of them."""
    parts = CLAUSE.findall(headline)
    if len(parts) == 1:
        return headline
    return format_html_join(
        "",
        "{}{}{}",
        (
            (OPENING, part, CLOSING)
            if part.strip() and _ems(part) <= CLAUSE_LENGTH
            else ("", part, "")
            for part in parts
        ),
    )


@register.filter
def machine(moment):
    """Return the machine form of a date or an instant, for metadata."""
    return machine_form(moment) if moment else ""


@register.simple_tag
def today():
    """Return today's date with its weekday, as a masthead bears it."""
    return stamp(timezone.localdate(), "Y年n月j日 l")
