"""Short lines without markup: headings, lines around a marked headline, rows of lists."""

import pytest

from news.pagetext.reader import read_page

PROSE = "城西的旧厂房去年改成了市集，周末有三十多个摊位，卖花的、修表的、烤红薯的都来了。"


def parts(text):
    return [
        (story["kicker"], story["headline"], story["deck"])
        for story in read_page(text).as_dict()["stories"]
    ]


def headings(text):
    (story,) = read_page(text).as_dict()["stories"]
    return [entry["text"] for entry in story["body"] if entry["type"] == "heading"]


def test_plain_line_over_a_marked_headline_is_its_kicker():
    text = f"老厂房里点起灯\n\n### 市集每周开两天\n\n本报讯（记者 何青）{PROSE}"
    assert parts(text) == [("老厂房里点起灯", "市集每周开两天", "")]


def test_plain_kicker_of_the_second_story_does_not_stay_with_the_first():
    text = (
        f"### 市集每周开两天\n\n本报讯（记者 何青）{PROSE}\n\n"
        f"站台上修出花坛\n\n### 公交九路换新站\n\n本报讯（记者 周平）{PROSE}"
    )
    assert parts(text) == [
        ("", "市集每周开两天", ""),
        ("站台上修出花坛", "公交九路换新站", ""),
    ]


def test_plain_line_under_a_marked_headline_is_its_deck():
    text = f"### 市集每周开两天\n\n摊位费减半收取\n\n本报讯（记者 何青）{PROSE}"
    assert parts(text) == [("", "市集每周开两天", "摊位费减半收取")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["公交九路换新站"], ("", "公交九路换新站", "")),
        (["站台上修出花坛来了", "公交九路换新站"], ("站台上修出花坛来了", "公交九路换新站", "")),
        (
            ["站台上修出花坛", "公交九路换新站", "首末班车时间不变"],
            ("站台上修出花坛", "公交九路换新站", "首末班车时间不变"),
        ),
    ],
)
def test_second_story_without_markup_on_a_marked_page(lines, expected):
    second = "\n\n".join(lines)
    text = f"### 市集每周开两天\n\n本报讯（记者 何青）{PROSE}\n\n{second}\n\n本报讯（记者 周平）{PROSE}"
    assert parts(text) == [("", "市集每周开两天", ""), expected]


def test_headings_of_two_lines_end_the_first_with_a_colon():
    text = (
        f"市集难在哪里\n\n本报记者 何青\n\n{PROSE}\n\n第一道坎：\n\n摊位从哪里来\n\n{PROSE}\n\n"
        f"第二道坎：\n\n晚上谁来扫地\n\n{PROSE}"
    )
    assert headings(text) == ["第一道坎：", "摊位从哪里来", "第二道坎：", "晚上谁来扫地"]


def test_one_row_after_a_colon_stays_a_row():
    text = f"市集难在哪里\n\n本报记者 何青\n\n{PROSE}\n\n开放的地点：\n\n城西旧厂房\n\n{PROSE}"
    assert headings(text) == []
