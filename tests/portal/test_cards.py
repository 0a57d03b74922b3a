"""Share cards at their addresses: kept for long while their words stand, and the site's own card."""

import pytest
from wagtail.models import Site

from portal.cards import alt_of, card_at, site_card
from portal.models import SiteIdentity

pytestmark = pytest.mark.django_db
WORDS = {"title": "题", "site": "有据"}


def test_an_address_changes_with_the_words():
    first, other = card_at("/a/card.png", WORDS), card_at("/a/card.png", WORDS | {"title": "别题"})
    assert first.path.startswith("/a/card.png?v=")
    assert first.path != other.path
    assert (first.alt, other.alt) == ("题", "别题")


@pytest.mark.parametrize(
    ("words", "alt"),
    [
        ({"title": "题"}, "题"),
        (
            {"title": "题", "rows": (("一", "甲", "9"), ("二", "乙", "8"))},
            "题；一，甲，9；二，乙，8",
        ),
        ({"title": "题", "figure": "第7位", "figure_label": "郑州"}, "题；郑州 第7位"),
    ],
)
def test_a_card_is_told_to_those_who_cannot_see_it(words, alt):
    assert alt_of(words) == alt


def test_the_sites_card_is_answered_where_pages_say(client):
    identity = SiteIdentity.for_site(Site.objects.get())
    response = client.get(site_card(identity).path)
    assert (response["Content-Type"], response.content[:4]) == ("image/png", b"\x89PNG")
    assert response["Cache-Control"] == "public, max-age=86400"
    for held in (response["ETag"], f'"other", W/{response["ETag"]}', "*"):
        again = client.get("/card.png", headers={"if-none-match": held})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    assert client.get("/card.png?v=0")["Cache-Control"] == "public, max-age=300"


def test_a_card_is_read_only(client):
    assert client.post("/card.png").status_code == 405
