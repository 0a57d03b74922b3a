"""Pictures in templates, in the sets of sizes that `news.pictures` names."""

from django import template
from wagtail.images.models import ResponsiveImage

from news.pictures import renditions

register = template.Library()


@register.simple_tag
def sized(picture, name, **attributes):
    """Return `<img>` with the sizes of the set `name`; its width and height keep its place free."""
    found = renditions(picture, name)
    return ResponsiveImage({rendition.width: rendition for rendition in found}, attributes)
