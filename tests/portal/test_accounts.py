import pytest

from portal.accounts import shown_name
from portal.models import User


@pytest.mark.parametrize(
    ("account", "name"),
    [
        (User(username="wang", last_name="王", first_name="小明"), "王小明"),
        (User(username="wang"), "wang"),
        (None, None),
    ],
)
def test_an_account_is_shown_by_its_whole_name(account, name):
    assert shown_name(account) == name
