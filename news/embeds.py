"""Players of the allowed video sites, built from the address alone: no site is asked.

The hosts that may be framed stand in `settings.EMBED_HOSTS`, which the Content-Security-Policy names.
"""

import re

from django.utils.html import format_html
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders.base import EmbedFinder

# The page that a person copies from the address bar, the site's name, and its player's address.
PLAYERS = [
    (
        re.compile(r"^https://(?:www\.|m\.)?bilibili\.com/video/(BV[0-9A-Za-z]{10})/?(?:[?#].*)?$"),
        "哔哩哔哩",
        "https://player.bilibili.com/player.html?bvid={}&autoplay=0",
    ),
    (
        re.compile(
            r"^https://v\.qq\.com/x/(?:page|cover/[0-9a-z]+)/([0-9a-z]{11})\.html(?:[?#].*)?$"
        ),
        "腾讯视频",
        "https://v.qq.com/txp/iframe/player.html?vid={}",
    ),
]


class VideoFinder(EmbedFinder):
    """Recognise a video's page and give its player."""

    def __init__(self, **options):
        self.options = options

    def accept(self, url):
        return any(pattern.match(url) for pattern, _, _ in PLAYERS)

    def find_embed(self, url, max_width=None, max_height=None):
        for pattern, site, player in PLAYERS:
            if match := pattern.match(url):
                address = player.format(match.group(1))
                return {
                    "title": site,
                    "author_name": "",
                    "provider_name": site,
                    "type": "video",
                    "thumbnail_url": "",
                    "width": 800,
                    "height": 450,
                    "html": format_html(
                        '<iframe src="{}" title="{}" width="800" height="450" loading="lazy"'
                        ' allowfullscreen referrerpolicy="no-referrer"></iframe>',
                        address,
                        site,
                    ),
                }
        raise EmbedNotFoundException


embed_finder_class = VideoFinder
