"""The share cards of stories and topics: kept under the address of their words, and seen by nobody before readers are."""

import re

import pytest

from tests.factories import TopicFactory, an_article
from tests.test_public_pages import HIDDEN

pytestmark = pytest.mark.django_db


def card_on(client, path):
    """The path of the card that a page names."""
    text = client.get(path).content.decode()
    return re.search(r'og:image" content="http://127.0.0.1:8000([^"]+)"', text)[1]


def test_a_storys_card_is_kept_under_the_address_of_its_words(section, client):
    story = an_article(section, title="主题")
    path = card_on(client, story.get_url())
    assert path.startswith(f"{story.get_url()}card.png?v=")
    response = client.get(path)
    assert (response["Content-Type"], response.content[:4]) == ("image/png", b"\x89PNG")
    assert response["Cache-Control"] == "public, max-age=86400"
    assert client.get(path, headers={"if-none-match": response["ETag"]}).status_code == 304
    story.title = "改过的主题"
    story.save_revision().publish()
    assert card_on(client, story.get_url()) != path
    assert client.get(path)["Cache-Control"] == "public, max-age=300"


def test_it_bears_the_kicker_or_else_the_section(section, client):
    story = an_article(section, title="主题")
    without = client.get(f"{story.get_url()}card.png")
    story.kicker = "民生"
    story.save_revision().publish()
    with_the_same = client.get(f"{story.get_url()}card.png")
    story.kicker = "引题"
    story.save_revision().publish()
    other = client.get(f"{story.get_url()}card.png")
    tags = [response["ETag"] for response in (without, with_the_same, other)]
    assert (tags[0] == tags[1], tags[1] == tags[2]) == (True, False)


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda f: f.__name__)
def test_a_hidden_story_has_no_card(section, client, hide):
    story = an_article(section)
    path = f"{story.get_url()}card.png"
    assert client.get(path).status_code == 200, "the card must be able to leak"
    hide(story)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/news/minsheng/none/card.png", "/topics/none/card.png"])
def test_what_is_not_there_has_no_card(section, client, path):
    assert client.get(path).status_code == 404


def test_a_topics_card_changes_with_its_name(section, client):
    topic = TopicFactory(slug="topic", name="工伤保险")
    an_article(section, topics=[topic])
    path = card_on(client, "/topics/topic/")
    assert client.get(path)["Cache-Control"] == "public, max-age=86400"
    topic.name = "工伤保险定点"
    topic.save()
    assert card_on(client, "/topics/topic/") != path


@pytest.mark.parametrize(("path", "queries"), [("story", 4), ("/topics/topic/card.png", 3)])
def test_a_card_costs_the_same(section, client, path, queries, django_assert_num_queries):
    story = an_article(section, topics=[TopicFactory(slug="topic")])
    path = f"{story.get_url()}card.png" if path == "story" else path
    client.get(path)  # founds the site's identity, once in its life
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200
