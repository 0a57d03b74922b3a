"""What the bench measures of search: 50,000 stories of 1,500 characters, made, indexed and asked for.

Beside our index stand `icontains` over the stored texts and the search library's own index of the same
stories. Texts are words of two characters, drawn so that the n-th word is n times rarer than the first, as
words of a language nearly are; a number alone decides a story's text.
"""

import random
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import accumulate, islice
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.db.models import Q
from django.test import override_settings
from django.utils.html import strip_tags
from modelsearch.backends import get_search_backend
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from news.models import ArticlePage, NewsIndexPage, SectionPage
from portal.search import tables
from portal.search.finding import find
from portal.search.language import parse
from portal.search.matching import columns
from portal.search.vocabulary import current
from tests.bench.measuring import page_figures, peak_bytes, percentile, seconds

CHARACTERS = 1500
SLUG = "sousuo"
TITLE_WORDS = 10
# So many words there are, the first so many of them as common as one another.
WORDS, COMMONEST = 20_000, 20
# Of words in this stretch two stand together in some hundreds of 50,000 stories.
ASKED = range(350, 1500)
QUERIES = 60
MEGABYTE = 1024 * 1024
STOCK = {
    "sqlite": "modelsearch.backends.database.sqlite.sqlite",
    "postgresql": "modelsearch.backends.database.postgres.postgres",
}
_BATCH = 500


def _words():
    """Return the words, the commonest first: pairs of the characters of GB 2312's first level."""
    rows, cells = range(0xB0, 0xD8), range(0xA1, 0xFF)
    common = [bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells]
    chance = random.Random(1)
    characters = [character for character in common if character]
    return ["".join(chance.choices(characters, k=2)) for _ in range(WORDS)]


def _stories(count):
    """Yield (title, body) of each story."""
    words = _words()
    weights = list(accumulate(1 / (COMMONEST + place) for place in range(WORDS)))
    for number in range(count):
        chance = random.Random(number)
        text = "".join(chance.choices(words, cum_weights=weights, k=CHARACTERS // 2))
        sentences = [text[place : place + 30] for place in range(0, CHARACTERS, 30)]
        body = "".join(f"<p>{'，'.join(sentences[n : n + 5])}。</p>" for n in range(0, 50, 5))
        yield "".join(chance.choices(words, cum_weights=weights, k=TITLE_WORDS)), body


def _queries():
    words, chance = _words(), random.Random(2)
    return [" ".join(words[place] for place in chance.sample(ASKED, 2)) for _ in range(QUERIES)]


def _page(section, number, title):
    at = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    return Page(
        title=title,
        draft_title=title,
        slug=f"s{number}",
        url_path=f"{section.url_path}s{number}/",
        path=Page._get_path(section.path, section.depth + 1, number),
        depth=section.depth + 1,
        live=True,
        first_published_at=at,
        last_published_at=at,
        content_type=ContentType.objects.get_for_model(ArticlePage),
        locale_id=section.locale_id,
    )


def search_stories(count):
    """Write the stories as published pages, straight to their tables: nothing is indexed yet."""
    count = int(count)
    section = NewsIndexPage.objects.get().add_child(instance=SectionPage(title="搜索", slug=SLUG))
    size, stories = 0, enumerate(_stories(count), 1)
    with transaction.atomic():
        while batch := list(islice(stories, _BATCH)):
            pages = [_page(section, number, title) for number, (title, _) in batch]
            Page.objects.bulk_create(pages)
            for page, (_, (title, body)) in zip(pages, batch, strict=True):
                size += len((title + strip_tags(body)).encode())
                value = [{"type": "paragraph", "value": body}]
                # Raw: the row of the story's own table alone.
                ArticlePage(page_ptr=page, body=value).save_base(raw=True)
        Page.objects.filter(pk=section.pk).update(numchild=count)
    return {"bytes": size}


def _database_bytes():
    """Return how much room the tables and indexes of the database take."""
    sqlite = "SELECT (SELECT * FROM pragma_page_count) - (SELECT * FROM pragma_freelist_count)"
    sized = {
        "sqlite": f"SELECT ({sqlite}) * (SELECT * FROM pragma_page_size)",  # noqa: S608
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    with connection.cursor() as cursor:
        cursor.execute(sized[connection.vendor])
        return cursor.fetchone()[0]


def _index():
    """Build the whole index anew; return what that took and how much room it needs."""
    connection.ensure_connection()
    before, idle = _database_bytes(), peak_bytes()
    _, took = seconds(lambda: call_command("wagtail_update_index", stdout=StringIO(), verbosity=0))
    return {
        "seconds": took,
        "bytes": _database_bytes() - before,
        "megabytes": (peak_bytes() - idle) / MEGABYTE,
    }


def _ask(count):
    """Ask all queries with `count`, which returns how many stories a query finds; return the figures."""
    queries = _queries()
    for query in queries[:3]:
        count(query)
    times, hits = [], []
    for query in queries:
        found, took = seconds(lambda query=query: count(query))
        times.append(1000 * took)
        hits.append(found)
    ordered = sorted(times)
    return {
        "rate": 1000 * len(times) / sum(times),
        "p50": percentile(ordered, 0.5),
        "p99": percentile(ordered, 0.99),
        "fewest": min(hits),
        "most": max(hits),
        "total": sum(hits),
    }


def search_index():
    """Index everything; `compact` work is part of it."""
    IndexEntry.objects.all().delete()
    tables.clear()
    return _index()


def search_queries():
    """Ask two words each by our index, and by `icontains` over the same texts; then the page of one of them."""
    public = [ArticlePage.objects.published()]
    words = current()
    ours = _ask(lambda query: len(find(parse(query), public, words).strict))
    single = _ask(lambda query: len(find(parse(query[:1]), public, words).strict))
    head, body = columns()

    def contained(query):
        entries = IndexEntry.objects.all()
        for word in query.split():
            entries = entries.filter(
                Q(**{f"{head}__icontains": word}) | Q(**{f"{body}__icontains": word})
            )
        return entries.count()

    page = page_figures(get_wsgi_application(), "/search/", urlencode({"q": _queries()[0]}))
    return {"ours": ours, "single": single, "icontains": _ask(contained), "page": page}


def search_stock():
    """The same stories in the search library's own index, the last stage: the tables stay the library's."""
    IndexEntry.objects.all().delete()
    tables.clear()
    with connection.schema_editor() as editor:
        tables.release(editor)
    backends = {"default": {"BACKEND": STOCK[connection.vendor]}}
    with override_settings(WAGTAILSEARCH_BACKENDS=backends, MODELSEARCH_BACKENDS=backends):
        built = _index()
        backend = get_search_backend()
        stories = ArticlePage.objects.live()
        asked = _ask(lambda query: len(backend.search(query, stories, operator="and")))
    return built | {"asked": asked}


STAGES = {
    stage.__name__: stage for stage in (search_stories, search_index, search_queries, search_stock)
}
