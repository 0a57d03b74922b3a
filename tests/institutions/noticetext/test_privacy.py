"""Private numbers are found however they are typed, masked in place, and nothing else is touched."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from institutions.noticetext import privacy

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def sound(number):
    return number + ric.calc_check_digit(f"{number}0")


MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
IDENTITIES = st.builds(
    lambda place, day, order: sound(f"{place}{day:%Y%m%d}{order}"),
    st.sampled_from(["110101", "410105", "441900", "650102"]),
    st.dates(date(1920, 1, 1), date(2020, 12, 31)),
    st.from_regex(r"[0-9]{3}", fullmatch=True),
)


def grouped(cuts):
    return lambda number, gap: gap.join(
        number[begin:end] for begin, end in zip((0, *cuts), (*cuts, None), strict=True)
    )


GAPS = st.sampled_from(["", " ", "-", "－", "\u3000", "\u00a0"])
TYPED = st.one_of(
    st.builds(grouped((3, 7)), MOBILES, GAPS),
    st.builds(grouped((4, 8)), MOBILES, GAPS),
    st.builds(grouped((6, 14)), IDENTITIES, GAPS),
    st.builds(grouped((4, 8, 12, 16)), IDENTITIES, GAPS),
).flatmap(lambda number: st.sampled_from([number, number.translate(WIDE)]))
AROUND = st.text("示例医院电话：，。（） \n", max_size=8)


@given(AROUND, TYPED, AROUND)
def test_a_private_number_is_found_where_it_stands(before, number, after):
    text = f"{before}{number}{after}"
    assert privacy.spans(text) == [(len(before), len(before) + len(number))]
    masked = privacy.mask(text)
    assert (len(masked), masked[: len(before)], masked[len(before) + len(number) :]) == (
        len(text),
        before,
        after,
    )
    assert "****" in masked.replace(" ", "").replace("-", "").replace("－", "").replace(
        "\u3000", ""
    ).replace("\u00a0", "")
    assert privacy.spans(masked) == []


@given(st.text("0123456789０１Xx -－ +A电\n", max_size=60))
def test_a_masked_text_keeps_its_length_and_holds_no_private_number(text):
    masked = privacy.mask(text)
    assert len(masked) == len(text)
    assert privacy.mask(masked) == masked
    inside = {place for start, end in privacy.spans(text) for place in range(start, end)}
    changed = {place for place in range(len(text)) if masked[place] != text[place]}
    assert changed <= inside


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13800138000", "电话138****8000"),
        ("+86 138-0013-8000", "+86 138-****-8000"),
        ("0086-13800138000", "0086-138****8000"),
        ("Tel13800138000", "Tel138****8000"),
        ("3 13800138000", "3 138****8000"),
        ("身份证11010519491231002x", "身份证110*************2x"),
        ("410105 19800101 1234", "410*** ******** **34"),
    ],
)
def test_how_a_masked_number_looks(text, masked):
    assert privacy.mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "0371-65888888",
        "（010）12345678",
        "400-138-0013",
        "91410100MA3X9K2L5T",
        "12310119425012345X",
        "豫医保〔2021〕13800号",
        "H13010200123",
        "2021-13-8001",
        "1 3 8 0 0 1 3 8 0 0 0",
        "110105194913310021",
        "账号6222021702001234567",
        "00105519491231002X",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text):
    assert (privacy.spans(text), privacy.mask(text)) == ([], text)


def test_a_credit_code_of_digits_is_no_identity_number():
    assert privacy.spans("123101202507150011") == [(0, 18)]
    assert privacy.spans("123101202507150017") == []
