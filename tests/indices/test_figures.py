"""The indices' figures: what they state, whose word they rest on, what they refuse to say, and what they cost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from indices.models import Comparability, Edition
from portal.figures import (
    BadFigureReference,
    FigureNotFound,
    Source,
    registered,
    resolve,
    resolve_many,
)
from tests.factories import PlaceFactory
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
def index():
    return IndexFactory(code="governance", name="治理指数")


def an_edition(index, year=2020, **fields):
    edition = EditionFactory(index=index, year=year, **fields)
    a_dimension(edition)
    return edition


def places(names):
    return [
        PlaceFactory(name=f"{name}市", short_name=name, code=f"x-{i}")
        for i, name in enumerate(names)
    ]


def ranked(edition, *stated, code="overall", **fields):
    """Publish (place, content or rank) pairs in one dimension."""
    dimension = edition.dimensions.get(dimension__code=code)
    lines = [
        (dimension, place, told if isinstance(told, dict) else {"rank": told})
        for place, told in stated
    ]
    return released(edition, *lines, **fields)


def asked(name, place, **parameters):
    told = "".join(f"&{key}={value}" for key, value in parameters.items())
    return f"index.{name}:governance?place={place.code}{told}"


def said(reference, known_at=None):
    figure = resolve(reference, known_at)
    return figure.value, figure.unit, figure.text


def compare(earlier, later, extent="full"):
    return Comparability.objects.create(
        earlier=earlier, later=later, extent=extent, reason="评估对象没有变"
    )


def test_the_figures_are_known_to_the_kernel():
    assert {name: label for name, label in registered().items() if name.startswith("index.")} == {
        "index.rank": "位次",
        "index.score": "得分",
        "index.order": "排在哪些地方之后",
        "index.movement": "位次升降",
    }


class TestRank:
    def test_is_taken_from_the_edition_and_dimension_asked_for(self, index):
        (city,) = places("郑")
        old, new = an_edition(index, 2019), an_edition(index, 2020)
        a_dimension(new, "life", "数字生活服务")
        ranked(old, (city, 9))
        ranked(new, (city, 7))
        ranked(new, (city, 4), code="life")
        assert said(asked("rank", city)) == (7, "位", "第7")
        assert said(asked("rank", city, edition=2019)) == (9, "位", "第9")
        assert said(asked("rank", city, dimension="life")) == (4, "位", "第4")

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            ({"rank": 3, "tied": True}, (3, "位", "并列第3")),
            ({"rank": 3, "tier": "第一梯队"}, (3, "位", "第3")),
            ({"rank_from": 1, "rank_to": 3}, (None, "位", "第1至3（次序未披露）")),
            ({"top_n": 10}, (None, "位", "前10名")),
            ({"tier": "第一梯队"}, (None, "位", "第一梯队")),
            ({"status": "missing"}, (None, "位", "缺数据")),
            ({"value": 81}, (None, "位", "未披露")),
        ],
    )
    def test_says_what_is_published_and_invents_none(self, index, content, told):
        (city,) = places("郑")
        ranked(an_edition(index), (city, content))
        assert said(asked("rank", city)) == told

    def test_names_the_edition_and_the_release_with_its_words(self, index):
        (city,) = places("郑")
        edition = an_edition(index, title="治理报告（2020）")
        content = {"rank": 7, "quote": "位列第七", "locator": "第3页"}
        release = ranked(edition, (city, content), source_words="一张报纸")
        figure = resolve(asked("rank", city))
        assert figure.sources == (
            Source("《治理报告（2020）》", "/indices/governance/2020/"),
            Source(
                "一张报纸", f"/indices/governance/2020/#release-{release.pk}", "位列第七", "第3页"
            ),
        )
        assert (figure.url, figure.valid_on) == ("/indices/governance/2020/", None)

    def test_is_that_of_the_instant_asked_for(self, index):
        (city,) = places("郑")
        edition = an_edition(index)
        before = timezone.now()
        first = ranked(edition, (city, 8))
        ranked(edition, (city, 7), explanation="抄错一行")
        assert said(asked("rank", city)) == (7, "位", "第7")
        assert said(asked("rank", city), first.published_at) == (8, "位", "第8")
        with pytest.raises(FigureNotFound):
            resolve(asked("rank", city), before)

    def test_what_is_not_public_is_not_stated(self, index):
        (city,) = places("郑")
        edition = an_edition(index)
        a_draft(edition, (edition.dimensions.get(), city, {"rank": 1}))
        with pytest.raises(FigureNotFound):
            resolve(asked("rank", city))
        ranked(edition, (city, 2))
        later = an_edition(index, 2021)
        ranked(later, (city, 1))
        ends = timezone.now() + timedelta(hours=1)
        Edition.objects.filter(pk=later.pk).update(embargoed_until=ends)
        assert said(asked("rank", city)) == (2, "位", "第2")
        with pytest.raises(FigureNotFound):
            resolve(asked("rank", city, edition=2021))

    @pytest.mark.parametrize(
        "wrong", ["place=x-9", "place=x-0&edition=1999", "place=x-0&dimension=no"]
    )
    def test_what_is_not_there_is_not_found(self, index, wrong):
        (city,) = places("郑")
        ranked(an_edition(index), (city, 1))
        with pytest.raises(FigureNotFound):
            resolve(f"index.rank:governance?{wrong}")

    def test_a_place_is_needed(self):
        with pytest.raises(BadFigureReference, match="缺少参数：place"):
            resolve("index.rank:governance")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"value": Decimal("81.2")}, (Decimal("81.2"), "分", "81.20分")),
        ({"rank": 7}, (None, "分", "未披露")),
        ({"status": "not_in_universe"}, (None, "分", "不在评估范围")),
        ({"status": "zero_by_rule", "value": 0}, (0, "分", "0.00分（按规则计零）")),
    ],
)
def test_a_score_has_the_decimals_of_the_report_and_is_never_zero_for_unknown(index, content, told):
    (city,) = places("郑")
    edition = an_edition(index, unit="分")
    edition.dimensions.update(decimals=2)
    ranked(edition, (city, content))
    assert said(asked("score", city)) == told


class TestOrder:
    def test_names_those_before_in_their_order(self, index):
        a, b, c = places("甲乙丙")
        ranked(an_edition(index), (a, 2), (b, 1), (c, 3))
        assert said(asked("order", c)) == (2, "个", "仅次于乙、甲")
        assert said(asked("order", a)) == (1, "个", "仅次于乙")
        assert said(asked("order", b)) == (0, "个", "居首位")

    def test_claims_no_order_among_an_interval(self, index):
        a, b, c, d = places("甲乙丙丁")
        some = {"rank_from": 1, "rank_to": 3}
        ranked(an_edition(index), (c, some), (a, some), (b, some), (d, 4))
        assert said(asked("order", d)) == (3, "个", "仅次于甲、乙、丙（先后未披露）")
        with pytest.raises(FigureNotFound):
            resolve(asked("order", a))

    def test_is_not_stated_when_one_before_is_not_held(self, index):
        a, b = places("甲乙")
        ranked(an_edition(index), (a, 1), (b, 3))
        with pytest.raises(FigureNotFound):
            resolve(asked("order", b))

    def test_ties_before_and_beside(self, index):
        a, b, c, d = places("甲乙丙丁")
        tied = {"rank": 1, "tied": True}
        ranked(an_edition(index), (a, tied), (b, tied), (c, 3), (d, 4))
        assert said(asked("order", a)) == (0, "个", "并列居首位")
        assert said(asked("order", c)) == (2, "个", "仅次于甲、乙")

    def test_dense_ranks_need_the_whole_list(self, index):
        a, b, c = places("甲乙丙")
        edition = an_edition(index, rank_method="dense", universe_size=4)
        tied = {"rank": 1, "tied": True}
        ranked(edition, (a, tied), (b, tied), (c, 2))
        with pytest.raises(FigureNotFound):
            resolve(asked("order", c))
        Edition.objects.update(universe_size=3)
        assert said(asked("order", c)) == (2, "个", "仅次于甲、乙")

    def test_a_long_list_is_not_named(self, index):
        _, cities = a_ranking(index=index, size=22, year=2020)
        assert resolve(asked("order", cities[20])).value == 20
        with pytest.raises(FigureNotFound):
            resolve(asked("order", cities[21]))


class TestMovement:
    def test_a_smaller_rank_is_up(self, index):
        a, b, c = places("甲乙丙")
        old, new = an_edition(index, 2019), an_edition(index, 2020)
        ranked(old, (a, 3), (b, 2), (c, 1))
        ranked(new, (a, 1), (b, 2), (c, 3))
        compare(old, new)
        assert said(asked("movement", a)) == (2, "位", "上升2位")
        assert said(asked("movement", b)) == (0, "位", "持平")
        assert said(asked("movement", c)) == (-2, "位", "下降2位")
        assert [source.url for source in resolve(asked("movement", a)).sources][::2] == [
            "/indices/governance/2020/",
            "/indices/governance/2019/",
        ]

    @pytest.mark.parametrize("extent", [None, "scores", "none"])
    def test_is_not_stated_between_editions_that_are_not_comparable(self, index, extent):
        (city,) = places("郑")
        old, new = an_edition(index, 2019), an_edition(index, 2020)
        ranked(old, (city, 3))
        ranked(new, (city, 1))
        if extent:
            compare(old, new, extent)
        with pytest.raises(FigureNotFound):
            resolve(asked("movement", city))

    def test_another_edition_may_be_named(self, index):
        (city,) = places("郑")
        first, *_, last = editions = [an_edition(index, year) for year in (2018, 2019, 2020)]
        for edition, rank in zip(editions, (9, 8, 5), strict=True):
            ranked(edition, (city, rank))
        compare(first, last)
        assert said(asked("movement", city, since=2018)) == (4, "位", "上升4位")
        for wrong in ({}, {"edition": 2018}, {"edition": 2018, "since": 2020}, {"since": 2020}):
            with pytest.raises(FigureNotFound):
                resolve(asked("movement", city, **wrong))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("rank", 3), ("score", 3), ("order", 4), ("movement", 4)]
)
def test_asking_costs_the_same_for_any_number(count, name, queries, django_assert_num_queries):
    references = []
    for _ in range(count):
        series = IndexFactory()
        old, cities = a_ranking(an_edition(series, 2019), size=count)
        new = an_edition(series, 2020)
        ranked(new, *((city, rank) for rank, city in enumerate(cities, 1)))
        compare(old, new)
        references += [f"index.{name}:{series.code}?place={city.code}" for city in cities]
    with django_assert_num_queries(queries):
        found = resolve_many(references)
    assert len(found) == count * count
