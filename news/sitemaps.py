"""What the sitemap lists of this floor: pages of the tree, stories, topics and people with stories, places, fixed pages.

A story and a plain page last changed when readers last saw them change. Of lists, of the front page and of places
that cannot be told, because they show what others state; they have no date.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from indices.models import Score
from institutions.models import Institution
from news.models import ArticlePage, Person, Topic
from news.visibility import public
from portal.models import Place
from portal.opendata.datasets import datasets
from portal.sitemaps import NewsItem, register, register_news

# What the news protocol allows in one file, and for how long a story is news.
MOST_NEWS = 1_000
NEWS_FOR = timedelta(days=2)
# How many levels a place may have above it: a county is in a city, a province, a country.
LEVELS_ABOVE = 3
# Pages that are always there, by the names of their addresses.
FIXED = (
    "indices",
    "index_compare",
    "institution_finder",
    "institution_check",
    "notices",
    "corrections",
    "data",
)


def _home_path():
    """Return the front page's path in the tree, '' on a site without one; one query."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return site.root_page.url_path if site else ""


def _address(url_path, home):
    return f"/{url_path[len(home) :]}"


def _pages():
    """Return the public pages of the tree that are no stories."""
    home = _home_path()
    pages = (
        public(Page.objects.filter(url_path__startswith=home, depth__gt=1))
        if home
        else Page.objects.none()
    )
    return pages.filter(articlepage__isnull=True).order_by("path"), home


def _fixed():
    """Return the paths of the pages that are always there, the catalogue's among them."""
    return [*(reverse(name) for name in FIXED), *(one.get_absolute_url() for one in datasets())]


def _page_count():
    return _pages()[0].count()


def _page_rows(start, end):
    pages, home = _pages()
    rows = pages.values_list("url_path", "last_published_at", "plainpage__pk")
    return [(_address(path, home), at if plain else None) for path, at, plain in rows[start:end]]


def _stories():
    home = _home_path()
    stories = public(ArticlePage.objects.filter(url_path__startswith=home))
    return (stories if home else stories.none()).order_by("pk"), home


def _story_count():
    return _stories()[0].count()


def _story_rows(start, end):
    stories, home = _stories()
    rows = stories.values_list("url_path", "last_published_at")
    return [(_address(path, home), at) for path, at in rows[start:end]]


def _recent():
    stories, home = _stories()
    recent = stories.filter(first_published_at__gt=timezone.now() - NEWS_FOR)
    columns = ("url_path", "display_title", "title", "first_published_at")
    rows = recent.order_by("-first_published_at", "-pk").values_list(*columns)[:MOST_NEWS]
    return [NewsItem(_address(path, home), short or title, at) for path, short, title, at in rows]


def _known_places():
    """Return the paths of the `known_places`, asked for all at once; three queries.

    One place asks for the institutions in it; for all of them that would be asked again for each.
    """
    places = {
        key: (parent, code)
        for key, parent, code in Place.objects.order_by("pk").values_list("pk", "parent", "code")
    }
    stated = Place.objects.filter(Exists(Score.objects.public().filter(place=OuterRef("pk"))))
    stated = set(stated.order_by().values_list("pk", flat=True))
    held = Institution.objects.public().filter(place__isnull=False).order_by()
    held = set(held.values_list("place", flat=True).distinct())
    known = stated | {places[key][0] for key in stated} | held
    for _ in range(LEVELS_ABOVE):
        held = {places[key][0] for key in held} - {None}
        known |= held
    return [reverse("place", args=[code]) for key, (_, code) in places.items() if key in known]


def _undated(paths):
    """Return the function that gives rows of `paths()`, of which nobody can tell when they changed."""
    return lambda start, end: [(path, None) for path in paths()[start:end]]


def _rows_of(rows, address):
    """Return the function that gives the addresses of `rows()`, of which nobody can tell when they changed."""
    return lambda start, end: [
        (reverse(address, args=[value]), None)
        for value in rows().order_by("pk").values_list("slug", flat=True)[start:end]
    ]


def register_all():
    """Teach the sitemap this floor's pages; called once when the app is ready."""
    register("pages", count=_page_count, rows=_page_rows)
    register("fixed", count=lambda: len(_fixed()), rows=_undated(_fixed))
    register("articles", count=_story_count, rows=_story_rows)
    for name, rows, address in (
        ("topics", Topic.objects.public, "topic"),
        ("people", Person.objects.public, "person"),
    ):
        register(name, count=lambda rows=rows: rows().count(), rows=_rows_of(rows, address))
    register("places", count=lambda: len(_known_places()), rows=_undated(_known_places))
    register_news(_recent)
