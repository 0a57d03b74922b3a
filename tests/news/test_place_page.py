"""The page of one place: what it says of each index, what it keeps to itself, and what it costs."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from indices.models import Comparability, Edition, EditionPublisher
from portal.models import Place
from portal.references import Target, describe
from tests.factories import OrganisationFactory, PlaceFactory
from tests.indices.factories import (
    EditionFactory,
    IndexFactory,
    a_dimension,
    a_draft,
    released,
)
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(home):
    province = PlaceFactory(name="某省", code="x-province", level=Place.Level.PROVINCE)
    return PlaceFactory(name="某市", short_name="某", code="x-city", parent=province)


def an_edition(index, year, **fields):
    told = {"universe": "全国城市", "universe_size": 100, "place_level": "prefecture"}
    edition = EditionFactory(index=index, year=year, **told | fields)
    organisation = OrganisationFactory(name=f"{index.name}发布者{year}")
    EditionPublisher.objects.create(edition=edition, organisation=organisation)
    a_dimension(edition)
    a_dimension(edition, "life", "生活服务")
    return edition


def ranked(edition, city, rank, **fields):
    return released(edition, (edition.dimensions.get(parent=None), city, {"rank": rank}), **fields)


def page(client, code="x-city", query=""):
    response = client.get(f"/places/{code}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def words(html):
    """What stands between header and footer, without drawings, markup and spaces."""
    main = re.search(r"<main.*?</main>", html, flags=re.DOTALL)[0]
    return "".join(strip_tags(re.sub(r"<svg.*?</svg>", "", main, flags=re.DOTALL)).split())


class TestIndices:
    def test_edition_publisher_and_universe_are_named(self, client, city):
        edition = an_edition(IndexFactory(name="治理指数"), 2020, title="治理报告（2020）")
        ranked(edition, city, 7)
        said = words(page(client))
        assert said.startswith("某省某市地级，代码x-city。治理指数第7版次2020")
        assert (
            "报告《治理报告（2020）》发布机构治理指数发布者2020"
            "评估对象全国城市；评估100个城市，本站收录1个"
            "比前一版这是收录的第一版，没有可比的前一版。"
        ) in said
        assert "维度位次总指数第7生活服务未披露" in said

    def test_movement_is_told_only_where_it_may_be(self, client, city):
        index = IndexFactory()
        old, new = an_edition(index, 2019), an_edition(index, 2020)
        ranked(old, city, 9)
        ranked(new, city, 7)
        said = words(page(client))
        reason = "两版的可比性未经声明，不作升降比较。"
        assert f"比前一版不作升降比较（前一版为2019）。{reason}" in said
        assert "上升" not in said
        assert f"2020第7{reason}" in said
        declared = Comparability.objects.create(
            earlier=old, later=new, extent="full", reason="没有变"
        )
        said = words(page(client))
        assert "比前一版上升2位（比2019）" in said
        assert "不作" not in said
        Comparability.objects.filter(pk=declared.pk).update(extent="none", reason="改了对象")
        assert "（前一版为2019）。不可比：改了对象" in words(page(client))

    def test_a_later_edition_without_the_place_is_said(self, client, city):
        index = IndexFactory()
        ranked(an_edition(index, 2020), city, 7)
        ranked(an_edition(index, 2023), PlaceFactory(), 1)
        assert "更新的版次已有2023，其中没有某的数据。" in words(page(client))

    def test_tiers_are_said_and_not_drawn_and_earlier_editions_are_not_lost(self, client, city):
        index = IndexFactory()
        ranked(an_edition(index, 2020), city, 1)
        latest = an_edition(index, 2023)
        lines = [(row, city, {"tier": "第二梯队"}) for row in latest.dimensions.all()]
        released(latest, *lines)
        html = page(client)
        assert "此前各版2020第1生活服务第二梯队" in words(html)
        assert html.count("<svg") == 0

    def test_several_are_listed_over_their_details(self, client, city):
        for number in range(7):
            index = IndexFactory(code=f"i{number}", position=number, is_demonstration=number == 6)
            ranked(an_edition(index, 2020), city, number + 1)
        html = page(client)
        rows = re.findall(r'<th scope="row"><a href="([^"]+)">', html)
        assert rows[:1] + rows[5:7] == ["#i0", "?page=2#i5", "?page=2#i6"]
        assert re.findall(r'<h2 id="(i\d)"', html) == ["i0", "i1", "i2", "i3", "i4"]
        second = page(client, query="?page=2")
        assert re.findall(r'<h2 id="(i\d)"', second) == ["i5", "i6"]
        assert second.count("<b>演示数据</b>") == 1
        assert client.get("/places/x-city/?page=3").status_code == 404

    def test_nothing_hidden_shows(self, client, city):
        index = IndexFactory(name="公开的指数")
        ranked(an_edition(index, 2019), city, 9)
        hidden = IndexFactory(name="保密的指数")
        draft = an_edition(hidden, 2020)
        a_draft(draft, (draft.dimensions.get(parent=None), city, {"rank": 1}))
        embargoed = an_edition(index, 2021, title="未解禁的报告")
        ranked(embargoed, city, 1)
        ends = timezone.now() + timedelta(hours=1)
        Edition.objects.filter(pk=embargoed.pk).update(embargoed_until=ends)
        html = page(client)
        assert [word in html for word in ("公开的指数", "保密的指数", "未解禁", "2021")] == [
            True,
            False,
            False,
            False,
        ]


class TestKnowledge:
    def test_a_place_that_nothing_is_known_of_has_no_page(self, client, city):
        edition = an_edition(IndexFactory(), 2020)
        a_draft(edition, (edition.dimensions.get(parent=None), city, {"rank": 1}))
        for code in ("x-city", "x-province", "nowhere"):
            assert client.get(f"/places/{code}/").status_code == 404
            assert client.get(f"/places/{code}/card.png").status_code == 404
        assert describe("place:x-city") is None
        ranked(edition, city, 1)
        assert describe("place:x-city") == Target("某市", "/places/x-city/")
        assert 'href="/places/x-city/"' in page(client, "x-province")

    def test_as_it_was_known(self, client, city):
        edition = an_edition(IndexFactory(), 2020)
        before = timezone.now().isoformat()
        first = ranked(edition, city, 8)
        ranked(edition, city, 7, explanation="抄错一行")
        assert client.get("/places/x-city/", {"known_at": before}).status_code == 404
        then = client.get("/places/x-city/", {"known_at": first.published_at.isoformat()})
        assert "第8版次2020" in words(then.content.decode())
        assert "第7版次2020" in words(page(client))
        assert client.get("/places/x-city/?known_at=x").status_code == 400

    def test_institutions_in_both_units_and_what_lies_inside(self, client, city):
        district = PlaceFactory(name="东区", code="x-east", level="county", parent=city)
        PlaceFactory(name="西区", code="x-west", level="county", parent=city)
        medical, care = KindFactory(), KindFactory(code="care")
        hospital = an_institution("甲医院", place=district)
        published(a_notice(hospital, kind=medical))
        published(a_notice(hospital, kind=care))
        html = page(client)
        assert "合计2家次/1家" in words(html)
        assert 'href="/institutions/?district=x-city"' in html
        assert 'href="/places/x-east/"' in html
        assert "x-west" not in html
        assert client.get("/places/x-east/").status_code == 200

    def test_no_institution_is_not_denied(self, client, city):
        ranked(an_edition(IndexFactory(), 2020), city, 7)
        assert "已收录的通知中，没有当前列在这里的定点机构。没有列出不等于没有。" in words(
            page(client)
        )


def test_the_share_card_is_kept_under_the_address_of_its_words(client, city):
    ranked(an_edition(IndexFactory(), 2020), city, 7)
    address = re.search(r'og:image" content="http://127.0.0.1:8000([^"]+)"', page(client))[1]
    response = client.get(address)
    assert (response["Content-Type"], response.content[:4]) == ("image/png", b"\x89PNG")
    assert response["Cache-Control"] == "public, max-age=86400"
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/places/x-city/card.png?v=0")["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(("indices", "editions"), [(1, 2), (3, 15), (20, 2)])
def test_a_page_costs_the_same_for_any_number(
    client, city, indices, editions, django_assert_num_queries
):
    for _ in range(indices):
        index = IndexFactory()
        made = [an_edition(index, 2000 + number) for number in range(editions)]
        for edition in made:
            ranked(edition, city, 3)
        Comparability.objects.create(earlier=made[0], later=made[1], extent="full", reason="没有变")
    client.get("/places/x-city/")  # charts, sites and types are remembered
    with django_assert_num_queries(23):
        client.get("/places/x-city/")
