"""Where a figure that a page shows has its own address."""

from django import template

from portal.datums import address_of
from portal.figures import FigureReference

register = template.Library()


@register.simple_tag
def figure_address(name, code, **parameters):
    """Return the address of the figure `name:code`; parameters that are empty are left out."""
    told = tuple((key, str(value)) for key, value in parameters.items() if value)
    return address_of(FigureReference(name, str(code), told))


@register.simple_tag
def record_address(kind, code):
    """Return the address of the record `kind:code`."""
    return address_of(f"{kind}:{code}")
