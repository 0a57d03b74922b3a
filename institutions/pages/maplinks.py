"""Links that open an institution in the map apps that people have: plain addresses, no maps of our own.

Knows the address rules of 高德, 百度 and 腾讯, each of which takes coordinates of either datum and says so
in the address, so that nothing is converted here. Nothing is sent until a reader follows a link.
"""

from urllib.parse import urlencode

from institutions.models.institutions import Datum
from portal.models import Place

# By this name the apps' makers know whose link was followed.
_REFERER = "youju"
_INSIDE_A_CITY = (Place.Level.COUNTY, Place.Level.ZONE)


def map_links(institution, name):
    """Return [(app, address)] for an institution that is called `name`; its place and its parent at hand.

    With coordinates a pin at them, otherwise a search for the name in its city.
    """
    if institution.datum:
        return _pins(institution, name)
    return _searches(name, _city_of(institution.place))


def _city_of(place):
    if place is None:
        return ""
    if place.level in _INSIDE_A_CITY and place.parent is not None:
        place = place.parent
    return place.name


def _pins(institution, name):
    east, north = institution.longitude, institution.latitude
    is_gps = institution.datum == Datum.WGS84
    said = institution.address or name
    gaode = {"position": f"{east},{north}", "name": name, "src": _REFERER}
    gaode["coordinate"] = "wgs84" if is_gps else "gaode"
    baidu = {"location": f"{north},{east}", "title": name, "content": said, "output": "html"}
    baidu |= {"coord_type": institution.datum, "src": _REFERER}
    # A colon or semicolon in a name would end the part of the marker that it stands in.
    parts = {"coord": f"{north},{east}", "title": _plain(name), "addr": _plain(said)}
    marker = ";".join(f"{key}:{value}" for key, value in parts.items())
    tencent = {"marker": marker, "coord_type": "1" if is_gps else "5", "referer": _REFERER}
    return [
        ("高德地图", f"https://uri.amap.com/marker?{urlencode(gaode)}"),
        ("百度地图", f"https://api.map.baidu.com/marker?{urlencode(baidu)}"),
        ("腾讯地图", f"https://apis.map.qq.com/uri/v1/marker?{urlencode(tencent)}"),
    ]


def _searches(name, city):
    gaode = {"keyword": name, "city": city, "src": _REFERER}
    baidu = {"query": name, "region": city or "全国", "output": "html", "src": _REFERER}
    tencent = {"keyword": name, "region": city, "referer": _REFERER}
    return [
        ("高德地图", f"https://uri.amap.com/search?{urlencode(gaode)}"),
        ("百度地图", f"https://api.map.baidu.com/place/search?{urlencode(baidu)}"),
        ("腾讯地图", f"https://apis.map.qq.com/uri/v1/search?{urlencode(tencent)}"),
    ]


def _plain(words):
    return words.replace(":", "：").replace(";", "；")
