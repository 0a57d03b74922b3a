"""The feed of corrections."""

import pytest

from institutions.publishing import draft_correction, withdraw
from tests.atomcheck import ATOM, first, sound_feed, titles
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
PATH = "/feeds/corrections.atom"


@pytest.fixture
def notice(home, settings):
    """A published notice of a site."""
    settings.PUBLIC_URL = "https://youju.example"
    return published(a_notice(an_institution(), kind=KindFactory(), title="第一批通知"))


def test_what_was_put_right_and_what_was_taken_back(notice, client):
    assert titles(sound_feed(client.get(PATH).content)) == []
    right = draft_correction(notice, by=UserFactory())
    assert titles(sound_feed(client.get(PATH).content)) == []
    right = published(right)
    assert titles(sound_feed(client.get(PATH).content)) == ["更正：第一批通知"]
    withdraw(right, by=UserFactory(), reason="文件有误")
    root = sound_feed(client.get(PATH).content)
    assert titles(root) == ["撤回：第一批通知", "更正：第一批通知"]
    assert "理由：文件有误" in first(root, "summary").text
    address = f"https://youju.example{right.get_absolute_url()}"
    assert first(root, "link").get("href") == address
    ids = [entry.find(f"{ATOM}id").text for entry in root.findall(f"{ATOM}entry")]
    assert ids == [f"tag:youju.example,2026:correction/{number}" for number in (3, 2)]


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_at_any_length(notice, client, count, django_assert_num_queries):
    for _ in range(count):
        notice = published(draft_correction(notice, by=UserFactory()))
    client.get(PATH)
    with django_assert_num_queries(4):
        assert client.get(PATH).status_code == 200


def test_the_page_leads_to_the_feed(notice, client):
    text = client.get("/corrections/").content.decode()
    assert text.count(f'title="更正" href="https://youju.example{PATH}">') == 1
    assert text.count(f'href="{PATH}" type="application/atom+xml">订阅</a>') == 1
