"""Organisations."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["zhengzhou-ribao", "cei2"])
def test_an_organisation_code_fits_addresses(code):
    assert OrganisationFactory(code=code).code == code


@pytest.mark.parametrize("code", ["Zhengzhou", "a_b", "a-", ""])
def test_an_organisation_with_another_code_is_refused(code):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(code=code)


def test_an_organisation_without_a_name_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(name="")
