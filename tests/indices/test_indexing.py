"""Series and editions are found by what now stands of them, whichever row was written; drafts are not suggested."""

import pytest

from indices.models import Edition, EditionPublisher, Index
from portal.search.finding import find
from portal.search.language import parse
from portal.search.vocabulary import current
from tests.factories import OrganisationFactory
from tests.indices.factories import EditionFactory, IndexFactory, a_dimension, a_ranking

pytestmark = pytest.mark.django_db


def found(typed, model):
    hits = find(parse(typed), [model.objects.all()]).strict
    return list(model.objects.filter(pk__in=[hit.key for hit in hits]))


@pytest.mark.parametrize("typed", ["治理", "字治", "szzlzs", "shuzizhili", "量的是", "szzl"])
def test_a_series_is_found_by_its_words_and_its_sound(typed):
    index = IndexFactory(code="dgi", name="数字治理指数", description="量的是城市。")
    assert found(typed, Index) == [index]


def test_a_series_is_found_by_its_compilers_present_names():
    index, compiler = IndexFactory(), OrganisationFactory(name="中国信息协会")
    index.compilers.add(compiler)
    assert found("信息协会", Index) == [index]
    compiler.name = "中国城市协会"
    compiler.save()
    assert (found("信息协会", Index), found("城市协会", Index)) == ([], [index])
    compiler.compiled_indices.remove(index)
    assert found("城市协会", Index) == []
    compiler.compiled_indices.add(index)
    index.compilers.clear()
    assert found("城市协会", Index) == []


def test_an_edition_is_found_by_its_own_words_and_those_of_its_series():
    edition = EditionFactory(
        index__name="数字治理指数",
        label="2020年版",
        title="中国城市数字治理报告",
        method="四个维度加权",
        universe="前100位的城市",
    )
    for typed in ("治理指数", "2020", "治理报告", "加权", "前100位"):
        assert found(typed, Edition) == [edition]
    edition.index.name = "城市指数"
    edition.index.save()
    assert (found("治理指数", Edition), found("城市指数", Edition)) == ([], [edition])


def test_an_edition_is_found_by_its_dimensions_and_publishers():
    edition = EditionFactory()
    dimension = a_dimension(edition, label="数字生活服务")
    row = EditionPublisher.objects.create(
        edition=edition, organisation=OrganisationFactory(name="新华三")
    )
    assert found("生活服务", Edition) == found("新华三", Edition) == [edition]
    dimension.label = "数字政务"
    dimension.save()
    row.delete()
    assert found("生活服务", Edition) == found("新华三", Edition) == []


def test_a_deleted_edition_is_found_no_more():
    edition = EditionFactory(title="中国城市数字治理报告")
    edition.delete()
    assert found("数字治理报告", Edition) == []


def test_only_public_series_are_suggested():
    edition = EditionFactory(index__name="数字治理指数")
    assert "数字治理指数" not in current().names
    a_ranking(edition)
    assert "数字治理指数" in current().names
