"""Dates as `<time>`, headlines in clauses, and the numbers under long lists."""

import datetime
import re
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from portal.templatetags.chinese import clauses, machine, stamp
from portal.templatetags.paging import numbers

UTC_EVENING = datetime.datetime(2020, 8, 18, 22, 5, 9, 123456, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("moment", "form", "html"),
    [
        (datetime.date(2020, 8, 19), "", '<time datetime="2020-08-19">2020年8月19日</time>'),
        (
            UTC_EVENING,
            "",
            '<time datetime="2020-08-19T06:05:09+08:00">2020年8月19日 06:05</time>',
        ),
        (
            UTC_EVENING.astimezone(ZoneInfo("America/New_York")),
            "n月j日 H:i",
            '<time datetime="2020-08-19T06:05:09+08:00">8月19日 06:05</time>',
        ),
        (None, "", ""),
    ],
)
def test_a_moment_is_set_in_chinese_and_for_machines(moment, form, html):
    assert stamp(moment, form) == html


def test_a_moment_for_metadata_has_no_microseconds():
    assert machine(UTC_EVENING) == "2020-08-19T06:05:09+08:00"
    assert machine(datetime.date(2020, 8, 19)) == "2020-08-19"
    assert machine(None) == ""


def kept(text):
    return f'<span class="clause">{text}</span>'


@pytest.mark.parametrize(
    ("headline", "html"),
    [
        ("", ""),
        ("城市有了“大脑”", "城市有了“大脑”"),
        ("郑州第七 服务第四", f"{kept('郑州第七')} {kept('服务第四')}"),
        ("排位：郑州第七，服务第四", "".join(map(kept, ["排位：", "郑州第七，", "服务第四"]))),
        ("“先问：”再答", kept("“先问：”") + kept("再答")),
        ("一二三四五六七八九十一二，三", f"一二三四五六七八九十一二，{kept('三')}"),
        ("<b>，甲", kept("&lt;b&gt;，") + kept("甲")),
        ("<b>", "<b>"),
    ],
)
def test_short_clauses_of_a_headline_stay_in_one_piece(headline, html):
    assert clauses(headline) == html


def test_a_headline_of_one_clause_is_escaped_by_its_template():
    template = Template("{% load chinese %}{{ title|clauses }}")
    assert template.render(Context({"title": "<b>"})) == "&lt;b&gt;"


@given(st.text(alphabet=st.sampled_from("甲乙，：！ ”“、\n<&")))
def test_clauses_lose_nothing(headline):
    html = str(clauses(headline))
    if "<span" in html:
        html = unescape(re.sub(r'<span class="clause">|</span>', "", html))
    assert html == headline


def test_the_masthead_bears_the_weekday():
    html = Template("{% load chinese %}{% today %}").render(Context())
    day = html.split('"')[1]
    weekday = "一二三四五六日"[datetime.date.fromisoformat(day).weekday()]
    assert html.endswith(f"日 星期{weekday}</time>")


@pytest.mark.parametrize(
    ("current", "pages", "offered"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 30, [1, 2, 3, "…", 30]),
        (15, 30, [1, "…", 13, 14, 15, 16, 17, "…", 30]),
        (30, 30, [1, "…", 28, 29, 30]),
    ],
)
def test_page_numbers_leave_out_what_is_far(current, pages, offered):
    assert list(numbers(Paginator(range(pages), 1).page(current))) == offered
