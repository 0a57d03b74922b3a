import pytest

from portal.addresses import client_address


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "expected"),
    [
        (False, None, "192.0.2.1"),
        (False, "198.51.100.7", "192.0.2.1"),
        (True, None, "192.0.2.1"),
        (True, "198.51.100.7", "198.51.100.7"),
        (True, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (True, "203.0.113.9,", "192.0.2.1"),
    ],
)
def test_the_address_is_what_our_own_proxy_saw(rf, settings, behind_proxy, forwarded, expected):
    settings.BEHIND_PROXY = behind_proxy
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers=headers)
    assert client_address(request) == expected
