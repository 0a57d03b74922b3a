"""The part of a page's head that other machines read, from the `head` that its view gives."""

from django import template

from portal.heads import metas_of
from portal.heads.linkeddata import data_block

register = template.Library()


@register.inclusion_tag("components/head.html", takes_context=True)
def page_head(context):
    """Write the tags of the page's `head`, and what it says in schema.org's words.

    A page without one says no more than whose it is; one that is answered without a request (a failure) nothing.
    """
    head, identity = context.get("head"), context.get("identity")
    if identity is None:
        return {"metas": [], "data": ""}
    return {
        "metas": metas_of(head, identity),
        "data": data_block(head.data) if head is not None else "",
    }
