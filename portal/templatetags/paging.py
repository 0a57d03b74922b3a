"""The numbers under a list of many pages."""

from django import template

register = template.Library()


@register.filter
def numbers(page):
    """Return the page numbers to offer around `page`, with Paginator.ELLIPSIS where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
