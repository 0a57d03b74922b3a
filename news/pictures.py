"""In which sizes readers get pictures, and when these are made: at publication, so that no reader waits.

Templates name a set of `SIZES` (see `news.templatetags.pictures`), never a size. A picture whose file
or focus is changed after publication gets its sizes anew on the first view.
"""

from django.db import transaction
from django.db.models.signals import post_save
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.signals import page_published

from news.models import ArticlePage, Person, PlainPage

# In each set the smallest comes first: it is the one for browsers that cannot choose.
SIZES = {
    "story": [f"width-{width}|format-webp" for width in (480, 800, 1200, 1600)],
    "cover": [f"fill-{w}x{w * 2 // 3}|format-webp" for w in (240, 480, 960, 1440)],
    "portrait": [f"fill-{width}x{width}|format-webp" for width in (160, 320)],
    # For share cards, which not every reader of them takes as WebP.
    "card": ["fill-1200x630|format-jpeg"],
}


def renditions(picture, name):
    """Return `picture` in the sizes of the set `name`, each width once, smallest first.

    A small picture is never enlarged, so several sizes of a set may come out alike.
    """
    made = get_renditions_or_not_found(picture, SIZES[name])
    return list({rendition.width: rendition for rendition in made.values()}.values())


def pictures_in(body):
    """Return the pictures that stand in a body, galleries included, in reading order."""
    items = []
    for block in body:
        if block.block_type == "picture":
            items.append(block.value)
        elif block.block_type == "gallery":
            items.extend(block.value["pictures"])
    return [item["picture"] for item in items if item["picture"] is not None]


def make_sizes(cover, portrait, pictures):
    """Make what is missing of the sizes in which these pictures are shown."""
    for picture in pictures:
        renditions(picture, "story")
    if portrait:
        renditions(portrait, "portrait")
    if cover:
        renditions(cover, "cover")
        renditions(cover, "card")


def _later(**pictures):
    # After the transaction: no writer waits for the drawing, and a picture that cannot be drawn is logged
    # and stops no publication.
    transaction.on_commit(lambda: make_sizes(**pictures), robust=True)


def _published(sender, instance, **kwargs):
    if isinstance(instance, ArticlePage | PlainPage):
        cover = getattr(instance, "cover", None)
        _later(cover=cover, portrait=None, pictures=pictures_in(instance.body))


def _person_saved(sender, instance, raw=False, **kwargs):
    if instance.portrait and not raw:
        _later(cover=None, portrait=instance.portrait, pictures=[])


def watch():
    """Connect to publications and to people; called once when the app is ready."""
    page_published.connect(_published, dispatch_uid="news.pictures.published")
    post_save.connect(_person_saved, sender=Person, dispatch_uid="news.pictures.person")
