"""How others point at this floor's public pages: `article:<id>`, `place:<code>`."""

from news.models import ArticlePage
from news.places import known_places
from portal.references import Target, register

LONGEST_KEY = 18  # digits that fit into a key of either database


def _articles(codes):
    keys = [int(code) for code in codes if code.isdigit() and len(code) <= LONGEST_KEY]
    return {
        str(article.pk): Target(title=article.list_title, url=article.url)
        for article in ArticlePage.objects.published().filter(pk__in=keys)
    }


def _places(codes):
    rows = known_places().filter(code__in=codes)
    return {row.code: Target(row.name, f"/places/{row.code}/") for row in rows}


def register_all():
    """Teach the kernel this floor's kinds; called once when the app is ready."""
    register("article", _articles)
    register("place", _places)
