"""What every address of the API does: read only, without cookies, open to pages of other sites, limited.

Knows the methods, the limit, the headers, and that what is refused is answered as a problem. Hides REST
framework's renderers and its browsable pages: answers are made by those who know their bytes.
"""

import hashlib
from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag
from rest_framework.renderers import JSONRenderer
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from portal.addresses import client_address
from portal.api.problems import problem_of
from portal.api.schema import Described

TELLABLE = timedelta(seconds=2)
METHODS = "GET, HEAD, OPTIONS"
_EXPOSED = "Content-Disposition, ETag, Link, Retry-After"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class AddressThrottle(AnonRateThrottle):
    """So many requests of one address; a subclass names its own scope and rate."""

    scope = "api"
    rate = "600/min"

    def get_ident(self, request):
        return client_address(request)


class Reading(APIView):
    """One address that is read. A subclass has `get` and, for the schema, `operation`."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = (AddressThrottle,)
    renderer_classes = (JSONRenderer,)
    http_method_names = ("get", "head", "options")
    schema = Described()
    cache_control = "public, no-cache"

    def perform_content_negotiation(self, request, force=False):
        """Leave the choice of a format to those who have several."""
        return JSONRenderer(), JSONRenderer.media_type

    def options(self, request, *args, **kwargs):
        """Say which methods there are, to browsers that ask before they read for another site's page too."""
        return HttpResponse(status=204, headers={"Allow": METHODS, **_PREFLIGHT})

    def handle_exception(self, error):
        """Turn what was refused into problem details; what is our own fault goes on as it is."""
        problem = problem_of(error, METHODS)
        if problem is None:
            raise error
        return problem.response()

    def finalize_response(self, request, response, *args, **kwargs):
        """Let pages of other sites read the answer, and caches keep it only to ask again."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = _EXPOSED
        if response.status_code >= 400:
            response["Cache-Control"] = "no-store"
        elif "Cache-Control" not in response:
            response["Cache-Control"] = self.cache_control
        patch_vary_headers(response, ("Accept",))
        return response


def conditional(request, response, modified=None):
    """Return the answer with its ETag and Last-Modified, or 304 when the client has these bytes already.

    The ETag is that of the bytes, so it changes exactly when they do. `modified` is an instant; one of this
    very moment is not told, since a header of whole seconds could not tell it from a later one.
    """
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    seconds = None
    if modified is not None and timezone.now() - modified > TELLABLE:
        seconds = int(modified.timestamp())
        response["Last-Modified"] = http_date(seconds)
    return get_conditional_response(request, etag=etag, last_modified=seconds, response=response)
