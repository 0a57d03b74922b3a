"""What every template may use."""

from django.utils.functional import SimpleLazyObject

from portal.models import SiteIdentity


def site(request):
    """Give `identity`, the site's masthead and legal marks, asked for only when a template uses it."""
    return {"identity": SimpleLazyObject(lambda: SiteIdentity.for_request(request))}
