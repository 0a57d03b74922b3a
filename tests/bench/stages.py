"""The stages of the bench, each run in a process of its own: `python -m tests.bench STAGE [NUMBER…]`.

A stage returns its figures by name. The database is the one of `DATABASE_URL`; it is filled by the stages
in the order in which `__main__` runs them.
"""

import tempfile
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction

from news.demo.loading import PLACES
from news.lists import STORIES_PER_PAGE
from news.models import ArticlePage, SectionPage
from news.pagetext.reader import read_page
from portal.loading import load_places
from tests.bench import api, register, scores, search
from tests.bench.material import body_of_every_block, newspaper_page, write_archive
from tests.bench.measuring import page_figures, peak_bytes, seconds

SECTION = "shuju"
ARTICLE = "各种内容块都有的一篇"
READER_BYTES = 1024 * 1024
MEGABYTE = 1024 * 1024


def _command(name, *args, **options):
    call_command(name, *args, stdout=StringIO(), verbosity=0, **options)


def prepare():
    """Build the tables; load the demonstration twice, and its places by themselves, rolled back."""
    _command("migrate")
    connection.ensure_connection()
    with transaction.atomic():
        loaded, places = seconds(lambda: load_places(PLACES.read_bytes()))
        _, places_again = seconds(lambda: load_places(PLACES.read_bytes()))
        transaction.set_rollback(True)
    _, first = seconds(lambda: _command("load_demo"))
    _, second = seconds(lambda: _command("load_demo"))
    return {
        "places": loaded.added,
        "places_seconds": places,
        "places_again_seconds": places_again,
        "demo_seconds": first,
        "demo_again_seconds": second,
    }


def add_stories(first, last):
    """Import the archive's stories `first` to `last`; time and memory are those of the command."""
    first, last = int(first), int(last)
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        path = Path(folder) / "archive.jsonl"
        write_archive(path, range(first, last + 1), SECTION)
        connection.ensure_connection()
        idle = peak_bytes()
        _, took = seconds(lambda: _command("import_archive", path, archive="旧站"))
    count = last - first + 1
    return {
        "seconds": took,
        "rate": count / took,
        "megabytes": (peak_bytes() - idle) / MEGABYTE,
    }


def add_article():
    """Publish a story with every kind of block, in a section where it is not in the archive's way."""
    section = SectionPage.objects.exclude(slug=SECTION).order_by("path").first()
    article = ArticlePage(title=ARTICLE, body=body_of_every_block(), live=False)
    section.add_child(instance=article)
    article.save_revision().publish()
    return {}


def pages():
    """Measure the front page, both ends of a long section, and the story with every block."""
    application = get_wsgi_application()
    section = SectionPage.objects.get(slug=SECTION)
    stories = ArticlePage.objects.published().in_section(section).count()
    last = -(-stories // STORIES_PER_PAGE)
    article = ArticlePage.objects.get(title=ARTICLE)
    return {
        "home": page_figures(application, "/"),
        "section_first": page_figures(application, section.url),
        "section_last": page_figures(application, section.url, f"page={last}"),
        "article": page_figures(application, article.url),
    }


def reader():
    """Read a newspaper page of one megabyte; knows no database."""
    text = newspaper_page(READER_BYTES)
    read_page(text[:1000])
    idle = peak_bytes()
    page, took = seconds(lambda: read_page(text))
    return {
        "seconds": took,
        "stories": len(page.stories),
        "megabytes": (peak_bytes() - idle) / MEGABYTE,
    }


STAGES = (
    {stage.__name__: stage for stage in (prepare, add_stories, add_article, pages, reader)}
    | register.STAGES
    | scores.STAGES
    | api.STAGES
    | search.STAGES
)
