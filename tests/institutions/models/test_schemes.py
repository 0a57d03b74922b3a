"""Schemes and kinds: what the database refuses of them."""

import pytest

from institutions.models import Kind, Scheme
from tests.institutions.factories import KindFactory, SchemeFactory
from tests.refusals import checks_of, constraint_refusing, words_of_refusal

pytestmark = pytest.mark.django_db

ILLEGAL = {
    SchemeFactory: {
        "scheme_code_fits_addresses": [{"code": code} for code in ("", "A", "工伤", "a_b", "a-")],
        "scheme_has_its_words": [{"name": ""}, {"authority": ""}],
    },
    KindFactory: {
        "kind_code_fits_addresses": [{"code": code} for code in ("", "A", "医疗", "a_b", "-a")],
        "kind_has_a_name": [{"name": ""}],
    },
}
CASES = [
    (factory, name, fields)
    for factory, table in ILLEGAL.items()
    for name, several in table.items()
    for fields in several
]


@pytest.mark.parametrize(("factory", "constraint", "fields"), CASES)
def test_nothing_illegal(factory, constraint, fields):
    assert constraint_refusing(factory, **fields) == constraint


def test_every_check_is_tried():
    assert checks_of(Scheme) == set(ILLEGAL[SchemeFactory])
    assert checks_of(Kind) == set(ILLEGAL[KindFactory])


def test_codes_and_names_are_had_once():
    kind = KindFactory(code="gongshang-yiliao", name="医疗")
    assert "code" in words_of_refusal(KindFactory, code="gongshang-yiliao")
    assert "name" in words_of_refusal(KindFactory, scheme=kind.scheme, name="医疗")
    assert "name" in words_of_refusal(SchemeFactory, name=kind.scheme.name)
    assert str(KindFactory(name="医疗")).endswith("·医疗")


def test_printed_names_are_compared_folded():
    kind = KindFactory(printed_names="工伤保险定点（医疗）机构\n\n 医疗 \n")
    assert kind.printed_keys == {"工伤保险定点(医疗)机构", "医疗"}


@pytest.mark.parametrize(
    ("factory", "words"), [(SchemeFactory, "定点制度"), (KindFactory, "定点类别")]
)
def test_a_code_once_given_stays(factory, words):
    row, model = factory(), factory._meta.model
    refusal = f"“{words}”的代码一经确定，不可修改。"
    assert words_of_refusal(model.objects.filter(pk=row.pk).update, code="other") == refusal
    row.name = "另名"
    row.save()
    row.delete()
    assert not model.objects.exists()
