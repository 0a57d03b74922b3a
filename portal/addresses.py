"""From which address a request came, as far as it can be known."""

from django.conf import settings


def client_address(request):
    """Return the address of the one who asks.

    Behind a proxy (`BEHIND_PROXY`) that is the last hop of X-Forwarded-For, the one part that our own
    proxy wrote; what stands before it is whatever the client claimed. Otherwise the header is ignored.
    """
    if settings.BEHIND_PROXY:
        last_hop = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
        if last_hop:
            return last_hop
    return request.META.get("REMOTE_ADDR", "")
