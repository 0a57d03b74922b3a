"""Atom feeds (RFC 4287): what a feed and its entries are, their bytes, and how a reader is answered.

Django's own feeds know no full text and one author only, and an empty one claims to be of this very moment; so the
document is written here, on Django's XML generator. What stands in a feed is each app's `feeds.py`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

from django.http import HttpResponse
from django.utils.xmlutils import SimplerXMLGenerator

from portal.api.reading import conditional
from portal.canonical import canonical_address, tag
from portal.models import SiteIdentity

MOST_ENTRIES = 50
LANGUAGE = "zh-Hans"
# Of a feed in which nothing has happened yet: before all that could happen.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)

# What XML 1.0 cannot hold, however it is written.
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Author:
    """Who made an entry: the name, and the path of a page about him or her, or ''."""

    name: str
    path: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry. `kind` and `key` name it for ever; `updated` is when readers last saw it change.

    `summary` is plain text, `content` HTML with absolute addresses or ''. Without authors, the site is.
    `categories` are pairs of a term and its label.
    """

    kind: str
    key: str
    title: str
    path: str
    updated: datetime
    published: datetime | None = None
    authors: tuple[Author, ...] = ()
    summary: str = ""
    content: str = ""
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Feed:
    """One feed of entries, the newest first: `path` is its own, `page` that of the page that shows the same."""

    kind: str
    key: str
    title: str
    path: str
    page: str
    entries: tuple[Entry, ...]
    subtitle: str = ""

    @property
    def updated(self):
        """When the latest of its entries changed."""
        return max((entry.updated for entry in self.entries), default=NEVER)


def feed_response(request, feed):
    """Answer a feed, or 304 to a reader who has these bytes already.

    Without Last-Modified: a restriction or a new name changes a feed and stands in no log, and whoever asked by
    the date alone would keep what is withdrawn.
    """
    site = SiteIdentity.for_request(request).name
    response = HttpResponse(write(feed, site), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "public, no-cache"
    return conditional(request, response)


def write(feed, site):
    """Return the bytes of a feed of the site called `site`."""
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": LANGUAGE})
    _element(xml, "id", tag(f"feed/{feed.kind}", feed.key))
    _element(xml, "title", line_of(feed.title))
    if feed.subtitle:
        _element(xml, "subtitle", line_of(feed.subtitle))
    _element(xml, "updated", rfc3339(feed.updated))
    _link(xml, "self", feed.path, "application/atom+xml")
    _link(xml, "alternate", feed.page, "text/html")
    _author(xml, Author(site, "/"))
    for entry in feed.entries:
        _entry(xml, entry)
    xml.endElement("feed")
    xml.endDocument()
    return out.getvalue().encode()


def _entry(xml, entry):
    xml.startElement("entry", {})
    _element(xml, "id", tag(entry.kind, entry.key))
    _element(xml, "title", line_of(entry.title))
    _link(xml, "alternate", entry.path, "text/html")
    if entry.published is not None:
        _element(xml, "published", rfc3339(entry.published))
    _element(xml, "updated", rfc3339(entry.updated))
    for author in entry.authors:
        _author(xml, author)
    for term, label in entry.categories:
        _element(xml, "category", "", {"term": term, "label": line_of(label)})
    if entry.summary or not entry.content:
        _element(xml, "summary", line_of(entry.summary or entry.title))
    if entry.content:
        _element(xml, "content", entry.content, {"type": "html"})
    xml.endElement("entry")


def _author(xml, author):
    xml.startElement("author", {})
    _element(xml, "name", line_of(author.name))
    if author.path:
        _element(xml, "uri", canonical_address(author.path))
    xml.endElement("author")


def _link(xml, rel, path, kind):
    _element(xml, "link", "", {"rel": rel, "href": canonical_address(path), "type": kind})


def _element(xml, name, text, attributes=None):
    xml.addQuickElement(name, writable(text), attributes or {})


def rfc3339(at):
    """Return an instant as RFC 3339 writes it, in UTC with its milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line_of(text):
    """Return a text as one line."""
    return " ".join(writable(text).split())


def writable(text):
    """Return a text without the characters that no XML document can hold."""
    return _UNWRITABLE.sub("", text)
