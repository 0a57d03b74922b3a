"""The parts into which names are taken, and what counts as the same word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.matching.anatomy import anatomy
from portal.names import fold


def parts(name):
    taken = anatomy(fold(name))
    places = "".join(place.word + place.unit for place in taken.places)
    return places, taken.level, taken.signature, taken.town, taken.pieces


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("郑州市第一人民医院", ("郑州市", "", "人民/医院|1", "", ())),
        ("市第一人民医院", ("", "市", "人民/医院|1", "", ())),
        ("市一院", ("", "市", "人民/医院|1", "", ())),
        ("郑大一附院", ("郑", "", "医院/大学/附属|1", "", ())),
        ("河南省立郑州医院", ("河南", "", "医院/省立|", "", ("郑州",))),
        ("河南（郑州）中汇心血管病医院", ("河南郑州", "", "医院/心血管|", "", ("中汇",))),
        ("阜外华中心血管病医院", ("", "", "医院/心血管|", "", ("阜外华中",))),
        ("解放军第二〇八医院", ("", "", "医院/解放军|208", "", ())),
        ("云泽大药房有限公司郑州黄河路店", ("郑州", "", "店/药房|", "", ("云泽", "黄河路"))),
        ("花桥街第二社区卫生服务中心", ("", "", "社区卫生服务中心|2", "街", ("花桥",))),
        ("老百姓大药房第十二分店", ("", "", "店/药房|12", "", ("老百姓",))),
        ("海川", ("", "", "|", "", ("海川",))),
        ("", ("", "", "|", "", ())),
    ],
)
def test_parts(name, expected):
    assert parts(name) == expected


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("九六四", "964"),
        ("964", "964"),
        ("十", "10"),
        ("二十三", "23"),
        ("一百零五", "105"),
        ("007", "7"),
    ],
)
def test_numbers(words, number):
    assert anatomy(f"第{words}医院").numbers == (number,)


def test_a_number_of_any_length_is_only_compared():
    assert anatomy("第" + "9" * 6000 + "店").numbers == ("9" * 6000,)


@given(st.text("郑州市第一二十附属医院大学药房店（）()路康宁", max_size=24))
def test_folding_again_changes_nothing(name):
    assert anatomy(fold(fold(name))) == anatomy(fold(name))
