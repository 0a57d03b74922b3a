"""The schema against the addresses: OpenAPI 3.1 without warnings, in Chinese, and true when it is tried."""

import os
import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, settings
from schemathesis.generation.hypothesis.builder import (
    HypothesisTestConfig,
    HypothesisTestMode,
    create_test,
)

from institutions.api import CheckThrottle
from institutions.publishing import draft_correction
from news.models import ArticleCredit
from portal.api import AddressThrottle
from portal.api.resources import resources
from tests.factories import (
    PersonFactory,
    PlaceFactory,
    TopicFactory,
    UserFactory,
    a_section,
    a_site,
    an_article,
)
from tests.indices.factories import EditionFactory, IndexFactory, a_ranking
from tests.institutions.factories import (
    KindFactory,
    SchemeFactory,
    a_notice,
    an_institution,
    published,
)

PATH = "/api/v1/schema/"
# For a longer run: YOUJU_API_EXAMPLES=200.
EXAMPLES = int(os.environ.get("YOUJU_API_EXAMPLES", "5"))
ENGLISH = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){2,}")


@pytest.fixture
def schema(client, db):
    """The schema as it is served, with rows of every resource behind it."""
    kind = KindFactory(scheme=SchemeFactory(code="gongshang"), code="yiliao")
    city = PlaceFactory(code="410100")
    notice = published(a_notice(an_institution("甲医院", place=city), kind=kind, id=7, area=city))
    published(draft_correction(notice, by=UserFactory()))
    a_ranking(EditionFactory(index=IndexFactory(code="digital-governance"), year=2020))
    a_site()
    an_article(
        a_section(slug="minsheng"),
        topics=[TopicFactory(slug="shuzi-zhili")],
        credits=[ArticleCredit(person=PersonFactory(slug="li-na"))],
    )
    return client.get(PATH).json()


def words_of(part, key=""):
    """Yield what a schema says to readers: titles, summaries, descriptions and tags."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from words_of(value, name)
    elif isinstance(part, list):
        for value in part:
            yield from words_of(value, key)
    elif key in ("title", "summary", "description", "tags"):
        yield part


def test_the_schema_is_valid_and_made_without_a_warning(schema):
    validate_schema(schema)
    assert (schema["openapi"], bool(GENERATOR_STATS)) == ("3.1.0", False)


def test_only_our_addresses_are_described_and_all_of_them(schema):
    named = [f"/api/v1/{one.name}/" for one in resources()]
    details = [f"/api/v1/{one.name}/{{{one.key}}}/" for one in resources()]
    questions = [
        "/api/v1/institutions/check/",
        "/api/v1/indices/movement/",
        "/api/v1/changes/{sequence}/facts/",
        "/api/v1/search/",
    ]
    assert sorted(schema["paths"]) == sorted(["/api/v1/", *questions, *named, *details])
    assert {method for path in schema["paths"].values() for method in path} == {"get"}


def test_readers_find_no_english_sentence(schema):
    told = [words for words in words_of(schema) if isinstance(words, str)]
    assert len(told) > 300
    assert [words for words in told if ENGLISH.search(words)] == []


def test_the_codes_that_exist_are_named(schema):
    asked = schema["paths"]["/api/v1/designations/"]["get"]["parameters"]
    assert {
        one["name"]: one["schema"]["enum"] for one in asked if one["name"] in ("kind", "scheme")
    } == {
        "kind": ["yiliao"],
        "scheme": ["gongshang"],
    }


def test_every_column_says_what_it_is(schema):
    for one in resources():
        name = "".join(part.capitalize() for part in one.name.split("-"))
        columns = schema["components"]["schemas"][name]["properties"]
        assert [*columns] == [column.key for column in one.columns]
        assert [key for key, column in columns.items() if not column["description"]] == []


def test_the_page_loads_nothing_from_elsewhere(client, db):
    response = client.get("/api/v1/docs/")
    page = response.content.decode()
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]*", page) == []
    assert (
        '<script src="/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js" defer>'
        in page
    )
    assert f'data-schema="{PATH}"' in page


@pytest.fixture
def one_connection():
    """Requests that come without the test client's care leave the test's connection open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_every_address_answers_as_described(schema, one_connection, monkeypatch):
    """Examples, boundaries and made-up values, right and wrong: all of schemathesis's checks.

    In this thread, since the rows are those of a transaction.
    """
    for throttle in (AddressThrottle, CheckThrottle):
        monkeypatch.setattr(throttle, "rate", "1000000/s")
    loaded = schemathesis.openapi.from_dict(schema)
    loaded.app = get_wsgi_application()
    tried = set()

    def answers(case):
        tried.add(case.operation.path)
        # The caller without a network does not unpack.
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    config = HypothesisTestConfig(
        project=loaded.config,
        modes=list(HypothesisTestMode),
        settings=settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
        seed=20200818,
    )
    for found in loaded.get_all_operations():
        create_test(operation=found.ok(), test_func=answers, config=config)()
    assert tried == set(schema["paths"])
