"""Parameters: what each takes and refuses, and that its schema says the same."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.api import asking
from portal.parameters import BadParameter

FIRST, LAST = date(1950, 1, 1), date(2099, 12, 31)
CHOICE = asking.choice("act", "动作：", [("publish", "发布"), ("update", "更新")])


def refusal(parameter, value):
    with pytest.raises(BadParameter) as refused:
        parameter.read(value)
    return str(refused.value)


@given(st.dates(FIRST, LAST))
def test_every_day_of_the_years_is_taken(on):
    assert asking.AS_OF.read(on.isoformat()) == on.isoformat()


@pytest.mark.parametrize(
    "value",
    [
        "1949-12-31",
        "2100-01-01",
        "2020-02-30",
        "2021-02-29",
        "2020-04-31",
        "2020-13-01",
        "2020-1-1",
        "2020-01-01\n",
        "２０２０-01-01",
        "",
        "2020-01-01T00:00:00Z",
    ],
)
def test_what_is_no_day_is_refused(value):
    assert refusal(asking.AS_OF, value).startswith("参数 as_of 应为日期（如 2020-09-01）")


def test_the_pattern_of_days_and_the_calendar_agree():
    pattern = re.compile(asking.AS_OF.schema["pattern"])
    ends = [
        date(year, month, 1) - timedelta(days=1) for year in range(1951, 2100) for month in (1, 3)
    ]
    assert [day for day in ends if not pattern.search(day.isoformat())] == []
    leaps = {day.year for day in ends if day.month == 2 and day.day == 29}
    taken = {year for year in range(1951, 2100) if pattern.search(f"{year}-02-29")}
    assert taken == leaps


@pytest.mark.parametrize(
    "value",
    [
        "2020-09-01",
        "2020-09-01T08:30Z",
        "2020-09-01T08:30:00+08:00",
        "2020-09-01T08:30:00.123456Z",
        "1972-02-29T23:59:59-13:59",
    ],
)
def test_instants_are_days_or_have_a_zone(value):
    assert asking.KNOWN_AT.read(value) == value


def test_a_plus_that_became_a_space_is_a_plus():
    assert asking.KNOWN_AT.read("2020-09-01T08:30:00 08:00") == "2020-09-01T08:30:00+08:00"


@pytest.mark.parametrize(
    "value", ["2020-09-01T08:30:00", "2020-09-01T24:00Z", "1969-12-31", "2020-09-01Z", "now"]
)
def test_what_is_no_instant_is_refused(value):
    assert refusal(asking.KNOWN_AT, value).startswith("参数 known_at 应为日期")


@pytest.mark.parametrize("value", ["0", "6", "-1", "1.0", "１", "01", "1e0", " 1", "9" * 30])
def test_numbers_have_bounds(value):
    limit = asking.number("limit", "", 1, 5)
    assert limit.read("5") == "5"
    assert refusal(limit, value).startswith("参数 limit 应为 1 至 5 之间的整数，收到的是")


def test_choices_say_what_they_offer():
    assert refusal(CHOICE, "delete") == "参数 act 应为以下之一：publish、update，收到的是“delete”。"
    assert CHOICE.help == "动作：publish 发布；update 更新。"


def test_words_have_a_length():
    words = asking.words("q", "", 3)
    assert words.read("郑州市") == "郑州市"
    assert refusal(words, "郑州市人") == "参数 q 应为 1 至 3 个字，收到的是“郑州市人”。"


@pytest.mark.parametrize("value", ["甲", "A", "-a", "a--b", "a-", "a b", "a" * 65])
def test_codes_have_their_letters(value):
    code = asking.code("institution", "", "一家机构的代码")
    assert code.read("abc-1") == "abc-1"
    assert refusal(code, value).startswith("参数 institution 应为一家机构的代码")


def test_the_schema_names_the_codes_that_exist():
    codes = []
    kind = asking.coded_choice("kind", "", "", lambda: codes, example="a")
    assert "enum" not in kind.described()["schema"]
    codes += ["b", "c"]
    assert kind.described()["schema"] == {"type": "string", "enum": ["b", "c"]}
    codes.append("a")
    assert kind.described()["schema"]["examples"] == ["a"]
