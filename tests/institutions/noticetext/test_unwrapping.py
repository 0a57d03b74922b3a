"""Torn lines are joined, whole ones are not, and every span is a span of the text as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.noticetext import read_notice
from institutions.noticetext.unwrapping import unwrap

LIST = (
    "市人社局昨日公布，我市新增工伤保险协议医疗机构5家：示例市第一人民医院、示例康宁骨科医院、示例和平中医院、"
    "河东示例医院（原河东示例矿工医院）和示例市妇幼保健院，自2020年9月1日起可直接结算，职工就医更加方便。"
)
NAMES = [
    "示例市第一人民医院",
    "示例康宁骨科医院",
    "示例和平中医院",
    "河东示例医院（原河东示例矿工医院）",
    "示例市妇幼保健院",
]


def wrapped(text, width, indent=""):
    return "\n".join(indent + text[at : at + width] for at in range(0, len(text), width))


@given(st.integers(18, 40), st.sampled_from(["", "　　", "    "]))
def test_a_paragraph_of_any_width_reads_like_its_one_line(width, indent):
    text = wrapped(LIST, width, indent)
    notice = read_notice(text, city="示例市")
    entries = notice.entries
    assert [entry.name_as_printed for entry in entries] == NAMES
    printed = [re.sub(r"\s", "", text[one.name_start : one.name_end]) for one in entries]
    assert printed == NAMES
    assert {(one.category, one.action) for one in entries} == {
        ("工伤保险协议医疗机构", "designate")
    }


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (
            "1.示例医药及器械连锁有限责任公司人民\n路店\n2.示例药房",
            "1.示例医药及器械连锁有限责任公司人民路店\n2.示例药房",
        ),
        ("示例第一医院、\n示例第二医院", "示例第一医院、示例第二医院"),
        ("示例医院（原示例\n矿工医院）", "示例医院（原示例矿工医院）"),
        (
            "序号|机构名称|等级\n1|示例市示例\n中医院|二级\n2|示例医院|三级",
            "序号|机构名称|等级\n1|示例市示例中医院|二级\n2|示例医院|三级",
        ),
    ],
)
def test_a_torn_line_is_joined(text, joined):
    assert unwrap(text).text == joined


@pytest.mark.parametrize(
    "text",
    [
        "江岸区\n示例第一医院\n示例第二医院",
        "1.金水区\n示例第一医院\n2.二七区\n示例第二医院",
        "新增定点医疗机构如下：\n示例第一医院",
        "示例第一医院、示例第二医院\n示例第三医院、示例第四医院",
        "示例市医疗保障局\n关于公布名单的通知",
        "序号\t名称\t备注\n1\t示例医院\n合计\t1家",
        "示例医院（东区）\n示例诊所",
    ],
)
def test_a_whole_line_stays(text):
    assert unwrap(text).text == text


@given(st.text("示例医院、，。（）1. |\t\n甲乙　", max_size=120))
def test_each_joined_character_comes_from_its_place(text):
    joined = unwrap(text)
    places = [joined._span(place, place + 1) for place in range(len(joined.text))]
    assert "".join(text[start:end] for start, end in places) == joined.text
    assert [start for start, _ in places] == sorted({start for start, _ in places})
