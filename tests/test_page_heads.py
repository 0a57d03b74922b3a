"""The heads of all public pages: one title, one description, one canonical address, a whole share card, sound JSON-LD.

One site with a page of each kind is walked; what a type must say stands in one table, after schema.org and what
search engines ask of it.
"""

import json
import re
from datetime import date

import html5lib
import pytest
from wagtail.models import Site

from indices.models import EditionPublisher, Score
from news.models import ArticleCredit
from portal.datums import address_of
from portal.models import SiteIdentity
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    PictureFactory,
    PlaceFactory,
    PlainPageFactory,
    TopicFactory,
    a_section,
    an_article,
    paragraphs,
)
from tests.indices.factories import EditionFactory, IndexFactory, a_ranking
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
HOME = "http://127.0.0.1:8000"

# What a node of a type must say.
REQUIRED = {
    "NewsArticle": {"headline", "description", "datePublished", "dateModified", "author", "image", "publisher",
                    "articleSection", "mainEntityOfPage", "isAccessibleForFree", "inLanguage"},
    "Role": {"roleName"},
    "Person": {"name"},
    "Organization": {"name"},
    "GovernmentOrganization": {"name"},
    "ImageObject": {"url", "width", "height"},
    "BreadcrumbList": {"itemListElement"},
    "ItemList": {"itemListElement"},
    "ListItem": {"position", "name"},
    "WebSite": {"name", "url", "potentialAction", "publisher"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
    "CollectionPage": {"name", "url"},
    "Dataset": {"name", "description", "url", "creator", "distribution", "dateModified", "variableMeasured"},
    "DataDownload": {"contentUrl", "encodingFormat"},
    "Observation": {"name", "measuredProperty", "value", "isBasedOn"},
    "CreativeWork": {"name", "url"},
    "Hospital": {"name", "url", "address"},
    "PostalAddress": {"addressLocality"},
    "City": {"name"},
    "AdministrativeArea": {"name"},
    "PropertyValue": {"propertyID", "value"},
}  # fmt: skip
COLLECTION = ["CollectionPage", "BreadcrumbList"]
PAGES = {
    "/": ["WebSite"],
    "/news/": COLLECTION,
    "/news/minsheng/": COLLECTION,
    "story": ["NewsArticle", "BreadcrumbList"],
    "/topics/topic/": COLLECTION,
    "/people/person/": ["Person", "BreadcrumbList"],
    "/plain/": ["BreadcrumbList"],
    "/indices/": COLLECTION,
    "/indices/governance/": COLLECTION,
    "/indices/governance/2020/": ["Dataset", "BreadcrumbList"],
    "release": ["BreadcrumbList"],
    "/indices/compare/": ["BreadcrumbList"],
    "/places/410100/": ["City", "BreadcrumbList"],
    "/institutions/": COLLECTION,
    "institution": ["Hospital", "BreadcrumbList"],
    "history": ["BreadcrumbList"],
    "/institutions/check/": ["BreadcrumbList"],
    "/institutions/notices/": COLLECTION,
    "notice": ["CreativeWork", "BreadcrumbList"],
    "datum": ["Observation", "BreadcrumbList"],
    "/corrections/": COLLECTION,
}


@pytest.fixture
def addresses(home):
    """A site with a page of each kind; where those stand whose addresses cannot be foretold."""
    city = PlaceFactory(code="410100", name="郑州市")
    section = a_section(slug="minsheng", title="民生")
    topic = TopicFactory(slug="topic")
    story = an_article(
        section, body=paragraphs("正文。"), topics=[topic], cover=PictureFactory(size=(1200, 800))
    )
    story.credits = [ArticleCredit(person=PersonFactory(slug="person"), role="reporter")]
    story.save_revision().publish()
    PlainPageFactory(parent=home, slug="plain", body=paragraphs("关于本站。"))
    edition = EditionFactory(index=IndexFactory(code="governance"), year=2020)
    EditionPublisher.objects.create(edition=edition, organisation=OrganisationFactory())
    a_ranking(edition)
    hospital = an_institution(place=city, level="3a")
    notice = published(a_notice(hospital, kind=KindFactory(), issued_on=date(2020, 8, 18)))
    return {
        "story": story.get_url(),
        "release": f"/indices/governance/2020/releases/{edition.releases.get().pk}/",
        "institution": hospital.get_absolute_url(),
        "history": f"{hospital.get_absolute_url()}history/",
        "notice": notice.get_absolute_url(),
        "datum": address_of(f"score:{Score.objects.first().pk}"),
    }


def nodes_of(value):
    """Return every node in a graph."""
    if isinstance(value, list):
        return [node for part in value for node in nodes_of(part)]
    if isinstance(value, dict):
        return [*([value] if "@type" in value else []), *nodes_of(list(value.values()))]
    return []


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_says_whole_what_it_is(client, addresses, page):
    path = addresses.get(page, page)
    response = client.get(path)
    assert response.status_code == 200
    head = html5lib.parse(response.content.decode(), namespaceHTMLElements=False).find("head")
    metas = [
        (meta.get("name") or meta.get("property"), meta.get("content"))
        for meta in head.iter("meta")
        if meta.get("content")
    ]
    told = dict(metas)
    once = [
        name for name, _ in metas if name.startswith("og:") or name in ("description", "keywords")
    ]
    assert sorted(once) == sorted(
        ["description", "keywords"]
        + [f"og:{name}" for name in ("site_name", "locale", "type", "title", "description", "url")]
        + [f"og:image{name}" for name in ("", ":type", ":width", ":height", ":alt")]
    )
    assert len(list(head.iter("title"))) == 1
    canonical = [link.get("href") for link in head.iter("link") if link.get("rel") == "canonical"]
    assert (canonical, told["og:url"]) == ([f"{HOME}{path}"], f"{HOME}{path}")
    card = client.get(told["og:image"].removeprefix(HOME))
    assert (card.content[:4], card["Cache-Control"]) == (b"\x89PNG", "public, max-age=86400")
    (block,) = (one.text for one in head.iter("script") if one.get("type") == "application/ld+json")
    graph = json.loads(block)["@graph"]
    assert [node["@type"] for node in graph] == PAGES[page]
    lacking = {node["@type"]: REQUIRED[node["@type"]] - set(node) for node in nodes_of(graph)}
    assert {kind: names for kind, names in lacking.items() if names} == {}


def test_a_page_that_is_not_there_says_nothing_of_itself(client, home):
    text = client.get("/nothing-here/").content.decode()
    assert re.findall(r"og:|ld\+json|rel=\"canonical\"", text) == []


@pytest.mark.parametrize(("is_on", "count"), [(True, 1), (False, 0)])
@pytest.mark.parametrize("page", [*PAGES, "/data/", "/data/scores/", "/nothing-here/"])
def test_the_setting_puts_the_sites_tags_on_every_page(client, addresses, page, is_on, count):
    identity = SiteIdentity.for_site(Site.objects.get())
    identity.public_site_tags, identity.site_code = is_on, "4101000001"
    identity.save()
    text = client.get(addresses.get(page, page)).content.decode()
    found = {name: text.count(f'<meta name="{name}" ') for name in ("SiteName", "SiteIDCode")}
    assert found == {"SiteName": count, "SiteIDCode": count}
    has_column = page not in ("/", "/nothing-here/")
    assert text.count('<meta name="ColumnName" ') == count * has_column
    is_content = page in ("story", "notice")
    assert text.count('<meta name="PubDate" ') == count * is_content
