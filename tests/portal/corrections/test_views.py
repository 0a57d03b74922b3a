"""The page of corrections: what it says of each, its numbered pages, its kinds, its ways to the policy."""

import re

import pytest

from institutions.publishing import draft_correction, withdraw
from portal.corrections import views as correction_views
from tests.factories import PlaceFactory, PlainPageFactory, UserFactory, an_article
from tests.htmlcheck import valid_html
from tests.indices.factories import EditionFactory, a_dimension, released
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
PATH = "/corrections/"


@pytest.fixture
def put_right(home):
    """A notice that was corrected and taken back, and a score that was corrected."""
    frame = {"kind": KindFactory(), "title": "甲<通知>"}
    first = published(a_notice(an_institution(), **frame))
    second = published(draft_correction(first, by=UserFactory()))
    withdraw(second, by=UserFactory(), reason="误传&误发")
    edition, place = EditionFactory(index__name="数字治理指数", year=2020), PlaceFactory()
    dimension = a_dimension(edition)
    released(edition, (dimension, place, {"rank": 8}))
    released(edition, (dimension, place, {"rank": 7}), explanation="报告勘误")
    return first, second


def entries(response):
    """The words of each entry, without tags and instants."""
    page = response.content.decode()
    items = re.findall(r'<li id="correction-(\d+)">(.*?)</li>', page, re.S)
    told = []
    for number, item in items:
        words = re.sub(r"<time.*?</time>|<[^>]+>", " ", item)
        told.append((int(number), " ".join(words.split())))
    return told


def test_each_is_told_with_its_reason_the_newest_first(put_right, client):
    first, second = put_right
    response = client.get(PATH)
    assert entries(response) == [
        (5, "指数数据 更正 数字治理指数（2020） 理由：报告勘误"),
        (3, "通知 撤回 甲&lt;通知&gt; 理由：误传&amp;误发"),
        (2, "通知 更正 甲&lt;通知&gt; 取代的是： 甲&lt;通知&gt;"),
    ]
    page = response.content.decode()
    valid_html(page)
    ways = re.findall(r'href="(/institutions/notices/\d+/)"', page)
    assert ways == [one.get_absolute_url() for one in (second, second, first)]
    assert "全部 <span>3 次，新近的在前</span>" in page


def test_one_kind_is_listed_on_its_own_and_not_indexed(put_right, client):
    response = client.get(PATH, {"kind": "release"})
    assert [number for number, _ in entries(response)] == [5]
    page = response.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert '<a href="/corrections/?kind=release" aria-current="page">指数数据</a>' in page
    assert entries(client.get(PATH, {"kind": "merge"})) == []
    assert "还没有更正或撤回过这一类。" in client.get(PATH, {"kind": "merge"}).content.decode()


def test_pages_are_numbered(put_right, client, monkeypatch):
    monkeypatch.setattr(correction_views, "CORRECTIONS_PER_PAGE", 2)
    assert [number for number, _ in entries(client.get(PATH))] == [5, 3]
    second = client.get(PATH, {"page": 2})
    assert [number for number, _ in entries(second)] == [2]
    assert "<title>更正（第 2 页） - " in second.content.decode()
    assert client.get(PATH, {"page": 3}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "name"),
    [({"kind": "article"}, "kind"), ({"kind": "\x00"}, "kind"), ({"page": "x"}, "page")],
)
def test_what_is_wrong_is_named(home, client, asked, name):
    response = client.get(PATH, asked)
    assert (response.status_code, f"参数 {name} 应为" in response.content.decode()) == (400, True)


def test_an_empty_list_says_so(home, client):
    page = client.get(PATH).content.decode()
    assert "还没有更正或撤回过。" in page
    assert entries(client.get(PATH)) == []


def test_page_and_policy_lead_to_each_other(home, client):
    assert "/corrections-policy/" not in client.get(PATH).content.decode()
    policy = PlainPageFactory(
        parent=home, title="更正制度", slug="corrections-policy", in_footer=True
    )
    page = client.get(PATH).content.decode()
    assert '<li><a href="/corrections-policy/">更正制度</a></li>\n    <li><a href="/api' in page
    shown = client.get(policy.url).content.decode()
    assert '<p><a href="/corrections/">本站更正和撤回过什么</a></p>' in shown
    assert '<li><a href="/corrections/">更正</a></li>' in client.get("/").content.decode()


def test_what_is_hidden_is_not_told(section, client):
    an_article(section, title="撤下的稿件").unpublish()
    notice = published(a_notice(an_institution(), kind=KindFactory()))
    draft = draft_correction(notice, by=UserFactory())
    draft.title = "草稿里的更正"
    draft.save()
    page = client.get(PATH).content.decode()
    assert [words in page for words in ("撤下的稿件", "草稿里的更正")] == [False, False]
    published(draft)
    assert "草稿里的更正" in client.get(PATH).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_at_any_length(home, client, django_assert_num_queries, count):
    for _ in range(count):
        notice = published(a_notice(an_institution(), kind=KindFactory()))
        published(draft_correction(notice, by=UserFactory()))
    client.get(PATH)
    # How many, which, the notices; site, identity, standing pages.
    with django_assert_num_queries(6):
        assert len(entries(client.get(PATH))) == count
