"""Finding stories by the words in them, until the portal has its search; knows no index and no ranking.

Reads the stored form of bodies first, which holds markup beside the words, and then the words alone of
the newest candidates: an answer is right, but one among more than `CANDIDATES` stories may be missing.
"""

import json

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.html import strip_tags

from news.models import ArticlePage

LONGEST_QUERY = 100
MOST_WORDS = 8
CANDIDATES = 300
HEADLINE_FIELDS = ("kicker", "title", "deck", "display_title", "summary")


def words_of(query):
    """Return the words of what a reader typed: printable, folded to lower case, eight at most."""
    printable = "".join(c if c.isprintable() else " " for c in query[:LONGEST_QUERY])
    return list(dict.fromkeys(printable.casefold().split()))[:MOST_WORDS]


def plain_text(value):
    """Return the words of a stored block value of any shape, without markup, names and keys."""
    if isinstance(value, dict):
        return " ".join(plain_text(v) for k, v in value.items() if k not in ("id", "type"))
    if isinstance(value, list):
        return " ".join(plain_text(item) for item in value)
    return strip_tags(value) if isinstance(value, str) else ""


def _may_contain(word):
    """Return the condition that finds every story with `word`, and some more."""
    # SQLite keeps a body's characters escaped (\u6570), PostgreSQL as they are.
    condition = Q(stored__icontains=json.dumps(word)[1:-1])
    condition |= Q(stored__icontains=json.dumps(word, ensure_ascii=False)[1:-1])
    for field in HEADLINE_FIELDS:
        condition |= Q(**{f"{field}__icontains": word})
    return condition


def _contains(article, words):
    parts = [getattr(article, field) for field in HEADLINE_FIELDS]
    text = "\n".join([*parts, plain_text(list(article.body.raw_data))]).casefold()
    return all(word in text for word in words)


def find(query):
    """Return the public stories whose headline parts, summary or body contain every word, newest first."""
    words = words_of(query)
    if not words:
        return []
    stories = ArticlePage.objects.published().annotate(stored=Cast("body", TextField()))
    for word in words:
        stories = stories.filter(_may_contain(word))
    return [story for story in stories.for_lists()[:CANDIDATES] if _contains(story, words)]
