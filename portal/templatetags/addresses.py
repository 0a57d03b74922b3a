"""The site's own address of what a page shows, for links that leave the site."""

from django import template

from portal.canonical import canonical_address

register = template.Library()


@register.filter
def canonical(path):
    """Return the address of `path` under which the site is known."""
    return canonical_address(path)
