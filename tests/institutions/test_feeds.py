"""The feed of one institution, and what the sitemap tells of this floor."""

import pytest
from defusedxml import ElementTree

from institutions.merging import merge
from institutions.publishing import draft_correction, withdraw
from tests.atomcheck import ATOM, first, sound_feed, titles
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db
SECRET = "不该被看到的通知"


@pytest.fixture
def hospital(home, settings):
    """An institution on a site."""
    settings.PUBLIC_URL = "https://youju.example"
    return an_institution()


def feed_of(client, institution):
    return sound_feed(client.get(f"/feeds/institutions/{institution.code}.atom").content)


def told(client, path):
    """Return {address: lastmod} of one file of the sitemap, {} where there is none."""
    response = client.get(path)
    if response.status_code == 404:
        return {}
    urls = ElementTree.fromstring(response.content)
    pairs = ([part.text for part in url] for url in urls)
    return {loc: (rest[0] if rest else None) for loc, *rest in pairs}


def instant(at):
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_each_published_line_is_an_entry(hospital, client):
    kind = KindFactory(name="医疗")
    notice = published(a_notice(hospital, kind=kind, title="第一批通知"))
    root = feed_of(client, hospital)
    line = notice.lines.get()
    assert titles(root) == [f"定点·{kind}：第一批通知"]
    assert first(root, "id").text == f"tag:youju.example,2026:line/{line.pk}/{hospital.code}"
    assert (
        first(root, "link").get("href")
        == f"https://youju.example/institutions/notices/{notice.pk}/"
    )
    assert first(root, "author")[0].text == notice.issuer.name
    summary = "第1条：测试市人民医院。2020年9月1日起算，依据文件载明的生效日期。"
    assert first(root, "summary").text == summary
    assert first(root, "updated").text == instant(notice.published_at)


def test_a_withdrawal_and_a_correction_are_news_of_the_same_entry(hospital, client):
    kind = KindFactory()
    wrong = published(a_notice(hospital, kind=kind))
    right = published(draft_correction(wrong, by=UserFactory()))
    entries = feed_of(client, hospital).findall(f"{ATOM}entry")
    updated = [entry.find(f"{ATOM}updated").text for entry in entries]
    assert updated == [instant(right.published_at)] * 2
    assert entries[1].find(f"{ATOM}summary").text.startswith("这份通知已由后来的更正取代。")
    withdraw(right, by=UserFactory(), reason="文件有误")
    right.refresh_from_db()
    latest = feed_of(client, hospital)
    assert first(latest, "updated").text == instant(right.withdrawn_at)
    assert first(latest, "summary").text.startswith("这份通知已撤回，不再作数（文件有误）。")


def test_private_numbers_are_masked(hospital, client):
    quote = {"institution": hospital, "quote": "测试市人民医院 电话13812345678"}
    told = {"title": "通知13812345678", "source_words": "来电13812345678"}
    notice = published(a_notice(quote, kind=KindFactory(), **told))
    withdraw(notice, by=UserFactory(), reason="误传，问13812345678")
    pages = (f"/feeds/institutions/{hospital.code}.atom", hospital.get_absolute_url())
    for path in (*pages, notice.get_absolute_url()):
        text = client.get(path).content.decode()
        assert (text.count("13812345678"), "误传，问138****5678" in text) == (0, True)


def test_a_draft_is_in_no_feed_and_no_sitemap(hospital, client):
    kind = KindFactory()
    public = published(a_notice(hospital, kind=kind))
    unheard = an_institution("没有公布的医院")
    draft = a_notice(hospital, unheard, kind=kind, title=SECRET)
    assert len(titles(feed_of(client, hospital))) == 1
    assert client.get(f"/feeds/institutions/{unheard.code}.atom").status_code == 404
    assert [*told(client, "/sitemap-institutions-1.xml")] == [
        f"https://youju.example/institutions/{hospital.code}/"
    ]
    notices = [f"https://youju.example/institutions/notices/{public.pk}/"]
    assert [*told(client, "/sitemap-notices-1.xml")] == notices
    published(draft)
    assert titles(feed_of(client, hospital))[0].endswith(SECRET)
    assert len(told(client, "/sitemap-institutions-1.xml")) == 2


def test_the_sitemap_tells_when_a_statement_last_changed(hospital, client):
    notice = published(a_notice(hospital, kind=KindFactory()))
    withdraw(notice, by=UserFactory(), reason="文件有误")
    notice.refresh_from_db()
    expected = instant(notice.withdrawn_at)
    assert [*told(client, "/sitemap-notices-1.xml").values()] == [expected]
    assert [*told(client, "/sitemap-institutions-1.xml").values()] == [expected]


def test_an_address_that_leads_elsewhere_is_not_listed(hospital, client):
    part = an_institution("第二医院")
    published(a_notice(hospital, part, kind=KindFactory()))
    assert len(told(client, "/sitemap-institutions-1.xml")) == 2
    merge(part, hospital, on="2020-01-01", source_words="决定", by=UserFactory())
    assert [*told(client, "/sitemap-institutions-1.xml")] == [
        f"https://youju.example/institutions/{hospital.code}/"
    ]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/feeds/institutions/{}.atom", 4),
        ("/sitemap-institutions-1.xml", 7),
        ("/sitemap-notices-1.xml", 1),
    ],
)
def test_it_costs_the_same_at_any_length(
    hospital, client, count, path, queries, django_assert_num_queries
):
    for number in range(count):
        other = an_institution(f"第{number}医院")
        published(a_notice(hospital, other, kind=KindFactory()))
    client.get(path.format(hospital.code))
    with django_assert_num_queries(queries):
        assert client.get(path.format(hospital.code)).status_code == 200


def test_the_page_leads_to_the_feed(hospital, client):
    published(a_notice(hospital, kind=KindFactory()))
    text = client.get(hospital.get_absolute_url()).content.decode()
    path = f"/feeds/institutions/{hospital.code}.atom"
    assert text.count(f'title="{hospital.name}" href="https://youju.example{path}">') == 1
    assert text.count(f'href="{path}" type="application/atom+xml">订阅</a>') == 1
