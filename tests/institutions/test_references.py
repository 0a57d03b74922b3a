"""References to institutions and notices: what readers may see, and nothing else."""

import pytest

from institutions.publishing import withdraw
from portal.references import Target, describe, describe_many
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice, an_institution, published

pytestmark = pytest.mark.django_db


def test_a_public_institution_and_a_published_notice():
    kind, hospital = KindFactory(), an_institution("新城医院")
    draft = a_notice(hospital, kind=kind, title="第一批名单")
    references = [f"institution:{hospital.code}", f"notice:{draft.pk}"]
    assert describe_many(references) == {}
    notice = published(draft)
    there = {
        references[0]: Target("新城医院", f"/institutions/{hospital.code}/"),
        references[1]: Target("第一批名单", f"/institutions/notices/{notice.pk}/"),
    }
    assert describe_many(references) == there
    withdraw(notice, by=UserFactory(), reason="误传")
    assert describe_many(references) == there


@pytest.mark.parametrize(
    "code", ["0", "x", "1-1", "01", "9" * 18, "9" * 19, "9" * 30, "999999999999"]
)
def test_no_such_notice(code):
    published(a_notice(an_institution(), kind=KindFactory()))
    assert describe(f"notice:{code}") is None


@pytest.mark.parametrize("number", [1, 3])
def test_one_query_for_each_kind(django_assert_num_queries, number):
    kind = KindFactory()
    hospitals = [an_institution(f"第{n}医院") for n in range(number)]
    notices = [published(a_notice(row, kind=kind)) for row in hospitals]
    references = [f"institution:{row.code}" for row in hospitals]
    references += [f"notice:{row.pk}" for row in notices]
    with django_assert_num_queries(2):
        assert len(describe_many(references)) == 2 * number
