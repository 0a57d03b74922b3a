"""Words of notices in templates, without the numbers of private persons."""

from django import template

from institutions.noticetext import privacy

register = template.Library()


@register.filter
def masked(words):
    """Return `words` with the middle of each mobile and identity number as asterisks."""
    return privacy.mask(words)
