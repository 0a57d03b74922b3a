"""Links into the map apps: pins where coordinates are known, with their datum; a search in the city where not."""

from urllib.parse import parse_qs, urlsplit

import pytest

from institutions.models import Institution
from institutions.pages.maplinks import map_links
from portal.models import Place


def asked(institution, name="第一医院"):
    """Return {app: (host and path, parameters)}."""
    return {
        app: (
            urlsplit(url).netloc + urlsplit(url).path,
            {key: value[0] for key, value in parse_qs(urlsplit(url).query).items()},
        )
        for app, url in map_links(institution, name)
    }


@pytest.mark.parametrize(
    ("datum", "gaode", "tencent"), [("wgs84", "wgs84", "1"), ("gcj02", "gaode", "5")]
)
def test_a_pin_says_in_which_datum_it_is(datum, gaode, tencent):
    place = {"longitude": "113.665412", "latitude": "34.757975", "datum": datum}
    links = asked(Institution(**place, address="建设路1号:东楼;二层"))
    assert links == {
        "高德地图": (
            "uri.amap.com/marker",
            {
                "position": "113.665412,34.757975",
                "name": "第一医院",
                "src": "youju",
                "coordinate": gaode,
            },
        ),
        "百度地图": (
            "api.map.baidu.com/marker",
            {
                "location": "34.757975,113.665412",
                "title": "第一医院",
                "content": "建设路1号:东楼;二层",
                "output": "html",
                "coord_type": datum,
                "src": "youju",
            },
        ),
        "腾讯地图": (
            "apis.map.qq.com/uri/v1/marker",
            {
                "marker": "coord:34.757975,113.665412;title:第一医院;addr:建设路1号：东楼；二层",
                "coord_type": tencent,
                "referer": "youju",
            },
        ),
    }


@pytest.mark.parametrize(
    ("level", "city"), [("county", "郑州市"), ("zone", "郑州市"), ("prefecture", "金水区")]
)
def test_without_coordinates_the_name_is_searched_in_its_city(level, city):
    place = Place(name="金水区", level=level, parent=Place(name="郑州市", level="prefecture"))
    links = asked(Institution(place=place))
    assert {app: parameters for app, (_, parameters) in links.items()} == {
        "高德地图": {"keyword": "第一医院", "city": city, "src": "youju"},
        "百度地图": {"query": "第一医院", "region": city, "output": "html", "src": "youju"},
        "腾讯地图": {"keyword": "第一医院", "region": city, "referer": "youju"},
    }


def test_nowhere_in_particular():
    links = asked(Institution())
    assert links["百度地图"][1]["region"] == "全国"
    assert "city" not in links["高德地图"][1]
