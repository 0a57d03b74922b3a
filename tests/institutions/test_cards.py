"""The share cards of institutions and notices: the same words as their pages say, and only of what is public."""

import re

import pytest

from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db


def card_on(client, path):
    """The path of the card that a page names."""
    text = client.get(path).content.decode()
    return re.search(r'og:image" content="http://127.0.0.1:8000([^"]+)"', text)[1]


def test_the_cards_stand_where_their_pages_say(home, client):
    hospital = an_institution(level="3a")
    notice = published(a_notice(hospital, kind=KindFactory(), doc_number="某字〔2020〕1号"))
    for shown in (hospital, notice):
        path = card_on(client, shown.get_absolute_url())
        assert path.startswith(f"{shown.get_absolute_url()}card.png?v=")
        response = client.get(path)
        assert response.content[:4] == b"\x89PNG"
        assert response["Cache-Control"] == "public, max-age=86400"


def test_what_only_a_draft_names_has_no_card(home, client):
    hospital = an_institution()
    notice = a_notice(hospital, kind=KindFactory())
    paths = [f"{shown.get_absolute_url()}card.png" for shown in (hospital, notice)]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    published(notice)
    assert [client.get(path).status_code for path in paths] == [200, 200]


def test_no_card_shows_a_private_persons_number(home, client):
    notice = published(
        a_notice(an_institution(), kind=KindFactory(), title="联系张三13812345678的通知")
    )
    text = client.get(notice.get_absolute_url()).content.decode()
    assert "13812345678" not in text
    assert client.get(card_on(client, notice.get_absolute_url())).status_code == 200
