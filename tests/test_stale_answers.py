"""No program keeps what readers no longer see: whoever asks again with what it has is sent what changed.

Some edits stand in no log of changes (a restriction, a new name): the times that answers tell must not hide them.
"""

from datetime import timedelta

import pytest
from wagtail.models import PageViewRestriction, Site

from news.models import ArticleCredit, Topic
from portal.api import reading
from portal.models import Place, SiteIdentity
from tests.factories import PersonFactory, PlaceFactory, TopicFactory, an_article, paragraphs
from tests.institutions.factories import KindFactory, a_notice, an_institution, published
from tests.test_public_pages import list_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(home, section):
    """A story that every answer below tells of."""
    place = PlaceFactory(code="410100", name="郑州市", short_name="郑州")
    notice = published(a_notice(an_institution(place=place), kind=KindFactory(), area=place))
    body = [*paragraphs("正文。"), list_block(notice)]
    story = an_article(section, title="旧标题", topics=[TopicFactory(slug="topic")], body=body)
    story.credits = [ArticleCredit(person=PersonFactory(slug="person", name="李娜"))]
    story.save_revision().publish()
    story.refresh_from_db()
    return story


def restrict(story):
    PageViewRestriction.objects.create(page=story, restriction_type="login")


def restrict_the_section(story):
    PageViewRestriction.objects.create(page=story.get_parent(), restriction_type="login")


def unpublish(story):
    story.unpublish()


def rename_the_section(story):
    section = story.get_parent().specific
    section.title = "新名称"
    section.save_revision().publish()


def rename_the_topic(story):
    Topic.objects.filter(slug="topic").update(name="新名称")


def rename_the_place(story):
    Place.objects.filter(code="410100").update(name="新名称", short_name="新名")


def rename_the_site(story):
    identity = SiteIdentity.for_site(Site.objects.get())
    identity.name = "新名称"
    identity.save()


HIDING = [restrict, restrict_the_section, unpublish]
EDITED = {
    "/feeds/news.atom": [*HIDING, rename_the_section, rename_the_topic, rename_the_site],
    "/feeds/topics/topic.atom": [*HIDING, rename_the_topic],
    "/feeds/people/person.atom": HIDING,
    "/feeds/places/410100.atom": [*HIDING, rename_the_place],
    "/feeds/sections/minsheng.atom": [rename_the_section, rename_the_site],
    "/api/v1/articles/": [*HIDING, rename_the_section],
    "/api/v1/changes/": HIDING,
    "/api/v1/sections/": [restrict, unpublish, rename_the_section],
    "/api/v1/topics/": [*HIDING, rename_the_topic],
    "/api/v1/places/": [rename_the_place],
    "/api/v1/places/410100/": [rename_the_place],
    "/sitemap-articles-1.xml": HIDING,
}


@pytest.mark.parametrize(
    ("path", "edit"),
    [(path, edit) for path, edits in EDITED.items() for edit in edits],
    ids=lambda part: getattr(part, "__name__", part),
)
def test_who_asks_again_is_sent_what_changed(client, story, monkeypatch, path, edit):
    monkeypatch.setattr(reading, "TELLABLE", timedelta(0))
    before = client.get(path)
    had = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
    told = [{sent: before[name]} for name, sent in had.items() if name in before.headers]
    edit(story)
    now = client.get(path)
    assert now.content != before.content
    for headers in told:
        again = client.get(path, headers=headers)
        assert (again.status_code, again.content) == (now.status_code, now.content)
