"""Kinds of hidden content × every public way out: nothing hidden shows anywhere, and all of it would.

One reader follows every link of a site in which a thing of each kind is hidden; then all that can be revealed
is revealed and the reader goes again. A cell of the table is one kind on one surface. `SHOWN` says where a
revealed thing shows: a surface that could no longer show anything would fail there, not pass here.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client, TestCase

from tests.leaking import COMMON, World, a_world, everything, mark

# The tables are there for tests that ask for them; only the fixture reads and writes them.
pytestmark = pytest.mark.django_db
API = (
    "articles",
    "changes",
    "corrections",
    "designations",
    "editions",
    "indices",
    "institutions",
    "interruptions",
    "notice-lines",
    "notices",
    "people",
    "places",
    "scores",
    "search",
    "sections",
    "topics",
)
FEEDS = ("corrections", "indices", "institutions", "news", "people", "places", "sections", "topics")
# Each address belongs to the first surface whose pattern it begins with.
SURFACES = (
    {
        "search suggestions": r"/search/suggest",
        "search": r"/search/",
        "cards": r"/(.+/)?card\.png",
        "front page": r"/(\?|$)",
        "all news": r"/news/(\?|$)",
        "section": r"/news/[^/]+/(\?|$)",
        "story": r"/news/[^/]+/[^/]+/",
        "topic": r"/topics/",
        "person": r"/people/",
        "place": r"/places/",
        "error report": r"/report/",
        "corrections": r"/corrections/",
        "dump": r"/data/.+\.csv",
        "data": r"/data/",
        "datum": r"/d/",
        "comparison": r"/indices/compare/",
        "index files": r"/indices/.*format=",
        "all indices": r"/indices/(\?|$)",
        "index": r"/indices/[^/]+/(\?|$)",
        "edition": r"/indices/[^/]+/[^/]+/(\?|$)",
        "release": r"/indices/[^/]+/[^/]+/releases/",
        "check": r"/institutions/check/",
        "notice": r"/institutions/notices/\d+/",
        "all notices": r"/institutions/notices/",
        "finder files": r"/institutions/\?.*format=",
        "finder": r"/institutions/(\?|$)",
        "institution history": r"/institutions/[^/]+/history/",
        "institution": r"/institutions/",
        "sitemap of news": r"/sitemap-news\.xml",
        "sitemap": r"/sitemap",
        "robots": r"/robots\.txt",
        "API check": r"/api/v1/institutions/check/",
        "API movement": r"/api/v1/indices/movement/",
        "API schema": r"/api/v1/schema/",
        "API docs": r"/api/v1/docs/",
        "API table": r"/api/v1/(\?|$)",
    }
    | {f"feed of {name}": rf"/feeds/{name}[/.]" for name in FEEDS}
    | {f"API {name}": rf"/api/v1/{name}/" for name in API}
    | {"other pages": r"/"}
)
SEEDS = (
    "/",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-news.xml",
    "/corrections/",
    "/data/",
    "/indices/",
    "/institutions/",
    "/institutions/notices/",
    "/indices/compare/",
    f"/search/?q={COMMON}",
    f"/search/suggest/?q={COMMON}",
    f"/api/v1/search/?q={COMMON}",
    "/api/v1/",
    "/api/v1/schema/",
    "/feeds/corrections.atom",
    "/report/?article=1",
)
SHOWN = json.loads(Path(__file__).with_name("leaks.golden.json").read_text(encoding="utf-8"))
KINDS = (
    "account",
    "closed_section",
    "correction",
    "deleted",
    "draft",
    "draft_line",
    "edition",
    "embargoed",
    "expired",
    "in_closed_section",
    "index",
    "institution",
    "notice",
    "person",
    "plain_draft",
    "plain_private",
    "private",
    "release",
    "report",
    "revision",
    "scheduled",
    "section_draft",
    "synonym_note",
    "topic",
    "unpublished",
)


def surface_of(address):
    """Return the surface to which an address belongs."""
    return next(name for name, pattern in SURFACES.items() if re.match(pattern, address))


def by_surface(answers):
    """Return {surface: {address: text}}."""
    found = {}
    for address, text in answers.items():
        found.setdefault(surface_of(address), {})[address] = text
    return found


@dataclass
class Told:
    """What readers are told while things are hidden and afterwards, and the statuses of direct attempts."""

    world: World
    hidden: dict
    revealed: dict
    attempts: dict


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The site's answers, all asked for once: its tables are gone when a cell is looked at."""
    client = Client()
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        TestCase.captureOnCommitCallbacks(execute=True),
    ):
        world = a_world()
        hidden = by_surface(everything(client, SEEDS))
        attempts = {
            address: client.get(address).status_code
            for addresses in world.tried.values()
            for address in addresses
        }
        for reveal in filter(None, world.reveal.values()):
            reveal()
        revealed = by_surface(everything(client, SEEDS))
        transaction.set_rollback(True)
    return Told(world, hidden, revealed, attempts)


def test_the_table_has_every_kind_and_the_reader_saw_every_surface(told):
    assert sorted(told.world.reveal) == sorted(KINDS)
    assert sorted(told.hidden) == sorted(SURFACES)
    assert sorted(told.revealed) == sorted(SURFACES)
    assert len(KINDS) * len(SURFACES) >= 200


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("surface", SURFACES)
def test_nothing_hidden_shows(told, kind, surface):
    shown = [address for address, text in told.hidden[surface].items() if mark(kind) in text]
    assert shown == []


def test_a_hidden_thing_has_no_address(told):
    assert {address for address, status in told.attempts.items() if status < 300} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_revealed_shows(told, kind):
    shown = {
        surface
        for surface, answers in told.revealed.items()
        if any(mark(kind) in text for text in answers.values())
    }
    assert sorted(shown) == sorted(SHOWN.get(kind, ()))
