"""How dates are set in Chinese text, as valid `<time>` elements; hides their machine form."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html

register = template.Library()


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


@register.filter
def machine(moment):
    """Return the machine form of a date or an instant, for metadata."""
    return machine_form(moment) if moment else ""


@register.simple_tag
def today():
    """Return today's date with its weekday, as a masthead bears it."""
    return stamp(timezone.localdate(), "Y年n月j日 l")
