"""The one address under which the site is known (`PUBLIC_URL`), whatever host a reader came by.

Feeds, sitemaps and canonical links all take their addresses here, so that a mirror, a bare machine address or a
forged Host header never stands in them. The permanent identifiers of feeds are made here too; they hold no path.
"""

import re
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

# The year in which the names of feeds and entries were first given out (RFC 4151 asks for a date).
YEAR = "2026"


def canonical_address(path):
    """Return the site's own address of a path; of an address on whatever host, its path on ours."""
    parts = urlsplit(path)
    query = f"?{parts.query}" if parts.query else ""
    anchor = f"#{parts.fragment}" if parts.fragment else ""
    return iri_to_uri(f"{settings.PUBLIC_URL.rstrip('/')}{parts.path or '/'}{query}{anchor}")


def absolute(reference, base):
    """Return an address that a page at `base` writes, as an absolute one; '' for what is no web or mail address."""
    try:
        found = urljoin(base, reference.strip())
        scheme = urlsplit(found).scheme
    except ValueError:
        return ""
    return iri_to_uri(found) if scheme in ("http", "https", "mailto") else ""


def tag(kind, key):
    """Return the permanent identifier (RFC 4151) of the thing of this kind with this key that never changes.

    Its authority is `TAG_AUTHORITY` (`host,year`), or the host of `PUBLIC_URL`: a site that moves to another
    host keeps its identifiers by setting the former.
    """
    authority = settings.TAG_AUTHORITY or f"{_host()},{YEAR}"
    return f"tag:{authority}:{kind}/{key}"


def _host():
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return re.sub(r"[^a-z0-9.-]", "-", host)
