"""Importing scores: what is counted, written, kept, refused, and that the same file changes nothing."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indices.loading import Order, import_scores, uploaded_file
from indices.models import EditionDimension, Release, Score
from indices.placing import remember
from indices.publishing import publish
from indices.tables import COLUMNS, score_rows
from portal.importing import Upload
from portal.tabular import write_csv, write_xlsx
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import EditionFactory, IndexFactory, a_dimension, released

pytestmark = pytest.mark.django_db

WIDE = "place_code,name_as_published,overall,overall_rank,digital-life\nx-hz,杭州,95.60,1,93.1\nx-zz,郑州,80.5,7,\n"


@pytest.fixture
def edition():
    """An edition 2020 with 总指数 and 数字生活服务, and three cities."""
    edition = EditionFactory(index__code="digital", year=2020)
    a_dimension(edition)
    a_dimension(edition, "digital-life", "数字生活服务")
    for code, name in (("x-hz", "杭州"), ("x-zz", "郑州"), ("x-sz", "深圳")):
        PlaceFactory(code=code, name=f"{name}市", short_name=name)
    return edition


def run(edition, text, name="得分.csv", **order):
    data = text if isinstance(text, bytes) else text.encode()
    order = {"source_words": "报告", "by": UserFactory(), **order}
    return import_scores(uploaded_file(Upload(name, data)), Order(edition=edition, **order))


def counts(outcome):
    return outcome.new, outcome.changed, outcome.unchanged, outcome.removed


def problems(outcome):
    return [str(problem) for problem in outcome.problems]


def standing():
    rows = Score.objects.current().order_by("dimension__position", "place__code")
    return [(row.dimension.label, row.place.label, row.value, row.rank) for row in rows]


STANDING = [
    ("总指数", "杭州", Decimal("95.6"), 1),
    ("总指数", "郑州", Decimal("80.5"), 7),
    ("数字生活服务", "杭州", Decimal("93.1"), None),
]


def test_a_wide_sheet_becomes_a_draft(edition):
    outcome = run(edition, WIDE)
    release = Release.objects.get()
    assert counts(outcome) == (3, 0, 0, 0)
    assert (outcome.release, release.nature, release.file_name) == (release, "first", "得分.csv")
    assert [release.lines.count(), standing()] == [3, []]


def test_published_at_once_it_stands(edition):
    run(edition, WIDE, publish=True)
    assert standing() == STANDING


def test_the_same_file_changes_nothing_before_and_after_publication(edition):
    release = run(edition, WIDE).release
    again = run(edition, WIDE)
    assert (counts(again), again.release, Release.objects.count()) == ((0, 0, 3, 0), release, 1)
    publish(Release.objects.get(), by=UserFactory())
    last = run(edition, WIDE)
    assert (counts(last), last.release, Release.objects.count()) == ((0, 0, 3, 0), None, 1)


def test_a_draft_that_says_the_same_is_the_one_that_is_published(edition):
    draft = run(edition, WIDE).release
    outcome = run(edition, WIDE, publish=True)
    assert (outcome.release, counts(outcome), Release.objects.count()) == (draft, (3, 0, 0, 0), 1)
    assert standing() == STANDING


def test_a_dry_run_writes_nothing(edition):
    outcome = run(edition, WIDE + "x-sz,深圳,85,3,80\n", dry_run=True)
    assert (counts(outcome), outcome.release, Release.objects.count()) == ((5, 0, 0, 0), None, 0)


LONG = (
    "edition,place_code,dimension,score,rank_published,rank_from,rank_to,status,quote\n"
    "2020,x-hz,overall,95.60,1,,,,\n"
    "2019,x-hz,overall,1,9,,,,\n"
    "2020,x-zz,数字生活服务,,4,,,,仅次于沪京杭\n"
    "2020,x-hz,digital-life,,,1,3,,\n"
    "2020,x-sz,overall,,,,,未披露,\n"
    "2020,x-sz,digital-life,,,,,,\n"
)


def test_a_long_sheet_states_all_that_a_row_can_hold(edition):
    outcome = run(edition, LONG, publish=True)
    assert counts(outcome) == (4, 0, 0, 0)
    assert outcome.notes == ["只取“2020”这一版的 5 行；没有取：2019（1 行）。"]
    rows = Score.objects.order_by("dimension__position", "place__code")
    assert [
        (row.place.code, row.value, row.rank, row.rank_from, row.rank_to, row.status, row.quote)
        for row in rows
    ] == [
        ("x-hz", Decimal("95.6"), 1, None, None, "disclosed", ""),
        ("x-sz", None, None, None, None, "not_disclosed", ""),
        ("x-hz", None, None, 1, 3, "disclosed", ""),
        ("x-zz", None, 4, None, None, "disclosed", "仅次于沪京杭"),
    ]


def test_what_differs_is_changed_and_what_the_file_lacks_is_kept(edition):
    run(edition, WIDE, publish=True)
    text = "place_code,name_as_published,overall,overall_rank\nx-hz,杭州,95.70,1\nx-sz,深圳,90,2\n"
    outcome = run(edition, text, explanation="勘误", publish=True)
    assert (counts(outcome), outcome.kept) == ((1, 1, 0, 0), 1)
    assert (outcome.kept_names, outcome.release.nature) == (["郑州·总指数"], "correction")
    assert standing()[:3] == [
        ("总指数", "杭州", Decimal("95.7"), 1),
        ("总指数", "深圳", Decimal(90), 2),
        ("总指数", "郑州", Decimal("80.5"), 7),
    ]


def test_with_replace_what_the_file_lacks_is_taken_back_in_its_dimensions(edition):
    run(edition, WIDE, publish=True)
    text = "place_code,name_as_published,overall,overall_rank\nx-hz,杭州,95.60,1\n"
    outcome = run(edition, text, explanation="只保留印出的", replace=True, publish=True)
    assert counts(outcome) == (0, 0, 1, 1)
    assert standing() == [STANDING[0], STANDING[2]]
    again = run(edition, text, explanation="只保留印出的", replace=True, publish=True)
    assert counts(again) == (0, 0, 1, 0)


def test_a_sheet_of_ranks_alone_takes_no_score_away(edition):
    run(edition, "place_code,name_as_published,overall\nx-hz,杭州,95.6\n", publish=True)
    outcome = run(edition, "place_code,overall_rank\nx-hz,1\n", explanation="补位次", publish=True)
    assert counts(outcome) == (0, 1, 0, 0)
    score = Score.objects.current().get()
    assert (score.value, score.rank, score.name_as_published) == (Decimal("95.6"), 1, "杭州")


def test_an_addition_that_would_change_is_refused_without_its_reason(edition):
    run(edition, WIDE, publish=True)
    outcome = run(edition, WIDE.replace("95.60", "95.61"), publish=True)
    assert problems(outcome) == [
        "“补充”不能改动已经发布的数据；有改动时性质应为“更正”，并写明理由。"
    ]
    assert (Release.objects.count(), standing()) == (1, STANDING)


def test_places_that_cannot_be_told_forbid_it_all(edition):
    text = (
        "城市,总指数,总指数排名,数字生活服务\n杭州市,95,1,90\n钱塘,80,2,70\n钱塘,80,2,70\n,70,3,\n"
    )
    outcome = run(edition, text, publish=True)
    assert [(one.row, one.name, one.rows, one.sentence) for one in outcome.unmatched] == [
        (3, "钱塘", 2, "没有名为“钱塘”的地方。"),
        (5, "", 1, "没有代码，也没有名称。"),
    ]
    assert (counts(outcome), Release.objects.count()) == ((2, 0, 0, 0), 0)


def test_an_editors_word_for_a_place_is_remembered(edition):
    place = PlaceFactory()
    remember(edition.index, "钱塘", place, by=None)
    run(edition, "城市,总指数\n钱塘,80\n", publish=True)
    score = Score.objects.get()
    assert (score.place, score.name_as_published) == (place, "钱塘")


def test_faults_are_named_by_row_and_column_and_nothing_is_written(edition):
    text = WIDE + "x-sz,深圳,八十,0,1e999\nx-zz,郑州,81,8,\n"
    outcome = run(edition, text)
    assert problems(outcome) == [
        "第 4 行“overall”：“八十”不是数字，也不是“未披露”“缺数据”之类。",
        "第 4 行“digital-life”：“1e999”不是数字，也不是“未披露”“缺数据”之类。",
        "第 5 行：郑州市的“总指数”与第 3 行重复。",
    ]
    assert Release.objects.count() == 0


def test_unknown_dimensions_are_refused_all_at_once(edition):
    outcome = run(edition, "城市,总指数,增速,降幅\n杭州,1,2,3\n")
    assert problems(outcome) == [
        "第 1 行：这一版没有维度“增速”、“降幅”。请改正列名或删去这些列，或先在版次中加上维度，或要求新建文件中的维度。"
    ]


def test_unknown_dimensions_of_a_long_sheet_are_told_once_each(edition):
    outcome = run(edition, "城市,维度,得分\n杭州,增速,1\n郑州,增速,2\n郑州,,2\n")
    assert problems(outcome) == [
        "第 2 行“维度”：这一版没有维度“增速”。请先在版次中加上，或改正写法，或要求新建文件中的维度。",
        "第 4 行“维度”：没有写明维度（“郑州”）。",
    ]


def tree(edition):
    rows = EditionDimension.objects.filter(edition=edition).order_by("position")
    return [(row.dimension.code, row.label, row.parent and row.parent.label) for row in rows]


def test_dimensions_of_a_wide_sheet_are_made_on_request():
    edition = EditionFactory()
    PlaceFactory(code="x-hz", name="杭州市", short_name="杭州")
    text = "城市,数字基础设施,Overall LPI Score,Overall LPI Rank\n杭州,1,95,1\n"
    outcome = run(edition, text, create_dimensions=True)
    assert outcome.created == ["Overall LPI", "数字基础设施"]
    assert tree(edition) == [
        ("overall-lpi", "Overall LPI", None),
        ("shuzijichusheshi", "数字基础设施", "Overall LPI"),
    ]


def test_a_dimension_known_under_another_editions_label_is_the_same_one():
    index = IndexFactory()
    earlier = EditionFactory(index=index, year=2020)
    overall = a_dimension(earlier)
    service = a_dimension(earlier, "service", "数字政务服务")
    later = EditionFactory(index=index, year=2023)
    PlaceFactory(code="x-hz", name="杭州市")
    text = "place_code,维度,得分\nx-hz,总指数,1\nx-hz,数字政务服务,2\n"
    run(later, text, create_dimensions=True)
    found = later.dimensions.order_by("position").values_list("dimension", flat=True)
    assert list(found) == [overall.dimension_id, service.dimension_id]


def test_dimensions_that_are_made_go_with_a_refused_import():
    edition = EditionFactory()
    outcome = run(edition, "城市,甲,乙\n无此城,1,2\n", create_dimensions=True)
    assert (len(outcome.unmatched), tree(edition)) == (1, [])


def test_decimals_rise_to_the_most_that_are_printed(edition):
    run(edition, WIDE)
    decimals = edition.dimensions.order_by("position").values_list("decimals", flat=True)
    assert list(decimals) == [2, 1]
    run(edition, "place_code,overall\nx-sz,4\n")
    assert list(decimals.all()) == [2, 1]


def test_a_printed_zero_stays_a_zero_and_is_named(edition):
    outcome = run(edition, "place_code,overall,overall_rank\nx-hz,0,184\n", publish=True)
    assert [str(one) for one in outcome.warnings] == [
        "得分印作 0 的有 1 处（第 2 行“总指数”），照印的记为 0；如果是按规则计零或缺数据，请用“披露”一列写明。"
    ]
    score = Score.objects.get()
    assert (score.value, score.rank, score.status) == (0, 184, "disclosed")


def test_ranks_in_conflict_are_told_and_kept(edition):
    text = "place_code,overall,overall_rank\nx-hz,95,1\nx-zz,80,2\nx-sz,90,3\n"
    outcome = run(edition, text, publish=True)
    assert [
        (one.place, one.dimension, one.published, one.computed) for one in outcome.conflicts
    ] == [("深圳市", "overall", 3, 2), ("郑州市", "overall", 2, 3)]
    assert [row.rank for row in Score.objects.order_by("place__code")] == [1, 3, 2]


def test_two_panels_are_one_list(edition):
    text = (
        "某报告\n排名,城市,得分,排名,城市,得分\n1,杭州,95,3,郑州,80\n2,深圳,90,,,\n注：四舍五入\n"
    )
    outcome = run(edition, text, publish=True)
    assert counts(outcome) == (3, 0, 0, 0)
    assert standing() == [
        ("总指数", "杭州", Decimal(95), 1),
        ("总指数", "深圳", Decimal(90), 2),
        ("总指数", "郑州", Decimal(80), 3),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("城市,总指数\n", "表头下面没有数据。"),
        ("城市,总指数\n杭州,\n郑州,—\n", "没有一行有得分、位次或披露情况。"),
        ("城市,总指数,年份\n杭州,1,2019\n", "没有“2020”这一版的行；文件里有：2019（1 行）。"),
    ],
)
def test_a_file_without_anything_for_the_edition_is_refused(edition, text, words):
    assert problems(run(edition, text)) == [words]


def exported(edition):
    dimensions = edition.dimensions.select_related("dimension", "edition__index")
    return score_rows(Score.objects.current(), dimensions)


def test_gb18030_and_workbooks_are_read_alike(edition):
    run(edition, WIDE, publish=True)
    columns = [column for column in COLUMNS if column.key not in ("source", "known_from")]
    workbook = write_xlsx(columns, exported(edition)).read()
    assert counts(run(edition, WIDE.encode("gb18030"))) == (0, 0, 3, 0)
    assert counts(run(edition, workbook, name="得分.xlsx")) == (0, 0, 3, 0)


stated = st.one_of(
    st.builds(
        lambda value, rank: {"value": value, "rank": rank},
        st.decimals(-999_999_999, 999_999_999, places=3),
        st.none() | st.integers(1, 10**6),
    ),
    st.just({"rank_from": 1, "rank_to": 3, "name_as_published": "=杭州"}),
    st.just({"rank": 3, "tied": True, "tier": "第一梯队", "quote": "-并列", "locator": "表 1"}),
    st.just({"top_n": 10}),
    st.just({"status": "zero_by_rule", "value": Decimal(0), "rank": 184}),
    st.sampled_from(["not_disclosed", "missing", "not_in_universe"]).map(
        lambda status: {"status": status}
    ),
)


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=stated, second=stated, third=stated)
def test_what_is_exported_comes_back_unchanged(first, second, third):
    edition = EditionFactory(code="x", label="二〇二〇", year=2020)
    overall, service = a_dimension(edition, decimals=3), a_dimension(edition, "service", "服务")
    cities = [PlaceFactory(), PlaceFactory()]
    released(
        edition,
        (overall, cities[0], first),
        (overall, cities[1], second),
        (service, cities[0], third),
    )
    text = b"".join(write_csv(COLUMNS, exported(edition)))
    outcome = run(edition, text, replace=True)
    assert (counts(outcome), problems(outcome)) == ((0, 0, 3, 0), [])


def test_the_queries_do_not_grow_with_the_rows(edition):
    def queries(rows):
        text = "place_code,overall\n" + "".join(f"x-{number},{number}.5\n" for number in rows)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            outcome = run(edition, text)
        assert outcome.new == len(rows)
        # Each draft that stands would be compared with the next.
        outcome.release.delete()
        return len(captured)

    for number in range(200):
        PlaceFactory(code=f"x-{number}")
    few = queries(range(1))
    assert queries(range(200)) == few
