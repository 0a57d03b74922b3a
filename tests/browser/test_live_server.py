"""The live server shares the test's database, on SQLite in memory as on PostgreSQL."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session


@pytest.mark.parametrize("turn", [1, 2])
def test_signing_in_writes_a_session_that_the_test_reads(page, turn):
    get_user_model().objects.create_superuser("bianji", "", "a-long-passphrase")
    page.goto("/admin/login/")
    page.fill("input[name=username]", "bianji")
    page.fill("input[name=password]", "a-long-passphrase")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    assert Session.objects.count() == 1
