"""From which address a request came, as far as it can be known."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from django.conf import settings

# What one subscriber of IPv6 is given, all of whose addresses he or she may use in turn.
SUBSCRIBER_BITS = 64


def client_address(request):
    """Return the address of the one who asks, '' when it cannot be known (a socket without a proxy's word).

    Behind a proxy (`BEHIND_PROXY`) that is the last hop of X-Forwarded-For, the one part that our own
    proxy wrote; what stands before it is whatever the client claimed. Otherwise the header is ignored.
    Of an IPv6 address the network of its subscriber is returned, so that limits cannot be passed by
    changing the rest; what is no address at all is never returned.
    """
    hops = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    found = _address(hops.rsplit(",", 1)[-1]) or _address(request.META.get("REMOTE_ADDR", ""))
    return str(found) if found else ""


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address that a hop writes, with a port or without; None when it writes none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if address.version == 4:
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    return IPv6Network((int(address), SUBSCRIBER_BITS), strict=False).network_address
