"""Places at the head of a name, words that only look like places, and where an institution lies."""

import pytest

from institutions.matching.localities import leading, lies_in, lies_in_district
from tests.institutions.matching.naming import JINSHUI, NOWHERE, ZHENGZHOU


@pytest.mark.parametrize(
    ("name", "places", "rest"),
    [
        ("河南省郑州市金水区云泽医院", ["河南省", "郑州市", "金水区"], "云泽医院"),
        ("郑州云泽医院", ["郑州"], "云泽医院"),
        ("郑州市立医院", ["郑州"], "市立医院"),
        ("管城区中医院", ["管城区"], "中医院"),
        ("新密骨科医院", ["新密"], "骨科医院"),
        ("郑州高新技术产业开发区人民医院", ["郑州", "高新区"], "人民医院"),
        ("云泽市仁和医院", ["云泽市"], "仁和医院"),
        ("中山医院", [], "中山医院"),
        ("南京路店", [], "南京路店"),
        ("新华医院", [], "新华医院"),
        ("东风小区卫生服务站", [], "东风小区卫生服务站"),
        ("农贸市场药店", [], "农贸市场药店"),
        ("郑州市", ["郑州"], "市"),
    ],
)
def test_leading(name, places, rest):
    found, left = leading(name)
    assert ([place.word + place.unit for place in found], left) == (places, rest)


@pytest.mark.parametrize(
    ("cities", "city", "expected"),
    [
        (ZHENGZHOU, "郑州市", True),
        (ZHENGZHOU, "河南省", True),
        (ZHENGZHOU, "洛阳市", False),
        (NOWHERE, "郑州市", None),
        (ZHENGZHOU, None, None),
    ],
)
def test_lies_in(cities, city, expected):
    assert lies_in(cities, city) is expected


@pytest.mark.parametrize(
    ("cities", "district", "expected"),
    [
        (JINSHUI, "金水区", True),
        (JINSHUI, "金水", True),
        (JINSHUI, "二七区", False),
        (ZHENGZHOU, "二七区", None),
        (JINSHUI, None, None),
    ],
)
def test_lies_in_district(cities, district, expected):
    assert lies_in_district(cities, district) is expected
