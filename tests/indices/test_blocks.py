"""The indices' blocks in a story: what readers see, what an editor is told, and what they cost."""

import re
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.blocks.struct_block import StructBlockValidationError

from indices.blocks import ComparisonBlock, PlaceCardBlock, RankingBlock
from indices.models import Edition, EditionPublisher
from news.blocks import StoryBlock
from tests.factories import OrganisationFactory, PlaceFactory
from tests.indices.factories import (
    EditionFactory,
    IndexFactory,
    a_dimension,
    a_draft,
    a_ranking,
    released,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """A public edition of an index with two dimensions; of four places one has no rank."""
    edition = EditionFactory(
        index=IndexFactory(code="governance", name="治理指数"),
        year=2020,
        universe="全国城市",
        universe_size=100,
        place_level="prefecture",
        unit="分",
    )
    a_publisher(edition, "信息社")
    edition.cities = [
        PlaceFactory(name=f"{name}市", short_name=name, code=f"x-{number}")
        for number, name in enumerate("甲乙丙丁")
    ]
    overall = a_dimension(edition, decimals=1)
    life = a_dimension(edition, "life", "生活服务", decimals=1)
    a, b, c, d = edition.cities
    released(
        edition,
        (overall, a, {"rank": 2, "value": 80}),
        (overall, b, {"rank": 1, "value": "81.5"}),
        (overall, c, {"rank": 3}),
        (overall, d, {"status": "missing"}),
        (life, a, {"rank_from": 1, "rank_to": 2}),
        (life, b, {"rank_from": 1, "rank_to": 2}),
    )
    return edition


def a_publisher(edition, name):
    organisation = OrganisationFactory(name=name)
    return EditionPublisher.objects.create(edition=edition, organisation=organisation)


def stream(*blocks):
    """The body of a story with these (type, value) blocks, as it comes from the database."""
    return StoryBlock().to_python([{"type": name, "value": value} for name, value in blocks])


def ranking(edition, **value):
    told = {"title": "", "edition": edition.pk, "dimension": "", "size": 10, "shape": "table"}
    return "ranking", told | {"highlighted": []} | value


def card(place, *indices):
    return "place_card", {"place": place.pk, "indices": [index.pk for index in indices]}


def comparison(edition, *places, **value):
    told = {"title": "", "edition": edition.pk, "places": [place.pk for place in places]}
    return "comparison", told | {"dimensions": []} | value


def html(*blocks, preview=False):
    request = RequestFactory().get("/")
    request.is_preview = preview
    return "".join(block.render({"request": request}) for block in stream(*blocks))


def words(*blocks, preview=False):
    """The rendered blocks without drawings, markup and spaces."""
    shown = re.sub(r"<svg.*?</svg>", "", html(*blocks, preview=preview), flags=re.DOTALL)
    return "".join(strip_tags(shown).split())


class TestRanking:
    def test_as_a_table_names_publisher_universe_and_what_is_held(self, edition):
        assert words(ranking(edition)) == (
            "治理指数（2020）总指数位次地方得分第1乙81.5分第2甲80.0分第3丙未披露"
            "评估对象：全国城市；评估100个城市，本站收录4个。来源：信息社《治理指数（2020）》。全部位次"
        )
        shown = html(ranking(edition))
        links = re.findall(r'href="([^"]+)"', shown)
        assert [link for link in links if not link.startswith("/d/")] == [
            "/places/x-1/",
            "/places/x-0/",
            "/places/x-2/",
            "/indices/governance/2020/",
        ]
        told = "dimension=overall&amp;edition=2020&amp;place=x-"
        assert [link for link in links if link.startswith("/d/")] == [
            f"/d/index.{name}:governance/?{told}{number}"
            for number in (1, 0, 2)
            for name in ("rank", "score")
        ]

    def test_as_a_chart_has_the_same_rows(self, edition):
        shown = words(ranking(edition, shape="chart", title="前两名", size=2))
        assert shown.startswith("前两名单位：分")
        assert shown.endswith("位次地方得分1乙81.5分2甲80.0分全部位次")

    def test_a_dimension_says_an_interval_and_leads_to_its_order(self, edition):
        shown = ranking(edition, dimension="life")
        assert "第1至2（次序未披露）甲第1至2（次序未披露）乙" in words(shown)
        assert 'href="/indices/governance/2020/?sort=life"' in html(shown)

    def test_highlighted_places_are_shown_even_further_down(self, edition):
        *_, third, unknown = edition.cities
        shown = ranking(edition, size=1, highlighted=[third.pk, unknown.pk])
        assert "第1乙81.5分第3丙未披露缺数据丁缺数据" in words(shown)
        assert re.findall(r'<b><a href="([^"]+)"', html(shown)) == ["/places/x-2/", "/places/x-3/"]

    def test_without_ranks_the_scores_give_the_order(self):
        edition = EditionFactory(unit="分")
        overall = a_dimension(edition)
        places = [PlaceFactory(short_name=name) for name in "甲乙丙"]
        stated = [{"value": 3}, {"value": 5}, {"status": "missing"}]
        released(edition, *((overall, *row) for row in zip(places, stated, strict=True)))
        assert "未披露乙5分未披露甲3分" in words(ranking(edition))
        overall.lower_is_better = True
        overall.save()
        assert "未披露甲3分未披露乙5分" in words(ranking(edition))

    def test_what_is_not_public_shows_nothing_to_readers_and_a_word_to_the_editor(self, edition):
        told = (
            "“治理指数（2020）”没有公开，或者还没有这个维度的数据：读者看不到这张排名。"
            "公开之后，这里自动出现。"
        )
        ends = timezone.now() + timedelta(hours=1)
        Edition.objects.filter(pk=edition.pk).update(embargoed_until=ends)
        assert words(ranking(edition)) == ""
        assert words(ranking(edition), preview=True) == told
        draft = EditionFactory()
        a_draft(draft, (a_dimension(draft), edition.cities[0], {"rank": 1}))
        assert words(ranking(draft)) == ""
        gone = ("ranking", {"edition": 987654, "dimension": "", "size": 10, "highlighted": []})
        assert (words(gone), words(gone, preview=True)) == (
            "",
            "这里的版次已不存在，读者什么也看不到。",
        )

    @pytest.mark.parametrize("written", ["life", "生活服务", " 生活服务 ", "LIFE"])
    def test_a_dimension_is_written_by_code_or_name(self, edition, written):
        (block,) = stream(ranking(edition, dimension=written))
        assert RankingBlock().clean(block.value)["dimension"] == "life"

    def test_an_unknown_dimension_is_refused_with_those_there_are(self, edition):
        (block,) = stream(ranking(edition, dimension="出行"))
        with pytest.raises(StructBlockValidationError) as caught:
            RankingBlock().clean(block.value)
        assert caught.value.block_errors["dimension"].messages == [
            "这一版没有“出行”这个维度，有的是：总指数、生活服务。"
        ]


class TestPlaceCard:
    def test_names_edition_publisher_and_universe_of_each_index(self, edition):
        other, _ = a_ranking(
            EditionFactory(
                index=IndexFactory(name="另一指数", position=1, is_demonstration=True), year=2019
            ),
            1,
        )
        released(other, (other.dimensions.get(), edition.cities[0], {"rank": 2}))
        shown = words(card(edition.cities[0]))
        assert shown == (
            "甲市治理指数（2020）第2得分80.0分；信息社；评估对象：全国城市另一指数（2019）第2（演示数据）"
            "各指数以已公开的最新一版为准，彼此不能直接比较。看甲的全部位次"
        )
        only = words(card(edition.cities[0], other.index))
        assert "治理指数" not in only
        assert only.startswith("甲市另一指数（2019）第2（演示数据）")

    def test_the_latest_edition_speaks(self, edition):
        newer = EditionFactory(index=edition.index, year=2021)
        released(newer, (a_dimension(newer), edition.cities[0], {"rank": 9}))
        assert words(card(edition.cities[0])).startswith("甲市治理指数（2021）第9")
        assert words(card(edition.cities[1])).startswith("乙市治理指数（2020）第1")

    def test_of_a_place_that_nothing_is_known_of_it_shows_nothing(self, edition):
        city = PlaceFactory(name="戊市")
        assert words(card(city)) == ""
        assert words(card(city), preview=True) == (
            "还没有公开的指数写到“戊市”：读者看不到这张名片。"
        )
        Edition.objects.update(embargoed_until=timezone.now() + timedelta(hours=1))
        assert words(card(edition.cities[0])) == ""

    def test_many_indices_are_counted(self, edition):
        city = PlaceFactory()
        for _ in range(10):
            other = EditionFactory()
            released(other, (a_dimension(other), city, {"rank": 1}))
        shown = html(card(city))
        assert (shown.count("<dt>"), "另有 2 个指数。" in shown) == (8, True)


class TestComparison:
    def test_sets_places_side_by_side(self, edition):
        a, b, _, d = edition.cities
        shown = words(comparison(edition, a, d, b))
        assert shown.startswith("治理指数（2020）单位：分")
        assert shown.endswith(
            "维度甲丁乙总指数80.0分缺数据81.5分生活服务未披露未披露未披露打开这张对比"
        )
        assert (
            'href="/indices/compare/?index=governance&amp;edition=2020&amp;place=x-0&amp;place=x-3&amp;place=x-1"'
            in html(comparison(edition, a, d, b))
        )

    def test_one_dimension_by_its_ranks(self, edition):
        a, b, *_ = edition.cities
        shown = words(comparison(edition, a, b, dimensions=["life"], title="两城"))
        assert shown.endswith("维度甲乙生活服务第1至2第1至2打开这张对比")
        assert shown.startswith("两城单位：位")

    def test_tiers_are_set_as_a_table(self):
        edition = EditionFactory()
        overall, places = a_dimension(edition), [PlaceFactory(short_name=name) for name in "甲乙"]
        released(edition, *((overall, place, {"tier": "第一梯队"}) for place in places))
        shown = html(comparison(edition, *places), ranking(edition, shape="chart"))
        assert shown.count("<svg") == 0
        assert "维度甲乙总指数第一梯队第一梯队" in words(comparison(edition, *places))

    def test_the_same_place_twice_is_refused(self, edition):
        city = edition.cities[0]
        (block,) = stream(comparison(edition, city, city))
        with pytest.raises(StructBlockValidationError) as caught:
            ComparisonBlock().clean(block.value)
        assert caught.value.block_errors["places"].messages == ["同一个地方只选一次。"]

    def test_dimensions_are_kept_by_code(self, edition):
        (block,) = stream(comparison(edition, *edition.cities[:2], dimensions=["生活服务"]))
        assert list(ComparisonBlock().clean(block.value)["dimensions"]) == ["life"]

    def test_what_is_not_public_shows_nothing(self, edition):
        Edition.objects.update(embargoed_until=timezone.now() + timedelta(hours=1))
        asked = comparison(edition, *edition.cities[:2])
        assert words(asked) == ""
        assert words(asked, preview=True) == (
            "“治理指数（2020）”没有公开，或者没有这些维度：读者看不到这张对比。公开之后，这里自动出现。"
        )


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("block", "queries"), [("ranking", 8), ("place_card", 7), ("comparison", 8)]
)
def test_blocks_of_one_type_ask_together(edition, count, block, queries, django_assert_num_queries):
    made = []
    for _ in range(count):
        other, places = a_ranking(size=3)
        a_publisher(other, f"机构{len(made)}")
        if block == "ranking":
            made.append(ranking(other, highlighted=[places[0].pk]))
        elif block == "place_card":
            made.append(card(places[0]))
        else:
            made.append(comparison(other, *places))
    with django_assert_num_queries(queries):
        shown = html(*made)
    assert shown.count("<figure") == count


def test_the_desk_offers_them_in_one_group():
    offered = [block.meta.label for block in (RankingBlock(), PlaceCardBlock(), ComparisonBlock())]
    assert offered == ["排名", "地方名片", "对比"]
    children = StoryBlock().child_blocks
    assert [name for name, block in children.items() if block.meta.group == "指数"] == [
        "ranking",
        "place_card",
        "comparison",
    ]
