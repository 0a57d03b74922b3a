"""The demonstration's indices: the facts of the report, nothing invented beside them, and the series that is."""

from pathlib import Path

import pytest
from django.db.models.functions import Coalesce

import portal
from indices.checking import check_edition
from indices.demo.loading import INVENTED, Loaded, load
from indices.models import Comparability, Edition, Index, Release, Score
from indices.wording import rank_words
from portal.figures import resolve
from portal.loading import load_places
from portal.models import Change
from tests.factories import UserFactory
from tests.tables import contents

pytestmark = pytest.mark.django_db
PLACES = Path(portal.__file__).parent / "demo" / "places.csv"


@pytest.fixture
def demonstration():
    load_places(PLACES.read_bytes())
    return load(by=UserFactory())


def table(edition, dimension):
    """Return [(place, standing in words)] of one dimension, as it stands."""
    rows = Score.objects.public().filter(
        dimension__edition=edition, dimension__dimension__code=dimension
    )
    return [
        (row.place.short_name, rank_words(row))
        for row in rows.select_related("place").order_by(
            Coalesce("rank", "rank_from").asc(nulls_last=True), "place__code"
        )
    ]


def of(index, code):
    return Edition.objects.get(index__code=index, code=code)


def test_everything_is_made_once(demonstration):
    assert (demonstration.indices, demonstration.editions, demonstration.releases) == (3, 9, 11)
    assert sorted(demonstration.keys)[:2] == ["city-gdp/2019", "digital-governance/2020"]
    assert Change.objects.count() == 11
    keeper = UserFactory()
    before = contents()
    assert load(by=keeper) == Loaded(keys=demonstration.keys)
    assert contents() == before


def test_the_report_of_2020(demonstration):
    edition = of("digital-governance", "2020")
    assert [str(row.organisation) for row in edition.publishers.all()] == [
        "中国经济信息社",
        "中国信息协会",
        "中国城市规划设计研究院",
    ]
    assert [row.label for row in edition.dimensions.order_by("position")] == [
        "数字治理指数",
        "数字基础设施",
        "数字政务服务",
        "数字公共服务",
        "数字生活服务",
    ]
    assert edition.dimensions.get(label="数字政务服务").dimension.name == "数字行政服务"
    assert (edition.year, edition.reference_year, edition.released_on.isoformat()) == (
        2020,
        2019,
        "2020-08-18",
    )
    assert (edition.universe, edition.universe_size) == ("2019年度GDP排名前100位的城市", 100)
    assert table(edition, "life-services") == [
        ("北京", "第1至3（次序未披露）"),
        ("上海", "第1至3（次序未披露）"),
        ("杭州", "第1至3（次序未披露）"),
        ("郑州", "第4"),
    ]
    ranked = [name for name, words in table(edition, "overall") if words != "数字治理一线城市"]
    assert ranked == [
        "杭州",
        "深圳",
        "北京",
        "上海",
        "武汉",
        "广州",
        "郑州",
        "苏州",
        "东莞",
        "西安",
    ]


def test_no_score_is_invented(demonstration):
    real = Score.objects.exclude(dimension__edition__index__code=INVENTED)
    assert set(real.values_list("value", flat=True)) == {None}
    assert table(of("city-gdp", "2019"), "overall") == [("郑州", "第15")]


def test_the_figures_of_the_story(demonstration):
    zhengzhou = "index.{}:digital-governance?place=410100&edition=2020"
    assert resolve(zhengzhou.format("rank")).text == "第7"
    assert resolve(zhengzhou.format("rank") + "&dimension=life-services").text == "第4"
    order = resolve(zhengzhou.format("order") + "&dimension=life-services")
    assert (order.value, order.text) == (3, "仅次于北京、上海、杭州（先后未披露）")
    assert resolve(zhengzhou.format("order")).text == "仅次于杭州、深圳、北京、上海、武汉、广州"


def test_the_report_of_2023_has_tiers_and_is_not_comparable(demonstration):
    edition = of("digital-governance", "2023")
    rows = Score.objects.public().filter(dimension__edition=edition)
    assert set(rows.values_list("rank", "rank_from")) == {(None, None)}
    assert ("上海", "第一梯队（卓越）") in table(edition, "overall")
    declared = Comparability.objects.get(later=edition)
    assert (declared.earlier.code, declared.extent) == ("2020", "none")


def test_the_invented_series_is_complete_and_marked(demonstration):
    index = Index.objects.get(code=INVENTED)
    editions = list(index.editions.order_by("year"))
    assert (index.is_demonstration, len(editions)) == (True, 6)
    for edition in editions:
        assert edition.dimensions.count() == 6
        assert [checked.conflicts for checked in check_edition(edition)] == [()] * 6
    extents = Comparability.objects.filter(earlier__index=index).order_by("later__year")
    assert [row.extent for row in extents] == ["full", "full", "none", "full", "full"]


def test_the_correction_changes_the_wrong_cell_and_the_ranks_that_it_moved(demonstration):
    correction = Release.objects.get(nature="correction")
    assert correction.edition.code == "2019"
    lines = correction.lines.all()
    assert {row.dimension.dimension.code for row in lines} == {"overall", "service"}
    assert 2 <= lines.count() <= 60


def test_a_site_without_the_places_is_left_alone():
    assert load(by=UserFactory()) == Loaded()
    assert Index.objects.count() == 0
