"""The tags that Chinese public sites carry in each page's head, for the portals that gather their pages.

Source: 《政府网站发展指引》 (国办发〔2017〕47号), annex on page tags: the site's on every page, the column's on lists
and on what stands in a column, the content's on each article or document. On by a setting of the site
(`SiteIdentity.public_site_tags`).
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class Column:
    """The column in which a page stands. `kind` is its type in the guide's or the house's words."""

    name: str
    kind: str
    description: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """One article or document. Without a source, the one who runs the site is it."""

    title: str
    published_at: datetime | None
    source: str = ""
    author: str = ""
    image: str = ""


def site_tags(identity):
    """Return the tags of every page, as pairs of name and content."""
    return [
        ("SiteName", identity.name),
        ("SiteDomain", urlsplit(settings.PUBLIC_URL).hostname or ""),
        ("SiteIDCode", identity.site_code),
    ]


def column_tags(column):
    """Return the tags of a Column."""
    return [
        ("ColumnName", column.name),
        ("ColumnDescription", column.description or column.name),
        ("ColumnKeywords", ",".join(column.keywords or (column.name,))),
        ("ColumnType", column.kind),
    ]


def content_tags(content, address, identity):
    """Return the tags of a Content at an address, but for its words and its description."""
    return [
        ("ArticleTitle", content.title),
        ("PubDate", _minute(content.published_at)),
        ("ContentSource", content.source or identity.organiser or identity.name),
        ("Author", content.author),
        ("Image", content.image),
        ("Url", address),
    ]


def _minute(moment):
    """Return an instant as the guide writes it, in the site's time zone: 2020-08-19 08:30."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
