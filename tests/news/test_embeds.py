"""Players of the allowed video sites."""

import pytest
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedUnsupportedProviderException

from news.embeds import VideoFinder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("url", "player"),
    [
        (
            "https://www.bilibili.com/video/BV1xx411c7mD/?spm_id_from=333",
            "https://player.bilibili.com/player.html?bvid=BV1xx411c7mD&amp;autoplay=0",
        ),
        (
            "https://v.qq.com/x/page/a0123456789.html",
            "https://v.qq.com/txp/iframe/player.html?vid=a0123456789",
        ),
        (
            "https://v.qq.com/x/cover/mzc00200/b0123456789.html",
            "https://v.qq.com/txp/iframe/player.html?vid=b0123456789",
        ),
    ],
)
def test_a_video_page_becomes_its_player(url, player):
    assert f'src="{player}"' in get_embed(url).html


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=abc",
        "http://www.bilibili.com/video/BV1xx411c7mD",
        "https://www.bilibili.com.example.com/video/BV1xx411c7mD",
        'https://www.bilibili.com/video/BV1xx411c7mD"onload="x',
        "javascript:alert(1)",
    ],
)
def test_any_other_address_is_refused(url):
    assert VideoFinder().accept(url) is False
    with pytest.raises(EmbedUnsupportedProviderException):
        get_embed(url)
