"""The newspaper's resources: bytes of each format, filters, what is hidden, costs, pages while stories come in."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from news.models import ArticleCredit, ArticlePage, SectionPage
from portal.api import reading
from tests.factories import (
    PersonFactory,
    PlaceFactory,
    TopicFactory,
    a_draft,
    a_section,
    an_article,
    paragraphs,
)
from tests.institutions.apireading import API, rows_of, text_of
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent / "golden"
NAMES = ("articles", "sections", "people", "topics")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
Role = ArticleCredit.Role
REPRINTED = {
    "is_reprint": True,
    "source_name": "某报",
    "source_headline": "原题",
    "source_author": "某人",
    "source_url": "https://a.example/1",
}


@pytest.fixture
def paper(section):
    """Two sections with a story of our own, which quotes a notice, and a reprint."""
    SectionPage.objects.filter(pk=section.pk).update(introduction="办事、看病")
    other = a_section(title="数据", slug="shuju")
    PersonFactory(slug="wu-ming", name="吴明")
    writer = PersonFactory(slug="li-na", name="李娜", affiliation="郑报全媒体", position="记者")
    topic = TopicFactory(slug="shuzi", name="数字治理", introduction="城市的\n数字")
    notice = published(a_notice(an_institution("甲医院"), kind=KindFactory(), id=7001))
    listing = {"title": "", "notice": notice.pk, "kind": None}
    own = an_article(
        section,
        slug="20200819-1",
        kicker="引题",
        title="主题，有逗号",
        deck="副题",
        display_title="列表用的标题",
        dateline="本报讯",
        printed_on=date(2020, 8, 19),
        paper="郑州晚报",
        page_number="A05",
        page_name="都市新闻",
        issue_number="12345",
        body=[*paragraphs("第一段&amp;。", "第二段。"), {"type": "notice_list", "value": listing}],
        topics=[topic],
        credits=[
            ArticleCredit(role=Role.REPORTER, person=writer, affiliation="本报"),
            ArticleCredit(role=Role.CORRESPONDENT, name="王五"),
            ArticleCredit(role=Role.RESPONSIBLE_EDITOR, name="赵六"),
        ],
    )
    an_article(other, slug="20200820-1", title="=转载", summary="写好的摘要", **REPRINTED)
    return own


def settled(text):
    """Return an answer without what differs from run to run: instants, and the numbers of rows."""
    text = re.sub(r'"id":\d+', '"id":0', INSTANT.sub("INSTANT", text))
    return re.sub(r"^((?:[a-z][a-z-]*,)?)\d+,", r"\g<1>0,", text, flags=re.M)


def titles(client, **asked):
    return [row["list_title"] for row in rows_of(client, "articles", **asked)]


OWN, REPRINT = "列表用的标题", "=转载"


@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("name", NAMES)
def test_the_bytes_of_each_list(client, paper, name, form):
    answer = client.get(f"{API}{name}/", {"format": form}).getvalue().decode()
    assert settled(answer) == (HERE / f"{name}.{form}").read_bytes().decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_detail_is_its_row_of_the_list(client, paper, name):
    rows = rows_of(client, name)
    assert len(rows) in (1, 2)
    for row in rows:
        assert client.get(f"{API}{name}/{next(iter(row.values()))}/").json() == row


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [OWN, REPRINT]),
        ({"ordering": "-published_at"}, [REPRINT, OWN]),
        ({"ordering": "-updated_at"}, [REPRINT, OWN]),
        ({"ordering": "id"}, [OWN, REPRINT]),
        ({"section": "minsheng"}, [OWN]),
        ({"topic": "shuzi"}, [OWN]),
        ({"person": "li-na"}, [OWN]),
        ({"section": "shuju", "topic": "shuzi"}, []),
    ],
)
def test_stories_are_asked(client, paper, asked, found):
    assert titles(client, limit=1, **asked) == found


def test_stories_about_a_place_are_those_that_quote_its_records(client, paper):
    area = published(a_notice(an_institution("乙医院"), kind=KindFactory())).area
    assert titles(client, place=area.code) == []
    area = PlaceFactory(code="410100")
    an_article(
        SectionPage.objects.get(slug="shuju"),
        title="名片",
        body=[{"type": "place_card", "value": {"place": area.pk, "indices": []}}],
    )
    assert titles(client, place="410100") == ["名片"]


def test_days_are_those_of_china_and_include_both_ends(client, paper):
    """16:00 UTC is midnight in China."""
    for title, at in (
        (OWN, datetime(2020, 8, 18, 15, 59, 59, tzinfo=UTC)),
        (REPRINT, datetime(2020, 8, 18, 16, 0, tzinfo=UTC)),
    ):
        story = next(one for one in ArticlePage.objects.all() if one.list_title == title)
        ArticlePage.objects.filter(pk=story.pk).update(first_published_at=at)
    assert titles(client, **{"from": "2020-08-19"}) == [REPRINT]
    assert titles(client, to="2020-08-18") == [OWN]
    assert titles(client, **{"from": "2020-08-18", "to": "2020-08-19"}) == [OWN, REPRINT]
    assert titles(client, **{"from": "2020-08-20"}) == []


def test_who_keeps_a_copy_asks_for_what_was_updated_since(client, paper):
    before = ArticlePage.objects.order_by("last_published_at").last().last_published_at
    since = (before + timedelta(microseconds=1)).isoformat()
    assert titles(client, updated_since=since) == []
    paper.title, paper.display_title = "改过的主题", ""
    paper.save_revision().publish()
    assert titles(client, updated_since=since) == ["改过的主题"]
    first, updated = (
        rows_of(client, "articles", updated_since=since)[0][name]
        for name in ("published_at", "updated_at")
    )
    assert first < updated


def test_stories_that_come_in_meanwhile_shift_and_repeat_no_other(client, paper, section):
    asked = {"limit": 1, "ordering": "-published_at", "fields": "list_title"}
    body = client.get(f"{API}articles/", asked).json()
    seen = body["results"]
    for _ in range(3):
        an_article(section)
    while body["next"]:
        body = client.get(body["next"]).json()
        seen += body["results"]
    assert seen == [{"list_title": REPRINT}, {"list_title": OWN}]


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("articles/?section=zz", 404, "section"),
        ("articles/?section=Z", 400, "section"),
        ("articles/?topic=zz", 404, "topic"),
        ("articles/?person=zz", 404, "person"),
        ("articles/?place=410199", 404, "place"),
        ("articles/?from=2020-02-30", 400, "from"),
        ("articles/?updated_since=now", 400, "updated_since"),
        ("articles/?ordering=title", 400, "ordering"),
        ("articles/?q=a", 400, "q"),
        ("articles/0/", 404, None),
        ("articles/99999999999999999999/", 404, None),
        ("articles/1/", 404, None),
        ("sections/zz/", 404, None),
        ("people/zz/", 404, None),
        ("topics/zz/", 404, None),
    ],
)
def test_what_is_wrong_is_named(client, paper, query, status, parameter):
    response = client.get(f"{API}{query}")
    assert (response.status_code, response.json().get("parameter")) == (status, parameter)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "asked", "queries"),
    [
        ("articles", {}, 10),
        ("articles", {"fields": "id,title,published_at"}, 1),
        ("articles", {"fields": "id,url,section,authors", "section": "minsheng"}, 5),
        ("sections", {}, 3),
        ("people", {}, 2),
        ("topics", {}, 2),
    ],
)
def test_a_list_costs_the_same_at_any_length(
    client, section, django_assert_num_queries, count, name, asked, queries
):
    notice = published(a_notice(an_institution("甲医院"), kind=KindFactory()))
    for number in range(count):
        a_section(slug=f"more-{number}")
        person, topic = PersonFactory(), TopicFactory()
        listing = {"title": "", "notice": notice.pk, "kind": None}
        an_article(
            section,
            topics=[topic],
            credits=[ArticleCredit(person=person)],
            body=[*paragraphs("一段。"), {"type": "notice_list", "value": listing}],
        )
    with django_assert_num_queries(queries):
        assert len(rows_of(client, name, **asked)) == count + (name == "sections")


def test_nothing_is_said_of_the_last_change(client, paper, monkeypatch):
    """A section, a person or a topic may be renamed without a change in the log."""
    monkeypatch.setattr(reading, "TELLABLE", timedelta(0))
    for name in NAMES:
        response = client.get(f"{API}{name}/")
        assert "Last-Modified" not in response.headers
        again = client.get(f"{API}{name}/", headers={"if-none-match": response["ETag"]})
        assert again.status_code == 304


def test_what_changed_shows_at_once(client, paper):
    before = {name: client.get(f"{API}{name}/")["ETag"] for name in NAMES}
    paper.unpublish()
    assert {name: client.get(f"{API}{name}/")["ETag"] == before[name] for name in NAMES} == (
        dict.fromkeys(NAMES, False)
    )
    assert titles(client) == [REPRINT]
    assert [row["article_count"] for row in rows_of(client, "sections")] == [0, 1]
    assert rows_of(client, "topics") == []


HIDDEN = "不该被看到"


def draft(section):
    return a_draft(section, title=HIDDEN)


def withdrawn(section):
    story = an_article(section, title=HIDDEN)
    story.unpublish()
    return story


def scheduled(section):
    story = a_draft(section, title=HIDDEN)
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision().publish()
    return story


def expired(section):
    story = an_article(section, title=HIDDEN)
    story.expire_at = timezone.now() - timedelta(minutes=1)
    story.save_revision().publish()
    call_command("publish_scheduled")
    return story


def restricted(section):
    story = an_article(section, title=HIDDEN)
    PageViewRestriction.objects.create(page=story, restriction_type="login")
    return story


def in_restricted_section(section):
    closed = a_section(title=HIDDEN, slug="closed")
    story = an_article(closed, title=HIDDEN)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    return story


def later_draft(section):
    story = an_article(section, title="已发布")
    story.title, story.body = HIDDEN, paragraphs(HIDDEN)
    story.save_revision()
    return story


HIDING = (draft, withdrawn, scheduled, expired, restricted, in_restricted_section)


@pytest.mark.parametrize("hide", [*HIDING, later_draft])
@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
@pytest.mark.parametrize("name", [*NAMES, "corrections"])
def test_what_is_hidden_shows_in_no_list(client, section, hide, form, name):
    hide(section)
    for asked in ({}, {"limit": "10"}):
        assert HIDDEN not in text_of(client.get(f"{API}{name}/", {"format": form, **asked}))


@pytest.mark.parametrize("hide", HIDING)
def test_what_is_hidden_is_neither_found_nor_counted(client, section, hide):
    person, topic = PersonFactory(slug="someone"), TopicFactory(slug="something")
    story = hide(section)
    ArticleCredit.objects.create(page=story, person=person)
    ArticlePage.topics.through.objects.create(articlepage_id=story.pk, topic=topic)
    counts = {name: [row["article_count"] for row in rows_of(client, name)] for name in NAMES[1:]}
    assert counts == {"sections": [0], "people": [], "topics": []}
    assert rows_of(client, "articles", section="minsheng") == []
    for asked in ({"person": "someone"}, {"topic": "something"}):
        assert client.get(f"{API}articles/", asked).status_code == 404
    paths = [f"articles/{story.pk}/", "articles/?section=closed", "sections/closed/"]
    assert [client.get(f"{API}{path}").status_code for path in paths] == [404, 404, 404]
    PageViewRestriction.objects.all().delete()
    revealed = ArticlePage.objects.get(pk=story.pk)
    revealed.go_live_at = revealed.expire_at = None
    revealed.save_revision().publish()
    assert client.get(f"{API}{paths[0]}").json()["title"] == HIDDEN


def test_a_section_that_is_not_public_is_not_named_by_its_stories(client, home):
    section = a_section(slug="coming", title=HIDDEN)
    an_article(section)
    SectionPage.objects.filter(pk=section.pk).update(live=False)
    (row,) = rows_of(client, "articles", fields="section,section_title")
    assert row == {"section": None, "section_title": None}
    assert client.get(f"{API}sections/coming/").status_code == 404


def test_accounts_are_not_told(client, desk):
    desk("记者")
    PersonFactory(slug="wo", account=client.user)
    assert client.user.username not in text_of(client.get(f"{API}people/"))
