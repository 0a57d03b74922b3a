"""The sitemap (sitemaps.org) and robots.txt: which addresses search engines are told of, and when each last changed.

Knows the protocol and its limits; each app registers what it has from its own `sitemaps.py`. Django's sitemaps take
the host from the request, count and order every row for each file, and hold it in memory with its template; here a
file holds at most PER_FILE rows, whatever there is in all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from portal.api.reading import conditional
from portal.canonical import canonical_address
from portal.feeds import line_of, rfc3339
from portal.models import SiteIdentity

PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# How the news protocol writes Chinese in simplified characters.
LANGUAGE = "zh-cn"
# The protocol allows 50,000 addresses and 50 MB; a file of ours is made in memory.
PER_FILE = 10_000
# What robots have no business in: the desk, answers to anyone's words, forms, and the same list once more for
# every day, every instant of knowledge and every format. Style sheets and scripts are open to them.
KEPT_OUT = (
    "/admin/",
    "/search/",
    "/report/",
    "/display/",
    "/*?*as_of=",
    "/*?*known_at=",
    "/*?*format=",
)

_sections = {}
_news = []


@dataclass(frozen=True)
class Section:
    """One kind of pages: how many there are, and those from `start` up to before `end`, always in the same order.

    `rows(start, end)` gives pairs of a path and the instant at which readers last saw its page change, None where
    that cannot be told.
    """

    count: Callable
    rows: Callable


@dataclass(frozen=True)
class NewsItem:
    """One story of the last two days."""

    path: str
    title: str
    published_at: datetime


def register(name, *, count, rows):
    """Let a kind of pages stand in the sitemap; `name` is of small letters."""
    _sections[name] = Section(count, rows)


def register_news(recent):
    """Let `recent()` give the NewsItems of the news sitemap."""
    _news[:] = [recent]


@require_safe
def index(request):
    """List the files of the sitemap, those alone that hold anything."""
    paths = [
        f"/sitemap-{name}-{number}.xml"
        for name, section in _sections.items()
        for number in range(1, -(-section.count() // PER_FILE) + 1)
    ]
    if _recent():
        paths.append("/sitemap-news.xml")
    return _answer(request, "sitemapindex", [_located("sitemap", path) for path in paths])


@require_safe
def part(request, name, number):
    """Give the addresses of one file; one that the index does not list is not found."""
    start = (number - 1) * PER_FILE
    rows = list(_sections[name].rows(start, start + PER_FILE)) if _is_file(name, number) else []
    if not rows:
        raise Http404("没有这份网站地图。")
    told = [_located("url", path, _changed(changed_at)) for path, changed_at in rows]
    return _answer(request, "urlset", told)


def _is_file(name, number):
    """Whether there could be such a file: more rows than keys there cannot be."""
    return name in _sections and 0 < number < 2**31


@require_safe
def news(request):
    """Give the stories of the last two days, as Google News and Baidu read them; empty when there are none."""
    site = SiteIdentity.for_request(request).name
    told = [_located("url", item.path, _told(item, site)) for item in _recent()]
    return _answer(request, "urlset", told, f' xmlns:news="{NEWS}"')


@require_safe
def robots(request):
    """Tell robots where the sitemap is, and what to leave alone."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in KEPT_OUT),
        "",
        f"Sitemap: {canonical_address('/sitemap.xml')}",
        f"Sitemap: {canonical_address('/sitemap-news.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _recent():
    return [item for recent in _news for item in recent()]


def _located(name, path, more=""):
    return f"<{name}><loc>{escape(canonical_address(path))}</loc>{more}</{name}>"


def _changed(at):
    return f"<lastmod>{rfc3339(at)}</lastmod>" if at is not None else ""


def _told(item, site):
    return (
        "<news:news><news:publication>"
        f"<news:name>{escape(line_of(site))}</news:name><news:language>{LANGUAGE}</news:language>"
        "</news:publication>"
        f"<news:publication_date>{rfc3339(item.published_at)}</news:publication_date>"
        f"<news:title>{escape(line_of(item.title))}</news:title></news:news>"
    )


def _answer(request, root, told, spaces=""):
    lines = (
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<{root} xmlns="{PROTOCOL}"{spaces}>',
        *told,
        f"</{root}>\n",
    )
    response = HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = "public, no-cache"
    return conditional(request, response)
