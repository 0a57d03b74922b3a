"""Which pages stand under a view restriction of the desk; asked inside the page's own query.

Wagtail's `public()` sends a query for the restrictions each time it is called; these conditions send none.
"""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction


def restricted(path="path"):
    """Return the condition that a page, or a page above it, is restricted; `path` names its path's field."""
    asked = ExpressionWrapper(OuterRef(path), output_field=CharField())
    restrictions = PageViewRestriction.objects.annotate(asked=asked)
    return Exists(restrictions.filter(asked__startswith=F("page__path")))


def public(pages):
    """Return those of `pages` that are live and that any reader may see."""
    return pages.live().filter(~restricted())
