"""A datum's page on the top floor: the stories that quote it, the hidden ones that it never names, the way there."""

import re

import pytest

from portal.datums import address_of
from tests.factories import a_draft, an_article
from tests.htmlcheck import valid_html
from tests.indices.factories import a_ranking
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db


def ranking(edition):
    value = {"title": "", "edition": edition.pk, "dimension": "", "size": 3, "shape": "table"}
    return {"type": "ranking", "value": {**value, "highlighted": []}}


def rank_of(edition, place):
    told = f"dimension=overall&edition={edition.code}&place={place.code}"
    return address_of(f"index.rank:{edition.index.code}?{told}")


def quoted(client, address):
    told = client.get(address, headers={"Accept": "application/json"}).json()["quoted_by"]
    return [one["title"] for one in told]


def test_public_stories_are_named_and_hidden_ones_never(client, section):
    edition, places = a_ranking()
    address = rank_of(edition, places[0])
    an_article(section, title="公开的稿件", body=[ranking(edition)])
    a_draft(section, title="草稿漏出", body=[ranking(edition)])
    an_article(section, title="撤稿漏出", body=[ranking(edition)]).unpublish()
    page = client.get(address).content.decode()
    valid_html(page)
    assert "公开的稿件" in page
    assert "漏出" not in page
    assert quoted(client, address) == ["公开的稿件"]


def test_a_storys_figures_lead_to_their_addresses(client, section):
    edition, places = a_ranking()
    hospital = an_institution("甲医院")
    kind = KindFactory()
    notice = published(a_notice(hospital, kind=kind))
    listing = {"type": "notice_list", "value": {"title": "", "notice": notice.pk, "kind": None}}
    card = {"type": "institution_card", "value": {"institution": hospital.pk, "on": "2020-10-01"}}
    register = {
        "type": "register_list",
        "value": {
            "title": "名单",
            "scheme": kind.scheme.pk,
            "kind": None,
            "district": None,
            "on": "2020-10-01",
        },
    }
    story = an_article(section, body=[ranking(edition), listing, card, register])
    shown = client.get(story.url).content.decode().replace("&amp;", "&")
    links = list(dict.fromkeys(re.findall(r'href="(/d/[^"]+)"', shown)))
    assert links == [
        *(rank_of(edition, place) for place in places),
        f"/d/notice.count:{notice.pk}/?unit=designations",
        f"/d/notice.count:{notice.pk}/?unit=institutions",
        f"/d/institutions.status:{hospital.code}/?kind={kind.code}&on=2020-10-01",
        f"/d/institutions.count:{kind.scheme.code}/?on=2020-10-01&unit=designations",
        f"/d/institutions.count:{kind.scheme.code}/?on=2020-10-01&unit=institutions",
    ]
    pages = [client.get(link) for link in links]
    assert [page.status_code for page in pages] == [200] * len(links)
    for page in pages:
        valid_html(page.content)
    assert [quoted(client, link) for link in links[:3]] == [[story.title]] * 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_stories(
    client, section, count, django_assert_num_queries
):
    edition, places = a_ranking()
    for number in range(count):
        an_article(section, title=f"稿件{number}", body=[ranking(edition)])
    address = rank_of(edition, places[0])
    client.get(address)
    with django_assert_num_queries(13):
        client.get(address)
