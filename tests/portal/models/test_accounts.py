"""Accounts."""

import pytest

from portal.models import User

pytestmark = pytest.mark.django_db


def test_a_name_is_written_family_first():
    assert User(last_name="李", first_name="娜").get_full_name() == "李娜"
