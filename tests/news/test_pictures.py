"""The sizes of pictures: made when a story is published, each width named once, none made by a reader."""

import re

import pytest

from news.models import ArticlePage
from news.pictures import SIZES, renditions
from portal.models import PictureRendition
from tests.factories import PersonFactory, PictureFactory, PlainPageFactory, an_article

pytestmark = pytest.mark.django_db


def picture_value(picture):
    return {"picture": picture.pk, "alt": "一张图", "caption": "图说", "credit": "绘"}


def specs(picture):
    return set(picture.renditions.values_list("filter_spec", flat=True))


def set_of(*names):
    return {spec for name in names for spec in SIZES[name]}


def test_a_small_picture_has_each_width_once():
    picture = PictureFactory(size=(1000, 600))
    assert [r.width for r in renditions(picture, "story")] == [480, 800, 1000]
    assert [(r.width, r.height) for r in renditions(picture, "cover")] == [
        (240, 160),
        (480, 320),
        (900, 600),
    ]


def test_publication_makes_every_size_that_the_pages_show(
    section, client, django_capture_on_commit_callbacks
):
    cover, alone, first, second = (PictureFactory(size=(60, 40)) for _ in range(4))
    body = [
        {"type": "picture", "value": picture_value(alone)},
        {
            "type": "gallery",
            "value": {"title": "", "pictures": [picture_value(p) for p in (first, second)]},
        },
    ]
    with django_capture_on_commit_callbacks(execute=True):
        story = an_article(section, cover=cover, body=body)
    assert specs(cover) == set_of("cover", "card")
    assert [specs(picture) for picture in (alone, first, second)] == [set_of("story")] * 3
    before = PictureRendition.objects.count()
    for address in ("/", "/news/", "/news/minsheng/", story.get_url()):
        assert client.get(address).status_code == 200
    assert PictureRendition.objects.count() == before


def test_a_draft_makes_no_sizes(section, django_capture_on_commit_callbacks):
    story = an_article(section)
    story.cover = PictureFactory(size=(60, 40))
    with django_capture_on_commit_callbacks(execute=True):
        story.save_revision()
    assert specs(story.cover) == set()


def test_plain_pages_and_portraits_have_theirs(home, django_capture_on_commit_callbacks):
    shown, portrait = PictureFactory(size=(60, 40)), PictureFactory(size=(60, 40))
    with django_capture_on_commit_callbacks(execute=True):
        page = PlainPageFactory(
            parent=home, body=[{"type": "picture", "value": picture_value(shown)}]
        )
        page.save_revision().publish()
        PersonFactory(portrait=portrait)
    assert specs(shown) == set_of("story")
    assert specs(portrait) == set_of("portrait")


def test_a_picture_that_cannot_be_drawn_stops_no_publication(
    section, caplog, django_capture_on_commit_callbacks
):
    broken = PictureFactory(size=(60, 40))
    with broken.file.storage.open(broken.file.name, "wb") as file:
        file.write(b"no picture")
    with django_capture_on_commit_callbacks(execute=True):
        story = an_article(section, cover=broken)
    assert ArticlePage.objects.published().get() == story
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_the_markup_names_widths_and_keeps_the_place_free(section, client):
    cover = PictureFactory(size=(1000, 600))
    an_article(section, cover=cover)
    html = client.get("/news/").content.decode()
    [image] = re.findall(r"<img[^>]*>", html)
    assert re.findall(r" (\d+w)", image) == ["240w", "480w", "900w"]
    assert [word in image for word in ('width="240"', 'height="160"', 'alt=""', "sizes=")] == [
        True,
        True,
        True,
        True,
    ]
