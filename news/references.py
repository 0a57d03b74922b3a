"""How others point at this floor's public objects: `article:<id>`."""

from news.models import ArticlePage
from portal.references import Target, register

LONGEST_KEY = 18  # digits that fit into a key of either database


def _articles(codes):
    keys = [int(code) for code in codes if code.isdigit() and len(code) <= LONGEST_KEY]
    return {
        str(article.pk): Target(title=article.list_title, url=article.url)
        for article in ArticlePage.objects.published().filter(pk__in=keys)
    }


def register_all():
    """Teach the kernel this floor's kinds; called once when the app is ready."""
    register("article", _articles)
