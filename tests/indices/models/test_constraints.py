"""What the database itself refuses of series, editions, dimensions, declarations, releases and scores."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from indices.models import (
    Comparability,
    Edition,
    EditionDimension,
    Index,
    PlaceJudgement,
    Release,
    ReleaseLine,
    Score,
)
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import (
    DimensionFactory,
    EditionFactory,
    IndexFactory,
    a_dimension,
    a_draft,
    a_ranking,
    released,
)

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


LEGAL = [
    {"value": Decimal("81.20")},
    {"value": Decimal("-3.5"), "rank": 2},
    {"value": Decimal(0)},
    {"rank": 1},
    {"rank": 3, "tied": True},
    {"rank_from": 1, "rank_to": 3},
    {"rank_from": 1, "rank_to": 3, "value": Decimal(5)},
    {"tier": "第一梯队"},
    {"top_n": 10},
    {"status": "not_disclosed"},
    {"status": "missing"},
    {"status": "not_in_universe"},
    {"status": "zero_by_rule"},
    {"status": "zero_by_rule", "value": Decimal(0), "rank": 184},
]
ILLEGAL = [
    {},
    {"rank": 0},
    {"tied": True, "value": Decimal(1)},
    {"rank_from": 1},
    {"rank_to": 3},
    {"rank_from": 3, "rank_to": 3},
    {"rank_from": 0, "rank_to": 3},
    {"rank_from": 1, "rank_to": 3, "rank": 2},
    {"top_n": 0},
    {"status": "missing", "value": Decimal(0)},
    {"status": "not_disclosed", "rank": 3},
    {"status": "not_in_universe", "tier": "第一梯队"},
    {"status": "zero_by_rule", "value": Decimal(1)},
    {"status": "zero_by_rule", "top_n": 3},
    {"status": "secret"},
    {"status": ""},
]


@pytest.fixture
def overall():
    return a_dimension(EditionFactory())


@pytest.mark.parametrize("content", LEGAL)
def test_what_a_line_and_a_score_may_state(overall, content):
    place = PlaceFactory()
    released(overall.edition, (overall, place, content))
    score = Score.objects.get()
    assert score.content == ReleaseLine(**content).content
    assert score.release.lines.get().content == score.content


@pytest.mark.parametrize("content", ILLEGAL)
def test_what_neither_a_line_nor_a_score_may_state(overall, content):
    release = a_draft(overall.edition)
    told = {"dimension": overall, "place": PlaceFactory(), "release": release, **content}
    refused(lambda: ReleaseLine.objects.create(**told))
    refused(lambda: Score.objects.create(**told, known_from=timezone.now()))


def test_a_retracting_line_states_nothing(overall):
    release = a_draft(overall.edition)
    told = {"release": release, "dimension": overall, "retracts": True}
    ReleaseLine.objects.create(**told, place=PlaceFactory())
    refused(lambda: ReleaseLine.objects.create(**told, place=PlaceFactory(), rank=3))


def test_a_place_stands_once_in_a_dimension(overall):
    place = PlaceFactory()
    release = a_draft(overall.edition, (overall, place, {"rank": 1}))
    refused(
        lambda: ReleaseLine.objects.create(release=release, dimension=overall, place=place, rank=2)
    )
    other = released(overall.edition, (overall, place, {"rank": 1}))
    told = {"dimension": overall, "place": place, "release": other}
    refused(lambda: Score.objects.create(**told, rank=2, known_from=timezone.now()))
    closed = timezone.now() - timezone.timedelta(days=1)
    Score.objects.create(
        **told, rank=2, known_from=closed - timezone.timedelta(days=1), known_to=closed
    )


def test_a_score_has_no_days_of_its_own(overall):
    told = {"dimension": overall, "release": a_draft(overall.edition), "rank": 1}
    told["known_from"] = timezone.now()
    refused(lambda: Score.objects.create(**told, place=PlaceFactory(), valid_from="2020-01-01"))


@pytest.mark.parametrize("code", ["compare", "GDP", "数字", "", "a_b", "-a"])
def test_an_index_code_that_does_not_fit(code):
    refused(lambda: IndexFactory(code=code))
    with pytest.raises(ValidationError):
        Index(code=code, name="指数").full_clean()


def test_an_index_needs_its_own_name():
    IndexFactory(name="数字治理指数")
    refused(lambda: IndexFactory(name="数字治理指数"))
    refused(lambda: IndexFactory(name=""))


@pytest.mark.parametrize(
    "fields",
    [
        {"label": ""},
        {"source_words": ""},
        {"year": 1899},
        {"reference_year": 20200},
        {"universe_size": 0},
        {"rank_method": "by-name"},
        {"code": "二〇二〇"},
    ],
)
def test_an_edition_that_does_not_fit(fields):
    EditionFactory(year=2019, code="2019", label="2019")
    refused(lambda: EditionFactory(**{"year": 2020, "code": "2020", "label": "2020", **fields}))


def test_an_edition_has_one_code_and_one_label_in_its_index():
    edition = EditionFactory(year=2020)
    refused(lambda: EditionFactory(index=edition.index, year=2020, code="2020", label="新版"))
    refused(lambda: EditionFactory(index=edition.index, year=2020, code="new", label="2020"))
    assert EditionFactory(year=2020).label == "2020"


def test_codes_never_change():
    edition = EditionFactory()
    dimension = a_dimension(edition)
    refused(lambda: Index.objects.update(code="other"))
    refused(lambda: Edition.objects.update(code="other"))
    refused(lambda: Edition.objects.update(index=IndexFactory()))
    refused(lambda: edition.index.dimensions.update(code="other"))
    refused(
        lambda: EditionDimension.objects.filter(pk=dimension.pk).update(edition=EditionFactory())
    )


def test_an_edition_has_one_overall_dimension(overall):
    below = a_dimension(overall.edition, "basis", "基础")
    assert below.parent == overall
    other = DimensionFactory(index=overall.edition.index)
    fields = {"edition": overall.edition, "label": "另一个"}
    refused(lambda: EditionDimension.objects.create(**fields, dimension=other))
    refused(
        lambda: EditionDimension.objects.create(
            **fields, dimension=overall.dimension, parent=overall
        )
    )


@pytest.mark.parametrize(
    "fields", [{"weight": Decimal(101)}, {"weight": Decimal(-1)}, {"decimals": 7}, {"label": ""}]
)
def test_a_dimension_of_an_edition_that_does_not_fit(overall, fields):
    refused(lambda: EditionDimension.objects.filter(pk=overall.pk).update(**fields))


def test_a_dimension_is_not_above_itself(overall):
    below = a_dimension(overall.edition, "basis", "基础")
    refused(lambda: EditionDimension.objects.filter(pk=below.pk).update(parent=below))
    overall.parent = below
    with pytest.raises(ValidationError) as error:
        overall.full_clean()
    assert error.value.message_dict == {"parent": ["上级维度绕成了一圈。"]}


def test_a_dimension_belongs_to_its_index(overall):
    stranger = EditionDimension(
        edition=overall.edition, dimension=DimensionFactory(), label="别家的", parent=overall
    )
    with pytest.raises(ValidationError) as error:
        stranger.full_clean()
    assert error.value.message_dict == {"dimension": ["维度不属于这一版的指数。"]}
    elsewhere = a_dimension(EditionFactory())
    below = a_dimension(overall.edition, "basis", "基础")
    below.parent = elsewhere
    with pytest.raises(ValidationError) as error:
        below.full_clean()
    assert error.value.message_dict == {"parent": ["上级维度不在这一版。"]}


def test_a_pair_of_editions_is_declared_once():
    index = IndexFactory()
    first, second = EditionFactory(index=index, year=2019), EditionFactory(index=index, year=2020)
    told = {"extent": "full", "reason": "口径未变"}
    refused(lambda: Comparability.objects.create(earlier=first, later=first, **told))
    refused(
        lambda: Comparability.objects.create(earlier=first, later=second, extent="full", reason="")
    )
    refused(
        lambda: Comparability.objects.create(
            earlier=first, later=second, extent="some", reason="不知道"
        )
    )
    Comparability.objects.create(earlier=first, later=second, **told)
    refused(lambda: Comparability.objects.create(earlier=second, later=first, **told))


def test_a_declaration_is_of_one_index_and_in_order():
    index = IndexFactory()
    first, second = EditionFactory(index=index, year=2019), EditionFactory(index=index, year=2020)
    wrong = [
        (first, EditionFactory(year=2021), "两个版次须属于同一个指数。"),
        (second, first, "后一版早于前一版，请对调。"),
    ]
    for earlier, later, words in wrong:
        declared = Comparability(earlier=earlier, later=later, extent="full", reason="口径未变")
        with pytest.raises(ValidationError) as error:
            declared.full_clean()
        assert error.value.message_dict == {"later": [words]}


def test_a_release_that_does_not_fit(overall):
    edition = overall.edition
    user, now = UserFactory(), timezone.now()
    told = {"edition": edition, "source_words": "报告", "compared_at": now}
    published = {"published_at": now, "published_by": user}
    wrong = [
        {"nature": "news"},
        {"nature": "correction", **published},
        {"nature": "first", "file_name": "表.csv"},
        {"nature": "first", "file_name": "表.csv", "file_sha256": "abc"},
        {"nature": "first", "source_words": ""},
    ]
    for fields in wrong:
        refused(lambda fields=fields: Release.objects.create(**(told | fields)))
    first = Release.objects.create(**told, nature="first", **published)
    refused(lambda: Release.objects.create(**told, nature="first", **published))
    refused(lambda: Release.objects.create(**told, nature="addition", replaces=first))


def test_a_printed_name_is_judged_once_in_its_index():
    index, place = IndexFactory(), PlaceFactory()
    PlaceJudgement.objects.create(index=index, name="吉林", place=place)
    refused(lambda: PlaceJudgement.objects.create(index=index, name=" 吉林 ", place=place))
    refused(lambda: PlaceJudgement.objects.create(index=index, name="", place=place))
    PlaceJudgement.objects.create(index=IndexFactory(), name="吉林", place=place)


def test_an_edition_is_public_from_its_first_publication_on_and_not_before_the_embargo():
    edition, _ = a_ranking(size=1)
    published = edition.releases.get().published_at
    tick = timezone.timedelta(microseconds=1)
    EditionFactory(index=edition.index, year=edition.year + 1)
    assert list(Edition.objects.public()) == [edition]
    assert list(Edition.objects.public(published - tick)) == []
    assert list(Index.objects.public(published)) == [edition.index]
    assert list(Index.objects.public(published - tick)) == []
    embargo = timezone.now() + timezone.timedelta(hours=1)
    Edition.objects.filter(pk=edition.pk).update(embargoed_until=embargo)
    assert list(Edition.objects.public()) == list(Index.objects.public()) == []
    assert list(Score.objects.public()) == []
    assert list(Edition.objects.public(embargo - tick)) == []
    assert list(Edition.objects.public(embargo)) == [edition]
    assert Score.objects.public(embargo).count() == 1
    edition.refresh_from_db()
    with pytest.raises(ValidationError) as error:
        edition.full_clean()
    assert error.value.message_dict == {"embargoed_until": ["已经发布的版次不能再设解禁时间。"]}


def test_naive_instants_are_no_questions():
    for ask in (Edition.objects.public, Score.objects.public):
        with pytest.raises(ValueError, match="aware"):
            ask(timezone.now().replace(tzinfo=None))
