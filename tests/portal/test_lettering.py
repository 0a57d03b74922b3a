"""How wide words run, and where lines break."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.lettering import FONT_FILE, fitted, font, width, wrapped

TEXT = "郑州第7，“家”和“家次”；90.5%以上的政务事项（共511项）可网上办！GB/T 2260、e-Gov。"
CLOSING, OPENING = set("，。、；：？！）》」』】”’…％%"), set("（《「『【“‘")


@pytest.mark.parametrize(
    ("words", "ems"), [("郑州", 2), ("（7）", 2.588), ("", 0), ("😀", 1.4), ("\U00020bb7", 1.4)]
)
def test_width(words, ems):
    assert width(words, 10) == pytest.approx(ems * 10)


def test_the_font_has_the_characters_of_names_and_its_licence():
    missing = bytes(font(40).getmask("\U000f0000"))
    assert [
        one for one in "郑州邕埇鿍𬭳𬶮《》“”…—％①Ａ7%" if bytes(font(40).getmask(one)) == missing
    ] == []
    assert FONT_FILE.stat().st_size < 4_000_000
    licence = (FONT_FILE.parent / "OFL.txt").read_text("utf-8")
    assert ("SIL OPEN FONT LICENSE" in licence, "Adobe" in licence) == (True, True)


@pytest.mark.parametrize(
    ("words", "room", "expected"),
    [("郑州市", 30, "郑州市"), ("郑州市", 29, "郑…"), ("郑州市", 10, "…"), ("", 0, "")],
)
def test_fitted(words, room, expected):
    assert fitted(words, 10, room) == expected


@pytest.mark.parametrize(
    ("words", "room", "most", "expected"),
    [
        ("郑州数字生活", 30, None, ("郑州数", "字生活")),
        ("郑州第，数字", 30, None, ("郑州", "第，数", "字")),
        ("新增（家次）数", 30, None, ("新增", "（家", "次）数")),
        ("共2020年指数", 30, None, ("共", "2020", "年指数")),
        ("比例90.5%高", 40, None, ("比例", "90.5%", "高")),
        ("郑州数字生活服务", 30, 2, ("郑州数", "字生…")),
        ("郑州 数字", 25, None, ("郑州", "数字")),
        ("1234567890123", 30, None, ("12345", "67890", "123")),
        ("", 30, None, ()),
    ],
)
def test_wrapped(words, room, most, expected):
    assert wrapped(words, 10, room, most) == expected


@given(st.integers(80, 600))
def test_lines_keep_the_rules_of_print(room):
    lines = wrapped(TEXT, 10, room)
    assert "".join(lines).replace(" ", "") == TEXT.replace(" ", "")
    assert [line for line in lines if width(line, 10) > room] == []
    assert [line for line in lines if line[0] in CLOSING or line[-1] in OPENING] == []
    assert [
        word for word in ("90.5%", "511", "2260") if not any(word in line for line in lines)
    ] == []


@given(st.text(max_size=80), st.integers(15, 300), st.integers(1, 4))
def test_no_line_is_wider_than_its_room(words, room, most):
    lines = wrapped(words, 10, room, most)
    assert len(lines) <= most
    assert [line for line in lines if width(line, 10) > room + 0.01] == []
